"""What kind of file some bytes are, by the bytes alone."""

import io
import re
import zipfile

from corpus.readers.mail_head import looks_like_mail

OLE = b"\xd0\xcf\x11\xe0"
_BEGINNING = 4096
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<!--.{0,500}?-->\s*)?(?:<!doctype\s+html|<html[\s>])", re.I | re.S
)
_MAGIC = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"GIF8", ".gif"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b", ".gz"),
)
_PARTS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
)
_OPEN_DOCUMENTS = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
_OLD = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"))
CALLED = {
    ".pdf": "a PDF",
    ".docx": "a Word document (.docx)",
    ".xlsx": "an Excel workbook (.xlsx)",
    ".pptx": "a PowerPoint presentation (.pptx)",
    ".odt": "an OpenDocument text (.odt)",
    ".ods": "an OpenDocument sheet (.ods)",
    ".odp": "an OpenDocument presentation (.odp)",
    ".doc": "an old Word document (.doc)",
    ".xls": "an old Excel workbook (.xls)",
    ".ppt": "an old PowerPoint presentation (.ppt)",
    ".rtf": "an RTF file",
    ".html": "an HTML page",
    ".eml": "a mail or web archive",
    ".png": "a PNG image",
    ".jpg": "a JPEG image",
    ".tif": "a TIFF image",
    ".gif": "a GIF image",
    ".zip": "a ZIP archive",
    ".rar": "a RAR archive",
    ".7z": "a 7z archive",
    ".gz": "a gzip archive",
}
"""What people are told a kind is."""


def kind_of_bytes(raw: bytes) -> str:
    """The ending that suits some bytes, "" for text and for what is not known."""
    head = raw[:_BEGINNING]
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(raw)
    if head.startswith(OLE):
        return next((suffix for name, suffix in _OLD if name.encode("utf-16-le") in raw), ".doc")
    for magic, suffix in _MAGIC:
        if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(magic):
            return suffix
    if _HTML.match(head.replace(b"\x00", b"")):
        return ".html"
    return ".eml" if looks_like_mail(raw) else ""


def _kind_of_zip(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            for part, suffix in _PARTS:
                if part in names:
                    return suffix
            if "mimetype" in names and "content.xml" in names:
                said = archive.read("mimetype")[:200].decode("ascii", "replace")
                name = said.rpartition("opendocument.")[2].partition("-")[0]
                return _OPEN_DOCUMENTS.get(name, ".zip")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return ".zip"
    return ".zip"
