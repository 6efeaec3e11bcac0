"""One run over a site: its lists are read, its pages asked for, each only if it has changed; politely."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from urllib.parse import urlsplit

from corpus.errors import FetchError
from corpus.intake.addresses import address_key
from corpus.intake.fetching import Fetcher
from corpus.intake.received import Fetched, Received, Validators, as_document
from corpus.watching.link_lists import read_list, same_site
from corpus.watching.site_rules import SiteRules, rules_of
from corpus.watching.watch_state import ListState, PageStatus, WatchState
from corpus.watching.watched_sources import WatchedSource

_MOST_LISTS = 200
_MOST_FAILURES = 5
"""Pages in a row that cannot be had before a run is given up: the site is down, or wants to be left alone."""
_GONE = frozenset((404, 410))
_TOO_MANY = 429
_PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password", re.IGNORECASE)
_SIGN_IN = re.compile(r"<title>[^<]*(?:đăng nhập|login|log in|sign in)", re.IGNORECASE)
_GUESSED = "/sitemap.xml"


class VisitKind(Enum):
    """How a page answered."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    SIGN_IN = "sign_in"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Visit:
    """One page asked for.

    Attributes:
        address: as it is listed.
        fetched: the document, if it may have changed.
        received: what came, if anything did.
        changed: what the sitemap says of when it last changed.
        sentence: why it is not to be had.
    """

    address: str
    kind: VisitKind
    fetched: Fetched | None = None
    received: Received | None = None
    changed: str = ""
    sentence: str = ""


class SiteCrawler:
    """Asks a site for what is new.

    Args:
        source: the site.
        state: what is known of it; lists are noted in it, pages are for who takes them.
        fetcher: asks.
        sleep: waits so many seconds.
    """

    def __init__(
        self, source: WatchedSource, state: WatchState, fetcher: Fetcher, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._source = source
        self._state = state
        self._fetcher = fetcher
        self._sleep = sleep
        self._asked = 0
        self._rules: SiteRules | None = None
        self.left = 0
        """Pages that are left for the next run."""

    def visits(self) -> Iterator[Visit]:
        """Every page the site names or is known of, the new ones first, as far as one run may go.

        Raises:
            FetchError: if the site cannot be asked at all, or no more.
        """
        self._rules = rules_of(self._source.source, self._fetcher)
        listed = self._listed()
        keys = {address_key(address) for address in listed}
        old = [address for address in self._state.pages if address_key(address) not in keys]
        known = self._state.pages
        wanted = sorted([*listed, *old], key=lambda address: known[address].checked if address in known else "")
        failures = 0
        for place, address in enumerate(wanted):
            if self._asked >= self._source.most_pages:
                self.left = len(wanted) - place
                return
            visit = self._visit(address, listed.get(address, ""))
            if visit is None:
                continue
            yield visit
            failures = failures + 1 if visit.kind is VisitKind.FAILED else 0
            if failures >= _MOST_FAILURES:
                raise FetchError(f"{failures} pages in a row could not be had, the last because {visit.sentence}")

    def _listed(self) -> dict[str, str]:
        """All pages that the site's lists name -> when they last changed."""
        start = self._source.source
        waiting = [start, *(self._rules.sitemaps if self._rules else ()), _at_root(start, _GUESSED)]
        pages: dict[str, str] = {}
        seen: set[str] = set()
        named: dict[str, str] = {}
        while waiting and len(seen) < _MOST_LISTS and self._asked < self._source.most_pages:
            address = waiting.pop(0)
            if address_key(address) in seen or not same_site(address, start) or not self._allows(address):
                continue
            seen.add(address_key(address))
            listed = self._list(address, is_start=address == start)
            if listed is None:
                continue
            waiting.extend(listed.lists)
            for link, changed in listed.links.items():
                if self._is_wanted(link, address):
                    first = named.setdefault(address_key(link), link)
                    pages[first] = changed or pages.get(first, "")
        return {link: changed for link, changed in pages.items() if address_key(link) not in seen}

    def _list(self, address: str, *, is_start: bool) -> ListState | None:
        """A list as it is now; as it was, where it has not changed or cannot be had.

        Raises:
            FetchError: if it is the one the source is.
        """
        before = self._state.lists.get(address)
        self._wait()
        try:
            received = self._fetcher.get(address, before.validators if before else Validators())
        except FetchError as error:
            if is_start and before is None:
                raise FetchError(str(error), error.status) from error
            return before
        if received is None:
            return before
        found = read_list(received.raw, received.address)
        self._state.lists[address] = ListState(received.validators, found.pages, tuple(found.lists))
        return self._state.lists[address]

    def _is_wanted(self, link: str, listed_in: str) -> bool:
        """Whether a page is of this site, and of the part that is watched where a list of all of the site names it."""
        start = self._source.source
        if not same_site(link, start):
            return False
        folder = urlsplit(start).path.rpartition("/")[0]
        whole_site = urlsplit(listed_in).path != urlsplit(start).path and urlsplit(listed_in).path.endswith(
            (".xml", ".gz", ".txt")
        )
        return not whole_site or urlsplit(link).path.startswith(folder + "/")

    def _visit(self, address: str, changed: str) -> Visit | None:
        """Ask for a page; None if it is left alone."""
        before = self._state.pages.get(address)
        if before is not None and before.status in (PageStatus.WITHDRAWN, PageStatus.MOVED):
            return None
        if not self._allows(address):
            return None
        settled = before if before and before.status in (PageStatus.DOCUMENT, PageStatus.REFUSED) else None
        if settled and changed and settled.changed == changed:
            return Visit(address, VisitKind.UNCHANGED, changed=changed)
        self._wait()
        try:
            received = self._fetcher.get(address, settled.validators if settled else Validators())
            same = received is not None and settled and settled.sha256 == sha256(received.raw).hexdigest()
            if received is None or (same and not received.moved):
                return Visit(address, VisitKind.UNCHANGED, received=received, changed=changed)
            return _seen(address, received, changed)
        except FetchError as error:
            if error.status == _TOO_MANY:
                raise FetchError(f"it wants to be left alone for a while: {error}", error.status) from error
            kind = VisitKind.GONE if error.status in _GONE else VisitKind.FAILED
            return Visit(address, kind, changed=changed, sentence=str(error))

    def _allows(self, address: str) -> bool:
        return self._rules is None or self._rules.allows(address)

    def _wait(self) -> None:
        pause = max(self._source.seconds_between, self._rules.pause if self._rules else 0.0)
        if self._asked and pause:
            self._sleep(pause)
        self._asked += 1


def _seen(address: str, received: Received, changed: str) -> Visit:
    """What a page that came is.

    Raises:
        FetchError: if it is no document.
    """
    if not same_site(received.address, address):
        said = f"it leads to another site: {received.address}"
        return Visit(address, VisitKind.REFUSED, received=received, changed=changed, sentence=said)
    if _asks_to_sign_in(received):
        return Visit(address, VisitKind.SIGN_IN, sentence="it asks to sign in")
    try:
        return Visit(address, VisitKind.CHANGED, as_document(received), received, changed)
    except FetchError as error:
        return Visit(address, VisitKind.REFUSED, received=received, changed=changed, sentence=str(error))


def _at_root(address: str, path: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{path}"


def _asks_to_sign_in(received: Received) -> bool:
    """Whether a page with a field for a password came in the place of the one asked for."""
    if not _PASSWORD.search(received.raw):
        return False
    led_on = address_key(received.address) != address_key(received.asked)
    return led_on or _SIGN_IN.search(received.raw.decode("utf-8", "replace")) is not None
