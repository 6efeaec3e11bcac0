"""What a question leaves out of the list that it asks for: `ngoài trưởng ban thì còn những ai`."""

import re
from dataclasses import replace

from bot.answering.drafts import Draft, Piece
from corpus.vietnamese import fold
from embeddings.syllables import tokens

_LEFT_OUT = re.compile(r"\b(?:ngoai|khong ke|khong tinh)\s+(?P<what>[^?;]+?)\s*(?:,\s*|\s(?:thi|ra)\s+)?\bcon\s")


def without_excepted(draft: Draft, question: str) -> Draft:
    """A list without the items that the question leaves out; as it is where that would leave nothing.

    Args:
        draft: with its pieces.
        question: with or without its marks.
    """
    found = _LEFT_OUT.search(fold(question))
    if found is None:
        return draft
    kept = tuple(piece for piece in draft.pieces if not _is_meant(piece, found["what"]))
    return replace(draft, pieces=kept) if kept else draft


def _is_meant(piece: Piece, what: str) -> bool:
    """Whether words name an item or the office beside it."""
    office = piece.hit.passage.text[slice(*piece.office)] if piece.office else ""
    item = [fold(word) for word in tokens(piece.text)]
    return set(item) <= {fold(word) for word in tokens(what)} or what in fold(f"{piece.text}, {office}")
