"""Roman numerals, and the words that number parts of a document (`thứ nhất`, `thứ hai`)."""

import re

from corpus.vietnamese import fold

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_WORDS = {
    word: number
    for number, words in enumerate(
        ("nhat mot", "hai nhi", "ba", "tu bon", "nam lam", "sau", "bay", "tam", "chin", "muoi"), start=1
    )
    for word in words.split()
}
ORDINAL = "|".join(sorted(_WORDS, key=len, reverse=True))
"""Folded words that may stand behind `thứ`, for a regular expression."""


def roman(numeral: str) -> int | None:
    """The value of a Roman numeral of any case, as it is properly written; None for anything else."""
    if not numeral or _ROMAN.fullmatch(numeral) is None:
        return None
    values = [_VALUES[letter] for letter in numeral.lower()]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def ordinal(word: str) -> int | None:
    """The number a word says behind `thứ`, with or without marks; None if it says none."""
    return _WORDS.get(fold(word))


def part_number(written: str, *, lettered: bool = False) -> str | None:
    """How a part of a document is numbered, in one form: `III`, `3`, `03` and `ba` are `3`; `5a` and `1.2` stay.

    Args:
        written: as it stands there.
        lettered: whether the part is one that letters number (điểm); else letters are Roman numerals or words.

    Returns:
        Digits, with a small letter or more digits behind them; for lettered parts also a small letter; None if it is
        no number.
    """
    text = written.strip().lower()
    if match := re.fullmatch(r"0*(\d{1,4})([a-zđ]?)", text):
        return match[1] + match[2]
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})+", text):
        return text
    if lettered:
        return text if re.fullmatch(r"[a-zđ]\d?", text) else None
    value = roman(text)
    value = value if value is not None else ordinal(text)
    return None if value is None else str(value)
