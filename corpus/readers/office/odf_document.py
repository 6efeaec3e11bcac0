"""OpenDocument texts, sheets and presentations (ODT, ODS, ODP) -> what they say."""

import io
import zipfile
import zlib
from dataclasses import replace
from typing import Any

from lxml import etree

from corpus.article.furniture.vocabulary import Role
from corpus.article.page import Dropped, Page, read_page
from corpus.cleaning import clean
from corpus.errors import UnreadableError
from corpus.readers.inside import ReadInside
from corpus.readers.lines import marked_lines, repaired
from corpus.readers.office.odf_names import MANIFEST, OFFICE, STYLE, TEXT
from corpus.readers.office.odf_reader import OdfReader
from corpus.readers.office_package import check_sizes
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.unread_sentences import unread_of
from corpus.readers.warning_texts import GUESSED, LEGACY

_MIME = "application/vnd.oasis.opendocument."
_DAMAGED = "it is a damaged OpenDocument file that cannot be opened"


def read_odf(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read an OpenDocument text, sheet or presentation.

    Args:
        raw: the whole file, packed or flat (`.fodt`).
        limits: of what it unpacks to.
        inside: reads pictures of text and packed files; None leaves them out.

    Raises:
        UnreadableError: if it is no such file, encrypted, damaged, a trap, or without text.
    """
    parts = _Parts(raw, limits)
    content = parts.tree("content.xml")
    body = content.find(f".//{OFFICE}body") if content is not None else None
    if content is None or body is None or not len(body):
        raise UnreadableError(_DAMAGED)
    styles = parts.tree("styles.xml")
    reader = OdfReader([tree for tree in (styles, content) if tree is not None], parts.member, limits, inside)
    lines, legacy = repaired(list(reader.lines(body[0])))
    unread = unread_of(reader.counts)
    if not lines:
        reason = ["it is an OpenDocument file without text", *(part.sentence.rstrip(".") for part in unread)]
        raise UnreadableError("; ".join(reason))
    titles = [line.text for line in lines if line.style == "title"]
    first = [line for line in lines if line.style == "heading 1"]
    headline = titles[0] if titles else first[0].text if len(first) == 1 and first[0] in lines[:3] else ""
    said, marks = marked_lines(lines, headline)
    page = read_page("\n".join(said), marks, headline, web=False)
    dropped = (*page.dropped, *(Dropped(text, Role.LAYOUT) for text in _running(styles)))
    doubts = [*((GUESSED,) if page.guessed else ()), *((LEGACY,) if legacy else ())]
    return replace(page, dropped=dropped, unread=unread, warnings=(*page.warnings, *reader.warnings, *doubts))


class _Parts:
    """The members of a packed file, or the one tree of a flat one."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        self._flat = None
        self._archive: zipfile.ZipFile | None = None
        if not raw.startswith(b"PK"):
            self._flat = _parse(raw)
            return
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
            names = set(self._archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            reason = "it is an OpenDocument file cut short or damaged; copy or download it again"
            raise UnreadableError(reason) from error
        check_sizes(self._archive.infolist(), limits)
        kind = (self.member("mimetype") or b"").decode("ascii", "replace")
        if "content.xml" not in names or not kind.startswith(_MIME):
            raise UnreadableError("it is a ZIP archive, but no OpenDocument file")
        manifest = self.tree("META-INF/manifest.xml")
        if manifest is not None and any(True for _ in manifest.iter(f"{MANIFEST}encryption-data")):
            raise UnreadableError("it is an encrypted OpenDocument file; save it without a password")

    def tree(self, name: str) -> Any:
        """A part as a tree, None if the file has none."""
        if self._flat is not None:
            return self._flat
        raw = self.member(name)
        return None if raw is None else _parse(raw)

    def member(self, name: str) -> bytes | None:
        """The bytes of a part, None if the file has none."""
        if self._archive is None or name not in self._archive.NameToInfo:
            return None
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableError(_DAMAGED) from error


def _parse(raw: bytes) -> Any:
    if b"<!ENTITY" in raw or b"<!\x00E\x00N\x00T" in raw:
        raise UnreadableError("it declares XML entities, as only a trap does")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=False)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(_DAMAGED) from error


def _running(styles: Any) -> list[str]:
    """Lines of headers and footers, each once."""
    if styles is None:
        return []
    found = [
        clean("".join(paragraph.itertext()).replace("\n", " "))
        for part in styles.iter(f"{STYLE}header", f"{STYLE}footer")
        for paragraph in part.iter(f"{TEXT}p")
    ]
    return list(dict.fromkeys(filter(None, found)))
