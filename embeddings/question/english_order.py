"""The order of nouns beside each other: what is meant comes last in English, first in Vietnamese."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

_NUMBER_SIGN = "số"
_YEAR = re.compile(r"(?:\d{1,2}/){0,2}(?:19|20)\d\d")


class Kind(Enum):
    """What a piece of a question is, as far as its place goes."""

    NOUN = auto()
    NAME = auto()
    NUMBER = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a question, in Vietnamese.

    Attributes:
        apart: whether something stands between it and the piece before, a sign or a word that is left out.
    """

    text: str
    kind: Kind
    apart: bool


def in_vietnamese_order(pieces: Sequence[Piece]) -> list[str]:
    """The texts of pieces, runs of nouns turned round; a name, year or date in front of nouns goes behind them."""
    return [piece.text for run in _runs(pieces) for piece in run]


def _runs(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    place = 0
    while place < len(pieces):
        end = _end(pieces, place)
        run = pieces[place:end]
        yield run if _is_numbered(pieces, end) else run[::-1]
        place = end


def _end(pieces: Sequence[Piece], first: int) -> int:
    """The place behind the run that begins at a place: names and years, then nouns (`2023 Cao Vân training class`)."""
    place = first
    behind_noun = first > 0 and pieces[first - 1].kind is Kind.NOUN and not pieces[first].apart
    while not behind_noun and _belongs(pieces, place, first) and _leads(pieces[place]):
        place += 1
    nouns = place
    while _belongs(pieces, place, first) and pieces[place].kind is Kind.NOUN:
        place += 1
    return place if place > nouns else first + 1


def _belongs(pieces: Sequence[Piece], place: int, first: int) -> bool:
    return place < len(pieces) and (place == first or not pieces[place].apart)


def _leads(piece: Piece) -> bool:
    """Whether a piece in front of nouns goes behind them: a name or a year."""
    return piece.kind is Kind.NAME or _is_year(piece)


def _is_year(piece: Piece) -> bool:
    return piece.kind is Kind.NUMBER and _YEAR.fullmatch(piece.text) is not None


def _is_numbered(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a number that is no year stands behind a run: it belongs to the last noun (`Party Regulation No. 11`)."""
    if place >= len(pieces) or pieces[place].apart:
        return False
    return pieces[place].text == _NUMBER_SIGN or (pieces[place].kind is Kind.NUMBER and not _is_year(pieces[place]))
