"""One thing asked for as what a verb is done to: a list found for it is cut to the objects of that verb."""

import re
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.quoting import covered
from bot.answers import AnswerKind
from embeddings.listing.objects_asked import Objects, objects_asked
from embeddings.question.answer_type import Kind

_LONGEST_VERB = 16
_OF_THINGS = re.compile(
    r"\b(?:đổi mới|nâng cao|xây dựng|xây|trồng|tặng|ban hành|thành lập|củng cố|hoàn thiện|phát huy)\s+$", re.IGNORECASE
)
"""Verbs whose objects are things, so that a verb behind a comma is another deed; one is supported by `dạy nghề` too."""
_SEVERAL = re.compile(r"\b(?:những|các|mấy)\s+(?:[^\W\d_]+\s+){0,3}gì\b|\bgồm\b")


def objects_only(asked: Asked, draft: Draft) -> Draft:
    """A list cut to the objects of the verb in front of `gì`; as it is where the question asks for several things.

    It is not cut where that may lose items that begin with a verb (`hỗ trợ gạo, dạy nghề`).

    Words that a reader found by itself stay: over questions of many other texts they are right oftener than objects
    (docs/decisions/forms.md).

    Args:
        asked: the question.
        draft: the words found for it.
    """
    question = asked.search.understanding.restored
    if (
        draft.kind is not AnswerKind.LIST
        or not draft.pieces
        or draft.certain
        or asked.search.expected.kind is not Kind.OTHER
    ):
        return draft
    if asked.form.count is not None or _SEVERAL.search(question.lower()):
        return draft
    hit, worth = draft.pieces[0].hit, asked.search.understanding.worth
    found = objects_asked(question, hit.passage.text, lambda said: covered(worth, said))
    if found is None or not any(piece.hit is hit and _overlap(piece, found) for piece in draft.pieces):
        return draft
    if _loses_items(draft, found):
        return draft
    return replace(
        draft,
        kind=AnswerKind.SPAN,
        pieces=(Piece(hit, *found.span),),
        goes_on=False,
        confidence=asked.confidence,
        around={hit.passage.id: [found.span]},
    )


def _loses_items(draft: Draft, found: Objects) -> bool:
    """Whether items stand behind the objects that may be objects too, as far as the verb and a reader tell."""
    hit, (start, end) = draft.pieces[0].hit, found.span
    if not any(piece.hit is hit and piece.end > end for piece in draft.pieces):
        return False
    if _OF_THINGS.search(hit.passage.text[max(start - _LONGEST_VERB, 0) : start]):
        return False
    return hit.reading is None or not hit.reading.spans or hit.reading.spans[0].end > end


def _overlap(piece: Piece, found: Objects) -> bool:
    return piece.start < found.span[1] and found.span[0] < piece.end
