"""Days and months among the words of a text, in figures and in words, Vietnamese and English."""

from collections.abc import Sequence

from embeddings.quantities.number_tokens import NumberToken

Keys = tuple[str, ...]

_ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {
    "gieng": 1,
    "chap": 12,
    **{name: number for number, name in enumerate(_ENGLISH_MONTHS, start=1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH_MONTHS, start=1)},
}
_ENGLISH = frozenset(name for name in _MONTHS if name not in ("gieng", "chap"))
_BEGINNINGS = _ENGLISH | {"thang"}
"""Words that a date begins with where it does not begin with a number."""
_DATE_PARTS = ("day", "month", "year")
_ORDINAL = {"st", "nd", "rd", "th"}
_DAYS, _MONTHS_IN_YEAR = 31, 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def date_at(tokens: Sequence[NumberToken], place: int) -> tuple[int, Keys] | None:
    """A day or a month that begins at a place: how many tokens it has, and its keys."""
    first = tokens[place]
    if first.number is None and "." not in first.text and first.folded not in _BEGINNINGS:
        return None
    for reading in (_numeric_date, _spoken_date, _english_date):
        found = reading(tokens, place)
        if found:
            return found
    return None


def _numeric_date(tokens: Sequence[NumberToken], place: int) -> tuple[int, Keys] | None:
    """`20/2`, `20-2-2014`, `20.2.2014`; `4/2018` behind `tháng`."""
    token = tokens[place]
    if token.text.count(".") == len(_DATE_PARTS) - 1 and token.text.replace(".", "").isdecimal():
        day, month, year = (int(part) for part in token.text.split("."))
        return (1, date_keys(day, month, year)) if _is_day(day, month, year) else None
    numbers = [token.integer]
    signs: list[str] = []
    end = place + 1
    while len(numbers) <= len(_DATE_PARTS) and end + 1 < len(tokens) and tokens[end].text in "/-":
        if tokens[end].start != tokens[end - 1].end:
            break
        signs.append(tokens[end].text)
        numbers.append(tokens[end + 1].integer)
        end += 2
    found = [number for number in numbers if number is not None]
    if len(found) != len(numbers) or len(set(signs)) != 1:
        return None
    keys = _numeric_keys(found, signs[0], tokens[place - 1].folded if place else "")
    return (2 * len(found) - 1, keys) if keys else None


def _numeric_keys(numbers: Sequence[int], sign: str, before: str) -> Keys | None:
    """Keys of the numbers of a date, None if they are none; `7-8` alone is a range."""
    if len(numbers) == len(_DATE_PARTS):
        day, month, year = numbers
        return date_keys(day, month, year) if _is_day(day, month, year) else None
    if len(numbers) != len(_DATE_PARTS) - 1:
        return None
    first, second = numbers
    if _is_year(second):
        return date_keys(None, first, second) if before == "thang" and 0 < first <= _MONTHS_IN_YEAR else None
    named = sign == "/" or before in ("ngay", "sang", "chieu", "toi", "hom")
    return date_keys(first, second, None) if named and _is_day(first, second) else None


def _spoken_date(tokens: Sequence[NumberToken], place: int) -> tuple[int, Keys] | None:
    """`20 tháng 2 năm 2014`, `mùng chín tháng một`; `tháng tư năm 2018`."""
    start = place
    day = tokens[place].integer
    if day is not None:
        place += 1
    if place + 1 >= len(tokens) or tokens[place].folded != "thang" or (day is not None and not 0 < day <= _DAYS):
        return None
    named = tokens[place + 1]
    month = named.integer or (_MONTHS.get(named.folded) if named.folded not in _ENGLISH else None)
    if month is None or not 0 < month <= _MONTHS_IN_YEAR:
        return None
    place += 2
    year, used = _year(tokens, place)
    if day is None and year is None:
        return None
    return place + used - start, date_keys(day, month, year)


def _english_date(tokens: Sequence[NumberToken], place: int) -> tuple[int, Keys] | None:
    """`January 9, 2020`, `9 January 2020`, `January 2020`."""
    start, day = place, tokens[place].integer
    if day is not None:
        place += 1
        place += place < len(tokens) and tokens[place].folded in _ORDINAL
    if place >= len(tokens) or tokens[place].folded not in _ENGLISH or not tokens[place].text[0].isupper():
        return None  # `may` without a capital is a word of Vietnamese typed without marks
    month = _MONTHS[tokens[place].folded]
    place += 1
    following = tokens[place].integer if place < len(tokens) else None
    if day is None and following is not None and following <= _DAYS:
        day = following
        place += 1
        place += place < len(tokens) and tokens[place].folded in _ORDINAL
    year, used = _year(tokens, place)
    if (day is None and year is None) or (day is not None and not 0 < day <= _DAYS):
        return None
    return place + used - start, date_keys(day, month, year)


def _year(tokens: Sequence[NumberToken], place: int) -> tuple[int | None, int]:
    """The year at a place, with or without `năm` in front, and how many tokens it has."""
    skipped = int(place < len(tokens) and tokens[place].folded == "nam" and tokens[place].number is None)
    if place + skipped < len(tokens):
        year = tokens[place + skipped].integer
        if year is not None and _is_year(year):
            return year, skipped + 1
    return None, 0


def _is_year(number: int) -> bool:
    return _FIRST_YEAR <= number <= _LAST_YEAR


def _is_day(day: int, month: int, year: int = _FIRST_YEAR) -> bool:
    return 0 < day <= _DAYS and 0 < month <= _MONTHS_IN_YEAR and _is_year(year)


def date_keys(day: int | None, month: int | None, year: int | None) -> Keys:
    """What a date is found by, the most exact first: `20/2/2014`, `20/2`, `tháng 2/2014`, `2014`."""
    found = []
    if day and month and year:
        found.append(f"{day}/{month}/{year}")
    if day and month:
        found.append(f"{day}/{month}")
    if month and year:
        found.append(f"tháng {month}/{year}")
    if year:
        found.append(str(year))
    return tuple(found)
