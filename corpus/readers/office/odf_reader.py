"""Walks the body of an OpenDocument file: headings, paragraphs, lists, tables, notes, frames."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from corpus.errors import UnreadableError
from corpus.readers.headings import looks_like_heading
from corpus.readers.inside import ReadInside
from corpus.readers.lines import Line, lines_of_page
from corpus.readers.office.cell_values import odf_value
from corpus.readers.office.odf_names import DRAW, OFFICE, PRESENTATION, SVG, TABLE, TEXT, XLINK
from corpus.readers.office.odf_styles import OdfStyles
from corpus.readers.office.odf_tables import odf_grid
from corpus.readers.office.sheet_lines import sheet_lines
from corpus.readers.reader_limits import Limits
from corpus.readers.table_rows import cell_text, is_data
from corpus.vietnamese import fold

_TITLES = frozenset(("title", "tieu de"))
_LARGE = 30.0  # square centimetres from which a picture may hold text that matters
_LENGTH = re.compile(r"([\d.]+)(cm|in|mm|pt)")
_CENTIMETRES = {"cm": 1.0, "in": 2.54, "mm": 0.1, "pt": 2.54 / 72}
_MOST_SPACES = 200
_BLANKS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}


class OdfReader:
    """Reads bodies.

    Attributes:
        counts: of parts that were left out.
        warnings: what was doubtful in files inside.
    """

    def __init__(
        self,
        trees: Sequence[Any],
        member: Callable[[str], bytes | None],
        limits: Limits,
        inside: ReadInside | None,
    ) -> None:
        """Take the parts of a file that hold styles, what gives the bytes of its members, and what reads those."""
        self._styles = OdfStyles(trees)
        self._member = member
        self._limits = limits
        self._inside = inside
        self._notes: list[tuple[str, Any]] = []
        self._frames: list[Any] = []
        self._note_count = 0
        self._counted: dict[str, list[int]] = {}
        self.counts: Counter[str] = Counter()
        self.warnings: list[str] = []

    def lines(self, body: Any) -> Iterator[Line]:
        """Everything a body says."""
        if body.tag == f"{OFFICE}spreadsheet":
            yield from self._sheets(body)
        elif body.tag == f"{OFFICE}presentation":
            yield from self._slides(body)
        else:
            yield from self._flow(body)

    def _flow(self, container: Any) -> Iterator[Line]:
        for element in container:
            if element.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element, "")
            elif element.tag == f"{TEXT}list":
                yield from self._list(element, element.get(f"{TEXT}style-name", ""), [])
            elif element.tag == f"{TABLE}table":
                yield from self._table(element)
            elif element.tag in (f"{TEXT}section", f"{DRAW}text-box", f"{TEXT}index-body", f"{DRAW}g"):
                yield from self._flow(element)
            elif element.tag == f"{DRAW}frame":
                yield from self._frame(element)
            elif element.tag == f"{TEXT}table-of-content":
                continue
            elif element.tag == f"{TEXT}tracked-changes":
                self.counts["deleted"] += sum(1 for _ in element.iter(f"{TEXT}deletion"))

    def _paragraph(self, element: Any, label: str) -> Iterator[Line]:
        text = self._text(element)
        style = element.get(f"{TEXT}style-name", "")
        name = fold(self._styles.base(style).replace("_20_", " "))
        level = element.get(f"{TEXT}outline-level", "") if element.tag == f"{TEXT}h" else ""
        for place, piece in enumerate(text.split("\n")):
            whole = f"{label} {piece.strip()}".strip() if place == 0 and piece.strip() else piece.strip()
            if not whole:
                continue
            bold = self._styles.is_bold(style) or self._all_bold(element)
            looks = looks_like_heading(whole, bold=bold)
            title = name in _TITLES
            kind = "title" if title else f"heading {level}" if level else name
            yield Line(whole, kind, heading=bool(level) or looks)
        yield from self._waiting()

    def _waiting(self) -> Iterator[Line]:
        """The frames and notes that hang on what was just read."""
        while self._frames or self._notes:
            frames, self._frames = self._frames, []
            for frame in frames:
                yield from self._frame(frame)
            notes, self._notes = self._notes, []
            for number, body in notes:
                said = " ".join(line.text for line in self._flow(body) if line.text)
                yield Line(f"[{number}] {said}")

    def _all_bold(self, element: Any) -> bool:
        spans = [span for span in element.iter(f"{TEXT}span") if "".join(span.itertext()).strip()]
        own = (element.text or "").strip() or any((span.tail or "").strip() for span in spans)
        return (
            bool(spans) and not own and all(self._styles.is_bold(span.get(f"{TEXT}style-name", "")) for span in spans)
        )

    def _text(self, element: Any) -> str:
        parts: list[str] = [" ".join((element.text or "").split("\n"))]
        for child in element:
            parts.append(self._said(child) if isinstance(child.tag, str) else "")
            parts.append(" ".join((child.tail or "").split("\n")))
        return "".join(parts)

    def _said(self, child: Any) -> str:
        tag = child.tag
        if tag in _BLANKS:
            return _BLANKS[tag]
        if tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            return " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES)
        if tag == f"{TEXT}note":
            return self._note(child)
        if tag == f"{OFFICE}annotation":
            self.counts["comments"] += 1
        elif tag in (f"{DRAW}frame", f"{DRAW}g", f"{DRAW}custom-shape"):
            self._frames.append(child)
        elif not self._is_left_out(child):
            return self._text(child)
        return ""

    def _is_left_out(self, span: Any) -> bool:
        style = span.get(f"{TEXT}style-name", "") if span.tag == f"{TEXT}span" else ""
        struck, hidden = self._styles.is_struck(style), self._styles.is_hidden(style)
        if struck or hidden:
            self.counts["hidden" if hidden else "struck_out"] += bool("".join(span.itertext()).strip())
        return struck or hidden

    def _note(self, note: Any) -> str:
        body = note.find(f"{TEXT}note-body")
        if body is None:
            return ""
        self._note_count += 1
        self._notes.append((str(self._note_count), body))
        return f"[{self._note_count}]"

    def _list(self, element: Any, style: str, counts: list[int]) -> Iterator[Line]:
        style = element.get(f"{TEXT}style-name", "") or style
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list") is not None
        key = f"{style}/{len(counts)}"
        begun = self._counted.get(key, [0])[-1] if goes_on else 0
        own = [*counts, begun]
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            if item.tag == f"{TEXT}list-item":
                start = item.get(f"{TEXT}start-value", "")
                own[-1] = int(start) if start.isdigit() else own[-1] + 1
            first = item.tag == f"{TEXT}list-item"
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, style, own)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield from self._paragraph(child, self._styles.label(style, own) if first else "")
                    first = False
        self._counted[key] = own

    def _table(self, table: Any) -> Iterator[Line]:
        held: list[list[Line]] = []

        def text_of(cell: Any) -> str:
            held.append(list(self._flow(cell)))
            return cell_text(" ".join(line.text for line in held[-1] if line.text))

        grid, cut = odf_grid(table, text_of, self._limits)
        nested = any(True for _ in table.iterdescendants(f"{TABLE}table"))
        if grid.rows and not nested and is_data(grid):
            self.counts.update(cut)
            yield Line("", grid=grid)
            return
        for lines in held:
            yield from lines

    def _sheets(self, body: Any) -> Iterator[Line]:
        sheets = [table for table in body if table.tag == f"{TABLE}table"]
        for number, table in enumerate(sheets, start=1):
            if self._styles.is_hidden_table(table.get(f"{TABLE}style-name", "")):
                self.counts["hidden_sheets"] += 1
                continue
            grid, cut = odf_grid(table, self._value, self._limits)
            self.counts.update(cut)
            lines = list(sheet_lines(grid.rows, grid.repeated, number if len(sheets) > 1 else None))
            if lines and len(sheets) > 1:
                yield Line(table.get(f"{TABLE}name", ""), heading=True, page=number)
            yield from lines

    def _value(self, cell: Any) -> str:
        """What a cell of a sheet shows, figures as they are written in Vietnamese."""
        text = cell_text(" ".join(map(self._text, cell)))
        kind = cell.get(f"{OFFICE}value-type", "")
        return odf_value(kind, cell.get(f"{OFFICE}date-value" if kind == "date" else f"{OFFICE}value", ""), text)

    def _slides(self, body: Any) -> Iterator[Line]:
        slides = [page for page in body if page.tag == f"{DRAW}page"]
        for number, slide in enumerate(slides, start=1):
            for frame in slide:
                heading = frame.get(f"{PRESENTATION}class") == "title"
                if frame.tag == f"{PRESENTATION}notes":
                    continue
                lines = self._frame(frame) if frame.tag == f"{DRAW}frame" else self._flow(frame)
                yield from (replace(line, heading=heading or line.heading, page=number) for line in lines)

    def _frame(self, frame: Any) -> Iterator[Line]:
        if frame.tag != f"{DRAW}frame":
            yield from self._flow(frame)
            return
        for child in frame:
            if child.tag == f"{DRAW}text-box":
                yield from self._flow(child)
                return
            if child.tag == f"{TABLE}table":
                yield from self._table(child)
                return
            if child.tag == f"{DRAW}object":
                self.counts["embedded"] += 1
                return
            if child.tag == f"{DRAW}image" and _area(frame) >= _LARGE:
                yield from self._picture(child.get(f"{XLINK}href", ""))
                return

    def _picture(self, name: str) -> Iterator[Line]:
        raw = self._member(name)
        if raw is None or self._inside is None:
            self.counts["pictures"] += 1
            return
        try:
            page = self._inside(PurePosixPath(name).name, raw)
        except UnreadableError:
            self.counts["pictures"] += 1
            return
        self.warnings += page.notices
        yield from lines_of_page(page)


def _area(frame: Any) -> float:
    sides = [_LENGTH.match(frame.get(f"{SVG}{side}", "")) for side in ("width", "height")]
    area = 1.0
    for side in sides:
        if side is None:
            return 0.0
        area *= float(side[1]) * _CENTIMETRES[side[2]]
    return area
