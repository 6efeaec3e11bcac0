"""What a question leaves out of the list that it asks for: `ngoài trưởng ban thì còn những ai`."""

import re
from dataclasses import replace

from bot.answering.drafts import Draft, Piece
from corpus.vietnamese import fold
from embeddings.syllables import is_marked, tokens

_PATTERN = (
    r"\b(?<!nước )(?<!bên )(?<!người )(?:ngoài(?! ra\b)|không kể|không tính)\s+"
    r"([^?;]+?)\s*(?:,\s*|\s(?:thì|ra)\s+)?\bcòn\s"
)
_LEFT_OUT, _LEFT_OUT_UNMARKED = re.compile(_PATTERN), re.compile(fold(_PATTERN))
_LEAST = 2
"""Syllables from which words name a thing that has more of them."""


def without_excepted(draft: Draft, question: str) -> Draft:
    """A list without the items that the question leaves out; as it is where that would leave nothing.

    Args:
        draft: with its pieces.
        question: with or without its marks.
    """
    asked = question.lower()
    found = (_LEFT_OUT if is_marked(asked) else _LEFT_OUT_UNMARKED).search(asked)
    if found is None:
        return draft
    what = _syllables(found[1])
    kept = tuple(piece for piece in draft.pieces if not _is_meant(piece, what))
    return replace(draft, pieces=kept) if kept else draft


def _is_meant(piece: Piece, what: list[str]) -> bool:
    """Whether words name an item or the office beside it."""
    item = _syllables(piece.text)
    office = _syllables(piece.hit.passage.text[slice(*piece.office)]) if piece.office else []
    if set(item) <= set(what) or what in (item, office):
        return True
    told = f" {' '.join(item)} , {' '.join(office)} "
    return len(what) >= _LEAST and f" {' '.join(what)} " in told


def _syllables(text: str) -> list[str]:
    return [fold(word) for word in tokens(text)]
