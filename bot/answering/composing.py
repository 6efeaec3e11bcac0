"""A draft put together as an answer: citations in order, what is quoted of each, the words as they are cited."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.drafts import Draft, Piece
from bot.answering.quoting import QuotedHit
from bot.answering.quoting_pieces import LONGEST_QUOTE, quotes_around
from bot.answers import AnswerKind, AnswerText, Citation
from embeddings.hits import Hit

Span = tuple[int, int]

_HANGING = " \t\n,;:–—-"
"""What stands between an answer and the words around it, and belongs to neither end of it."""
_MOST_PASSAGES = 10
"""Of a list, one or several items in each."""
_OPENING = {"”": "“", "’": "‘", "»": "«", ")": "(", "]": "["}


def ordered_hits(draft: Draft, found: Sequence[Hit], top: int) -> list[Hit]:
    """The passages to be cited, those of the pieces first, each once, ranks counted anew, scores falling.

    Args:
        draft: what is to be cited.
        found: all hits of the search, for when the draft has fewer than are wanted.
        top: how many are wanted; a list that fills more passages is cited from more, so that it is told whole.
    """
    hits: dict[str, Hit] = {}
    for hit in (*(piece.hit for piece in draft.pieces), *draft.hits, *found):
        hits.setdefault(hit.passage.id, hit)
    ordered: list[Hit] = []
    least = 0.0
    for rank, hit in reversed(list(enumerate(hits.values(), start=1))):
        least = max(least, hit.score)
        ordered.append(replace(hit, rank=rank, score=least))
    answering = {piece.hit.passage.id for piece in draft.pieces} if draft.kind is AnswerKind.LIST else set()
    return ordered[::-1][: max(top, min(len(answering), _MOST_PASSAGES))]


def quotes_of(draft: Draft, hit: Hit) -> list[Span]:
    """What is quoted of a passage that holds pieces; empty for one without."""
    mine = [piece for piece in draft.pieces if piece.hit.passage.id == hit.passage.id]
    if not mine:
        return []
    words = [(piece.start, piece.end) for piece in mine]
    offices = [piece.office for piece in mine if piece.office]
    return quotes_around(hit.passage.text, words, [*offices, *draft.around.get(hit.passage.id, ())])


def trimmed(draft: Draft) -> Draft:
    """The draft with pieces bare of hanging punctuation, those that are longer than a quote cut to its clauses."""
    return replace(draft, pieces=tuple(_trimmed(piece) for piece in draft.pieces))


def _trimmed(piece: Piece) -> Piece:
    text = piece.hit.passage.text
    start, end = piece.start, piece.end
    if end - start > LONGEST_QUOTE:
        (first, last), *_ = quotes_around(text, [(start, end)])
        start, end = max(first, start), min(last, end)
    start, end = without_hanging(text, start, end)
    return replace(piece, start=start, end=end) if start < end else piece


def without_hanging(text: str, start: int, end: int) -> Span:
    """A stretch without commas and the like at its ends, nor quotation marks and brackets of which it has only one."""
    closing = {opened: closed for closed, opened in _OPENING.items()}
    while start < end:
        stretch = text[start:end]
        if stretch[-1] in _HANGING or (stretch[-1] in _OPENING and _OPENING[stretch[-1]] not in stretch):
            end -= 1
        elif (stretch[0] in _HANGING and not stretch[1:2].isdigit()) or (
            stretch[0] in closing and closing[stretch[0]] not in stretch
        ):
            start += 1
        else:
            break
    return start, end


def texts_of(draft: Draft, citations: Sequence[Citation]) -> tuple[AnswerText, ...]:
    """The pieces as texts of citations; those whose passage is not among the citations are left out."""
    rank = {citation.passage.id: citation.rank for citation in citations}
    return tuple(
        AnswerText(
            text=piece.text,
            citation=rank[piece.hit.passage.id],
            part=piece.part,
            office=piece.hit.passage.text[slice(*piece.office)] if piece.office else None,
        )
        for piece in draft.pieces
        if piece.hit.passage.id in rank
    )


def one_text(pieces: Sequence[Piece], quoted: QuotedHit | None) -> str | None:
    """The words as one: the only piece, the items as one stretch where a quote holds them, else the first it holds."""
    if not pieces or quoted is None:
        return None
    text = quoted.hit.passage.text
    here = [piece for piece in pieces if piece.hit.passage.id == quoted.hit.passage.id]
    if len(here) == len(pieces):
        start, end = min(piece.start for piece in here), max(piece.end for piece in here)
        if quoted.start <= start and end <= quoted.end:
            return text[start:end]
    for piece in here:
        start, end = max(piece.start, quoted.start), min(piece.end, quoted.end)
        if start < end:
            return text[start:end]
    return None
