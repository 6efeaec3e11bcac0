"""Who does something, where that is a body: told by the words in front of those that the question has of the deed."""

import re
from collections.abc import Sequence

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answers import AnswerKind, Status
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.listing.doers import doers
from embeddings.question.answer_type import Kind
from embeddings.syllables import tokens

_WHO = re.compile(
    r"(?:^|,\s+|\s)(?<!với )(?<!của )(?<!cho )(?<!cùng )(?<!về )(?<!từ )(?<!đến )(?<!do )"
    r"(?:ai|người nào)\s+(?:(?:đã|đang|là người)\s+)?(?P<deed>[^,?]+)$",
    re.IGNORECASE,
)
_LEAST = 3
"""Words that a question has of what is done."""
_LOOKED_AT = 2
_OUT_OF_REACH = 0.1
_CLEAR = 1.0
"""Margin of what a reader read from which it is sure."""


def answer_doer(asked: Asked) -> Draft | None:
    """The body that does what is asked about; None where the question names no deed, or a person does it."""
    search = asked.search
    who = _WHO.search(search.understanding.restored.strip(" ?.!"))
    if search.expected.kind is not Kind.PERSON or who is None or asked.status is not Status.ANSWERED:
        return None
    deed = [fold(word) for word in tokens(who["deed"])]
    if len(deed) < _LEAST:
        return None
    for hit in search.hits[:_LOOKED_AT]:
        if search.hits[0].score - hit.score > _OUT_OF_REACH:
            break
        found = doers(hit.passage.text, deed)
        if found:
            if _reads_another(search.hits[0], hit, found):
                return None
            rest = (hit, *(other for other in search.hits if other.passage.id != hit.passage.id))
            pieces = tuple(Piece(hit, *span) for span in found)
            kind = AnswerKind.LIST if len(pieces) > 1 else AnswerKind.SPAN
            return Draft(kind, asked.status, asked.confidence, pieces, rest, certain=True)
    return None


def _reads_another(first: Hit, hit: Hit, found: Sequence[Span]) -> bool:
    """Whether a reader is sure of other words, in the passage of the doers or the first one."""
    for read in {first.passage.id: first, hit.passage.id: hit}.values():
        best = read.reading.spans[0] if read.reading and read.reading.spans else None
        if best is None or best.margin < _CLEAR:
            continue
        if read is not hit or not any(best.start < end and start < best.end for start, end in found):
            return True
    return False
