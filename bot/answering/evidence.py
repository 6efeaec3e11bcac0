"""What speaks for and against the first passage holding the answer, as numbers for the confidence model."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain, pairwise

from bot.answering.evidence_words import said_otherwise
from bot.answering.quoting import QuotedHit, covered
from corpus.models import Document, Passage
from corpus.vietnamese import fold
from embeddings.extraction.body_names import abbreviations
from embeddings.headings import heading_of
from embeddings.hits import Hit, Search
from embeddings.index.lexical import index_terms
from embeddings.quantities.ordinals import YEAR, told_otherwise
from embeddings.question.answer_type import Kind, candidates, fit
from embeddings.question.subject_words import SubjectWords
from embeddings.remembered import remembered
from embeddings.reranking.reranking import belief
from embeddings.syllables import folded_words, token_spans, tokens

_STEEPNESS = 4.0
"""Of the reader's judgement, a logit already: with what `belief` flattens by it is halved, as the confidence was
fitted to it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Figures about the first hit of a search, each about 0 to 1 unless said otherwise.

    Attributes:
        whole: cosine of question and passage, 0.75 made 0 and 0.95 made 1.
        sentence: the same of its nearest sentence.
        coverage: share of the question's words and pairs that the passage and its title have, rare ones counting more.
        words: share of the question's words (see `SubjectWords`) that they have, rare ones counting more.
        words_quoted: the same of the quote alone.
        worst: rarity of the rarest word of the question they do not have, over the rarest of all its words.
        words_lead: lead of that share, without the title, over the best of the other hits.
        rarest: rarity of the rarest word of the question they do not have, tenths.
        lacking: how many words of the question they do not have, fifths.
        pairs: share of the question's neighbouring words that stand side by side in them; 0.5 where it has none.
        pairs_quoted: the same of the quote alone.
        fit: whether the passage has words of the kind the question waits for.
        quote_fit: whether the quote has.
        margin: lead of the first hit's score over the second's.
        other: lead over the best passage of any other document.
        absent: share of what the question names that no passage names.
        unnamed: share of what the question names that this passage, its title and its date do not name.
        elsewhere: share of what the question names that nothing in this document names.
        names: how many things the question names, thirds.
        length: words of the question, tenths.
        asks_person, asks_time, asks_number, asks_place, asks_name: 1 if that is what the question waits for.
        dependence: see `Understanding`.
        stood_for, unsaid: see `said_otherwise`.
        otherwise: 1 if the question numbers something (`quý 2`) that passage, title and date number differently.
        other_year: the same of a year.
        read: a reader's belief that the first hit has words that answer; 0 where none has read it, as in all below.
        read_quote: its belief in the best words inside the quote.
        read_lead: lead of `read` over the most believed of the other hits.
        read_share: share of its best words among all candidates it saw in the passage.
        read_fit: 1 if its best words are of the kind the question waits for, 0.5 where it waits for none in particular.
        read_new: share of the best words' syllables that the question does not already say.
        read_answers: its judgement whether the passage answers at all.
        on_subject: share of the question's content words that the passage has; of one that has only words to ask with,
            of all it says. Says whether the subject is there at all, and has no part in the confidence.
    """

    whole: float
    sentence: float
    coverage: float
    words: float
    words_quoted: float
    worst: float
    words_lead: float
    rarest: float
    lacking: float
    pairs: float
    pairs_quoted: float
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
    stood_for: float = 0.0
    unsaid: float = 0.0
    otherwise: float = 0.0
    other_year: float = 0.0
    read: float = 0.0
    read_quote: float = 0.0
    read_lead: float = 0.0
    read_share: float = 0.0
    read_fit: float = 0.0
    read_new: float = 0.0
    read_answers: float = 0.0
    on_subject: float = 0.0

    @classmethod
    def labels(cls, *, read: bool = True) -> list[str]:
        """Names of the figures; without those that only a reader gives if asked so."""
        names = [field.name for field in fields(cls) if field.name != "on_subject"]
        return names if read else [name for name in names if name != "read" and not name.startswith("read_")]

    def values(self, labels: Sequence[str]) -> list[float]:
        """The figures of these names."""
        return [float(getattr(self, label)) for label in labels]


def weigh(search: Search, best: QuotedHit, document: Document, others: tuple[Passage, ...]) -> Evidence:
    """Figures about the first hit.

    Args:
        search: with at least one hit.
        best: the first hit, quoted.
        document: of the first hit.
        others: all passages of that document.
    """
    understanding, hit = search.understanding, best.hit
    heading = f"{heading_of(document)}\n{_spoken_date(document.published)}"
    context = f"{heading}\n{hit.passage.text}"
    named = understanding.named
    here = set(index_terms(context)) if named else set()
    unnamed = [name for name in named if not name.is_in(here.__contains__)]
    there = here.union(*(index_terms(passage.text) for passage in others)) if unnamed else here
    count = max(len(named), 1)
    kind = search.expected.kind
    runner_up = search.hits[1].score if len(search.hits) > 1 else 0.0
    return Evidence(
        whole=(hit.dense - 0.75) * 5,
        sentence=(max(cosine for _, _, cosine in hit.sentences) - 0.75) * 5,
        coverage=hit.coverage,
        fit=fit(search.expected, hit.passage.text),
        quote_fit=fit(search.expected, best.text),
        margin=hit.score - runner_up,
        other=hit.score - _best_elsewhere(search.hits),
        absent=len(understanding.missing) / count,
        unnamed=len(unnamed) / count,
        elsewhere=sum(not name.is_in(there.__contains__) for name in unnamed) / count,
        names=len(named) / 3,
        length=len(understanding.subject.rarity) / 10,
        asks_person=kind is Kind.PERSON,
        asks_time=kind is Kind.TIME,
        asks_number=kind is Kind.NUMBER,
        asks_place=kind is Kind.PLACE,
        asks_name=kind is Kind.NAME,
        dependence=understanding.dependence,
        on_subject=covered(understanding.worth, context) if understanding.worth else hit.coverage,
        **_what_is_said(understanding.subject, understanding.restored, context, best.text),
        **_what_is_numbered(understanding.restored, context),
        words_lead=_words_lead(understanding.subject, search.hits),
        **_what_was_read(search, best),
    )


def _what_is_numbered(question: str, context: str) -> dict[str, float]:
    """The figures of numbers that tell one of a kind from another."""
    nouns = {noun for noun, _ in told_otherwise(question, context)}
    return {"otherwise": float(bool(nouns - {YEAR})), "other_year": float(YEAR in nouns)}


def _what_is_said(subject: SubjectWords, question: str, context: str, quote: str) -> dict[str, float]:
    """The figures of the question's words in a passage with its title and date, and in a quote."""
    rarity = subject.rarity
    rarest = max(rarity.values(), default=0.0) or 1.0
    said = _forms(context, marked=subject.marked)
    lacking = [value for word, value in rarity.items() if word not in said]
    total = sum(rarity.values())
    return {
        "words": 1 - sum(lacking) / total if total else 1.0,
        "words_quoted": _words_said(subject, quote),
        "worst": max(lacking, default=0.0) / rarest,
        "rarest": max(lacking, default=0.0) / 10,
        "lacking": len(lacking) / 5,
        "pairs": _pairs_said(subject, context),
        "pairs_quoted": _pairs_said(subject, quote),
        **said_otherwise(subject, question, said, context),
    }


def _words_said(subject: SubjectWords, text: str) -> float:
    """Share of the question's words that a text has, rare ones counting more; 1 where the question has none."""
    total = sum(subject.rarity.values())
    said = _forms(text, marked=subject.marked)
    return sum(value for word, value in subject.rarity.items() if word in said) / total if total else 1.0


def _words_lead(subject: SubjectWords, hits: Sequence[Hit]) -> float:
    first, *others = (_words_said(subject, hit.passage.text) for hit in hits)
    return first - max(others, default=0.0)


@remembered(2048)
def _forms(text: str, *, marked: bool) -> frozenset[str]:
    """A text's words and those that its abbreviations stand for, in the form of a question's; see `SubjectWords`."""
    words = [text[start:end] for start, end in token_spans(text)]
    long = (abbreviations().get(word) for word in words if word.isupper())
    form = SubjectWords({}, marked=marked).form
    return frozenset(map(form, chain(words, *(tokens(each) for each in long if each))))


def _pairs_said(subject: SubjectWords, text: str) -> float:
    if not subject.pairs:
        return 0.5
    there = set(pairwise(folded_words(text)))
    return sum(pair in there for pair in subject.pairs) / len(subject.pairs)


def _what_was_read(search: Search, best: QuotedHit) -> dict[str, float]:
    """The figures a reader gives; none where it has not read the first hit."""
    text, reading = best.hit.passage.text, best.hit.reading
    if not reading or not reading.spans:
        return {}
    spans = reading.spans
    inside = [span.margin for span in spans if best.start <= span.start and span.end <= best.end]
    others = [belief(hit.reading.margin) for hit in search.hits[1:] if hit.reading]
    words = text[spans[0].start : spans[0].end]
    said = [fold(word) for word in tokens(words)]
    found = candidates(search.expected, text)
    overlaps = any(start < spans[0].end and spans[0].start < end for start, end in found)
    return {
        "read": belief(spans[0].margin),
        "read_quote": belief(max(inside)) if inside else 0.0,
        "read_lead": belief(spans[0].margin) - max(others, default=0.0),
        "read_share": 1 / sum(math.exp(span.margin - spans[0].margin) for span in spans),
        "read_fit": 0.5 if search.expected.kind is Kind.OTHER else float(overlaps),
        "read_new": sum(word not in search.expected.known for word in said) / max(len(said), 1),
        "read_answers": belief(_STEEPNESS * reading.answers),
    }


def _best_elsewhere(hits: tuple[Hit, ...]) -> float:
    return max((hit.score for hit in hits if hit.passage.document_id != hits[0].passage.document_id), default=0.0)


def _spoken_date(published: str | None) -> str:
    """A date in the forms people name it by: 2020-01-10 -> `2020-01-10 10/1/2020 10/1 2020`."""
    if not published:
        return ""
    parts = published.split("-")
    day_first = [str(int(part)) for part in reversed(parts)]
    return f"{'/'.join(day_first)} {'/'.join(day_first[:-1])} {parts[0]}"
