"""Which reader understands a file, by the ending of its name and what its bytes begin with."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.plausibility import judge
from corpus.readers.inside import ReadInside
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits

Reader = Callable[[bytes, Limits], Page]


def read_bytes(name: str, raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read one file as far as it is understood.

    Args:
        name: the file's name; only its ending counts, and the bytes must be of that kind.
        raw: the whole file.
        limits: what is refused for its size.

    Raises:
        UnreadableError: with a clause that says why (`it is empty`), fit to follow "The file is skipped: ".
    """
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise UnreadableError(_UNSUPPORTED.get(suffix) or f"{suffix or 'a file without ending'} is not one of {_KNOWN}")
    if not raw.strip(b"\x00 \t\r\n"):
        raise UnreadableError("it is empty")
    _refuse_other_kinds(suffix, raw)
    return _judged(reader(raw, limits))


def _judged(page: Page) -> Page:
    """The page, with what its text makes doubtful.

    Raises:
        UnreadableError: if what was read is hardly text.
    """
    verdict = judge(page.text, page.pages)
    if verdict.refusal:
        raise UnreadableError(verdict.refusal)
    return replace(page, warnings=(*page.warnings, *verdict.doubts)) if verdict.doubts else page


def reader_apart(suffix: str) -> Reader:
    """The reader of a kind of file that is only read in a process of its own."""
    return _READERS_APART[suffix]


def _refuse_other_kinds(suffix: str, raw: bytes) -> None:
    """Name files that are called what they are not."""
    head = raw[:_BEGINNING]
    for magic, kind, suffixes in _MAGIC:
        if head.startswith(magic) and suffix not in suffixes:
            advice = f"name it {suffixes[0]}" if suffixes else "save it as .docx or PDF"
            raise UnreadableError(f"it is {kind}, whatever its name says; {advice}")
    if suffix in _PLAIN and _HTML.match(head.replace(b"\x00", b"")):
        raise UnreadableError(f"it is an HTML page, whatever its name says; name it {_HTML_SUFFIXES[0]}")


def _inside(limits: Limits) -> ReadInside:
    """Reads files packed into a file that is read with these limits."""

    def read(name: str, raw: bytes) -> Page:
        if limits.attached < 1:
            raise UnreadableError("it is packed into a file inside a file inside a file")
        return read_bytes(name, raw, replace(limits, attached=limits.attached - 1))

    return read


def _text(raw: bytes, _: Limits) -> Page:
    from corpus.readers.plain_text import read_text  # noqa: PLC0415

    return read_text(raw)


def _markdown(raw: bytes, _: Limits) -> Page:
    from corpus.readers.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(raw)


def _html(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.html.html_document import read_html  # noqa: PLC0415

    return read_html(raw, limits)


def _apart(suffix: str) -> Reader:
    def read(raw: bytes, limits: Limits) -> Page:
        from corpus.readers.reading_apart import read_apart  # noqa: PLC0415

        return read_apart(suffix, raw, limits)

    return read


def _pdf(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.pdf.pdf_document import read_pdf  # noqa: PLC0415

    return read_pdf(raw, limits)


def _docx(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.docx.docx_document import read_docx  # noqa: PLC0415

    return read_docx(raw, limits, _inside(limits))


_READERS_APART: dict[str, Reader] = {".pdf": _pdf}
"""Kinds whose readers are pictured in much foreign code, or may be kept busy: read in processes of their own."""
_READERS: dict[str, Reader] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".docx": _docx,
} | {suffix: _apart(suffix) for suffix in _READERS_APART}
SUFFIXES: frozenset[str] = frozenset(_READERS)
"""Endings of names that are read, in small letters with their dot."""
_KNOWN = ", ".join(sorted(SUFFIXES))
_PLAIN = (".txt", ".text", ".md", ".markdown")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_BEGINNING = 4096
_HTML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a ZIP archive or Office file", (".docx",)),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)", (".docx",)),  # .docx when encrypted: its reader says so
    (b"{\\rtf", "an RTF file", ()),
    (b"\x89PNG", "a picture", ()),
    (b"\xff\xd8\xff", "a picture", ()),
    (b"GIF8", "a picture", ()),
)
_UNSUPPORTED = {
    ".doc": "documents of Word 97 to 2003 (.doc) are not supported; save it as .docx",
    ".rtf": "RTF files are not supported; save it as .docx",
    ".odt": "OpenDocument texts (.odt) are not supported; save it as .docx",
    ".docm": "Word documents with macros (.docm) are not supported; save it as .docx",
    ".mht": "web archives (.mht) are not supported; save the page as .html",
    ".mhtml": "web archives (.mhtml) are not supported; save the page as .html",
}
