"""Which of two things is more, or was earlier: as a passage says it, or by the number or date told of each."""

import re
from collections.abc import Callable
from decimal import Decimal

from bot.answering.counted_things import counted_kind
from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answering.forms.two_sides import name_in
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.quantities.quantities import quantities
from embeddings.question.comparison import Comparison

_LOOKED_AT = 3
_OPPOSITES = {"nhieu": "it", "cao": "thap", "lon": "nho", "nang": "nhe", "dong": "vang", "dai": "ngan"}
_OPPOSITE_OF = _OPPOSITES | {smaller: larger for larger, smaller in _OPPOSITES.items()}
_DEGREE = re.compile(rf"\b({'|'.join(_OPPOSITE_OF)}) hon (?:so voi )?")
_DENIED = re.compile(r"\b(?:khong|chua|chang)(?: \S+)?(?: \S+)? $")
_DATE = re.compile(r"(?:(\d+)/)?(\d+)/(\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")

_DAYS = 31
_NUMBERED_IN = re.compile(r"\d+/((?:19|20)\d\d)(?:/|\b)")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")

Published = Callable[[str], str | None]

_Amount = tuple[str, tuple[Decimal, ...]]
"""What is measured (`%`, `date`, or "" for a bare number), and how much; a date as year, month and day."""


def answer_as_said(asked: Asked, comparison: Comparison) -> Draft | None:
    """The side that a passage says to be more than the other (`A nặng hơn B`); None where none says so.

    Args:
        asked: the whole question.
        comparison: by number.
    """
    wanted = re.search(rf"\b({'|'.join(_OPPOSITE_OF)})\b(?: \S+){{0,4}}? hon$", fold(comparison.measure))
    for hit in asked.search.hits[:_LOOKED_AT] if wanted else ():
        text = hit.passage.text
        for sentence in sentence_spans(text):
            side = _said_more(fold(text[slice(*sentence)]), comparison, wanted[1]) if wanted else None
            place = None if side is None else name_in(text, sentence, comparison.sides[side])
            if place:
                rest = (one for one in asked.search.hits if one.passage.id != hit.passage.id)
                return _shown(asked.confidence, Piece(hit, *place), (hit, *rest), {hit.passage.id: [sentence]})
    return None


def _said_more(sentence: str, comparison: Comparison, wanted: str) -> int | None:
    """Which side a folded sentence says to be more than the other, in the word asked with or its opposite."""
    for said in _DEGREE.finditer(sentence):
        other = next((n for n, side in enumerate(comparison.sides) if _stands_at(sentence, said.end(), side)), None)
        if other is None or _DENIED.search(sentence[: said.start()]):
            continue
        if said[1] == wanted:
            return 1 - other
        if said[1] == _OPPOSITE_OF[wanted]:
            return other
    return None


def by_number(comparison: Comparison, sides: Draft, published: Published) -> Draft | None:
    """The side with the larger (or smaller) number or date, by its name in the passage that tells it.

    Args:
        comparison: by number.
        sides: what was found for each side.
        published: when a document was, an ISO date, by its id.

    Returns:
        None where either has no one number, they measure different things, or the passage does not name the side.
    """
    first, second = _told(comparison, sides, 0, published), _told(comparison, sides, 1, published)
    if first is None or second is None:
        return None
    told = (first, second)
    one, other = first[0], second[0]
    same = min(len(one[1]), len(other[1]))  # `năm 2019` is neither before nor after `18/02/2019`
    if one[0] != other[0] or one[1][:same] == other[1][:same]:
        return None
    larger = 0 if one[1] > other[1] else 1
    number = larger if comparison.by_number > 0 else 1 - larger
    around: dict[str, list[Span]] = {}
    for _, piece in (told[number], told[1 - number]):
        if piece:
            around.setdefault(piece.hit.passage.id, []).append((piece.start, piece.end))
    own = told[number][1]
    for hit in (own.hit,) if own else sides.hits[:_LOOKED_AT]:
        place = name_in(hit.passage.text, (0, len(hit.passage.text)), comparison.sides[number])
        if place:
            hits = (hit, *(one for one in sides.hits if one.passage.id != hit.passage.id))
            return _shown(sides.confidence, Piece(hit, *place), hits, around)
    return None


def _told(
    comparison: Comparison, sides: Draft, number: int, published: Published
) -> tuple[_Amount, Piece | None] | None:
    """What is told of a side in one piece; of a document that nothing is told of, the year in its own number."""
    pieces = [piece for piece in sides.pieces if piece.part == number]
    if not pieces:
        year = _NUMBERED_IN.search(comparison.sides[number])
        return (("date", (Decimal(year[1]),)), None) if year else None
    amount = _amount(_dated(pieces[0], published)) if len(pieces) == 1 else None
    if amount is None:
        return None
    unit = amount[0] or counted_kind(pieces[0].hit.passage.text, pieces[0].start, pieces[0].end)
    return (unit, amount[1]), pieces[0]


def _shown(confidence: float, piece: Piece, hits: tuple[Hit, ...], around: dict[str, list[Span]]) -> Draft:
    return Draft(AnswerKind.SPAN, Status.ANSWERED, confidence, (piece,), hits, around=around)


def _stands_at(text: str, place: int, side: str) -> bool:
    """Whether a side's name, or its last words, begins at a place of a folded text."""
    words = fold(side).split()
    return any(re.match(rf"{re.escape(' '.join(words[first:]))}(?!\w)", text[place:]) for first in range(len(words)))


def _dated(piece: Piece, published: Published) -> str:
    """What a piece says; a day without a year is of the last such one up to when its document was published."""
    known = published(piece.hit.passage.document_id)
    day = _DAY.search(piece.text)
    if known is None or day is None or _ANY_YEAR.search(piece.text):
        return piece.text
    year, month, date = (int(part) for part in known.split("-"))
    year -= (int(day[2]), int(day[1])) > (month, date)
    return f"{piece.text[: day.start()]}{day[1]}/{day[2]}/{year}{piece.text[day.end() :]}"


def _amount(text: str) -> _Amount | None:
    """The one number or date of a text; a year is a date, and so is the last of several days."""
    found = quantities(text)
    dates = [one.keys[0] for one in found if one.is_date or _YEAR.fullmatch(one.keys[0])]
    days = [one.keys[0] for one in found if not one.is_date and one.keys[0].isdecimal() and int(one.keys[0]) <= _DAYS]
    if len(dates) == 1 and len(dates) + len(days) == len(found):  # `từ ngày 8 đến ngày 11/6/2011`
        dated = _DATE.search(dates[0])
        parts = dated.groups() if dated else (None, None, dates[0])
        return ("date", tuple(Decimal(part) for part in reversed(parts) if part)) if parts[2].isdecimal() else None
    if len(found) != 1:
        return None
    key, percent = found[0].keys[0].removesuffix("%"), found[0].keys[0].endswith("%")
    return ("%" if percent else "", (Decimal(key),)) if re.fullmatch(r"\d+(?:\.\d+)?", key) else None
