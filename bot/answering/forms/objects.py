"""One thing asked for as what a verb is done to: the words found are cut to the objects of that verb."""

import re
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.quoting import covered
from bot.answers import AnswerKind
from embeddings.listing.objects_asked import Objects, objects_asked
from embeddings.question.answer_type import Kind

_SEVERAL = re.compile(r"\b(?:những|các|mấy)\s+(?:[^\W\d_]+\s+){0,3}gì\b|\bgồm\b")
_SAID_FROM = 0.6
"""Share of the question that a sentence must say for its objects to be shown in place of other words."""


def objects_only(asked: Asked, draft: Draft) -> Draft:
    """A draft cut to the objects of the verb in front of `gì`; as it is where the question asks for none.

    Args:
        asked: the question.
        draft: the words found for it; a list stays where several things are asked for.
    """
    if asked.search.expected.kind is not Kind.OTHER or draft.certain:
        return draft
    hit = draft.pieces[0].hit if draft.pieces else asked.search.hits[0]
    worth = asked.search.understanding.worth
    text = hit.passage.text
    found = objects_asked(asked.search.understanding.restored, text, lambda said: covered(worth, said))
    if found is None:
        return draft
    inside = [piece for piece in draft.pieces if piece.hit is hit and _overlap(piece, found)]
    several = asked.form.count is not None or _SEVERAL.search(asked.search.understanding.restored.lower()) is not None
    if several and draft.kind is AnswerKind.LIST:
        return draft
    if not inside and covered(worth, text[slice(*found.sentence)]) < _SAID_FROM:
        return draft
    kind = AnswerKind.SPAN if draft.kind is AnswerKind.LIST else draft.kind
    confidence = asked.confidence if draft.kind is AnswerKind.LIST else draft.confidence
    around = {hit.passage.id: [found.span]}
    return replace(
        draft, kind=kind, pieces=(Piece(hit, *found.span),), goes_on=False, confidence=confidence, around=around
    )


def _overlap(piece: Piece, found: Objects) -> bool:
    return piece.start < found.span[1] and found.span[0] < piece.end
