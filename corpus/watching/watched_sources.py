"""The sources that are watched: `DATA_DIR/watch/sources.json`, and how each of them is asked."""

import json
import os
import re
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from corpus.atomic import write_atomically
from corpus.errors import CorpusError, FetchError
from corpus.intake.addresses import address_key, looks_like_address, normalise
from corpus.vietnamese import fold

FOLDER = "watch"
_FILE = "sources.json"
_LONGEST_ID = 40


def now() -> str:
    """This moment in UTC, ISO with seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A folder, or a site by the address of its home page, of a list of articles, of a feed or of a sitemap.

    Attributes:
        id: short name, `[a-z0-9.-]+`.
        source: absolute path or address.
        every_hours: how often it is to be looked at by `danvan sources run --due`.
        most_pages: requests of one run; what is left is asked for in the next one.
        seconds_between: pause between two requests; a site's robots.txt may ask for a longer one.
        added: UTC.
    """

    id: str
    source: str
    every_hours: float = 24.0
    most_pages: int = 2000
    seconds_between: float = 1.0
    added: str = field(default_factory=now)

    @property
    def is_site(self) -> bool:
        """Whether it is asked over the network."""
        return looks_like_address(self.source)

    def is_due(self, last_run: str | None, moment: datetime | None = None) -> bool:
        """Whether so many hours have passed since it was last looked at.

        Args:
            last_run: UTC, ISO; None if it never was.
            moment: by default this one.
        """
        if last_run is None:
            return True
        passed = (moment or datetime.now(UTC)) - datetime.fromisoformat(last_run)
        return passed >= timedelta(hours=self.every_hours)


class WatchList:
    """The sources of one data folder.

    Args:
        data_dir: the data folder.

    Raises:
        CorpusError: when it is opened while it cannot be read.
    """

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / FOLDER
        self._path = self.folder / _FILE
        self._sources = self._read()

    @property
    def sources(self) -> tuple[WatchedSource, ...]:
        """All of them, in the order they were added."""
        return tuple(self._sources)

    def find(self, identity: str) -> WatchedSource:
        """The source of this id, or that is this folder or address.

        Raises:
            CorpusError: if none is.
        """
        wanted = {identity, canonical_source(identity)} if identity else set()
        for source in self._sources:
            if source.id in wanted or source.source in wanted:
                return source
        known = ", ".join(source.id for source in self._sources) or "none"
        raise CorpusError(f"no source {identity[:80]!r} is watched, only: {known}; danvan corpus watch adds one")

    def put(self, source: WatchedSource) -> None:
        """Keep a source, in the place of the one with its id.

        Raises:
            OSError: if it cannot be written.
        """
        place = next((at for at, each in enumerate(self._sources) if each.id == source.id), len(self._sources))
        self._write([*self._sources[:place], source, *self._sources[place + 1 :]])

    def remove(self, source: WatchedSource) -> None:
        """Watch a source no longer; its documents stay.

        Raises:
            OSError: if it cannot be written.
        """
        self._write([each for each in self._sources if each.id != source.id])

    def known(self, source: str) -> WatchedSource | None:
        """The source that is watched already under this path or an address of the same page."""
        return next((each for each in self._sources if _same(each.source, source)), None)

    def free_id(self, source: str) -> str:
        """A short name for a source that none has yet."""
        parts = urlsplit(source)
        words = f"{(parts.hostname or '').removeprefix('www.')} {parts.path}" if "://" in source else Path(source).name
        stem = re.sub(r"[^a-z0-9.]+", "-", fold(words)).strip("-.")[:_LONGEST_ID].strip("-.") or "source"
        taken = {each.id for each in self._sources}
        return next(name for number in range(1, len(taken) + 2) if (name := _numbered(stem, number)) not in taken)

    def _read(self) -> list[WatchedSource]:
        try:
            listed = json.loads(self._path.read_text("utf-8"))
            names = {each.name for each in fields(WatchedSource)}
            return [WatchedSource(**{key: each[key] for key in each.keys() & names}) for each in listed]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise CorpusError(f"{self._path} cannot be read: {error}; mend it, or remove it and watch anew") from error

    def _write(self, sources: list[WatchedSource]) -> None:
        raw = json.dumps([asdict(source) for source in sources], ensure_ascii=False, indent=1)
        write_atomically(self._path, raw.encode("utf-8", "backslashreplace"))
        self._sources = sources


def canonical_source(source: str) -> str:
    """An address in the form it is asked in, a path from the root.

    Raises:
        CorpusError: if it is neither a folder nor a whole address.
    """
    if looks_like_address(source):
        try:
            return normalise(source)
        except FetchError as error:
            raise CorpusError(f"{source[:200]} cannot be watched: {error}") from error
    return os.path.abspath(source)  # noqa: PTH100 - resolve() would follow links


def _same(one: str, other: str) -> bool:
    both_sites = looks_like_address(one) and looks_like_address(other)
    return address_key(one) == address_key(other) if both_sites else one == other


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"
