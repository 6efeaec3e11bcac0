"""Numbers and dates of a claim against those of a passage: the same, or another one for the same thing."""

import math
import re
from collections.abc import Sequence

from corpus.vietnamese import fold
from embeddings.quantities.quantities import Quantity, quantities

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEHIND = 24
"""Characters behind a number in which what it counts begins."""
_AROUND = 40
"""Characters on either side of a number in which the words that it goes with stand."""
_ORDINAL = frozenset(
    ("thu", "khoa", "lan", "so", "dieu", "khoan", "diem", "quy", "nhiem", "cap", "loai", "cum", "to", "khu")
)
"""Folded words behind which a number counts nothing (`khóa XIV`)."""
_JOINING = frozenset(("va", "hoac", "hay"))
"""Folded words behind a number that counts what the next one does."""
_LEADING = frozenset(("ngay", "thang", "nam", "vao", "tu", "trong", "hom", "sang", "chieu", "toi", "mung"))


def number_features(claim: str, sentence: str, context: str) -> dict[str, float]:
    """How a claim's numbers stand in the sentence that speaks of it, and in all that is known around it.

    Args:
        claim: its text.
        sentence: that speaks of it most.
        context: the passage with the title of its document.
    """
    asked = quantities(claim)
    if not asked:
        return {"numbers": 0.0}
    found = quantities(sentence)
    here = {key for one in found for key in one.keys}
    there = {key for one in quantities(context) for key in one.keys}
    counted = {(key, unit) for one in found for key in one.keys[:2] for unit in unit_behind(sentence, one.end)}
    in_sentence = sum(bool(set(one.keys[:2]) & here) for one in asked)
    in_passage = sum(bool(set(one.keys[:2]) & there) for one in asked)
    same = sum(
        any((key, unit) in counted for key in one.keys[:2] for unit in unit_behind(claim, one.end)) for one in asked
    )
    return {
        "numbers": 1.0,
        "number in sentence": in_sentence / len(asked),
        "number in passage": in_passage / len(asked),
        "number nowhere": float(in_passage < len(asked)),
        "number counts the same": same / len(asked),
        "number conflicts": float(conflicting(claim, sentence) is not None),
        "year conflicts": float(in_passage < len(asked) and _other_year(asked, found, there)),
    }


def conflicting(claim: str, sentence: str) -> Quantity | None:
    """A number of the sentence that counts or dates the same as one of the claim does, and is another one.

    Of several the one that stands among the claim's words and is about as large.
    """
    here = quantities(sentence)
    keys = {key for found in here for key in found.keys}
    words = set(_WORD.findall(fold(claim)))
    for asked in quantities(claim):
        if set(asked.keys[:2]) & keys and not _counts_another(claim, asked, sentence, here):
            continue
        rivals = [found for found in here if _of_one_kind(claim, asked, sentence, found)]
        if rivals:
            return max(rivals, key=lambda found: _among(words, sentence, found) - _apart(asked, found))
    return None


def _counts_another(claim: str, asked: Quantity, sentence: str, here: Sequence[Quantity]) -> bool:
    """Whether a sentence has a claim's number only for other things, and another number for the claim's thing.

    (`lũ cuốn trôi 43 ngôi nhà`: `cuốn trôi 17 ngôi nhà, làm hư hỏng 43 nhà`).
    """
    unit = unit_behind(claim, asked.end)
    ordinal = _WORD.findall(fold(claim[max(asked.start - _BEHIND, 0) : asked.start]))[-1:]
    if asked.is_date or not unit or asked.keys[0].endswith("%") or _ORDINAL.intersection(ordinal):
        return False
    same = [found for found in here if set(asked.keys[:2]) & set(found.keys)]
    units = [unit_behind(sentence, found.end) for found in same]
    joined = any(_JOINING.intersection(one) for one in units)  # `ngày 10 và ngày 20 hằng tháng`
    if any(found.is_date for found in same) or unit in units or [] in units or joined:
        return False
    return any(unit_behind(sentence, found.end) == unit for found in here if found not in same)


def _of_one_kind(claim: str, asked: Quantity, sentence: str, found: Quantity) -> bool:
    """Whether both are dates, shares, or count the same."""
    if asked.is_date or found.is_date:
        return asked.is_date and found.is_date
    unit = unit_behind(claim, asked.end)
    same_unit = bool(unit) and unit_behind(sentence, found.end) == unit
    return same_unit or (asked.keys[0].endswith("%") and found.keys[0].endswith("%"))


def _among(words: set[str], sentence: str, found: Quantity) -> int:
    """How many words of a claim stand near a number of a sentence."""
    around = sentence[max(found.start - _AROUND, 0) : found.end + _AROUND]
    return len(words.intersection(_WORD.findall(fold(around))))


def _apart(one: Quantity, other: Quantity) -> float:
    """By how many powers of ten two numbers differ; 0 for dates."""
    if not (one.keys[0].isdecimal() and other.keys[0].isdecimal()):
        return 0.0
    return abs(math.log10((int(one.keys[0]) or 1) / (int(other.keys[0]) or 1)))


def other_year(claim: str, sentence: str) -> Quantity | None:
    """The date of a sentence behind the same word as the year alone that a claim ends with, and of another year."""
    years = [one for one in quantities(claim) if _YEAR.fullmatch(one.keys[0]) and one.end == len(claim)]
    dates = [one for one in quantities(sentence) if _years(one)]
    if len(years) != 1 or any(years[0].keys[0] in _years(one) for one in dates):
        return None
    before = _word_before(claim, years[0].start)
    return next((one for one in dates if before and _word_before(sentence, one.start) == before), None)


def absent(claim: str, context: str) -> int:
    """How many numbers and dates of a claim stand nowhere in what is known; the year alone is not the month in it."""
    there = {key for one in quantities(context) for key in one.keys}
    exact = [{one.keys[0], *(key for key in one.keys[1:2] if "/" in key)} for one in quantities(claim)]
    return sum(not keys & there for keys in exact)


def without_numbers(text: str) -> str:
    """A text with blanks where its numbers and dates stand."""
    for one in quantities(text):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _word_before(text: str, place: int) -> str:
    """The folded word before a date, without what only leads to one."""
    words = _WORD.findall(fold(text[max(place - _BEHIND, 0) : place]))
    return next((word for word in reversed(words) if word not in _LEADING), "")


def unit_behind(text: str, place: int) -> list[str]:
    """The folded first word behind a number, which is what is counted; empty at the end of a text."""
    return _WORD.findall(fold(text[place : place + _BEHIND]))[:1]


def _other_year(asked: Sequence[Quantity], found: Sequence[Quantity], there: set[str]) -> bool:
    """Whether a year that the claim names alone stands nowhere, while the sentence has a date of another one."""
    years = {one.keys[0] for one in asked if _YEAR.fullmatch(one.keys[0])} - there
    return bool(years) and any(_years(one) for one in found)


def _years(one: Quantity) -> set[str]:
    return {key for key in one.keys if _YEAR.fullmatch(key)}
