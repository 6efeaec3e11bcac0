"""`danvan feedback`: questions that found no answer or displeased, for those who improve the gold sets."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import AsJson
from bot.gold.drafts import Group, as_drafts, group
from bot.gold.gold_files import write_gold
from bot.records.statistics import misses
from bot.settings import load_settings
from bot.terminal.rendering import plain
from bot.terminal.streams import console, print_json, say
from bot.wiring import open_database
from corpus.errors import GoldError

feedback = typer.Typer(
    add_completion=False, help="See what found no answer, and draft gold questions from it.", no_args_is_help=True
)

Days = Annotated[int, typer.Option("--days", min=1, max=3650, help="How far to look back.")]


@feedback.command("list")
def list_misses(days: Days = 30, as_json: AsJson = False) -> None:
    """List questions that were refused or marked as unhelpful, like ones together, without who asked them."""
    groups = _groups(days)
    if as_json:
        for one in groups:
            print_json(
                {"question": one.question, "context": one.previous, "status": one.status, "times": one.times}
                | {"also": list(one.others)}
            )
        return
    screen = console()
    for one in groups:
        screen.print(f"{one.times:>4}  {one.status:<10} {plain(one.question)}", markup=False)
        for other in one.others:
            screen.print(f"{'':>17}{plain(other)}", style="dim", markup=False)
    if not groups:
        say(f"no question of the last {days} days was refused or marked as unhelpful")


@feedback.command()
def export(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new .jsonl file.")], days: Days = 30) -> None:
    """Write them as draft gold questions; a tester completes them and adds them with `danvan gold add`."""
    if file.suffix.lower() != ".jsonl":
        raise GoldError(f"{file} must end in .jsonl")
    if file.exists():
        raise GoldError(f"{file} exists already: name a new file")
    drafts = as_drafts(_groups(days))
    write_gold(file, drafts)
    say(f"{file}: {len(drafts)} drafts written; each needs a tester's judgement")


def _groups(days: int) -> "list[Group]":

    database = open_database(load_settings())
    try:
        return group(misses(database, days))
    finally:
        database.close()
