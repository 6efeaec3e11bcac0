"""An HTML tree -> the lines a browser would print, each with what its place in the page says of it."""

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from corpus.cleaning import clean, repair_lines
from corpus.models import Cell
from corpus.readers.html.html_tables import data_grid
from corpus.readers.table_rows import row_texts

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
_STRUCK = frozenset(("s", "strike", "del"))
_STRUCK_OUT = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AROUND_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search", "banner", "menu"))


@dataclass(frozen=True, slots=True)
class Block:
    """One printed line.

    Attributes:
        text: clean, never empty.
        linked: share of its characters that are links, 0 to 1.
        bold: whether all of it is bold.
        heading: 1 to 6 for h1 to h6, else 0.
        around: whether it stands in an element made for what is around an article (nav, aside, footer, form).
        table, cells: of a row of a table of data: its number on the page, its cells by their places in `text`.
        shown: what a browser shows of a row, which `text` gives with the names of columns; "" for other lines.
        element: the innermost element the line begins in.
    """

    text: str
    linked: float
    bold: bool
    heading: int
    around: bool
    table: int | None = None
    cells: tuple[Cell, ...] = ()
    shown: str = ""
    element: HtmlElement | None = field(default=None, compare=False, repr=False)


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


def take_out_unseen(tree: HtmlElement) -> Counter[str]:
    """Take what is struck out or hidden out of a tree; says how many pieces and how many hidden letters those were."""
    left_out: Counter[str] = Counter()
    for element in list(tree.iter(etree.Element)):
        style = element.get("style") or ""
        struck = element.tag in _STRUCK or _STRUCK_OUT.search(style) is not None
        hidden = element.get("hidden") is not None or _NO_DISPLAY.search(style) is not None
        if (struck or hidden) and element is not tree and element.tag != "body":
            letters = len("".join("".join(element.itertext()).split())) if element.tag not in _UNSEEN else 0
            left_out["hidden" if hidden else "struck_out"] += letters if hidden else bool(letters)
            element.drop_tree()
    return left_out


def read_blocks(tree: HtmlElement) -> list[Block]:
    """The visible lines of a page in reading order; tables of data give one line a row that names its columns."""
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
            printer.write_behind(element)
    printer.end_line()
    return printer.blocks


class _Printer:
    """Gathers lines while a tree is walked; knows what it stands in."""

    def __init__(self, length: int) -> None:
        self.blocks: list[Block] = []
        self._length = length
        self._tables = 0
        self._here: HtmlElement | None = None
        self._begins: HtmlElement | None = None
        self._parts: list[str] = []
        self._letters = self._linked_letters = self._bold_letters = 0
        self._links = self._bold = self._around = self._kept_breaks = 0
        self._headings: list[int] = []

    def enter(self, element: HtmlElement, tag: str) -> bool:
        """Begin an element; False if nothing in it is to be walked through."""
        if tag in _UNSEEN:
            return False
        if tag in _BLOCKS or tag == "br":
            self.end_line()
        if tag == "table" and self._print_table(element):
            return False
        self._count(element, tag, 1)
        if tag in _HEADINGS:
            self._headings.append(_HEADINGS[tag])
        self._here = element
        self.write(element.text or "")
        return True

    def _print_table(self, table: HtmlElement) -> bool:
        """Print a table of data row by row; False for any other."""
        grid = data_grid(table)
        if grid is None:
            return False
        for row in row_texts(grid):
            shown = " ".join(filter(None, grid.rows[row.number]))
            self.blocks.append(
                Block(
                    row.text,
                    0.0,
                    bold=False,
                    heading=0,
                    around=self._around > 0,
                    table=self._tables,
                    cells=row.cells,
                    shown=shown,
                    element=table,
                )
            )
        self._tables += 1
        return True

    def leave(self, element: HtmlElement, tag: str) -> None:
        """End an element that was entered."""
        if tag in _BLOCKS:
            self.end_line()
        self._count(element, tag, -1)
        if tag in _HEADINGS:
            self._headings.pop()

    def write_behind(self, element: HtmlElement) -> None:
        """Print what stands behind an element."""
        self._here = element.getparent()
        self.write(element.tail or "")

    def write(self, text: str) -> None:
        """Print text; line feeds in the source are spaces but in `pre`."""
        for number, line in enumerate(re.split(r"\r\n?|\n", text)):
            if number and self._kept_breaks:
                self.end_line()
            elif number:
                self._parts.append(" ")
            self._parts.append(line)
            letters = len("".join(line.split()))
            if letters and not self._letters:
                self._begins = self._here
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
            linked = self._linked_letters / letters
            self.blocks.append(Block(text, linked, bold, heading, self._around > 0, element=self._begins))
        self._parts = []
        self._letters = self._linked_letters = self._bold_letters = 0

    def _count(self, element: HtmlElement, tag: str, step: int) -> None:
        self._links += step * (tag == "a" and _is_link(element))
        self._bold += step * (tag in _BOLD)
        self._kept_breaks += step * (tag == "pre")
        around = tag in _AROUND or (element.get("role") or "").lower() in _AROUND_ROLES
        if tag == "form":  # ASP.NET puts whole pages into one
            around = len("".join(element.itertext())) * 4 < self._length
        self._around += step * around


def _is_link(anchor: HtmlElement) -> bool:
    """Whether an anchor leads to another page, and is not a name or a jump within this one."""
    target = (anchor.get("href") or "").strip()
    return bool(target) and not (target.startswith("#") and len(target) > 1)
