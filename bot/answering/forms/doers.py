"""Who does something, where that is a body: told by the words in front of those that the question has of the deed."""

import re

from bot.answering.drafts import Asked, Draft, Piece
from bot.answers import AnswerKind, Status
from corpus.vietnamese import fold
from embeddings.listing.doers import doers
from embeddings.question.answer_type import Kind
from embeddings.syllables import tokens

_WHO = re.compile(
    r"(?:^|,\s+|\s)(?<!với )(?<!của )(?<!cho )(?<!cùng )(?<!về )(?<!từ )(?<!đến )(?<!do )"
    r"(?:ai|người nào)\s+(?:(?:đã|sẽ|đang|phải|cần|là người|được giao)\s+)?(?P<deed>[^,?]+)$",
    re.IGNORECASE,
)
_LEAST = 3
"""Words that the question and a passage have side by side of what is done."""
_LOOKED_AT = 2
_OUT_OF_REACH = 0.1


def answer_doer(asked: Asked) -> Draft | None:
    """The body that does what is asked about; None where the question names no deed, or a person does it."""
    search = asked.search
    who = _WHO.search(search.understanding.restored.strip(" ?.!"))
    if search.expected.kind is not Kind.PERSON or who is None or asked.status is not Status.ANSWERED:
        return None
    deed = [fold(word) for word in tokens(who["deed"])]
    for length in range(len(deed), _LEAST - 1, -1):
        for hit in search.hits[:_LOOKED_AT]:
            if search.hits[0].score - hit.score > _OUT_OF_REACH:
                break
            found = doers(hit.passage.text, deed[:length])
            if found:
                rest = (hit, *(other for other in search.hits if other.passage.id != hit.passage.id))
                pieces = tuple(Piece(hit, *span) for span in found)
                kind = AnswerKind.LIST if len(pieces) > 1 else AnswerKind.SPAN
                return Draft(kind, asked.status, asked.confidence, pieces, rest, certain=True)
    return None
