"""How the numbers of a document's parts go on from each other, and which numbers are those of sections."""

from collections.abc import Sequence
from itertools import pairwise

from corpus.official.labels import Label, Paragraph, may_be_title

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LEAST_SECTIONS = 2
_FOLLOWS_WITHIN = 2  # a number may be missing where a line was lost


def sections_of(lines: Sequence[Paragraph]) -> dict[int, Label]:
    """Place -> label of the sections of a text without Điều: I., II., ... or, without them, 1., 2., ... as headings."""
    found: dict[int, Label] = {}
    for kind in ("letter", "roman", "digit"):
        last: str | None = None
        own: dict[int, Label] = {}
        for place, line in enumerate(lines):
            for label in line.sections(kind):
                if kind == "roman" and found and place in found:
                    continue
                restart = kind == "roman" and label.number == "1" and any(other < place for other in found)
                if follows(None if restart else last, label.number, strictly=True):
                    own[place], last = label, label.number
        if len(own) >= _LEAST_SECTIONS and (kind != "digit" or (not found and _are_headings(lines, own))):
            found |= own
    return found


def _are_headings(lines: Sequence[Paragraph], labels: dict[int, Label]) -> bool:
    """Whether numbered lines are headings of the text below each of them, not items of a list."""
    titles = [lines[place].text[label.length :].strip() for place, label in labels.items()]
    apart = all(following - place > 1 for place, following in pairwise([*labels, len(lines)]))
    return apart and all(may_be_title(title) and not title.endswith((".", ";", ",")) for title in titles)


def follows(last: str | None, number: str, *, strictly: bool = False) -> bool:
    """Whether a number is the first, or the next behind another one; a few may be missing unless `strictly`."""
    if "." in number:
        head, _, own = number.rpartition(".")
        before = last.rpartition(".") if last and "." in last else ("", "", "0")
        return own == "1" or (before[0] == head and follows(before[2], own))
    digits, letter = number.rstrip(_LETTERS), number.lstrip("0123456789")
    if not digits:  # a point: a, b, c, d, đ
        place = _LETTERS.find(number[:1])
        before_letter = -1 if last is None or not last[:1].isalpha() else _LETTERS.find(last[:1])
        return place == 0 or (place > before_letter >= 0 and place - before_letter <= _FOLLOWS_WITHIN + 1)
    before_number = 0 if last is None else int(last.rstrip(_LETTERS).split(".")[0] or 0)
    if letter:
        return int(digits) in (before_number, before_number + 1)
    step = int(digits) - before_number
    return step == 1 if strictly or last is None else 0 < step <= _FOLLOWS_WITHIN
