"""What kind of document some bytes are, by the bytes themselves; what they were called counts only between texts."""

import io
import re
import zipfile

from corpus.cleaning import decode
from corpus.errors import UnreadableError
from corpus.readers.kinds import CALLED, kind_of_bytes
from corpus.readers.registry import SUFFIXES

_BEGINNING = 4096
_HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|title|meta|article|div)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml\b")
_TEXT_TYPES = frozenset(
    ("text/plain", "text/markdown", "text/x-markdown", "text/html", "application/xhtml+xml", "text/csv")
)
_VAGUE = frozenset(("", "application/octet-stream", "binary/octet-stream", "application/x-download"))
_PROGRAMS = ((b"\x7fELF", "a program"), (b"MZ", "a program"), (b"ID3", "an audio file"))


def kind_of(raw: bytes, content_type: str = "", name: str = "") -> str:
    """The ending of names that suits some bytes: one of those that are read, or .zip.

    Args:
        raw: the whole content.
        content_type: what a server calls it; a type that is no document's is believed where the bytes are mere text.
        name: of the file or address, to tell Markdown and CSV from text.

    Raises:
        UnreadableError: with a clause that says what it is instead.
    """
    if not raw.strip():
        raise UnreadableError("it is empty")
    kind = kind_of_bytes(raw)
    if kind == ".zip" and not _is_whole(raw):
        raise UnreadableError("it is a damaged archive")
    if kind in SUFFIXES or kind == ".zip":
        return kind
    if kind:
        advice = "; unpack it first" if "archive" in CALLED[kind] else ""
        raise UnreadableError(f"it is {CALLED[kind]}{advice}")
    return _kind_of_text(raw, content_type.partition(";")[0].strip().lower(), name.lower())


def _kind_of_text(raw: bytes, said: str, name: str) -> str:
    head = raw[:_BEGINNING]
    for magic, meaning in _PROGRAMS:
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
    if said == "text/csv" or name.endswith((".csv", ".tsv")):
        return ".csv"
    return ".md" if "markdown" in said or name.endswith((".md", ".markdown")) else ".txt"


def _is_whole(raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)):
            return True
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _ascii(head: bytes) -> bytes:
    """The beginning without the zeros of UTF-16, so that tags show."""
    return head.replace(b"\x00", b"")
