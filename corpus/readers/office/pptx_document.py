"""A PPTX presentation -> what it says, slide by slide: titles as headings, lists, tables, charts, speaker's notes."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.exc import PythonPptxError

from corpus.article.page import Page, read_page
from corpus.errors import UnreadableError
from corpus.readers.inside import ReadInside
from corpus.readers.lines import Line, lines_of_page, marked_lines, repaired
from corpus.readers.office.cell_values import shown
from corpus.readers.office_package import checked_package
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.table_rows import Grid, cell_text, is_data
from corpus.readers.unread_sentences import unread_of
from corpus.readers.warning_texts import GUESSED, LEGACY

NOTES = "Ghi chú của người trình bày:"
_LARGE = 0.1
"""Share of a slide from which a picture may hold text that matters."""
_SAME_ROW = 0.02
"""Share of a slide's height within which shapes stand side by side."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SKIPPED = ("slide number", "footer", "date")


def read_pptx(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read a presentation of PowerPoint 2007 or later.

    Args:
        raw: the whole file.
        limits: of its slides and what it unpacks to.
        inside: reads pictures of text and packed files; None leaves them out.

    Raises:
        UnreadableError: if it is no PPTX, encrypted, damaged, a trap, too long or without text.
    """
    checked = checked_package(raw, limits, "PPTX", "ppt/")
    try:
        slides = Presentation(io.BytesIO(checked))
        if len(slides.slides) > limits.pages:
            raise UnreadableError(f"it is a presentation of more than {limits.pages} slides; split it")
        reader = _Reader(inside, slides.slide_width or 1, slides.slide_height or 1)
        lines, legacy = repaired(list(reader.slides(slides)))
    except (PythonPptxError, KeyError, ValueError, OSError, AttributeError, TypeError) as error:
        raise UnreadableError("it is a damaged PPTX that cannot be opened") from error
    unread = unread_of(reader.counts)
    if not lines:
        raise UnreadableError("; ".join(["it is a PPTX without text", *(part.sentence.rstrip(".") for part in unread)]))
    first = next((line.text for line in lines if line.heading), "")
    said, marks = marked_lines(lines, first)
    page = read_page("\n".join(said), marks, first, web=False)
    doubts = [*((GUESSED,) if page.guessed else ()), *((LEGACY,) if legacy else ())]
    return replace(page, unread=unread, warnings=(*page.warnings, *reader.warnings, *doubts))


class _Reader:
    def __init__(self, inside: ReadInside | None, width: int, height: int) -> None:
        self._inside = inside
        self._width, self._height = width, height
        self.counts: Counter[str] = Counter()
        self.warnings: list[str] = []

    def slides(self, presentation: Any) -> Iterator[Line]:
        for number, slide in enumerate(presentation.slides, start=1):
            if slide._element.get("show") == "0":
                self.counts["hidden_slides"] += 1
                continue
            title = slide.shapes.title
            for shape in self._in_order(slide.shapes):
                heading = title is not None and shape.shape_id == title.shape_id
                yield from (replace(line, page=number) for line in self._shape(shape, heading=heading))
            if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
                notes = [line for line in self._paragraphs(frame) if line.says_something]
                if notes:
                    yield Line(NOTES, page=number)
                yield from (replace(line, page=number) for line in notes)

    def _in_order(self, shapes: Iterable[Any]) -> list[Any]:
        """Shapes from top to bottom, side by side from left to right."""
        step = max(self._height * _SAME_ROW, 1)
        return sorted(shapes, key=lambda shape: (round((shape.top or 0) / step), shape.left or 0))

    def _shape(self, shape: Any, *, heading: bool = False) -> Iterator[Line]:
        if shape.is_placeholder and any(word in shape.name.lower() for word in _SKIPPED):
            return
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            for inner in self._in_order(shape.shapes):
                yield from self._shape(inner)
        elif getattr(shape, "has_table", False) and shape.has_table:
            yield from self._table(shape.table)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            yield from self._chart(shape.chart)
        elif shape.has_text_frame:
            if heading:
                yield Line(" ".join(shape.text_frame.text.split()), heading=True)
            else:
                yield from self._paragraphs(shape.text_frame)
        elif shape.shape_type in (MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.LINKED_PICTURE):
            yield from self._picture(shape)
        else:
            self._count(shape)

    def _paragraphs(self, frame: Any) -> Iterator[Line]:
        for paragraph in frame.paragraphs:
            kept = []
            for run in paragraph._p.iter(f"{_A}r", f"{_A}br", f"{_A}fld"):
                properties = run.find(f"{_A}rPr")
                if properties is not None and properties.get("strike", "noStrike") != "noStrike":
                    self.counts["struck_out"] += 1
                elif run.tag == f"{_A}br":
                    kept.append("\n")
                else:
                    kept.append("".join(text.text or "" for text in run.iter(f"{_A}t")))
            bullet = "- " if paragraph.level else ""
            for piece in "".join(kept).split("\n"):
                if piece.strip():
                    yield Line(bullet + piece.strip())

    def _table(self, table: Any) -> Iterator[Line]:
        rows: list[list[str]] = []
        repeated: set[tuple[int, int]] = set()
        for at, row in enumerate(table.rows):
            texts: list[str] = []
            for column, cell in enumerate(row.cells):
                if cell.is_spanned:
                    left = column > 0 and cell._tc.get("hMerge") == "1"
                    texts.append(texts[-1] if left else rows[-1][column] if rows else "")
                    repeated.add((at, column))
                else:
                    texts.append(cell_text(" ".join(line.text for line in self._paragraphs(cell.text_frame))))
            rows.append(texts)
        grid = Grid(rows, 1 if table.first_row and len(rows) > 1 else None, repeated)
        if rows and is_data(grid):
            yield Line("", grid=grid)
        else:
            yield from (Line(text) for row in rows for text in dict.fromkeys(row))

    def _chart(self, chart: Any) -> Iterator[Line]:
        """The figures a chart draws, as a table."""
        title = chart.chart_title.text_frame.text if chart.has_title and chart.chart_title.has_text_frame else ""
        try:
            plot = chart.plots[0]
            series = list(plot.series)
            grid = Grid(
                [
                    ["", *(str(each.name) for each in series)],
                    *(
                        [cell_text(str(category)), *(shown(each.values[at]) for each in series)]
                        for at, category in enumerate(plot.categories)
                    ),
                ],
                heads=1,
            )
        except (IndexError, KeyError, ValueError, AttributeError, TypeError):
            self.counts["charts"] += 1
            return
        if title.strip():
            yield Line(" ".join(title.split()))
        if len(grid.rows) > 1:
            yield Line("", grid=grid)
        else:
            self.counts["charts"] += 1

    def _picture(self, shape: Any) -> Iterator[Line]:
        if (shape.width or 0) * (shape.height or 0) < _LARGE * self._width * self._height:
            return
        try:
            if self._inside is None:
                raise UnreadableError("no pictures are read")  # noqa: TRY301
            image = shape.image
            page = self._inside(f"picture.{image.ext}", image.blob)
        except (UnreadableError, ValueError, KeyError, AttributeError):
            self.counts["pictures"] += 1
            return
        self.warnings += page.notices
        yield from lines_of_page(page)

    def _count(self, shape: Any) -> None:
        if shape.shape_type == MSO_SHAPE_TYPE.MEDIA:
            self.counts["media"] += 1
        elif shape.shape_type in (MSO_SHAPE_TYPE.EMBEDDED_OLE_OBJECT, MSO_SHAPE_TYPE.LINKED_OLE_OBJECT):
            self.counts["embedded"] += 1
        elif any("diagram" in (data.get("uri") or "") for data in shape._element.iter(f"{_A}graphicData")):
            self.counts["diagrams"] += 1
