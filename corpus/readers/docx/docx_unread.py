"""What of a DOCX is not in its paragraphs: packed pages and pictures, read if they can be, and the rest, counted."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from docx.document import Document

from corpus.article.page import Unread
from corpus.errors import UnreadableError
from corpus.readers.docx.docx_package import W
from corpus.readers.docx.docx_text import relation
from corpus.readers.inside import ReadInside
from corpus.readers.lines import Line, lines_of_page
from corpus.readers.unread_sentences import unread_of

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_VML = "{urn:schemas-microsoft-com:vml}"
_PAGE = 7_560_310 * 10_692_130  # square EMU of A4
_LARGE = 0.1
"""Share of a page from which a picture may hold text that matters."""
_LEAST_BYTES = 20_000
"""Of a picture of unknown size; a smaller one is an emblem or a line."""
_CHUNKS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "message/rfc822": ".mht",
    "multipart/related": ".mht",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/plain": ".txt",
}
_CHART, _DIAGRAM = "/chart", "/diagram"


class Parts:
    """The parts of a document beside its text.

    Attributes:
        warnings: what was doubtful in what was read of them.
    """

    def __init__(self, document: Document, inside: ReadInside | None) -> None:
        """Take the document and what reads files packed into it."""
        self._document = document
        self._inside = inside
        self._counts: Counter[str] = Counter()
        self.warnings: list[str] = []

    def chunk(self, identity: str) -> Iterator[Line]:
        """A page in another format that Word would take in when it opens the document."""
        part = self._part(identity)
        suffix = _CHUNKS.get(str(getattr(part, "content_type", "")).partition(";")[0])
        name = PurePosixPath(str(getattr(part, "partname", "")))
        yield from self._read(part, f"chunk{suffix or name.suffix}", "embedded")

    def pictures(self, paragraph: Any) -> Iterator[Line]:
        """The text of large pictures and packed files that hang on a paragraph, as far as they can be read."""
        for drawing in paragraph.iter(f"{W}drawing"):
            extent = next(drawing.iter(f"{_DRAWING}extent"), None)
            area = int(extent.get("cx", "0")) * int(extent.get("cy", "0")) if extent is not None else 0
            data = next(drawing.iter(f"{_MAIN}graphicData"), None)
            kind = data.get("uri", "") if data is not None else ""
            if kind.endswith(_CHART):
                self._counts["charts"] += 1
            elif kind.endswith(_DIAGRAM):
                self._counts["diagrams"] += 1
            for blip in drawing.iter(f"{_MAIN}blip"):
                if area >= _LARGE * _PAGE:
                    yield from self._picture(relation(blip))
        for shape in paragraph.iter(f"{_VML}imagedata"):
            if not any(outer.tag == f"{W}object" for outer in shape.iterancestors()):
                part = self._part(relation(shape))
                if part is not None and len(part.blob) >= _LEAST_BYTES:
                    yield from self._picture(relation(shape))
        for packed in paragraph.iter(f"{_OFFICE}OLEObject"):
            part = self._part(relation(packed))
            yield from self._read(part, PurePosixPath(str(getattr(part, "partname", "object"))).name, "embedded")

    def unread(self, left_out: Counter[str]) -> tuple[Unread, ...]:
        """What was not read, with what was left out of the paragraphs."""
        comments = sum(
            len(list(rel.target_part.element.iter(f"{W}comment")))
            for rel in self._document.part.rels.values()
            if rel.reltype.endswith("/comments") and not rel.is_external and hasattr(rel.target_part, "element")
        )
        counts = self._counts + left_out + Counter(comments=comments)
        return unread_of(counts)

    def _picture(self, identity: str) -> Iterator[Line]:
        part = self._part(identity)
        yield from self._read(part, PurePosixPath(str(getattr(part, "partname", "picture"))).name, "pictures")

    def _part(self, identity: str) -> Any:
        found = self._document.part.rels.get(identity)
        return None if found is None or found.is_external else found.target_part

    def _read(self, part: Any, name: str, kind: str) -> Iterator[Line]:
        if part is None or self._inside is None:
            self._counts[kind] += 1
            return
        try:
            page = self._inside(name, part.blob)
        except UnreadableError:
            self._counts[kind] += 1
            return
        self.warnings += page.notices
        yield from lines_of_page(page)
