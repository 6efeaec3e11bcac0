"""Numbers and dates of a claim against those of a passage: the same, or another one for the same thing."""

import re
from collections.abc import Sequence

from corpus.vietnamese import fold
from embeddings.quantities.quantities import Quantity, quantities

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEHIND = 24
"""Characters behind a number in which what it counts begins."""
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
    """A number of the sentence that counts or dates the same as one of the claim does, and is another one."""
    here = quantities(sentence)
    keys = {key for found in here for key in found.keys}
    counted = [unit_behind(sentence, found.end) for found in here]
    for asked in quantities(claim):
        if set(asked.keys[:2]) & keys:
            continue
        unit = unit_behind(claim, asked.end)
        for found, behind in zip(here, counted, strict=True):
            same_unit = bool(unit) and behind[: len(unit)] == unit
            percent = asked.keys[0].endswith("%") and found.keys[0].endswith("%")
            if (asked.is_date and found.is_date) or (
                not found.is_date and not asked.is_date and (same_unit or percent)
            ):
                return found
    return None


def other_year(claim: str, sentence: str) -> Quantity | None:
    """The date of a sentence behind the same word as a year that the claim names alone, and of another year."""
    years = [one for one in quantities(claim) if _YEAR.fullmatch(one.keys[0])]
    dates = [one for one in quantities(sentence) if _years(one)]
    if len(years) != 1 or any(years[0].keys[0] in _years(one) for one in dates):
        return None
    before = _word_before(claim, years[0].start)
    return next((one for one in dates if before and _word_before(sentence, one.start) == before), None)


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
