"""Answers to questions whose answer is looked up, by number or in a table: what was looked up, and how sure that is."""

from collections.abc import Iterator, Mapping

from bot.answering.naming import day_first, name
from bot.answers import AnswerKind, Verdict
from corpus.models import Document, Level
from corpus.official.standing import Standing
from corpus.official.standing import Status as Validness
from embeddings.fact_lookup import Fact
from embeddings.hits import Search
from embeddings.part_lookup import FoundPart, MissingPart

_LOOKED_UP = 0.97
"""Share of parts asked for by number that are found rightly; see docs/decisions/structure.md."""
_ONE_OF_SEVERAL = 0.6
"""Where other documents have a part of that number too and the question does not say which is meant."""
_NAMED = 2


def is_looked_up(search: Search) -> bool:
    """Whether what a question asks for was looked up, by its number or in a table, and is all that it asks for."""
    if not search.hits or not search.hits[0].looked_up:
        return False
    return bool(search.fact or search.cell) or (isinstance(search.part, FoundPart) and search.part.for_content)


def sureness_of_part(search: Search) -> float:
    """How probable it is that the part found is the one that was asked for."""
    return _ONE_OF_SEVERAL if isinstance(search.part, FoundPart) and search.part.rivals else _LOOKED_UP


def kind_of_part(search: Search, pieces: int) -> AnswerKind:
    """A part in one piece is a sentence, one in several a list; a fact is words in a sentence."""
    if search.cell is not None:
        return AnswerKind.SPAN
    if search.fact is not None:
        return AnswerKind.YES_NO if search.fact.fact is Fact.IN_FORCE else AnswerKind.SPAN
    return AnswerKind.LIST if pieces > 1 else AnswerKind.SENTENCE


def verdict_of_fact(search: Search, standings: Mapping[str, Standing], day: str) -> Verdict | None:
    """Whether a document still holds, where that is asked; else None."""
    if search.fact is None or search.fact.fact is not Fact.IN_FORCE:
        return None
    return Verdict.YES if standings[search.fact.about].on(day) is Validness.IN_FORCE else Verdict.NO


def part_notes(search: Search, documents: Mapping[str, Document]) -> Iterator[str]:
    """Sentences in Vietnamese on the part asked for: that there is none, or that other documents have one too."""
    part = search.part
    if isinstance(part, MissingPart):
        yield _missing(part, name(documents[part.document_id]))
    elif search.fact is not None and search.fact.fact is Fact.EFFECTIVE:
        document = documents[search.fact.about]
        said = document.text[slice(*search.fact.span)]
        if document.official and document.official.effective and not any(map(str.isdigit, said)):
            yield f"{name(document)} có hiệu lực từ ngày {day_first(document.official.effective)}."
    elif isinstance(part, FoundPart) and part.rivals:
        names = ", ".join(name(documents[identity]) for identity in part.rivals[:_NAMED])
        more = f" và {len(part.rivals) - _NAMED} văn bản khác" if len(part.rivals) > _NAMED else ""
        yield f"Đây là {name(documents[part.document_id])}; phần cùng số còn có trong {names}{more}."


def _missing(part: MissingPart, document: str) -> str:
    level = part.asked[0].capitalize() if part.asked[0] is Level.ARTICLE else part.asked[0].value
    sentence = f"{document} không có {level} {part.asked[1]}"
    if not part.numbers:
        return f"{sentence} như câu hỏi nêu."
    first, last = part.numbers[0], part.numbers[-1]
    there = f"chỉ có {level} {first}" if first == last else f"có từ {level} {first} đến {level} {last}"
    return f"{sentence}; văn bản này {there}."
