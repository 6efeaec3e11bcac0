"""Which reader understands a file, by the ending of its name and what its bytes are."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.plausibility import judge
from corpus.readers.inside import ReadInside
from corpus.readers.kinds import CALLED, kind_of_bytes
from corpus.readers.programs import recognises
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits

Reader = Callable[[bytes, Limits], Page]


def read_bytes(name: str, raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read one file as far as it is understood.

    Args:
        name: the file's name; only its ending counts, and the bytes must be of that kind. A file called .doc may be
            whatever Word opens under that name.
        raw: the whole file.
        limits: what is refused for its size.

    Raises:
        UnreadableError: with a clause that says why (`it is empty`), fit to follow "The file is skipped: ".
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        raise UnreadableError(_UNSUPPORTED.get(suffix) or f"{suffix or 'a file without ending'} is not one of {KNOWN}")
    if not raw.strip(b"\x00 \t\r\n"):
        raise UnreadableError("it is empty")
    return _judged(_READERS[_true_suffix(suffix, raw)](raw, limits))


def reader_apart(suffix: str) -> Reader:
    """The reader of a kind of file that is only read in a process of its own."""
    return _READERS_APART[suffix]


def _judged(page: Page) -> Page:
    """The page, with what its text makes doubtful.

    Raises:
        UnreadableError: if what was read is hardly text.
    """
    verdict = judge(page.text, page.pages)
    if verdict.refusal:
        raise UnreadableError(verdict.refusal)
    return replace(page, warnings=(*page.warnings, *verdict.doubts)) if verdict.doubts else page


def _true_suffix(suffix: str, raw: bytes) -> str:
    """The ending a file should have, if it is the one it has or Word would open it all the same.

    Raises:
        UnreadableError: if a file is called what it is not.
    """
    kind = kind_of_bytes(raw)
    if suffix == ".doc":
        return kind if kind in _READERS else suffix
    if not kind or kind in _SAME.get(suffix, (suffix,)):
        return suffix
    if kind == ".doc" and suffix in _OFFICE:  # an encrypted one, or an old one; its reader knows
        return suffix
    if kind == ".zip" and suffix in _PACKED:
        return suffix
    advice = f"name it {kind}" if kind in _READERS else "save it as .docx or PDF"
    raise UnreadableError(f"it is {CALLED[kind]}, whatever its name says; {advice}")


def _inside(limits: Limits) -> ReadInside:
    """Reads files packed into a file that is read with these limits; its pictures share the time for recognising."""
    pictures, seconds = limits.recognised_pages, limits.recognising_seconds

    def read(name: str, raw: bytes) -> Page:
        nonlocal pictures, seconds
        if limits.attached < 1:
            raise UnreadableError("it is packed into a file inside a file inside a file")
        left = replace(limits, attached=limits.attached - 1, recognised_pages=pictures, recognising_seconds=seconds)
        if PurePath(name).suffix.lower() not in _PICTURES:
            return read_bytes(name, raw, left)
        if pictures < 1 or seconds <= 0:
            raise UnreadableError("as many pictures as one file may have recognised were before it")
        began = time.monotonic()
        pictures -= 1
        try:
            return read_bytes(name, raw, left)
        finally:
            seconds -= time.monotonic() - began

    return read


def _apart(suffix: str) -> Reader:
    def read(raw: bytes, limits: Limits) -> Page:
        from corpus.readers.reading_apart import read_apart  # noqa: PLC0415

        return read_apart(suffix, raw, limits, recognises=suffix in _RECOGNISED and recognises())

    return read


# What a reader needs is imported when the first file of its kind is read: few programs need many of them.


def _text(raw: bytes, _: Limits) -> Page:
    from corpus.readers.plain_text import read_text  # noqa: PLC0415

    return read_text(raw)


def _markdown(raw: bytes, _: Limits) -> Page:
    from corpus.readers.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(raw)


def _html(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.html.html_document import read_html  # noqa: PLC0415

    return read_html(raw, limits)


def _docx(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.docx.docx_document import read_docx  # noqa: PLC0415

    return read_docx(raw, limits, _inside(limits))


def _mail(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.mail import read_mail  # noqa: PLC0415

    return read_mail(raw, limits, _inside(limits))


def _rtf(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.rtf_document import read_rtf  # noqa: PLC0415

    return read_rtf(raw, limits, _inside(limits))


def _odf(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.odf_document import read_odf  # noqa: PLC0415

    return read_odf(raw, limits, _inside(limits))


def _csv(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.csv_table import read_csv  # noqa: PLC0415

    return read_csv(raw, limits)


def _pdf(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.pdf.pdf_document import read_pdf  # noqa: PLC0415

    return read_pdf(raw, limits)


def _picture(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.pdf.picture_document import read_picture  # noqa: PLC0415

    return read_picture(raw, limits)


def _xlsx(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.xlsx_document import read_xlsx  # noqa: PLC0415

    return read_xlsx(raw, limits)


def _pptx(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.pptx_document import read_pptx  # noqa: PLC0415

    return read_pptx(raw, limits, _inside(limits))


def _doc(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.doc_document import read_doc  # noqa: PLC0415

    return read_doc(raw, limits, _inside(limits))


def _xls(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.doc_document import read_xls  # noqa: PLC0415

    return read_xls(raw, limits, _inside(limits))


def _ppt(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.office.doc_document import read_ppt  # noqa: PLC0415

    return read_ppt(raw, limits, _inside(limits))


_PDF, _OLD_WORD = (".pdf",), (".doc",)
_WORD, _EXCEL, _SLIDES = (".docx", ".docm", ".dotx", ".dotm"), (".xlsx", ".xlsm"), (".pptx", ".pptm", ".ppsx")
_ODF = (".odt", ".ods", ".odp", ".fodt", ".fods")
_MAIL = (".eml", ".mht", ".mhtml")
_HTML = (".html", ".htm", ".xhtml")
_TIFF, _JPEG = (".tif", ".tiff"), (".jpg", ".jpeg")
_PICTURES = (".png", ".gif", *_TIFF, *_JPEG)
_RECOGNISED = frozenset((".pdf", *_PICTURES))
_READERS_APART: dict[str, Reader] = {
    ".pdf": _pdf,
    **dict.fromkeys(_PICTURES, _picture),
    ".doc": _doc,
    ".xls": _xls,
    ".ppt": _ppt,
    **dict.fromkeys(_EXCEL, _xlsx),
    **dict.fromkeys(_SLIDES, _pptx),
}
"""Kinds whose readers run much foreign code, or may be kept busy: read in processes of their own."""
_READERS: dict[str, Reader] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".csv": _csv,
    ".tsv": _csv,
    ".rtf": _rtf,
    **dict.fromkeys(_HTML, _html),
    **dict.fromkeys(_WORD, _docx),
    **dict.fromkeys(_ODF, _odf),
    **dict.fromkeys(_MAIL, _mail),
    **{suffix: _apart(suffix) for suffix in _READERS_APART},
}
SUFFIXES: frozenset[str] = frozenset(_READERS)
"""Endings of names that are read, in small letters with their dot."""
KNOWN = (
    ".docx, .doc, .odt, .rtf, .pdf, .xlsx, .csv, .pptx, .html, .mht, .eml, .txt, .md, .png, .jpg, .tif and their like"
)
"""What people are told is read; docs/documents.md has them all."""
_OFFICE = frozenset((*_WORD, *_EXCEL, *_SLIDES))
_PACKED = frozenset((*_OFFICE, *_ODF))
_SAME: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_HTML, (".html",)),
    **dict.fromkeys(_WORD, (".docx",)),
    **dict.fromkeys(_EXCEL, (".xlsx",)),
    **dict.fromkeys(_SLIDES, (".pptx",)),
    **dict.fromkeys(_ODF, (".odt", ".ods", ".odp")),
    **dict.fromkeys(_MAIL, (".eml",)),
    **dict.fromkeys(_TIFF, (".tif",)),
    **dict.fromkeys(_JPEG, (".jpg",)),
}
"""Kinds that go by other endings too."""
_UNSUPPORTED = {
    ".pages": "documents of Apple's Pages are not supported; export it as .docx or PDF",
    ".wps": "documents of WPS (.wps) are not supported; save it as .docx",
    ".one": "OneNote files are not supported; print it to a PDF",
    ".msg": "mails of Outlook (.msg) are not supported; save it as .eml or print it to a PDF",
    ".xlsb": "binary workbooks (.xlsb) are not supported; save it as .xlsx",
}
