"""A document of Word 97 to 2003 -> what it says, through an installed program: LibreOffice, antiword or catdoc."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.article.page import Page, read_page
from corpus.errors import UnreadableError
from corpus.readers import programs
from corpus.readers.headings import looks_like_heading
from corpus.readers.inside import ReadInside
from corpus.readers.lines import Line, marked_lines, repaired
from corpus.readers.office_package import OLE
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.table_rows import Grid, cell_text, is_data
from corpus.readers.warning_texts import GUESSED, LEGACY

MISSING = (
    "documents of Word 97 to 2003 (.doc) are read by LibreOffice, antiword or catdoc, and none of them is installed; "
    "see danvan doctor, or save it as .docx"
)
_STREAM = "WordDocument".encode("utf-16-le")
_ENCRYPTED = "it is an encrypted Word document; save it without a password"
_DAMAGED = "it is a damaged document of Word 97 to 2003; save it anew, as .docx if you can"
_OFFICE_MEMORY = 4_000_000_000
_BY_ANTIWORD = "It was read by antiword: numbers and letters that Word prints before paragraphs are not in it."
_BY_CATDOC = "It was read by catdoc: numbers before paragraphs, notes and the form of tables are not in it."


def read_doc(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read a file called .doc, by what it really is: web pages, RTF and DOCX are often called so.

    Args:
        raw: the whole file.
        limits: of the time a program may take.
        inside: reads what is no document of Word 97 to 2003, and what LibreOffice makes of one.

    Raises:
        UnreadableError: if no program is installed, or none can read it.
    """
    if not raw.startswith(OLE) or _STREAM not in raw:
        raise UnreadableError("it is no document of Word 97 to 2003, whatever its name says")
    if (program := programs.office()) is not None and inside is not None:
        docx = _by_office(program, raw, limits)
        if docx is not None:
            return inside("a.docx", docx)
    if (program := programs.path_of(programs.ANTIWORD)) is not None:
        said = _run([program, "-x", "db"], raw, limits)
        if said is not None and (lines := list(_docbook(said))):
            return _understood(lines, _BY_ANTIWORD)
    if (program := programs.path_of(programs.CATDOC)) is not None:
        said = _run([program, "-d", "utf-8", "-w"], raw, limits)
        if said is not None and said.strip():
            return _understood(list(_tabbed(said.decode("utf-8", "replace"))), _BY_CATDOC)
    if not programs.installed() or set(programs.installed()) == {"recognition"}:
        raise UnreadableError(MISSING)
    raise UnreadableError(_ENCRYPTED if _is_encrypted(raw) else _DAMAGED)


def read_xls(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read a workbook of Excel 97 to 2003, through LibreOffice.

    Raises:
        UnreadableError: if it is not installed, or cannot read it.
    """
    return _old(raw, limits, inside, "xls", "xlsx", "workbooks of Excel")


def read_ppt(raw: bytes, limits: Limits = DEFAULT_LIMITS, inside: ReadInside | None = None) -> Page:
    """Read a presentation of PowerPoint 97 to 2003, through LibreOffice.

    Raises:
        UnreadableError: if it is not installed, or cannot read it.
    """
    return _old(raw, limits, inside, "ppt", "pptx", "presentations of PowerPoint")


def _old(raw: bytes, limits: Limits, inside: ReadInside | None, old: str, new: str, what: str) -> Page:  # noqa: PLR0913, PLR0917
    program = programs.office()
    if program is None or inside is None:
        raise UnreadableError(
            f"{what} 97 to 2003 (.{old}) are read by LibreOffice, which is not installed; save it as .{new}"
        )
    made = _by_office(program, raw, limits, old, new)
    if made is None:
        raise UnreadableError(f"it is a damaged or encrypted file (.{old}) that LibreOffice cannot read")
    return inside(f"a.{new}", made)


def _is_encrypted(raw: bytes) -> bool:
    """Whether the head of the document (FIB) says so."""
    at = raw.find(b"\xec\xa5", 512)
    return at >= 0 and len(raw) > at + 12 and bool(raw[at + 11] & 0x01)


def _by_office(program: str, raw: bytes, limits: Limits, old: str = "doc", new: str = "docx") -> bytes | None:
    with tempfile.TemporaryDirectory(prefix="danvan-doc-") as folder:
        source = Path(folder, f"a.{old}")
        source.write_bytes(raw)
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", new]
        _run([*command, "--outdir", folder, str(source)], b"", limits, memory=_OFFICE_MEMORY)
        made = Path(folder, f"a.{new}")
        return made.read_bytes() if made.exists() else None


def _run(command: Sequence[str], raw: bytes, limits: Limits, memory: int | None = None) -> bytes | None:
    """What a program prints; None if it fails or takes too long. A name of `-` is added where it reads its input."""
    with tempfile.TemporaryDirectory(prefix="danvan-doc-") as folder:
        arguments = list(command)
        if raw:
            source = Path(folder, "a.doc")
            source.write_bytes(raw)
            arguments.append(str(source))
        try:
            done = subprocess.run(  # noqa: S603 - a program that was looked up
                arguments,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=limits.seconds,
                check=False,
                preexec_fn=None if memory is None else lambda: _allow(memory),
            )
        except (OSError, subprocess.SubprocessError):
            return None
    return done.stdout if done.returncode == 0 else None


def _allow(memory: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard < 0 else min(memory, hard), hard))


def _docbook(said: bytes) -> Iterator[Line]:
    """The paragraphs and tables of what antiword writes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(said, parser)
    waiting: list[Any] = [root] if root is not None else []
    while waiting:
        element = waiting.pop()
        if element.tag == "informaltable":
            rows = [[cell_text(_words(entry)) for entry in row.iter("entry")] for row in element.iter("row")]
            width = max(map(len, rows), default=0)
            grid = Grid([[*row, *[""] * (width - len(row))] for row in rows])
            if rows and is_data(grid):
                yield Line("", grid=grid)
            else:
                yield from (Line(text) for row in rows for text in row if text)
        elif element.tag in ("para", "title") and element.find(".//informaltable") is None:
            text = " ".join(_words(element).split())
            item = any(outer.tag == "listitem" for outer in element.iterancestors())
            bold = element.find("emphasis[@role='bold']") is not None and not (element.text or "").strip()
            if text:
                yield Line(f"- {text}" if item else text, heading=looks_like_heading(text, bold=bold))
        elif element.tag not in ("bookinfo", "footnote"):
            waiting.extend(reversed(element))


def _words(element: Any) -> str:
    """The words of an element, struck-out ones and notes apart."""
    if element.get("role") == "strikethrough":
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_words(child), child.tail or ""]
    return "".join(parts)


def _tabbed(text: str) -> Iterator[Line]:
    """Lines of catdoc, those set apart by tabs as rows of a table."""
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        cells = [cell_text(cell) for cell in line.split("\t")]
        if len(cells) > 1:
            rows.append(cells)
            continue
        if rows:
            width = max(map(len, rows))
            grid = Grid([[*row, *[""] * (width - len(row))] for row in rows])
            if is_data(grid):
                yield Line("", grid=grid)
            else:
                yield from (Line(cell) for row in rows for cell in row if cell)
            rows = []
        if cells[0]:
            yield Line(cells[0], heading=looks_like_heading(cells[0], bold=False))


def _understood(lines: list[Line], doubt: str) -> Page:
    lines, legacy = repaired(lines)
    if not lines:
        raise UnreadableError("it is a document of Word 97 to 2003 without text")
    said, marks = marked_lines(lines)
    page = read_page("\n".join(said), marks, web=False)
    doubts = [*((GUESSED,) if page.guessed else ()), *((LEGACY,) if legacy else ())]
    return replace(page, warnings=(*page.warnings, doubt, *doubts))
