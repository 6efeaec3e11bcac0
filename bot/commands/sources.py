"""`danvan corpus watch` and `danvan sources`: folders and sites that the library is kept up to date with."""

from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from bot.commands.options import AsJson
from bot.settings import Settings, load_settings
from bot.terminal.rendering import plain
from bot.terminal.streams import argument_text, console, print_json, say
from bot.wiring import open_library
from corpus.errors import CorpusError, DanvanError
from corpus.library.outcomes import Action
from corpus.watching.watch_state import PageStatus, WatchState
from corpus.watching.watched_sources import WatchedSource, WatchList, canonical_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.watching.update_run import PageReport

QUIET = frozenset((Action.UNCHANGED.value, Action.DUPLICATE.value))
"""What became of a page that is counted, but not told line by line."""
_CHANGES = frozenset((Action.ADDED.value, Action.REPLACED.value, Action.CORRECTED.value, PageStatus.MOVED.value))

sources = typer.Typer(
    add_completion=False,
    help="See the folders and sites that are watched, bring them up to date, watch one no longer.",
    no_args_is_help=True,
)

SourceIds = Annotated[
    list[str] | None, typer.Argument(metavar="[ID...]", help="Sources; all of them without.", show_default=False)
]
Reindex = Annotated[bool, typer.Option("--reindex", help="Then have the index answer by it: danvan reindex.")]
Gate = Annotated[
    Path | None,
    typer.Option(metavar="GOLD", help="With --reindex: keep the old index where this gold set falls below its floors."),
]


def watch(
    watched: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLDER|SITE...", help="Folders; addresses of a home page, a list of articles, a feed or a sitemap."
        ),
    ],
    every: Annotated[float, typer.Option(min=0.1, metavar="HOURS", help="How often it is due.")] = 24.0,
    most: Annotated[int, typer.Option(min=1, metavar="PAGES", help="Requests of one run; the rest comes next.")] = 2000,
    pause: Annotated[float, typer.Option(min=0.0, metavar="SECONDS", help="Between two requests.")] = 1.0,
    reindex: Reindex = False,
    gate: Gate = None,
    as_json: AsJson = False,
) -> None:
    """Watch folders and sites: add what is new, now and at every run of `danvan sources run`."""
    settings = load_settings()
    known = WatchList(settings.data_dir)
    chosen = []
    for given in map(argument_text, watched):
        place = canonical_source(given)
        is_site = "://" in place
        if not is_site and not Path(place).is_dir():
            raise CorpusError(f"{given[:200]} is no folder; if it is an address, write https://{given[:200]}")
        before = known.known(place)
        source = before or WatchedSource(known.free_id(place), place)
        source = replace(source, every_hours=every, most_pages=most, seconds_between=pause)
        known.put(source)
        chosen.append(source)
    _run(settings, chosen, reindex=reindex, gate=gate, as_json=as_json)


@sources.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List what is watched, when it was last looked at, and what that brought."""
    settings = load_settings()
    known = WatchList(settings.data_dir)
    table = Table("id", "source", "every", "last run (UTC)", "documents", "gone", box=box.SIMPLE)
    for source in known.sources:
        state = WatchState.load(known.folder, source.id)
        counts = Counter(page.status.value for page in state.pages.values())
        if as_json:
            print_json(_as_json(source, state, counts))
            continue
        last = (state.last_run or "-").replace("T", " ").rstrip("Z")
        documents, gone = counts[PageStatus.DOCUMENT.value], counts[PageStatus.GONE.value]
        row = (source.id, source.source, f"{source.every_hours:g} h", last, str(documents), str(gone))
        table.add_row(*(Text(plain(cell)) for cell in row))
    if as_json:
        return
    if known.sources:
        console().print(table)
    else:
        console().print("nothing is watched; danvan corpus watch FOLDER|SITE begins")


@sources.command()
def run(
    identities: SourceIds = None,
    due: Annotated[bool, typer.Option("--due", help="Only those whose hours have passed.")] = False,
    reindex: Reindex = False,
    gate: Gate = None,
    as_json: AsJson = False,
) -> None:
    """Bring sources up to date: add what is new, version what has changed, mark what is gone."""
    settings = load_settings()
    known = WatchList(settings.data_dir)
    wanted = [known.find(argument_text(identity)) for identity in identities or ()] or list(known.sources)
    if due:
        states = ((source, WatchState.load(known.folder, source.id)) for source in wanted)
        wanted = [source for source, state in states if source.is_due(state.last_run)]
    if not wanted and not as_json:
        console().print("nothing is due" if due else "nothing is watched; danvan corpus watch FOLDER|SITE begins")
    _run(settings, wanted, reindex=reindex, gate=gate, as_json=as_json)


@sources.command()
def pages(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As `danvan sources list` prints it.")],
    as_json: AsJson = False,
) -> None:
    """List the pages of a source that are no documents, or not any more, and say why."""
    known = WatchList(load_settings().data_dir)
    source = known.find(argument_text(identity))
    for address, page in WatchState.load(known.folder, source.id).pages.items():
        if as_json:
            print_json(
                {
                    "address": address,
                    "status": page.status.value,
                    "file": page.file,
                    "sentence": page.sentence or None,
                    "checked": page.checked,
                    "since": page.since,
                }
            )
        elif page.status is not PageStatus.DOCUMENT:
            since = f" since {page.since}" if page.since else ""
            said = f"{page.status.value}{since}: {plain(address)}"
            console().print(f"{said}: {plain(page.sentence)}" if page.sentence else said, soft_wrap=True)


@sources.command()
def remove(identity: Annotated[str, typer.Argument(metavar="ID", help="As `danvan sources list` prints it.")]) -> None:
    """Watch a source no longer; its documents stay."""
    known = WatchList(load_settings().data_dir)
    source = known.find(argument_text(identity))
    known.remove(source)
    console().print(f"{plain(source.id)} is watched no longer; its documents stay")


def _run(
    settings: Settings, wanted: Sequence[WatchedSource], *, reindex: bool, gate: Path | None, as_json: bool
) -> None:
    """Bring sources up to date one after the other; one that cannot be asked does not keep the others waiting."""
    if gate and not reindex:
        raise typer.BadParameter("--gate needs --reindex: it decides which index is published")
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
    if changed and reindex:
        from bot.commands.index_upkeep import reindex as bring_up_to_date  # noqa: PLC0415 - slow to import

        bring_up_to_date(gate=gate, as_json=as_json)
    elif changed and not as_json:
        console().print("run: danvan reindex")
    if problems and len(problems) == len(wanted):
        raise CorpusError(problems[0] if len(problems) == 1 else f"{len(problems)} sources were not brought up to date")


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


def _as_json(source: WatchedSource, state: WatchState, counts: "Counter[str]") -> dict[str, Any]:
    return {
        "id": source.id,
        "source": source.source,
        "every_hours": source.every_hours,
        "most_pages": source.most_pages,
        "seconds_between": source.seconds_between,
        "last_run": state.last_run,
        "last_report": state.report,
        "pages": dict(counts),
    }
