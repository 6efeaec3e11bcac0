"""A DOCX file as a ZIP archive: opened only once its members have been found harmless."""

import io
import re
import zipfile
import zlib

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from corpus.errors import UnreadableError
from corpus.readers.reader_limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Word 97 to 2003, and encrypted ones of later versions, begin with."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (".xml", ".rels")
_DECLARATION = re.compile(rb"<\0?!\0?(?:E\0?N\0?T\0?I\0?T\0?Y|D\0?O\0?C\0?T\0?Y\0?P\0?E)", re.IGNORECASE)
_MOST_MEMBERS = 20_000
_PIECE = 1 << 20
_DAMAGED = "it is a damaged DOCX that cannot be opened"


def open_package(raw: bytes, limits: Limits) -> Document:
    """Open a DOCX.

    Raises:
        UnreadableError: if it is no DOCX, encrypted, damaged, larger unpacked than the limit, or declares entities.
    """
    if raw.startswith(OLE):
        raise UnreadableError(
            "it is an encrypted Word document; save it without a password"
            if _ENCRYPTED in raw
            else "it is a document of Word 97 to 2003 (.doc), which is not supported; save it as .docx"
        )
    _check(raw, limits)
    try:
        return docx.Document(io.BytesIO(raw))
    except (PythonDocxError, OpcError, LxmlError, KeyError, ValueError, OSError, AttributeError, RuntimeError) as error:
        raise UnreadableError(_DAMAGED) from error


def _check(raw: bytes, limits: Limits) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        reason = "it is a DOCX cut short or damaged; copy or download it again"
        reason = reason if raw.startswith(b"PK") else "it is not a DOCX, whatever its name says"
        raise UnreadableError(reason) from error
    with archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > limits.unpacked_bytes or len(members) > _MOST_MEMBERS:
            raise UnreadableError(
                f"unpacked it would take more than {limits.unpacked_bytes // 1_000_000} MB, as only a trap does"
            )
        names = {member.filename for member in members}
        if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
            raise UnreadableError("it is a ZIP archive, but no DOCX")
        for member in members:
            if member.filename.lower().endswith(_MARKUP):
                _refuse_declarations(archive, member)


def _refuse_declarations(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No part of a true DOCX has a document type; one that has may declare entities that swell or fetch files."""
    try:
        with archive.open(member) as part:
            tail = b""
            while piece := part.read(_PIECE):
                if _DECLARATION.search(tail + piece):
                    raise UnreadableError("it declares XML entities or a document type, as only a trap does")
                tail = piece[-32:]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableError(_DAMAGED) from error
