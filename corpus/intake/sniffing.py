"""What kind of document some bytes are, by the bytes themselves; what they were called counts only between texts."""

import io
import re
import zipfile

from corpus.cleaning import decode
from corpus.errors import UnreadableError

_BEGINNING = 4096
_HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|title|meta|article|div)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml\b")
_TEXT_TYPES = frozenset(("text/plain", "text/markdown", "text/x-markdown", "text/html", "application/xhtml+xml"))
_VAGUE = frozenset(("", "application/octet-stream", "binary/octet-stream", "application/x-download"))
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls); save it as .docx or PDF"),
    (b"{\\rtf", "an RTF file; save it as .docx or PDF"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "an audio file"),
)


def kind_of(raw: bytes, content_type: str = "", name: str = "") -> str:
    """The ending of names that suits some bytes: .pdf, .docx, .html, .md, .txt or .zip.

    Args:
        raw: the whole content.
        content_type: what a server calls it; a type that is no document's is believed where the bytes are mere text.
        name: of the file or address, to tell Markdown from text.

    Raises:
        UnreadableError: with a clause that says what it is instead.
    """
    head = raw[:_BEGINNING]
    said = content_type.partition(";")[0].strip().lower()
    if not raw.strip():
        raise UnreadableError("it is empty")
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(raw)
    for magic, meaning in _MAGIC:
        if head.startswith(magic):
            raise UnreadableError(f"it is {meaning}")
    text_like = said in _TEXT_TYPES or said in _VAGUE
    if text_like and (said in ("text/html", "application/xhtml+xml") or _HTML.search(_ascii(head))):
        decode(raw)  # or it is binary after all
        return ".html"
    if not text_like:
        raise UnreadableError(f"it is {said[:60]}, not a page, a PDF, a DOCX or a text")
    if _XML.match(head):
        raise UnreadableError("it is XML, not a page, a PDF, a DOCX or a text")
    decode(raw)
    return ".md" if "markdown" in said or name.lower().endswith((".md", ".markdown")) else ".txt"


def _kind_of_archive(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError("it is a damaged archive") from error
    if "word/document.xml" in names:
        return ".docx"
    if "[Content_Types].xml" in names:
        raise UnreadableError("it is another Office file than a DOCX; save it as .docx or PDF")
    return ".zip"


def _ascii(head: bytes) -> bytes:
    """The beginning without the zeros of UTF-16, so that tags show."""
    return head.replace(b"\x00", b"")
