"""What speaks for and against the first passage holding the answer, as numbers for the confidence model."""

from dataclasses import astuple, dataclass, fields

from bot.quoting import covered
from corpus.models import Document, Passage
from embeddings.expectation import Kind, fit
from embeddings.lexical import index_terms
from embeddings.models import Hit, Search


@dataclass(frozen=True, slots=True)
class Evidence:
    """Figures about the first hit of a search, each about 0 to 1 unless said otherwise.

    Attributes:
        whole: cosine of question and passage, 0.75 made 0 and 0.95 made 1.
        sentence: the same of its nearest sentence.
        coverage: share of the question's words and pairs that the passage and its title have, rare ones counting more.
        words: share of the question's single words that they have.
        quoted: the same of the quote alone.
        worst: rarity of the rarest word of the question they do not have, over the rarest of all its words.
        fit: whether the passage has words of the kind the question waits for.
        quote_fit: whether the quote has.
        margin: lead of the first hit's score over the second's.
        other: lead over the best passage of any other document.
        absent: share of what the question names that no passage names.
        unnamed: share of what the question names that this passage, its title and its date do not name.
        elsewhere: share of what the question names that nothing in this document names.
        names: how many things the question names, thirds.
        length: words of worth in the question, tenths.
        asks_person, asks_time, asks_number, asks_place, asks_name: 1 if that is what the question waits for.
        dependence: see `Understanding`.
    """

    whole: float
    sentence: float
    coverage: float
    words: float
    quoted: float
    worst: float
    fit: float
    quote_fit: float
    margin: float
    other: float
    absent: float
    unnamed: float
    elsewhere: float
    names: float
    length: float
    asks_person: float
    asks_time: float
    asks_number: float
    asks_place: float
    asks_name: float
    dependence: float

    @classmethod
    def labels(cls) -> list[str]:
        """Names of the figures in the order of `values`."""
        return [field.name for field in fields(cls)]

    def values(self) -> list[float]:
        """The figures in the order of `labels`."""
        return [float(value) for value in astuple(self)]


def weigh(search: Search, quote: str, document: Document, others: tuple[Passage, ...]) -> Evidence:
    """Figures about the first hit.

    Args:
        search: with at least one hit.
        quote: chosen from the first hit.
        document: of the first hit.
        others: all passages of that document.
    """
    understanding, best = search.understanding, search.hits[0]
    heading = f"{document.title}\n{_spoken_date(document.published)}"
    context = f"{heading}\n{best.passage.text}"
    here = set(index_terms(context))
    worth = understanding.worth
    unsaid = [value for word, value in worth.items() if f"~{word}" not in here]
    named = understanding.named
    unnamed = [name for name in named if not name.is_in(here.__contains__)]
    there = here.union(*(index_terms(passage.text) for passage in others)) if unnamed else here
    count = max(len(named), 1)
    kind = search.expected.kind
    runner_up = search.hits[1].score if len(search.hits) > 1 else 0.0
    return Evidence(
        whole=(best.dense - 0.75) * 5,
        sentence=(max(cosine for _, _, cosine in best.sentences) - 0.75) * 5,
        coverage=best.coverage,
        words=covered(worth, context),
        quoted=covered(worth, quote),
        worst=max(unsaid, default=0.0) / (max(worth.values(), default=0.0) or 1.0),
        fit=fit(search.expected, best.passage.text),
        quote_fit=fit(search.expected, quote),
        margin=best.score - runner_up,
        other=best.score - _best_elsewhere(search.hits),
        absent=len(understanding.missing) / count,
        unnamed=len(unnamed) / count,
        elsewhere=sum(not name.is_in(there.__contains__) for name in unnamed) / count,
        names=len(named) / 3,
        length=len(worth) / 10,
        asks_person=kind is Kind.PERSON,
        asks_time=kind is Kind.TIME,
        asks_number=kind is Kind.NUMBER,
        asks_place=kind is Kind.PLACE,
        asks_name=kind is Kind.NAME,
        dependence=understanding.dependence,
    )


def _best_elsewhere(hits: tuple[Hit, ...]) -> float:
    return max((hit.score for hit in hits if hit.passage.document_id != hits[0].passage.document_id), default=0.0)


def _spoken_date(published: str | None) -> str:
    """A date in the forms people name it by: 2020-01-10 -> `2020-01-10 10/1/2020 10/1 2020`."""
    if not published:
        return ""
    parts = published.split("-")
    day_first = [str(int(part)) for part in reversed(parts)]
    return f"{'/'.join(day_first)} {'/'.join(day_first[:-1])} {parts[0]}"
