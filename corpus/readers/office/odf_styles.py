"""Styles of OpenDocument: what is bold, struck out or hidden, and how lists are numbered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.readers.docx.docx_numbering import written_number
from corpus.readers.office.odf_names import FO, STYLE, TABLE, TEXT

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    before: str
    behind: str
    start: int
    shown: int


class OdfStyles:
    """The styles of a file's parts by name."""

    def __init__(self, trees: Sequence[Any]) -> None:
        """Gather them; those of later trees win."""
        self._styles = {style.get(f"{STYLE}name", ""): style for tree in trees for style in tree.iter(f"{STYLE}style")}
        self._lists = {
            style.get(f"{STYLE}name", ""): dict(_levels(style))
            for tree in trees
            for style in tree.iter(f"{TEXT}list-style")
        }

    def says(self, name: str, attribute: str) -> str:
        """What a style or the nearest one it is made from says of its text, "" if none does."""
        for style in self._chain(name):
            properties = style.find(f"{STYLE}text-properties")
            value = properties.get(attribute) if properties is not None else None
            if value:
                return str(value)
        return ""

    def is_bold(self, name: str) -> bool:
        """Whether text in a style is bold."""
        weight = self.says(name, f"{FO}font-weight")
        return weight == "bold" or (weight.isdigit() and int(weight) >= 600)  # noqa: PLR2004

    def is_struck(self, name: str) -> bool:
        """Whether text in a style is struck out."""
        kind = self.says(name, f"{STYLE}text-line-through-style") or self.says(name, f"{STYLE}text-line-through-type")
        return kind not in ("", "none")

    def is_hidden(self, name: str) -> bool:
        """Whether text in a style is hidden."""
        return self.says(name, f"{TEXT}display") == "none"

    def is_hidden_table(self, name: str) -> bool:
        """Whether a sheet in a style is hidden."""
        style = self._styles.get(name)
        properties = style.find(f"{STYLE}table-properties") if style is not None else None
        return properties is not None and properties.get(f"{TABLE}display") == "false"

    def base(self, name: str) -> str:
        """The name of the style of the whole file that a style is made from."""
        chain = [style.get(f"{STYLE}name", "") for style in self._chain(name)]
        return next((each for each in chain if not each.startswith("P") or not each[1:].isdigit()), name)

    def label(self, name: str, counts: list[int]) -> str:
        """What is printed before an item of a list.

        Args:
            name: of the list's style.
            counts: of the items of each level down to this one.
        """
        levels = self._lists.get(name, {})
        level = levels.get(len(counts))
        if level is None:
            return "-"
        if not level.form:
            return "-" if level.before == "•" else ""
        first = max(len(counts) - level.shown, 0)
        numbers = []
        for at in range(first, len(counts)):
            own = levels.get(at + 1, level)
            numbers.append(written_number(counts[at] + own.start - 1, _FORMS.get(own.form, "decimal")))
        return f"{level.before}{'.'.join(numbers)}{level.behind}".strip()

    def _chain(self, name: str) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")


def _levels(style: Any) -> Iterator[tuple[int, _Level]]:
    for level in style:
        number = level.get(f"{TEXT}level", "")
        if not number.isdigit():
            continue
        start = level.get(f"{TEXT}start-value", "1")
        shown = level.get(f"{TEXT}display-levels", "1")
        bullet = level.tag != f"{TEXT}list-level-style-number"
        yield (
            int(number),
            _Level(
                "" if bullet else level.get(f"{STYLE}num-format", ""),
                "•" if bullet else level.get(f"{STYLE}num-prefix", ""),
                level.get(f"{STYLE}num-suffix", ""),
                int(start) if start.isdigit() else 1,
                int(shown) if shown.isdigit() else 1,
            ),
        )
