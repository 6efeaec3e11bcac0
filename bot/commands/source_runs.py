"""Runs over watched sources: one, all that are due, and again and again as `danvan sources keep` does."""

import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.settings import Settings
from bot.terminal.rendering import plain
from bot.terminal.streams import console, print_json, say
from bot.wiring import open_library
from corpus.errors import CorpusError, DanvanError
from corpus.library.outcomes import Action
from corpus.watching.watch_state import PageStatus, WatchState
from corpus.watching.watched_sources import WatchedSource, WatchList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.watching.update_run import PageReport

QUIET = frozenset((Action.UNCHANGED.value, Action.DUPLICATE.value))
"""What became of a page that is counted, but not told line by line."""
_CHANGES = frozenset((Action.ADDED.value, Action.REPLACED.value, Action.CORRECTED.value, PageStatus.MOVED.value))


def run_sources(
    settings: Settings, wanted: Sequence[WatchedSource], *, reindex: bool, gate: Path | None, as_json: bool
) -> None:
    """Bring sources up to date one after the other; one that cannot be asked does not keep the others waiting."""
    if gate and not reindex:
        raise typer.BadParameter("--gate needs --reindex: it decides which index is published")
    changed, problems = bring_up_to_date(settings, wanted, as_json=as_json)
    if changed and reindex:
        reindexed(gate, as_json=as_json)
    elif changed and not as_json:
        console().print("run: danvan reindex")
    if problems and len(problems) == len(wanted):
        raise CorpusError(problems[0] if len(problems) == 1 else f"{len(problems)} sources were not brought up to date")


def due_sources(settings: Settings) -> list[WatchedSource]:
    """The sources whose hours have passed."""
    known = WatchList(settings.data_dir)
    states = ((source, WatchState.load(known.folder, source.id)) for source in known.sources)
    return [source for source, state in states if source.is_due(state.last_run)]


def keep_up(settings: Settings, seconds: float, *, reindex: bool, gate: Path | None) -> None:
    """Bring what is due up to date, again and again, until SIGTERM or Ctrl-C; what fails is said and tried again.

    A run that is broken off goes on where it was. With `reindex` the index also takes up what was added otherwise
    before the first look, and what could not be taken up before.

    Args:
        settings: say where everything is.
        seconds: from one look to the next.
        reindex: whether the index is to answer by what was found.
        gate: a gold set that may keep the old index.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    waiting = reindex
    while True:
        try:
            changed, _ = bring_up_to_date(settings, due_sources(settings), as_json=False)
            waiting = waiting or (changed and reindex)
            if waiting:
                reindexed(gate, as_json=False)
                waiting = False
        except DanvanError as error:
            say(str(error))
        except typer.Exit:
            waiting = False  # the gold set keeps the old index, as was said: the same again would end the same
        time.sleep(seconds)


def bring_up_to_date(settings: Settings, wanted: Sequence[WatchedSource], *, as_json: bool) -> tuple[bool, list[str]]:
    """Look at sources one after the other; whether documents have changed, and what could not be looked at."""
    problems: list[str] = []
    changed = False
    for source in wanted:
        try:
            counts = _update(settings, source, as_json=as_json)
        except DanvanError as error:
            problems.append(f"{source.id} was not brought up to date: {error}")
            say(problems[-1])
            continue
        changed = changed or any(what in _CHANGES for what in counts)
    return changed, problems


def reindexed(gate: Path | None, *, as_json: bool) -> None:
    """Have the index answer by what was found."""
    from bot.commands.index_upkeep import reindex  # noqa: PLC0415 - slow to import

    reindex(gate=gate, as_json=as_json)


def _update(settings: Settings, source: WatchedSource, *, as_json: bool) -> "Counter[str]":
    """Look at one source, and say what became of each page that is not as it was."""
    from corpus.intake.fetching import Fetcher  # noqa: PLC0415 - with its libraries slow to import
    from corpus.watching.update_run import UpdateRun  # noqa: PLC0415

    known = WatchList(settings.data_dir)
    counts: Counter[str] = Counter()
    with _alone(known.folder, source):
        state = WatchState.load(known.folder, source.id)
        library = open_library(settings, "sources run")
        update = UpdateRun(source, state, library, Fetcher(settings.intake_limits))
        for report in update.reports():
            counts[report.what] += 1
            _tell(source, report, as_json=as_json)
    told = ", ".join(f"{count} {what}" for what, count in counts.most_common()) or "nothing found"
    left = f"; {update.left} pages are left for the next run" if update.left else ""
    if as_json:
        print_json(
            {
                "source": source.id,
                "counts": dict(counts),
                "left": update.left,
                "stopped": update.stopped or None,
            }
        )
    else:
        console().print(f"{plain(source.id)}: {told}{left}")
    if update.stopped:
        say(f"{source.id}: stopped early: {update.stopped}")
    return counts


@contextmanager
def _alone(folder: Path, source: WatchedSource) -> "Iterator[None]":
    """One run over a source at a time."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{source.id}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CorpusError(f"another run over {source.id} is at work: wait until it is done") from None
    try:
        yield
    finally:
        lock.release()


def _tell(source: WatchedSource, report: "PageReport", *, as_json: bool) -> None:
    if as_json:
        told = {"source": source.id, "address": report.address, "what": report.what, "file": report.file}
        print_json(told | {"sentence": report.sentence or None})
    elif report.what not in QUIET:
        line = f"{report.what} {plain(report.file or report.address)}"
        console().print(f"{line}: {plain(report.sentence)}" if report.sentence else line, soft_wrap=True)
