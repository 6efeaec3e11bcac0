"""The folder of documents: every file in it read as it lies, every file that cannot be read named."""

import hashlib
import os
import re
import shutil
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from corpus.cleaning import clean
from corpus.dates import is_date
from corpus.errors import CorpusError, UnreadableError
from corpus.models import Document
from corpus.page import Page
from corpus.readers.jsonl import BadLine, read_jsonl
from corpus.readers.text import read_markdown, read_text
from corpus.vietnamese import fold

DEFAULT_DOCUMENTS: Path = Path(__file__).parent / "documents"
SOURCES = "sources.toml"
_READERS: dict[str, Callable[[bytes], Page]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
_IGNORED = frozenset((".py", ".pyc"))
_README = re.compile(r"readme(?:[._-].*)?", re.IGNORECASE)
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST_ID = 100
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a part of one, that could not be used, and one sentence that says why."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds.

    Attributes:
        documents: sorted by id, then those of JSON-lines files in their own order.
        problems: what could not be read, in the order of the paths.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


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


def read_folder(folder: Path) -> Reading:
    """Read every document below a folder; one bad file never spoils the rest.

    Text (.txt) and Markdown (.md) files become one document each, JSON-lines files one a line; beside a `corpus.jsonl`
    no other .jsonl is read. Hidden files and folders are skipped, and so is a README, which tells of the documents but
    is none. `sources.toml` gives by file name what a page does not say of itself: `url`, and `title`, `published`,
    `publisher`, `author` where the page is to be corrected.

    Raises:
        CorpusError: if the folder itself cannot be used.
    """
    if not folder.is_dir():
        raise CorpusError(
            f"The folder of documents {folder} does not exist or is not a folder; set DANVAN_CORPUS_DIR to one."
        )
    problems: list[Problem] = []
    sources = _sources(folder, problems)
    paths = list(_files(folder, problems))
    taken: set[str] = set()
    texts = [
        document
        for path in sorted(
            (path for path in paths if path.suffix.lower() != ".jsonl"), key=lambda path: (len(path.parts), path)
        )
        if (document := _read_file(folder, path, sources, taken, problems)) is not None
    ]
    texts.sort(key=lambda document: document.id)
    lines = [
        document for path in paths if path.suffix.lower() == ".jsonl" for document in _read_lines(path, taken, problems)
    ]
    problems.sort(key=lambda problem: problem.path)
    return Reading((*texts, *lines), tuple(problems))


def _files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        path = Path(error.filename or folder)
        if path == folder:
            raise CorpusError(f"The folder of documents {folder} cannot be read: {error.strerror}.") from error
        problems.append(Problem(path, f"The folder cannot be read: {error.strerror}."))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        alone = "corpus.jsonl" in names
        for name in sorted(names):
            path = Path(parent, name)
            ours = name == SOURCES or _README.fullmatch(name) or path.suffix.lower() in _IGNORED
            hidden = name.startswith(".") or ours
            if not hidden and not (alone and path.suffix.lower() == ".jsonl" and name != "corpus.jsonl"):
                yield path


def _read_file(
    folder: Path, path: Path, sources: dict[str, dict[str, str]], taken: set[str], problems: list[Problem]
) -> Document | None:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join((*_READERS, ".jsonl"))
        problems.append(
            Problem(path, f"The file is skipped: {path.suffix or 'a file without ending'} is not one of {known}.")
        )
        return None
    try:
        raw = path.read_bytes()
        page = reader(raw)
    except UnreadableError as error:
        problems.append(Problem(path, f"The file is skipped: {error}."))
        return None
    except OSError as error:
        problems.append(Problem(path, f"The file cannot be read: {error.strerror or error}."))
        return None
    if not page.paragraphs:
        problems.append(
            Problem(path, "The file is skipped: no running text is left in it once menus and links are taken away.")
        )
        return None
    relative = path.relative_to(folder)
    names = (unicodedata.normalize("NFC", name) for name in (relative.as_posix(), path.name))
    known_of_it = next((sources[name] for name in names if name in sources), {})
    url = known_of_it.get("url")
    document = Document(
        id=_unique((path.stem, relative.with_suffix("").as_posix(), relative.as_posix()), taken),
        title=page.title or _beginning(page.paragraphs[0]),
        published=page.published,
        publisher=page.publisher or (urlsplit(url).hostname or "").removeprefix("www.") or None
        if url
        else page.publisher,
        author=page.author,
        url=url,
        text="\n\n".join(page.paragraphs),
        snapshot=hashlib.sha256(raw).hexdigest(),
    )
    return replace(document, **{key: value for key, value in known_of_it.items() if key != "url"})


def _read_lines(path: Path, taken: set[str], problems: list[Problem]) -> Iterator[Document]:
    empty = True
    try:
        for record in read_jsonl(path):
            empty = False
            if isinstance(record, BadLine):
                problems.append(Problem(path, record.sentence))
            else:
                yield replace(record, id=_as_written(record.id, taken))
    except OSError as error:
        problems.append(Problem(path, f"The file cannot be read: {error.strerror or error}."))
    else:
        if empty:
            problems.append(Problem(path, "The file is skipped: it is empty."))


def _sources(folder: Path, problems: list[Problem]) -> dict[str, dict[str, str]]:
    path = folder / SOURCES
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(Problem(path, f"What is known of the sources is ignored: {error}."))
        return {}
    sources: dict[str, dict[str, str]] = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            problems.append(Problem(path, f"{name!r} is ignored: write it as a table of its own, [{name!r}]."))
            continue
        for key, value in table.items():
            said = clean(str(value))
            if key not in ("url", "title", "published", "publisher", "author"):
                problems.append(
                    Problem(
                        path, f"{key!r} of {name!r} is ignored: it is not url, title, published, publisher or author."
                    )
                )
            elif key == "published" and not is_date(said):
                problems.append(
                    Problem(
                        path, f"'published' of {name!r} is ignored: {said!r} is not like 2020-01-31, 2020-01 or 2020."
                    )
                )
            elif said:
                sources.setdefault(unicodedata.normalize("NFC", name), {})[key] = said
    return sources


def _unique(names: tuple[str, ...], taken: set[str]) -> str:
    """The first of the names that is free once made safe (see `_safe`), numbered if none is."""
    for name in names:
        identifier = _safe(name)
        if identifier not in taken:
            taken.add(identifier)
            return identifier
    number = 2
    while (identifier := f"{_safe(names[-1])}-{number}") in taken:
        number += 1
    taken.add(identifier)
    return identifier


def _as_written(name: str, taken: set[str]) -> str:
    """An id that a file of JSON lines gives, kept to the letter unless it is taken, overlong or not printable."""
    if name in taken or len(name) > _LONGEST_ID or not name.isprintable():
        return _unique((name,), taken)
    taken.add(name)
    return name


def _safe(name: str) -> str:
    """The name if it may be an id as it is, else a slug of it with a short hash that keeps different names apart."""
    if _SAFE_ID.fullmatch(name) and len(name) <= _LONGEST_ID:
        return name
    slug = re.sub(r"[^a-z0-9._-]+", "-", fold(name)).strip("-.") or "document"
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "replace")).hexdigest()
    return f"{slug[: _LONGEST_ID - 10]}-{digest[:8]}"


def _beginning(paragraph: str) -> str:
    if len(paragraph) <= _LONGEST_TITLE:
        return paragraph
    return paragraph[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
