"""The folder of documents: every file in it read as it lies, every file that cannot be read named."""

import hashlib
import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from corpus.article.page import Page
from corpus.errors import CorpusError, UnreadableError
from corpus.folder.file_names import NO_FOLDER, id_as_written, is_furniture, unique_id
from corpus.folder.folder_contents import FolderContents, Origin, Problem
from corpus.folder.page_cache import PageCache
from corpus.folder.sources_file import OFFICIAL_KEYS, KnownOf, read_sources
from corpus.groups import groups_in, groups_of_file
from corpus.limits import DEFAULT_LIMITS, IntakeLimits, megabytes
from corpus.models import Document
from corpus.official.record import corrected, read_official
from corpus.readers.jsonl import BadLine, read_jsonl
from corpus.readers.registry import KNOWN, SUFFIXES, read_bytes

DEFAULT_DOCUMENTS: Path = Path(__file__).parents[1] / "documents"
JSON_LINES = ".jsonl"
NO_RUNNING_TEXT = "no running text is left in it once menus and links are taken away"
_CORPUS = "corpus.jsonl"
_LONGEST_TITLE = 120


def seed(folder: Path) -> None:
    """Copy the five articles and what is known of their origin into a folder that does not exist yet.

    Raises:
        CorpusError: if the folder cannot be written.
    """
    if folder.exists():
        return
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        aside.mkdir(parents=True)
        for path in sorted(DEFAULT_DOCUMENTS.iterdir()):
            if path.suffix in (".txt", ".toml"):
                shutil.copyfile(path, aside / path.name)
        aside.rename(folder)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        if not folder.exists():  # else another process was quicker, which is just as well
            raise CorpusError(f"The documents cannot be copied to {folder}: {error.strerror or error}.") from error


def read_folder(folder: Path, cache: PageCache | None = None, limits: IntakeLimits = DEFAULT_LIMITS) -> FolderContents:
    """Read every document below a folder; one bad file never spoils the rest.

    Files of the kinds in `corpus.readers.registry` become one document each, JSON-lines files one a line; beside a
    `corpus.jsonl` no other .jsonl is read. Hidden files and folders are skipped, and so is a README, which tells of the
    documents but is none. `sources.toml` gives by file name what a page does not say of itself: `url`, and `title`,
    `published`, `publisher`, `author` where the page is to be corrected; a line of JSON is named `FILE#_id` there.

    Args:
        folder: the documents.
        cache: pages understood before; None reads every file anew.
        limits: larger files are named, not read.

    Raises:
        CorpusError: if the folder itself cannot be used.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"The folder of documents {folder} does not exist or is not a folder; set DANVAN_CORPUS_DIR to one."
        )
    problems: list[Problem] = []
    sources = read_sources(folder, problems)
    paths = list(document_files(folder, problems))
    known = KnownOf(sources, (path.relative_to(folder).as_posix() for path in paths))
    origins: dict[str, Origin] = {}
    taken: set[str] = set()
    texts = [
        _document(*read, known, taken, origins)
        for path in sorted(paths, key=lambda path: (len(path.parts), path))
        if path.suffix.lower() != JSON_LINES and (read := _read_file(folder, path, cache, limits, problems))
    ]
    texts.sort(key=lambda document: document.id)
    lines = [
        document
        for path in paths
        if path.suffix.lower() == JSON_LINES
        for document in _read_lines(folder, path, limits, sources, taken, origins, problems)
    ]
    problems.sort(key=lambda problem: problem.path)
    return FolderContents((*texts, *lines), tuple(problems), origins)


def document_files(folder: Path, problems: list[Problem], leave_out: Iterable[Path] = ()) -> Iterator[Path]:
    """The files below a folder that are meant as documents, in order, folders reached by links not among them.

    Args:
        folder: where to look.
        problems: folders that cannot be read are added here.
        leave_out: folders (resolved) not to enter.

    Raises:
        CorpusError: if the folder itself cannot be read.
    """

    def note(error: OSError) -> None:
        path = Path(error.filename or folder)
        if path == folder:
            raise CorpusError(f"The folder of documents {folder} cannot be read: {error.strerror}.") from error
        problems.append(Problem(path, f"The folder cannot be read: {error.strerror}."))

    closed = set(leave_out)
    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != NO_FOLDER)
        if closed:
            folders[:] = [name for name in folders if Path(parent, name).resolve() not in closed]
        alone = _CORPUS in names
        for name in sorted(names):
            beside = alone and name.lower().endswith(JSON_LINES) and name != _CORPUS
            if not is_furniture(name) and not beside:
                yield Path(parent, name)


def understand(name: str, raw: bytes, cache: PageCache | None = None, sha256: str | None = None) -> Page:
    """The page in a file's bytes, with running text in it.

    Raises:
        UnreadableError: with a clause that says why there is none.
    """
    page = cache.page(name, raw, sha256 or hashlib.sha256(raw).hexdigest()) if cache else read_bytes(name, raw)
    if not page.paragraphs:
        raise UnreadableError(NO_RUNNING_TEXT)
    return page


def document_from(identifier: str, page: Page, known: dict[str, str], sha256: str) -> Document:
    """The document a page is, once what is known of its source has had its say."""
    url = known.get("url") or page.url
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    title = page.title or _stand_in(page, identifier)
    official = read_official(known.get("title") or title, page.text, page.published)
    document = Document(
        id=identifier,
        title=title,
        published=page.published,
        publisher=page.publisher or (official.agency if official else None) or host or None,
        author=page.author or (official.signer if official else None),
        url=url,
        text=page.text,
        snapshot=sha256,
        pages=page.pages,
        headings=page.headings,
        rows=page.rows,
        places=page.places,
        official=official,
    )
    return _corrected(document, known)


def read_ordinary(path: Path, most: int) -> bytes:
    """The whole of an ordinary file.

    Raises:
        UnreadableError: if it is a folder, a device or larger than `most` bytes.
        OSError: if it cannot be read.
    """
    with open(path, "rb", opener=_open_at_once) as stream:
        facts = os.fstat(stream.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableError("it is not an ordinary file")
        raw = stream.read(most + 1) if facts.st_size <= most else b""
    if len(raw) > most or facts.st_size > most:
        raise UnreadableError(f"it is larger than {megabytes(most)}; DANVAN_MAX_FILE_MB raises the limit")
    return raw


def _open_at_once(path: str, flags: int) -> int:
    """Without waiting for somebody to write, as opening a pipe would."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read_file(
    folder: Path, path: Path, cache: PageCache | None, limits: IntakeLimits, problems: list[Problem]
) -> tuple[str, Page, str, int] | None:
    """A file's path in the folder, page, SHA-256 and size."""
    if path.suffix.lower() not in SUFFIXES:
        ending = path.suffix or "a file without ending"
        problems.append(Problem(path, f"The file is skipped: {ending} is not one of {KNOWN}."))
        return None
    try:
        raw = read_ordinary(path, limits.file_bytes)
        sha256 = hashlib.sha256(raw).hexdigest()
        page = understand(path.name, raw, cache, sha256)
    except UnreadableError as error:
        problems.append(Problem(path, f"The file is skipped: {error}."))
    except OSError as error:
        problems.append(Problem(path, _refusal(path, error)))
    else:
        return path.relative_to(folder).as_posix(), page, sha256, len(raw)
    return None


def _document(  # noqa: PLR0913, PLR0917 - what `_read_file` gives, and where it goes
    file: str, page: Page, sha256: str, size: int, known: KnownOf, taken: set[str], origins: dict[str, Origin]
) -> Document:
    path = PurePosixPath(unicodedata.normalize("NFC", file))
    identifier = unique_id((path.stem, path.with_suffix("").as_posix(), path.as_posix()), taken)
    said = known.of(file)
    origins[identifier] = Origin(file, sha256, size, page, said, known.key(file))
    return _in_groups(document_from(identifier, page, said, sha256), file)


def _read_lines(  # noqa: PLR0913, PLR0917
    folder: Path,
    path: Path,
    limits: IntakeLimits,
    sources: dict[str, dict[str, str]],
    taken: set[str],
    origins: dict[str, Origin],
    problems: list[Problem],
) -> Iterator[Document]:
    file = path.relative_to(folder).as_posix()
    empty = True
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            problems.append(Problem(path, "The file is skipped: it is not an ordinary file."))
            return
        if facts.st_size > limits.archive_bytes:
            most = megabytes(limits.archive_bytes)
            problems.append(Problem(path, f"The file is skipped: it is larger than {most} (DANVAN_MAX_ARCHIVE_MB)."))
            return
        for record in read_jsonl(path):
            empty = False
            if isinstance(record, BadLine):
                problems.append(Problem(path, record.sentence))
                continue
            key = unicodedata.normalize("NFC", f"{file}#{record.id}")
            said = sources.get(key, {})
            official = read_official(said.get("title") or record.title, record.text, record.published)
            document = replace(record, id=id_as_written(record.id, taken), official=official)
            document = _in_groups(_corrected(document, said), file)
            origins[document.id] = Origin(file, document.snapshot, facts.st_size, None, said, key)
            yield document
    except OSError as error:
        problems.append(Problem(path, _refusal(path, error)))
    else:
        if empty:
            problems.append(Problem(path, "The file is skipped: it is empty."))


def _stand_in(page: Page, identifier: str) -> str:
    """What a document without a title is called: by its beginning, or by its name where it begins with a table."""
    begins_with_table = bool(page.rows) and page.rows[0].start == 0
    return re.sub(r"[-_]+", " ", identifier) if begins_with_table else _beginning(page.paragraphs[0])


def _corrected(document: Document, known: Mapping[str, Any]) -> Document:
    """A document as what is known of it has it; groups that are named close it further, they never open it."""
    said = {key: value for key, value in known.items() if key in OFFICIAL_KEYS}
    own = {key: value for key, value in known.items() if key not in OFFICIAL_KEYS}
    official = corrected(document.official, said) if said else document.official
    groups = groups_in(known.get("groups", "")).union(document.groups)
    return replace(document, **{**own, "groups": tuple(sorted(groups)), "official": official})


def _in_groups(document: Document, file: str) -> Document:
    groups = groups_of_file(unicodedata.normalize("NFC", file)).union(document.groups)
    return replace(document, groups=tuple(sorted(groups)))


def _refusal(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and not path.is_symlink():
        return "The file is skipped: it was removed while the folder was read."
    return f"The file cannot be read: {error.strerror or error}."


def _beginning(paragraph: str) -> str:
    if len(paragraph) <= _LONGEST_TITLE:
        return paragraph
    return paragraph[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
