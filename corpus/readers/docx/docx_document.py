"""A DOCX -> what it says: paragraphs, tables, text boxes and notes in order, headings and printed numbers restored."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from docx.document import Document

from corpus.article.furniture.vocabulary import Role
from corpus.article.page import Dropped, Page, read_page
from corpus.cleaning import clean
from corpus.errors import UnreadableError
from corpus.readers.docx.docx_notes import Notes
from corpus.readers.docx.docx_numbering import Numbering
from corpus.readers.docx.docx_package import W, open_package
from corpus.readers.docx.docx_tables import grid_of
from corpus.readers.docx.docx_text import UNSEEN, TextReader, relation, switched_on
from corpus.readers.docx.docx_unread import Parts
from corpus.readers.headings import looks_like_heading
from corpus.readers.inside import ReadInside
from corpus.readers.lines import Line, marked_lines, repaired
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.table_rows import cell_text, is_data
from corpus.readers.warning_texts import GUESSED, LEGACY
from corpus.vietnamese import fold

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_HEADING_STYLE = re.compile(r"heading [1-9]|tieu de [1-9]|muc [1-9]")
_CONTENTS_STYLE = re.compile(r"toc [1-9]|muc luc [1-9]")
_STOP = re.compile(r"[.!?…:;][”’\"'»)\]]*$")


def read_docx(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read a document of Word 2007 or later.

    Args:
        raw: the whole file.
        limits: of what it may unpack to.
        inside: reads a file packed into it (a page in another format, a picture with text); None leaves them out.

    Raises:
        UnreadableError: if it is no DOCX, encrypted, damaged, a trap, or without text.
    """
    document = open_package(raw, limits)
    reader = _Reader(document, Parts(document, inside))
    lines, legacy = repaired(list(reader.lines(document.element.body)))
    lines += [line for key in reader.notes.unasked() for line in reader.note(*key)]
    unread = reader.parts.unread(reader.text.left_out)
    if not any(line.says_something for line in lines):
        raise UnreadableError("; ".join(["it is a DOCX without text", *(part.sentence.rstrip(".") for part in unread)]))
    contents = [clean(line.text) for line in lines if line.style == "contents"]
    lines = [line for line in lines if line.style != "contents"]
    headline = _headline(lines)
    said, marks = marked_lines(lines, headline)
    page = read_page("\n".join(said), marks, headline, web=False)
    dropped = (*page.dropped, *(Dropped(text, Role.LAYOUT) for text in (*contents, *_running(document))))
    doubts = [*((GUESSED,) if page.guessed else ()), *((LEGACY,) if legacy else ())]
    return replace(page, dropped=dropped, unread=unread, warnings=(*page.warnings, *reader.parts.warnings, *doubts))


class _Reader:
    """Walks a body; knows its styles and how far its lists have counted."""

    def __init__(self, document: Document, parts: Parts) -> None:
        numbering = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        self._numbering = Numbering(getattr(numbering, "element", None))
        self._styles = {style.get(f"{W}styleId"): style for style in document.styles.element.iter(f"{W}style")}
        self.notes = Notes(document)
        self.text = TextReader(self.notes.number)
        self.parts = parts

    def lines(self, container: Any, *, in_table: bool = False) -> Iterator[Line]:
        """Paragraphs and tables, those of text boxes and notes behind the paragraph they hang on."""
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
                if not in_table:
                    yield from self._notes()
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
                if not in_table:
                    yield from self._notes()
            elif element.tag == f"{W}altChunk":
                yield from self.parts.chunk(relation(element))
            elif element.tag in _WRAPPERS:
                yield from self.lines(element, in_table=in_table)

    def note(self, part: str, identity: str) -> Iterator[Line]:
        """A note behind its number."""
        label = f"[{self.notes.number(part, identity)}] "
        for line in self.lines(self.notes.body(part, identity), in_table=True):
            if line.says_something:
                yield replace(line, text=label + line.text.strip(), heading=False)
                label = ""

    def _notes(self) -> Iterator[Line]:
        while self.text.notes:
            waiting, self.text.notes = self.text.notes, []
            for key in dict.fromkeys(waiting):
                yield from self.note(*key)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        text = self.text.text_of(paragraph)
        style, level = self._style_of(paragraph)
        label = self._label(paragraph) if text.strip() else ""
        if _CONTENTS_STYLE.fullmatch(style):
            yield Line(text, "contents")
            return
        title = style in ("title", "tieu de")
        heading = level is not None or _HEADING_STYLE.fullmatch(style) is not None
        pieces = [" ".join(text.split("\n"))] if title or heading else _pieces(text)
        bold = _is_bold(paragraph)
        for place, piece in enumerate(pieces):
            whole = f"{label} {piece}".strip() if place == 0 else piece
            looks = len(pieces) == 1 and looks_like_heading(whole, bold=bold)
            yield Line(whole, "title" if title else f"heading {level}" if level else style, heading=heading or looks)
        yield from self.parts.pictures(paragraph)
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(outer.tag in UNSEEN - {f"{W}txbxContent"} for outer in box.iterancestors()):
                yield from self.lines(box)

    def _table(self, table: Any) -> Iterator[Line]:
        cells: list[list[Line]] = []

        def text_of(cell: Any) -> str:
            cells.append(list(self.lines(cell, in_table=True)))
            return cell_text(" ".join(line.text for line in cells[-1] if line.says_something))

        grid = grid_of(table, text_of)
        nested = any(True for cell in table.iter(f"{W}tc") for _ in cell.iter(f"{W}tbl"))
        if grid.rows and is_data(grid) and not nested:
            yield Line("", grid=grid)
            return
        for lines in cells:
            yield from lines

    def _style_of(self, paragraph: Any) -> tuple[str, int | None]:
        """The folded name of a paragraph's style, and its outline level from 1 if it has one."""
        properties = paragraph.find(f"{W}pPr")
        link = properties.find(f"{W}pStyle") if properties is not None else None
        style = self._styles.get(link.get(f"{W}val")) if link is not None else None
        name = style.find(f"{W}name") if style is not None else None
        level = _outline(properties)
        for _ in range(10):
            if level is not None or style is None:
                break
            level = _outline(style.find(f"{W}pPr"))
            base = style.find(f"{W}basedOn")
            style = self._styles.get(base.get(f"{W}val")) if base is not None else None
        return fold(name.get(f"{W}val", "")) if name is not None else "", level

    def _label(self, paragraph: Any) -> str:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        numbered = properties.find(f"{W}numPr")
        link = properties.find(f"{W}pStyle")
        if numbered is None and link is not None and (style := self._styles.get(link.get(f"{W}val"))) is not None:
            numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is None:
            return ""
        identity, level = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
        name = identity.get(f"{W}val", "") if identity is not None else ""
        at = level.get(f"{W}val", "0") if level is not None else "0"
        return self._numbering.label(name, int(at) if at.isdigit() else 0)


def _pieces(text: str) -> list[str]:
    """The lines of a paragraph with line breaks in it, joined where a sentence goes on."""
    pieces: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        if pieces and pieces[-1] and line and line[0].islower() and not _STOP.search(pieces[-1]):
            pieces[-1] += f" {line}"
        else:
            pieces.append(line)
    return pieces


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{W}r") if any((text.text or "").strip() for text in run.iter(f"{W}t"))]
    return bool(runs) and all(switched_on(run, "b") for run in runs)


def _outline(properties: Any) -> int | None:
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    value = level.get(f"{W}val", "") if level is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None  # noqa: PLR2004 - 9 is body text


def _headline(lines: Sequence[Line]) -> str:
    """The paragraph in the style Title, or the one first heading of level 1 at the top."""
    titles = [line.text for line in lines if line.style == "title"]
    if titles:
        return titles[0]
    first = [line for line in lines if line.style == "heading 1"]
    return first[0].text if len(first) == 1 and first[0] in lines[:3] else ""


def _running(document: Document) -> Iterator[str]:
    """Lines of headers and footers, each once."""
    seen: set[str] = set()
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                for paragraph in part.paragraphs:
                    text = clean(paragraph.text.replace("\n", " "))
                    if text and text not in seen:
                        seen.add(text)
                        yield text
