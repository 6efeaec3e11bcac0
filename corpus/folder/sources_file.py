"""`sources.toml`: what a document does not say of itself, its address and corrections, by file name."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.atomic import write_atomically
from corpus.cleaning import clean
from corpus.dates import is_date
from corpus.errors import CorpusError
from corpus.folder.file_names import SOURCES
from corpus.folder.folder_contents import Problem
from corpus.groups import NOBODY, groups_in, written
from corpus.official.document_numbers import find_numbers

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

OFFICIAL_KEYS = ("number", "effective", "expires", "replaces", "replaced_by")
"""What is known of an official document: its number, from when and until when it holds, what replaces what."""
KEYS = ("title", "published", "publisher", "author", "url", "groups", *OFFICIAL_KEYS)
DATES = ("published", "effective", "expires")
_NUMBERS = ("number", "replaces", "replaced_by")
_LONGEST = {
    "title": 300,
    "publisher": 200,
    "author": 200,
    "url": 2000,
    "groups": 500,
    "number": 60,
    "replaces": 600,
}
_LONGEST_OTHER = 100
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>\"]")


def read_sources(folder: Path, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """What is known of the documents of a folder, by the name the file has in `sources.toml` (NFC).

    Args:
        folder: the folder the file lies in; a missing file says nothing.
        problems: what is wrong in it is added here; the rest counts.
    """
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
            if key not in KEYS:
                problems.append(Problem(path, f"{key!r} of {name!r} is ignored: it is not one of {', '.join(KEYS)}."))
            elif key in DATES and said and not is_date(said):
                problems.append(
                    Problem(path, f"{key!r} of {name!r} is ignored: {said!r} is not like 2020-01-31, 2020-01 or 2020.")
                )
            elif said:
                sources.setdefault(unicodedata.normalize("NFC", name), {})[key] = said
    return sources


def checked_value(key: str, value: str) -> str:
    """A value for one of `KEYS` in its one form; "" takes a value back.

    A date may also be written day first (`31/1/2020`, `1/2020`).

    Raises:
        CorpusError: saying what the value must be.
    """
    value = " ".join(clean(value).split())
    if not value:
        return ""
    if len(value) > _LONGEST.get(key, _LONGEST_OTHER):
        raise CorpusError(f"{key} is longer than {_LONGEST.get(key, _LONGEST_OTHER)} characters: {value[:40]!r}...")
    if key in DATES:
        if turned := _DAY_FIRST.fullmatch(value):
            day, month, year = turned.groups()
            value = f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
        if not is_date(value):
            raise CorpusError(f"{key} must be a date like 2020-01-31, 2020-01 or 2020, not {value!r}")
    if key == "groups":
        groups = groups_in(value)
        if NOBODY in groups:
            raise CorpusError(f"groups must be names of letters and digits separated by commas, not {value!r}")
        value = written(groups)
    if key in _NUMBERS and not all(find_numbers(each) for each in value.split(",")) and key != "replaced_by":
        raise CorpusError(f"{key} must be the number of a document such as 11/2018/NQ-HĐND, not {value!r}")
    if key == "url" and not is_address(value):
        raise CorpusError(f"url must be a whole address such as https://example.vn/page, not {value!r}")
    return value


def is_address(value: str) -> bool:
    """Whether a text is a whole http or https address that may be shown and kept (no user name in it)."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return whole and not _NO_ADDRESS.search(value)


class KnownOf:
    """Looks up what is known of a file: under its path in the folder, or under its bare name where that is enough."""

    def __init__(self, sources: Mapping[str, Mapping[str, str]], files: Iterable[str]) -> None:
        """Take the sources and all files (paths in the folder, `/`): a bare name that two files have says nothing."""
        self._sources = sources
        self._holders: dict[str, int] = {}
        for file in files:
            name = PurePosixPath(unicodedata.normalize("NFC", file)).name
            self._holders[name] = self._holders.get(name, 0) + 1

    def key(self, file: str) -> str:
        """The name under which a file is known, or would be."""
        file = unicodedata.normalize("NFC", file)
        name = PurePosixPath(file).name
        bare = file not in self._sources and name in self._sources and self._holders.get(name) == 1
        return name if bare else file

    def of(self, file: str) -> dict[str, str]:
        """What is known of a file, {} if nothing."""
        return dict(self._sources.get(self.key(file), {}))


class SourcesFile:
    """`sources.toml` for changing: comments and order live, and it is written in one step.

    Raises:
        CorpusError: when it is opened while it cannot be read: what it says would be lost.
    """

    def __init__(self, folder: Path) -> None:
        """Read the file of a folder; a missing one is empty."""
        import tomlkit  # noqa: PLC0415 - only who writes needs it
        from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

        self._path = folder / SOURCES
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            text = ""
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{self._path} cannot be read: {error}; mend it first") from error
        try:
            self._tables: TOMLDocument = tomlkit.parse(text)
        except TOMLKitError as error:
            raise CorpusError(f"{self._path} is not valid TOML: {error}; mend it first") from error
        self._written = text
        self._keys = {unicodedata.normalize("NFC", key): key for key in self._tables}

    def put(self, name: str, known: Mapping[str, str]) -> None:
        """Have the table of a name say exactly this; {} removes the table. Nothing is written before `save`."""
        import tomlkit  # noqa: PLC0415

        key = self._keys.get(name, name)
        table: Any = self._tables.get(key)
        if not known or not isinstance(table, dict):
            if name in self._keys:
                del self._tables[self._keys.pop(name)]
            if known:
                table = tomlkit.table()
                for field in (field for field in KEYS if field in known):
                    table.add(field, known[field])
                if len(self._tables.body) > 0:
                    table.trivia.indent = "\n"
                self._tables.add(name, table)
                self._keys[name] = name
            return
        for field in KEYS:
            if field not in known:
                table.pop(field, None)
            elif table.get(field) != known[field]:
                table[field] = known[field]

    def save(self) -> None:
        """Write what has changed, durably.

        Raises:
            OSError: if it cannot be written; the file is then as it was.
        """
        text = self._tables.as_string()
        if text != self._written:
            write_atomically(self._path, text.encode())
            self._written = text
