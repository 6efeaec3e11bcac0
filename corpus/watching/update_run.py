"""One look at a watched source: what came of each page, what was done with it, and a report."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, FetchError
from corpus.intake.fetching import Fetcher
from corpus.library.library import Library
from corpus.library.outcomes import Action, Outcome
from corpus.watching.site_crawler import SiteCrawler, Visit, VisitKind
from corpus.watching.watch_state import PageState, PageStatus, WatchState
from corpus.watching.watched_sources import WatchedSource, now

_AT_ONCE = 50
"""Pages asked for before what came is written: a run that is killed has lost no more."""
_STATUS = {
    VisitKind.GONE: PageStatus.GONE,
    VisitKind.SIGN_IN: PageStatus.SIGN_IN,
    VisitKind.FAILED: PageStatus.FAILED,
    VisitKind.REFUSED: PageStatus.REFUSED,
}
CHANGES = frozenset((Action.ADDED, Action.REPLACED, Action.CORRECTED))


@dataclass(frozen=True, slots=True)
class PageReport:
    """What became of one page or file.

    Attributes:
        what: an `Action`, or a `PageStatus` where nothing was done with a document.
        file: of its document in the folder of documents.
    """

    address: str
    what: str
    file: str | None = None
    sentence: str = ""


class UpdateRun:
    """Brings one source up to date.

    A run that is stopped at any moment loses nothing and adds nothing twice: documents are taken page by page, what is
    known of pages is written after each batch, and a page that was taken but not noted is known when it comes again.

    Attributes:
        left: pages that were left for the next run.
        stopped: why the run ended early, "" if it did not.
    """

    def __init__(
        self,
        source: WatchedSource,
        state: WatchState,
        library: Library,
        fetcher: Fetcher,
        crawler: Callable[[WatchedSource, WatchState, Fetcher], SiteCrawler] = SiteCrawler,
    ) -> None:
        self._source = source
        self._state = state
        self._library = library
        self._fetcher = fetcher
        self._crawler = crawler
        self.left = 0
        self.stopped = ""

    def reports(self) -> Iterator[PageReport]:
        """What became of every page, as soon as it is done; at the end the run is noted in the state.

        Raises:
            FetchError: if a site cannot be asked at all.
            DanvanError, OSError: if the library or the state cannot be written.
        """
        counts: Counter[str] = Counter()
        for report in self._site() if self._source.is_site else self._folder():
            counts[report.what] += 1
            yield report
        self._state.last_run, self._state.report = now(), dict(counts)
        self._state.save()

    def _site(self) -> Iterator[PageReport]:
        crawler = self._crawler(self._source, self._state, self._fetcher)
        batch: list[Visit] = []
        any_came = False
        try:
            for visit in crawler.visits():
                any_came = True
                batch.append(visit)
                if len(batch) >= _AT_ONCE:
                    yield from self._take(batch)
                    batch = []
        except FetchError as error:
            if not any_came:
                raise
            self.stopped = str(error)
        yield from self._take(batch)
        self.left = crawler.left

    def _take(self, visits: Sequence[Visit]) -> list[PageReport]:
        """Add what came, note what is known of every page, and write that."""
        pages = self._state.pages
        changed = [(visit, visit.fetched) for visit in visits if visit.fetched is not None]
        files = [pages[visit.address].file if visit.address in pages else None for visit, _ in changed]
        documents = [(fetched, file) for (_, fetched), file in zip(changed, files, strict=True)]
        outcomes = self._library.take(documents) if documents else []
        done = {visit.address: outcome for (visit, _), outcome in zip(changed, outcomes, strict=True)}
        reports = [self._note(visit, done.get(visit.address)) for visit in visits]
        self._state.save()
        return reports

    def _note(self, visit: Visit, outcome: Outcome | None) -> PageReport:
        moment, before = now(), self._state.pages.get(visit.address)
        known: dict[str, Any] = {"changed": visit.changed or None}
        if visit.received is not None:
            digest = sha256(visit.received.raw).hexdigest()
            known |= {"sha256": digest, "validators": visit.received.validators}
        file = before.file if before else None
        if outcome is None and visit.kind is VisitKind.UNCHANGED:
            status = before.status if before else PageStatus.REFUSED
            kept = before.sentence if before else ""
            self._state.mark(visit.address, status, moment, **known, sentence=kept)
            return PageReport(visit.address, Action.UNCHANGED.value, file)
        if outcome is None:
            status = _STATUS[visit.kind]
            since = (before.since if before else None) or (moment if status is PageStatus.GONE else None)
            self._state.mark(visit.address, status, moment, sentence=visit.sentence, since=since)
            return PageReport(visit.address, status.value, file, visit.sentence)
        if outcome.action is Action.REMOVED:
            self._state.mark(visit.address, PageStatus.WITHDRAWN, moment, sentence=outcome.sentence)
            return PageReport(visit.address, PageStatus.WITHDRAWN.value, file, outcome.sentence)
        taken = outcome.action is not Action.REFUSED
        status = PageStatus.DOCUMENT if taken or file else PageStatus.REFUSED
        self._state.mark(
            visit.address, status, moment, **known, file=outcome.file if taken else file, sentence=outcome.sentence
        )
        if taken and visit.received is not None and visit.received.moved:
            return self._moved(visit.address, visit.received.address, outcome)
        return PageReport(visit.address, outcome.action.value, outcome.file, outcome.sentence)

    def _moved(self, address: str, target: str, outcome: Outcome) -> PageReport:
        """A page stands at another address for good: that is known from now on, also of its document."""
        old = self._state.pages[address]
        self._state.pages[target] = old
        self._state.pages[address] = replace(old, status=PageStatus.MOVED, target=target)
        if len(outcome.documents) == 1:
            self._library.correct(outcome.documents[0].id, {"url": target})
        return PageReport(address, PageStatus.MOVED.value, outcome.file, f"It has moved to {target}.")

    def _folder(self) -> Iterator[PageReport]:
        root = Path(self._source.source)
        if not root.is_dir():
            raise CorpusError(f"{root} is no folder, or not one that can be read")
        known = set(self._state.pages)
        seen: set[str] = set()
        for outcome in self._library.add([str(root)]):
            seen.add(outcome.source)
            status = PageStatus.REFUSED if outcome.action is Action.REFUSED else PageStatus.DOCUMENT
            self._state.mark(outcome.source, status, now(), file=outcome.file, sentence=outcome.sentence)
            yield PageReport(outcome.source, outcome.action.value, outcome.file, outcome.sentence)
        for path in sorted(known - seen):
            before = self._state.pages[path]
            if before.status is PageStatus.REFUSED:
                del self._state.pages[path]  # it never was a document
                continue
            since = before.since or now()
            self._state.mark(path, PageStatus.GONE, now(), since=since, sentence="The file is not there any more.")
            yield PageReport(path, PageStatus.GONE.value, before.file, "The file is not there any more.")


def gone(state: WatchState) -> dict[str, PageState]:
    """The pages of a source that are not there any more while their documents still are."""
    return {key: page for key, page in state.pages.items() if page.status is PageStatus.GONE and page.file}
