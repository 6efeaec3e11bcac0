"""Which of two things is more, or was earlier, by the number or date told of each."""

import re
from collections.abc import Callable
from decimal import Decimal

from bot.answering.counted_things import counted_word
from bot.answering.drafts import Draft, Piece, Span
from bot.answering.forms.side_names import side_named
from bot.answers import AnswerKind, Status
from embeddings.hits import Hit
from embeddings.quantities.quantities import quantities
from embeddings.question.comparison import Comparison

_LOOKED_AT = 3
_DATE = re.compile(r"(?:(\d+)/)?(\d+)/(\d{4})")
_OF_YEAR = re.compile(r"(?:^|năm\s+|/)(?:19|20)\d\d$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DAYS = 31
_NUMBERED_IN = re.compile(r"\d+/((?:19|20)\d\d)(?:/|\b)")
_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")

Published = Callable[[str], str | None]

_Amount = tuple[str, tuple[Decimal, ...]]
"""What is measured (`%`, `date`, or "" for a bare number), and how much; a date as year, month and day."""


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
    if _measure_other_things(one[0], other[0]) or one[1][:same] == other[1][:same]:
        return None
    larger = 0 if one[1] > other[1] else 1
    number = larger if comparison.by_number > 0 else 1 - larger
    around: dict[str, list[Span]] = {}
    for _, piece in (told[number], told[1 - number]):
        if piece:
            around.setdefault(piece.hit.passage.id, []).append((piece.start, piece.end))
    own = told[number][1]
    for hit in (own.hit,) if own else sides.hits[:_LOOKED_AT]:
        text = hit.passage.text
        place = side_named(text, (0, len(text)), comparison.sides[number], comparison.sides[1 - number])
        if place:
            hits = (hit, *(one for one in sides.hits if one.passage.id != hit.passage.id))
            return _shown(sides.confidence, Piece(hit, *place), hits, around)
    return None


def _measure_other_things(one: str, other: str) -> bool:
    """Whether numbers of two units are not to be compared; one whose unit is not known is no share."""
    return one != other and (bool(one and other) or "%" in (one, other))


def _told(
    comparison: Comparison, sides: Draft, number: int, published: Published
) -> tuple[_Amount, Piece | None] | None:
    """What is told of a side in one piece; of a document that nothing is told of, the year in its own number."""
    pieces = [piece for piece in sides.pieces if piece.part == number]
    if not pieces:
        year = _NUMBERED_IN.search(comparison.sides[number]) if comparison.by_date else None
        return (("date", (Decimal(year[1]),)), None) if year else None
    amount = _amount(_dated(pieces[0], published), by_date=comparison.by_date) if len(pieces) == 1 else None
    if amount is None:
        return None
    unit = amount[0] or counted_word(pieces[0].hit.passage.text, pieces[0].start, pieces[0].end)
    return (unit, amount[1]), pieces[0]


def _shown(confidence: float, piece: Piece, hits: tuple[Hit, ...], around: dict[str, list[Span]]) -> Draft:
    return Draft(AnswerKind.SPAN, Status.ANSWERED, confidence, (piece,), hits, around=around)


def _dated(piece: Piece, published: Published) -> str:
    """What a piece says; a day without a year is of the last such one up to when its document was published."""
    known = published(piece.hit.passage.document_id)
    day = _DAY.search(piece.text)
    if known is None or day is None or _ANY_YEAR.search(piece.text):
        return piece.text
    year, month, date = (int(part) for part in known.split("-"))
    year -= (int(day[2]), int(day[1])) > (month, date)
    return f"{piece.text[: day.start()]}{day[1]}/{day[2]}/{year}{piece.text[day.end() :]}"


def _amount(text: str, *, by_date: bool) -> _Amount | None:
    """The one date of a text, the last of several days; or the one number, years that it is of apart."""
    found = quantities(text)
    years = [one for one in found if not one.is_date and _OF_YEAR.search(text[: one.end])]
    dates = [*(one for one in found if one.is_date), *years]
    others = [one for one in found if one not in dates]
    if not by_date:
        key = others[0].keys[0] if len(others) == 1 else ""
        number = key.removesuffix("%")
        return ("%" if key.endswith("%") else "", (Decimal(number),)) if _NUMBER.fullmatch(number) else None
    days = [one for one in others if one.keys[0].isdecimal() and int(one.keys[0]) <= _DAYS]
    if len(dates) != 1 or len(days) != len(others):  # `từ ngày 8 đến ngày 11/6/2011` has a day besides
        return None
    dated = _DATE.search(dates[0].keys[0])
    parts = dated.groups() if dated else (None, None, dates[0].keys[0])
    return ("date", tuple(Decimal(part) for part in reversed(parts) if part)) if parts[2].isdecimal() else None
