"""`danvan corpus watch` and `danvan sources`: folders and sites that the library is kept up to date with."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from bot.commands.options import AsJson
from bot.commands.source_runs import due_sources, keep_up, run_sources
from bot.settings import load_settings
from bot.terminal.rendering import plain
from bot.terminal.streams import argument_text, console, print_json, say
from corpus.errors import CorpusError
from corpus.watching.watch_state import PageStatus, WatchState
from corpus.watching.watched_sources import WatchedSource, WatchList, canonical_source

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
    run_sources(settings, chosen, reindex=reindex, gate=gate, as_json=as_json)


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
        overdue = {source.id for source in due_sources(settings)}
        wanted = [source for source in wanted if source.id in overdue]
    if not wanted and not as_json:
        console().print("nothing is due" if due else "nothing is watched; danvan corpus watch FOLDER|SITE begins")
    run_sources(settings, wanted, reindex=reindex, gate=gate, as_json=as_json)


@sources.command()
def keep(
    every: Annotated[
        float, typer.Option("--look", min=0.01, metavar="MINUTES", help="How often to see what is due.")
    ] = 15,
    reindex: Reindex = False,
    gate: Gate = None,
) -> None:
    """Bring sources up to date whenever they are due, until stopped: a service in place of a timer."""
    if gate and not reindex:
        raise typer.BadParameter("--gate needs --reindex: it decides which index is published")
    say("looking after what is watched; stop with Ctrl-C")
    keep_up(load_settings(), every * 60, reindex=reindex, gate=gate)


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
