"""Comparisons: which of two something is said of, or what the documents say of either side, each with its source."""

import re
from collections.abc import Callable

from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.compound import answer_sides
from bot.answering.forms.offices import find_claimed
from bot.answering.forms.yes_no import answer_yes_no
from bot.answers import AnswerKind, Status, Verdict
from corpus.vietnamese import fold
from embeddings.index.office_records import OfficeRecord
from embeddings.question.comparison import Comparison, read_comparison
from embeddings.question.office_question import read_office_claim
from embeddings.question.question import Question

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
    """The one of two persons who holds an office, else the one of two things that a passage says it of.

    Returns:
        None where neither offices nor passages tell them apart.
    """
    found = [_holder(asked, question) for question in comparison.questions]
    holders = [record for record in found if record is not None]
    if not holders:
        return _affirmed(asked, comparison)
    if len(holders) != 1:
        return None
    record = holders[0]
    hit = asked.hit_of(asked.retriever.passages[record.passage])
    piece = Piece(hit, *record.name_span, office=record.stretch_span)
    return Draft(AnswerKind.OFFICE, Status.ANSWERED, _SURE, (piece,), asked.search.hits)


def _affirmed(asked: Asked, comparison: Comparison) -> Draft | None:
    """The one of two things of which a passage says what is asked, where none says it of the other."""
    drafts = [answer_yes_no(asked.ask(Question(f"có phải {question} không"))) for question in comparison.questions]
    said = [number for number, draft in enumerate(drafts) if draft and draft.verdict is Verdict.YES]
    if len(said) != 1:
        return None
    draft, side = drafts[said[0]], comparison.sides[said[0]]
    if draft is None:
        return None
    hit = draft.pieces[0].hit
    place = fold(hit.passage.text).find(fold(side))
    if place < 0 or len(fold(hit.passage.text)) != len(hit.passage.text):
        return None
    piece = Piece(hit, place, place + len(side))
    around = {hit.passage.id: [(draft.pieces[0].start, draft.pieces[0].end)]}
    return Draft(AnswerKind.SPAN, Status.ANSWERED, draft.confidence, (piece,), draft.hits, around=around)


def _holder(asked: Asked, question: str) -> OfficeRecord | None:
    """What says that a person holds an office, None where nothing does."""
    claim = read_office_claim(question, asked.retriever.offices)
    return find_claimed(asked, claim)[0] if claim else None
