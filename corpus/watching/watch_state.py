"""What is known of a watched source's pages: `DATA_DIR/watch/ID.json`, written after every batch."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.atomic import write_atomically
from corpus.intake.received import Validators


class PageStatus(StrEnum):
    """What a page was when it was last asked for."""

    DOCUMENT = "document"
    """It is a document of the folder."""
    REFUSED = "refused"
    """It holds no document, or not one that can be taken."""
    GONE = "gone"
    """It is not there any more; its document stays, marked."""
    MOVED = "moved"
    """It stands at another address now."""
    SIGN_IN = "sign_in"
    """It asks to sign in; its document stays as it was."""
    FAILED = "failed"
    """It could not be had this time."""
    WITHDRAWN = "withdrawn"
    """Its document was removed by hand and is not added again."""


@dataclass(frozen=True, slots=True)
class PageState:
    """One page of a site, or one file of a folder.

    Attributes:
        status: as it was last.
        file: of its document in the folder of documents.
        validators: what the server gave to ask again with.
        changed: what the sitemap says of when it last changed.
        sha256: of the bytes that came last.
        sentence: why, where that is not plain.
        checked: UTC, when it was last asked for.
        since: UTC, since when it is gone.
        target: where it has moved to.
    """

    status: PageStatus
    file: str | None = None
    validators: Validators = field(default_factory=Validators)
    changed: str | None = None
    sha256: str | None = None
    sentence: str = ""
    checked: str = ""
    since: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class ListState:
    """A feed, sitemap or list of articles: what it named when it last changed.

    Attributes:
        links: address of a page -> when it last changed, as a sitemap says, else "".
        lists: further lists it leads to.
    """

    validators: Validators
    links: Mapping[str, str]
    lists: tuple[str, ...] = ()


@dataclass(slots=True)
class WatchState:
    """All that is known of one source.

    Attributes:
        path: of the file it is kept in.
        pages: by address, or by path for a folder.
        lists: by address.
        last_run: UTC, when the last run ended.
        report: what that run did: how many of what.
    """

    path: Path
    pages: dict[str, PageState] = field(default_factory=dict)
    lists: dict[str, ListState] = field(default_factory=dict)
    last_run: str | None = None
    report: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path, identity: str) -> "WatchState":
        """Read what is known; what cannot be read is not known, and the source is asked anew for all of it."""
        state = cls(folder / f"{identity}.json")
        try:
            read: Any = json.loads(state.path.read_text("utf-8"))
            state.pages = {key: _page(each) for key, each in read["pages"].items()}
            state.lists = {key: _list(each) for key, each in read["lists"].items()}
            state.last_run = read["last_run"]
            state.report = {str(key): int(value) for key, value in read["report"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(state.path)
        return state

    def save(self) -> None:
        """Write it in one step.

        Raises:
            OSError: if it cannot be written.
        """
        known = {
            "last_run": self.last_run,
            "report": self.report,
            "lists": {key: asdict(each) for key, each in self.lists.items()},
            "pages": {key: asdict(each) for key, each in self.pages.items()},
        }
        write_atomically(self.path, json.dumps(known, ensure_ascii=False).encode("utf-8", "backslashreplace"))

    def mark(self, key: str, status: PageStatus, moment: str, **known: Any) -> None:
        """Note what a page was; what else is known of it stays."""
        before = self.pages.get(key) or PageState(status)
        self.pages[key] = replace(before, **({"sentence": "", "since": None} | known), status=status, checked=moment)


def _page(read: Mapping[str, Any]) -> PageState:
    names = {each.name for each in fields(PageState)} & read.keys()
    known = {name: read[name] for name in names}
    return PageState(**known | {"status": PageStatus(read["status"]), "validators": Validators(**read["validators"])})


def _list(read: Mapping[str, Any]) -> ListState:
    return ListState(Validators(**read["validators"]), dict(read["links"]), tuple(read["lists"]))
