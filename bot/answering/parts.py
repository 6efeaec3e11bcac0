"""Answers to questions that ask for a part of a document by its number: what was looked up, and how sure that is."""

from collections.abc import Iterator, Mapping

from corpus.models import Document
from embeddings.hits import Search
from embeddings.part_lookup import FoundPart, MissingPart

_LOOKED_UP = 0.97
"""Share of parts asked for by number that are found rightly; see docs/decisions/structure.md."""
_ONE_OF_SEVERAL = 0.6
"""Where other documents have a part of that number too and the question does not say which is meant."""
_NAMED = 3


def is_looked_up(search: Search) -> bool:
    """Whether what a question asks for was looked up by its number and is all that it asks for."""
    return isinstance(search.part, FoundPart) and search.part.for_content


def sureness_of_part(search: Search) -> float:
    """How probable it is that the part found is the one that was asked for."""
    return _ONE_OF_SEVERAL if isinstance(search.part, FoundPart) and search.part.rivals else _LOOKED_UP


def part_notes(search: Search, documents: Mapping[str, Document]) -> Iterator[str]:
    """Sentences in Vietnamese on the part asked for: that there is none, or that other documents have one too."""
    part = search.part
    if isinstance(part, MissingPart):
        yield _missing(part, documents[part.document_id].title)
    elif isinstance(part, FoundPart) and part.rivals:
        names = "; ".join(f"“{documents[identity].title}”" for identity in part.rivals[:_NAMED])
        more = f" và {len(part.rivals) - _NAMED} tài liệu khác" if len(part.rivals) > _NAMED else ""
        said = f"Đang trả lời theo “{documents[part.document_id].title}”"
        yield f"{said}; phần cùng số cũng có trong: {names}{more}. Xin nêu rõ tên hoặc số văn bản."


def _missing(part: MissingPart, title: str) -> str:
    level, number = part.asked
    name = f"{level} {number}"
    if not part.numbers:
        return f"“{title}” không có {name} như câu hỏi nêu."
    first, last = part.numbers[0], part.numbers[-1]
    there = f"chỉ có {level} {first}" if first == last else f"có từ {level} {first} đến {level} {last}"
    return f"“{title}” không có {name}; văn bản này {there}."
