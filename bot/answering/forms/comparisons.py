"""Comparisons: which of two something is said of, or what the documents say of either side, each with its source."""

import re
from collections.abc import Callable

from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.compound import answer_sides
from bot.answering.forms.offices import find_claimed
from bot.answers import AnswerKind, Status
from embeddings.index.office_records import OfficeRecord
from embeddings.question.comparison import Comparison, read_comparison
from embeddings.question.office_question import read_office_claim

_SURE = 0.8
_SAYS_SO = re.compile(r"\b(?:tăng|giảm|hơn|vượt|thiếu|thừa|chênh|kém|so với|khác)\b", re.IGNORECASE)
"""Words of a passage that compare by itself."""


def answer_comparison(asked: Asked, draft_for: Callable[[Asked], Draft], direct: Callable[[], Draft]) -> Draft | None:
    """Answer a question that compares two sides; None if it does not, or nothing is known of the sides alone.

    Args:
        asked: the whole question.
        draft_for: answers a question for one side.
        direct: answers the question as if it asked one thing, for a passage that compares by itself.
    """
    comparison = read_comparison(asked.search.understanding.restored)
    if comparison is None:
        return None
    if comparison.chooses:
        return _chosen(asked, comparison)
    whole = direct()
    if any(_SAYS_SO.search(piece.text) for piece in whole.pieces):
        return whole
    sides = answer_sides(asked, comparison.questions, draft_for)
    return sides if sides.pieces else None


def offers_two(asked: Asked) -> bool:
    """Whether a question that sounds like yes or no offers two things to choose from (`A hay B là ...?`)."""
    comparison = read_comparison(asked.search.understanding.restored)
    return comparison is not None and comparison.chooses


def _chosen(asked: Asked, comparison: Comparison) -> Draft | None:
    """The one of two persons who holds an office; None where offices do not tell them apart."""
    found = [_holder(asked, question) for question in comparison.questions]
    holders = [record for record in found if record is not None]
    if len(holders) != 1:
        return None
    record = holders[0]
    hit = asked.hit_of(asked.retriever.passages[record.passage])
    piece = Piece(hit, *record.name_span, office=record.stretch_span)
    return Draft(AnswerKind.OFFICE, Status.ANSWERED, _SURE, (piece,), asked.search.hits)


def _holder(asked: Asked, question: str) -> OfficeRecord | None:
    """What says that a person holds an office, None where nothing does."""
    claim = read_office_claim(question, asked.retriever.offices)
    return find_claimed(asked, claim)[0] if claim else None
