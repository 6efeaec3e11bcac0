"""The numbers Word prints before paragraphs, which the text of a DOCX does not hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.readers.docx.docx_package import W

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LEVELS = 9
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


class Numbering:
    """Counts the paragraphs of each list as Word does."""

    def __init__(self, part: Any) -> None:
        """Read the definitions.

        Args:
            part: the root of word/numbering.xml, None if the document has no lists.
        """
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if part is not None:
            for definition in part.iter(f"{W}abstractNum"):
                self._levels[definition.get(f"{W}abstractNumId", "")] = dict(_levels(definition))
            for number in part.iter(f"{W}num"):
                link = number.find(f"{W}abstractNumId")
                self._list_of[number.get(f"{W}numId", "")] = link.get(f"{W}val", "") if link is not None else ""

    def label(self, number_id: str, level: int) -> str:
        """What is printed before the next paragraph of a list (`Điều 5.`, `a)`, `-`), "" for none."""
        name = self._list_of.get(number_id, "")
        levels = self._levels.get(name, {})
        if level not in levels or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(name, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if levels[level].form == "bullet":
            return "-"

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, levels[level])
            return written_number(counts[at] or shown.start, shown.form)

        return _PLACE.sub(number, levels[level].pattern).strip()


def _levels(definition: Any) -> Iterator[tuple[int, _Level]]:
    for level in definition.iter(f"{W}lvl"):
        place = level.get(f"{W}ilvl", "")
        if place.isdigit():
            start = _value(level, "start")
            form = _value(level, "numFmt") or "decimal"
            first = int(start) if start.isdigit() else 1
            yield int(place), _Level(form, _value(level, "lvlText"), first)


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def written_number(number: int, form: str) -> str:
    """A number in a form of Word's: `decimal`, `lowerLetter`, `upperRoman` and so on."""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1 if number < _LARGEST else 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and number < _LARGEST:
        written = ""
        for value, sign in _ROMAN:
            written += sign * (number // value)
            number %= value
        written += _ROMAN_ONES[number]
        return written.upper() if form == "upperRoman" else written
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)
