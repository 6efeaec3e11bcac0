"""Office Open XML files (DOCX, XLSX, PPTX) as ZIP archives: handed on once their members are found harmless."""

import io
import re
import zipfile
import zlib

from corpus.errors import UnreadableError
from corpus.readers.reader_limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Office 97 to 2003, and encrypted ones of later versions, begin with."""
_PROGRAMS = {"DOCX": "Word", "XLSX": "Excel", "PPTX": "PowerPoint"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (".xml", ".rels")
_DECLARATION = re.compile(rb"<\0?!\0?(?:E\0?N\0?T\0?I\0?T\0?Y|D\0?O\0?C\0?T\0?Y\0?P\0?E)", re.IGNORECASE)
_MOST_MEMBERS = 20_000
_PIECE = 1 << 20
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_STRICT_BEGINNING = b"http://purl.oclc.org/ooxml/"
_WITH_MACROS = (
    (b"application/vnd.ms-word.document.macroEnabled.main+xml", b"wordprocessingml.document.main+xml"),
    (b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", b"wordprocessingml.document.main+xml"),
    (
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        b"wordprocessingml.document.main+xml",
    ),
    (b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", b"presentationml.presentation.main+xml"),
    (b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml", b"presentationml.presentation.main+xml"),
    (
        b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
        b"presentationml.presentation.main+xml",
    ),
    (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", b"spreadsheetml.sheet.main+xml"),
)
_OFFICE = b"application/vnd.openxmlformats-officedocument."
_TYPES = "[Content_Types].xml"


def checked_package(raw: bytes, limits: Limits, kind: str, folder: str) -> bytes:
    """The file, if it may be opened; one saved as Strict Open XML, a template or with macros as a plain one.

    Args:
        raw: the whole file.
        limits: of what it unpacks to.
        kind: what it should be, such as `DOCX`.
        folder: in which a file of the kind has its parts, such as `word/`.

    Raises:
        UnreadableError: if it is of another kind, encrypted, damaged, larger unpacked than the limit, or declares
            entities.
    """
    if raw.startswith(OLE):
        program = _PROGRAMS[kind]
        raise UnreadableError(
            f"it is an encrypted {program} document; save it without a password"
            if _ENCRYPTED in raw
            else f"it is a document of {program} 97 to 2003, whatever its name says; save it as .{kind.lower()}"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        reason = f"it is a {kind} cut short or damaged; copy or download it again"
        reason = reason if raw.startswith(b"PK") else f"it is not a {kind}, whatever its name says"
        raise UnreadableError(reason) from error
    with archive:
        members = archive.infolist()
        check_sizes(members, limits)
        names = {member.filename for member in members}
        if _TYPES not in names or not any(name.startswith(folder) for name in names):
            raise UnreadableError(f"it is a ZIP archive, but no {kind}")
        strict = False
        for member in members:
            if member.filename.lower().endswith(_MARKUP):
                strict = _check_markup(archive, member, kind) or strict
        types = archive.read(_TYPES)
        macros = any(before in types for before, _ in _WITH_MACROS)
        return _plain(archive, members) if strict or macros else raw


def check_sizes(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse an archive that would unpack to too much.

    Raises:
        UnreadableError: if it would.
    """
    if sum(member.file_size for member in members) > limits.unpacked_bytes or len(members) > _MOST_MEMBERS:
        raise UnreadableError(
            f"unpacked it would take more than {limits.unpacked_bytes // 1_000_000} MB, as only a trap does"
        )


def _check_markup(archive: zipfile.ZipFile, member: zipfile.ZipInfo, kind: str) -> bool:
    """Whether a part is Strict Open XML. No part of a true file has a document type, which may swell or fetch files."""
    strict = False
    try:
        with archive.open(member) as part:
            tail = b""
            while piece := part.read(_PIECE):
                if _DECLARATION.search(tail + piece):
                    raise UnreadableError("it declares XML entities or a document type, as only a trap does")
                strict = strict or _STRICT_BEGINNING in tail + piece
                tail = piece[-32:]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableError(f"it is a damaged {kind} that cannot be opened") from error
    return strict


def _plain(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    """The archive with the names of Strict Open XML, templates and macros turned into those every library knows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for member in members:
            content = archive.read(member)
            if member.filename.lower().endswith(_MARKUP):
                content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
            if member.filename == _TYPES:
                for before, after in _WITH_MACROS:
                    content = content.replace(before, _OFFICE + after)
            plain.writestr(member.filename, content)
    return out.getvalue()
