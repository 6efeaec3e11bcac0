"""Vietnamese numerals in words: `ba nghìn ba trăm` is 3300, `bảy mươi tư` 74, `hai triệu rưỡi` 2500000."""

from collections.abc import Sequence

from embeddings.syllables import canonical

_DIGITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_LATER_DIGITS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_OTHER = ("mười", "mươi", "trăm", "linh", "lẻ", "rưỡi", "bẩy")
_UNITS = _DIGITS | _LATER_DIGITS
_UNITS_BEHIND_TENS = set(_UNITS) - {"không", "năm"}
"""`mười năm` is ten years, fifteen is `mười lăm`."""
_ZERO_TENS = {"linh", "lẻ", "không"}
_HUNDRED, _TEN = 100, 10
_BEYOND = 10**12
_WORDS = {canonical(word): "bảy" if word == "bẩy" else word for word in (*_DIGITS, *_LATER_DIGITS, *_SCALES, *_OTHER)}
_UNMARKED = {
    "khong": "không",
    "mot": "một",
    "hai": "hai",
    "ba": "ba",
    "bon": "bốn",
    "nam": "năm",
    "sau": "sáu",
    "bay": "bảy",
    "tam": "tám",
    "chin": "chín",
    "tu": "tư",
    "lam": "lăm",
    "nham": "nhăm",
    "nghin": "nghìn",
    "ngan": "ngàn",
    "trieu": "triệu",
    "ty": "tỷ",
    "ti": "tỉ",
    "tram": "trăm",
    "linh": "linh",
    "le": "lẻ",
    "ruoi": "rưỡi",
}
"""`muoi` is left to its neighbours: `mười` in front, `mươi` behind a digit."""


def numeral(word: str) -> str | None:
    """The numeral a marked word is, in its usual spelling; None for any other word."""
    return _WORDS.get(canonical(word))


def unmarked_numerals(words: Sequence[str]) -> list[str | None]:
    """The numerals that words typed without marks may be, each read beside the one before it."""
    found: list[str | None] = []
    for word in words:
        lower = word.lower()
        if lower == "muoi":
            found.append("mươi" if found and found[-1] in _DIGITS else "mười")
        else:
            found.append(numeral(lower) or _UNMARKED.get(lower))
    return found


def scale(word: str) -> int | None:
    """What a word like `nghìn` or `tỷ` behind a number multiplies it by; None for any other word."""
    return _SCALES.get(numeral(word) or "")


def value(numerals: Sequence[str]) -> int | None:
    """The number that numerals name together, None if they name none.

    The grammar: groups below a thousand, each with its scale, falling (`hai tỷ ba trăm triệu`); a group is hundreds,
    `linh` or `lẻ` before a lone unit, tens, unit; `rưỡi` adds half of what the last word stands for; a lone digit
    behind a scale or hundred counts its tenths (`một nghìn hai` is 1200, `trăm tư` 140).
    """
    total, last = 0, _BEYOND
    place = 0
    while place < len(numerals):
        group, end, unit = _group(numerals, place)
        if group is None:
            return None
        if end < len(numerals) and numerals[end] in _SCALES:
            by = _SCALES[numerals[end]]
            if by >= last:
                return None
            total, last, place = total + group * by, by, end + 1
            if place < len(numerals) and numerals[place] == "rưỡi":
                return total + by // 2 if place + 1 == len(numerals) else None
        elif end == len(numerals):
            lone = last < _BEYOND and unit
            return total + (group * last // _TEN if lone else group)
        else:
            return None
    return total


def _group(numerals: Sequence[str], place: int) -> tuple[int | None, int, bool]:
    """A number below a thousand that begins at a place, where it ends, and whether it is a lone unit."""
    word = numerals[place]
    if word == "trăm":  # trăm rưỡi, trăm hai
        return _behind_hundreds(numerals, _HUNDRED, place + 1)
    if word in _DIGITS and _at(numerals, place + 1) == "trăm":
        return _behind_hundreds(numerals, _DIGITS[word] * _HUNDRED, place + 2)
    if word in _ZERO_TENS and _at(numerals, place + 1) in _UNITS:
        return _UNITS[numerals[place + 1]], place + 2, False
    tens, end = _tens(numerals, place)
    return tens, end, end == place + 1 and word in _UNITS


def _behind_hundreds(numerals: Sequence[str], hundreds: int, place: int) -> tuple[int | None, int, bool]:
    word = _at(numerals, place)
    if word == "rưỡi":
        return hundreds + _HUNDRED // 2, place + 1, False
    if word in _ZERO_TENS and _at(numerals, place + 1) in _UNITS:
        return hundreds + _UNITS[numerals[place + 1]], place + 2, False
    if word is None or word in _SCALES:
        return hundreds, place, False
    tens, end = _tens(numerals, place)
    if tens is None:
        return None, place, False
    lone = end == place + 1 and tens < _TEN
    return hundreds + (tens * _TEN if lone else tens), end, False


def _tens(numerals: Sequence[str], place: int) -> tuple[int | None, int]:
    word = numerals[place]
    if word == "mười":
        tens, place = _TEN, place + 1
    elif word in _DIGITS and _at(numerals, place + 1) == "mươi":
        tens, place = _DIGITS[word] * _TEN, place + 2
    else:
        return (_UNITS[word], place + 1) if word in _DIGITS or word == "tư" else (None, place)
    unit = _at(numerals, place)
    if unit in _UNITS_BEHIND_TENS and _at(numerals, place + 1) not in ("mươi", "trăm"):
        return tens + _UNITS[unit or ""], place + 1
    return tens, place


def _at(numerals: Sequence[str], place: int) -> str | None:
    return numerals[place] if place < len(numerals) else None
