"""A DOCX -> what it says: paragraphs, tables and text boxes in order, headings marked, printed numbers restored."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document

from corpus.article.furniture.vocabulary import Role
from corpus.article.page import Dropped, Mark, Page, read_page
from corpus.cleaning import clean, repair_lines
from corpus.errors import UnreadableError
from corpus.readers.docx.docx_numbering import Numbering, W
from corpus.readers.docx.docx_package import open_package
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.warning_texts import GUESSED, LEGACY
from corpus.vietnamese import fold

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_UNSEEN = frozenset(
    (
        *(f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "rPr", "pPr", "sdtPr", "tbl")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
_OFF = ("0", "false", "off", "none")
_HEADING_STYLE = re.compile(r"heading [1-9]|tieu de [1-9]|muc [1-9]")
_NUMBERED = re.compile(r"(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/-]\s|(?:Điều|Chương|Mục|Phần)\s")
_HEADING_WORDS = 25
_LONGEST_CELL = 300
_STOP = re.compile(r"[.!?…:;][”’\"'»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    style: str = ""
    heading: bool = False


def read_docx(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read a document of Word 2007 or later.

    Raises:
        UnreadableError: if it is no DOCX, encrypted, damaged, a trap, or without text.
    """
    document = open_package(raw, limits)
    lines = list(_Reader(document).lines(document.element.body))
    repaired = repair_lines("\n".join(line.text for line in lines)).split("\n")
    legacy = len(repaired) == len(lines) and any(line.text != text for line, text in zip(lines, repaired, strict=False))
    if legacy:
        lines = [replace(line, text=text) for line, text in zip(lines, repaired, strict=True)]
    lines = [replace(line, text=text) for line in lines if (text := clean(line.text))]
    if not lines:
        raise UnreadableError("it is a DOCX without text")
    headline = _headline(lines)
    page = read_page(
        "\n".join(line.text for line in lines),
        [Mark(heading=line.heading and line.text != headline) for line in lines],
        headline,
    )
    dropped = (*page.dropped, *(Dropped(text, Role.LAYOUT) for text in _running(document)))
    doubts = [
        *((GUESSED,) if page.title and not headline and page.guessed else ()),
        *((LEGACY,) if legacy else ()),
    ]
    return replace(page, dropped=dropped, warnings=(*page.warnings, *doubts))


class _Reader:
    """Walks a body; knows its styles and how far its lists have counted."""

    def __init__(self, document: Document) -> None:
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        self._numbering = Numbering(getattr(part, "element", None))
        self._styles = {style.get(f"{W}styleId"): style for style in document.styles.element.iter(f"{W}style")}

    def lines(self, container: Any) -> Iterator[_Line]:
        """Paragraphs and rows of tables, those of text boxes behind the paragraph they hang on."""
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag in _WRAPPERS:
                yield from self.lines(element)

    def _paragraph(self, paragraph: Any) -> Iterator[_Line]:
        text = _text_of(paragraph)
        style, level = self._style_of(paragraph)
        label = self._label(paragraph) if text.strip() else ""
        title = style in ("title", "tieu de")
        heading = level is not None or _HEADING_STYLE.fullmatch(style) is not None
        pieces = [" ".join(text.split("\n"))] if title or heading else _pieces(text)
        bold = _is_bold(paragraph)
        for place, piece in enumerate(pieces):
            whole = f"{label} {piece}".strip() if place == 0 else piece
            looks = bold and len(pieces) == 1 and _looks_like_heading(whole)
            yield _Line(whole, "title" if title else f"heading {level}" if level else style, heading or looks)
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(outer.tag in _UNSEEN - {f"{W}txbxContent"} for outer in box.iterancestors()):
                yield from self.lines(box)

    def _table(self, table: Any) -> Iterator[_Line]:
        rows = [[list(self.lines(cell)) for cell in row.iter(f"{W}tc") if _row_of(cell) is row] for row in _rows(table)]
        cells = [[" ".join(line.text for line in cell if line.text.strip()).strip() for cell in row] for row in rows]
        wide = sum(sum(map(bool, row)) > 1 for row in cells)
        longest = max((len(cell) for row in cells for cell in row), default=0)
        official = any("doc lap" in fold(cell) or "noi nhan" in fold(cell) for row in cells for cell in row)
        if wide > 1 and wide * 2 >= len(rows) and longest <= _LONGEST_CELL and not official:
            for row in cells:
                yield _Line(" | ".join(" ".join(cell.split()) for cell in row if cell))
        else:
            for row_of_lines in rows:
                for cell_lines in row_of_lines:
                    yield from cell_lines

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


def _text_of(paragraph: Any) -> str:
    """The words of a paragraph as printed, line feeds for its line breaks; deleted and hidden text left out."""
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _UNSEEN or (element.tag == f"{W}r" and _switched_on(element, "vanish")):
            continue
        if element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag in (f"{W}tab", f"{W}ptab"):
            parts.append(" ")
        elif element.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif element.tag == f"{W}cr" or (element.tag == f"{W}br" and element.get(f"{W}type") in (None, "textWrapping")):
            parts.append("\n")
        else:
            waiting.extend(reversed(element))
    return "".join(parts)


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
    return bool(runs) and all(_switched_on(run, "b") for run in runs)


def _switched_on(run: Any, name: str) -> bool:
    switch = run.find(f"{W}rPr/{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def _outline(properties: Any) -> int | None:
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    value = level.get(f"{W}val", "") if level is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None  # noqa: PLR2004 - 9 is body text


def _looks_like_heading(text: str) -> bool:
    short = len(text.split()) <= _HEADING_WORDS and not text.endswith((".", ";", ","))
    return short and (_NUMBERED.match(text) is not None or text.isupper())


def _rows(table: Any) -> list[Any]:
    return [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(f"{W}tr"))


def _headline(lines: Sequence[_Line]) -> str:
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
