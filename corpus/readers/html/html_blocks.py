"""An HTML tree -> the lines a browser would print, each with what its place in the page says of it."""

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from corpus.cleaning import clean, repair_lines

_UNSEEN = frozenset(
    re.split(
        r"\s+",
        "head script style noscript template svg math iframe object embed applet canvas audio video select datalist "
        "textarea button input dialog map",
    )
)
_BLOCKS = frozenset(
    re.split(
        r"\s+",
        "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td "
        "tfoot th thead tr ul",
    )
)
_AROUND = frozenset(("nav", "aside", "footer", "form", "menu", "dialog"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset(("b", "strong"))
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AROUND_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search", "banner", "menu"))
_LONGEST_CELL = 300
_JOINED_CELL = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """One printed line.

    Attributes:
        text: clean, never empty.
        linked: share of its characters that are links, 0 to 1.
        bold: whether all of it is bold.
        heading: 1 to 6 for h1 to h6, else 0.
        around: whether it stands in an element made for what is around an article (nav, aside, footer, form).
    """

    text: str
    linked: float
    bold: bool
    heading: int
    around: bool


def repair_tree(tree: HtmlElement) -> bool:
    """Turn the texts of a tree into NFC Unicode in place, legacy encodings repaired; says whether any was legacy."""
    nodes = [(element, name) for element in tree.iter() for name in ("text", "tail") if getattr(element, name)]
    texts = [" ".join(getattr(element, name).split("\n")) for element, name in nodes]
    repaired = repair_lines("\n".join(texts)).split("\n")
    changed = len(repaired) == len(texts) and repaired != texts
    if changed:
        for (element, name), before, after in zip(nodes, texts, repaired, strict=True):
            if before != after:
                setattr(element, name, after)
    return changed


def read_blocks(tree: HtmlElement) -> list[Block]:
    """The visible lines of a page in reading order; tables of data give one line a row, cells set apart by ` | `."""
    printer = _Printer(len("".join(tree.itertext())))
    walker = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    skipped = None
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not printer.enter(element, tag):
                walker.skip_subtree()
                skipped = element
            continue
        if event == "end" and element is not skipped:
            printer.leave(element, tag)
        if element is not tree:
            printer.write(element.tail or "")
    printer.end_line()
    return printer.blocks


class _Printer:
    """Gathers lines while a tree is walked; knows what it stands in."""

    def __init__(self, length: int) -> None:
        self.blocks: list[Block] = []
        self._length = length
        self._parts: list[str] = []
        self._letters = self._linked_letters = self._bold_letters = 0
        self._links = self._bold = self._around = self._kept_breaks = 0
        self._headings: list[int] = []

    def enter(self, element: HtmlElement, tag: str) -> bool:
        """Begin an element; False if nothing in it is to be walked through."""
        if tag in _UNSEEN or element.get("hidden") is not None or _NO_DISPLAY.search(element.get("style") or ""):
            return False
        if tag in _BLOCKS or tag == "br":
            self.end_line()
        if tag == "table" and (rows := _data_rows(element)):
            self.blocks += [Block(row, 0.0, bold=False, heading=0, around=self._around > 0) for row in rows]
            return False
        self._count(element, tag, 1)
        if tag in _HEADINGS:
            self._headings.append(_HEADINGS[tag])
        self.write(element.text or "")
        return True

    def leave(self, element: HtmlElement, tag: str) -> None:
        """End an element that was entered."""
        if tag in _BLOCKS:
            self.end_line()
        self._count(element, tag, -1)
        if tag in _HEADINGS:
            self._headings.pop()

    def write(self, text: str) -> None:
        """Print text; line feeds in the source are spaces but in `pre`."""
        for number, line in enumerate(re.split(r"\r\n?|\n", text)):
            if number and self._kept_breaks:
                self.end_line()
            elif number:
                self._parts.append(" ")
            self._parts.append(line)
            letters = len("".join(line.split()))
            self._letters += letters
            self._linked_letters += letters * (self._links > 0)
            self._bold_letters += letters * (self._bold > 0)

    def end_line(self) -> None:
        """Whatever was printed since the last line is a line."""
        text = clean("".join(self._parts))
        if text:
            letters = max(self._letters, 1)
            heading = self._headings[-1] if self._headings else 0
            bold = self._bold_letters >= letters
            self.blocks.append(Block(text, self._linked_letters / letters, bold, heading, self._around > 0))
        self._parts = []
        self._letters = self._linked_letters = self._bold_letters = 0

    def _count(self, element: HtmlElement, tag: str, step: int) -> None:
        self._links += step * (tag == "a")
        self._bold += step * (tag in _BOLD)
        self._kept_breaks += step * (tag == "pre")
        around = tag in _AROUND or (element.get("role") or "").lower() in _AROUND_ROLES
        if tag == "form":  # ASP.NET puts whole pages into one
            around = len("".join(element.itertext())) * 4 < self._length
        self._around += step * around


def _data_rows(table: HtmlElement) -> list[str]:
    """The rows of a table that holds data; nothing for one that only lays out a page."""
    if table.find(".//table") is not None or len(table.findall(".//a")) > len(table.findall(".//tr")) // 2:
        return []
    rows = []
    for row in table.iter("tr"):
        cells = [_JOINED_CELL.sub(" ", clean(_text_of(cell))) for cell in row if cell.tag in ("td", "th")]
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            return []
        rows.append(cells)
    wide = [cells for cells in rows if sum(map(bool, cells)) > 1]
    if len(wide) < 2 or len(wide) * 2 < len(rows):  # noqa: PLR2004
        return []
    return [" | ".join(cell for cell in cells if cell) for cells in rows if any(cells)]


def _text_of(cell: HtmlElement) -> str:
    parts = []
    for element in cell.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in ("br", "p", "div", "li"):
            parts.append(" ")
        if tag and tag not in _UNSEEN:
            parts.append(element.text or "")
        if element is not cell:
            parts.append(element.tail or "")
    return "".join(parts)
