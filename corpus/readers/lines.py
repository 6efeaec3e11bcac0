"""Lines and tables as readers of office files give them -> lines of text with marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.article.page import Mark, Page
from corpus.cleaning import clean, repair_lines
from corpus.models import NO_PAGE, Cell, Place
from corpus.readers.table_rows import Grid, row_texts

_MOST_TABLES = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a whole table.

    Attributes:
        text: of a paragraph; "" for a table.
        style: what the file calls its kind, such as `title` or `heading 1`.
        heading: whether it heads what follows.
        grid: of a table; None for a paragraph.
        table, cells: of a line that is a row of a table already, as `Mark` has them.
        page: the number of the page, slide or sheet it stands on, None where the file has none.
        places: of its words, by their places in the line, where they were recognised on a picture in the file.
    """

    text: str
    style: str = ""
    heading: bool = False
    grid: Grid | None = None
    table: int | None = None
    cells: tuple[Cell, ...] = ()
    page: int | None = None
    places: tuple[Place, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is any text in it."""
        return bool(self.text.strip()) or (self.grid is not None and any(map(any, self.grid.rows)))


def repaired(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """The lines with clean text, those in old encodings repaired, and whether any was."""
    texts = [" ".join(text.split("\n")) for line in lines for text in _texts(line)]
    mended = repair_lines("\n".join(texts)).split("\n")
    if len(mended) != len(texts):
        mended = texts
    waiting = iter(mended)
    found = [_cleaned(line, waiting) for line in lines]
    return [line for line in found if line.says_something], mended != texts


def marked_lines(lines: Sequence[Line], headline: str = "") -> tuple[list[str], list[Mark]]:
    """The lines of text that `read_page` takes, tables in rows, and a mark for each."""
    texts: list[str] = []
    marks: list[Mark] = []
    for number, line in enumerate(lines):
        if line.grid is None:
            table = None if line.table is None else -1 - line.table  # apart from those counted here
            texts.append(line.text)
            heading = line.heading and line.text != headline
            marks.append(Mark(line.page, heading=heading, table=table, cells=line.cells, places=line.places))
            continue
        for row in row_texts(line.grid):
            texts.append(row.text)
            marks.append(Mark(line.page, table=number, cells=row.cells))
    return texts, marks


def lines_of_page(page: Page, number: int = 0) -> list[Line]:
    """What was read of a file inside another one, as lines of that one: its headline first.

    Args:
        page: as it was read.
        number: of the file inside, so that its tables are not mistaken for those of another.
    """
    headings = {offset for offset, _ in page.headings}
    rows = {row.start: row for row in page.rows}
    lines = [Line(page.title, heading=True)] if page.title and page.title not in page.paragraphs else []
    offset = 0
    for text in page.paragraphs:
        row = rows.get(offset)
        cells = (
            tuple(replace(cell, start=cell.start - offset, end=cell.end - offset) for cell in row.cells) if row else ()
        )
        table = None if row is None else number * _MOST_TABLES + abs(row.table)
        places = tuple(
            replace(place, start=place.start - offset, end=place.end - offset, page=NO_PAGE)
            for place in page.places
            if offset <= place.start and place.end <= offset + len(text)
        )
        lines.append(Line(text, heading=offset in headings, table=table, cells=cells, places=places))
        offset += len(text) + 2
    return lines


def _texts(line: Line) -> Iterator[str]:
    yield line.text
    if line.grid is not None:
        for row in line.grid.rows:
            yield from row


def _cleaned(line: Line, texts: Iterator[str]) -> Line:
    text = clean(next(texts))
    if line.grid is None:
        same = text == line.text
        return replace(line, text=text, cells=line.cells if same else (), places=line.places if same else ())
    rows = [[clean(next(texts)) for _ in row] for row in line.grid.rows]
    return replace(line, text=text, grid=Grid(rows, line.grid.heads, line.grid.repeated))
