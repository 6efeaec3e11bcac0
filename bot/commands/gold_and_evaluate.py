"""`danvan evaluate` and `danvan gold`: what testers use."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.evaluation_session import Order, evaluate_sets
from bot.commands.gold_session import add_interactively, check_file
from bot.commands.options import GATE_SAID_NO
from bot.gold.gold_items import Split
from bot.settings import load_settings

gold = typer.Typer(
    add_completion=False, help="Keep gold sets: questions whose right answer is known.", no_args_is_help=True
)


def evaluate(
    golds: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Gold sets: .jsonl, .csv, .xlsx or a BEIR folder.")
    ],
    documents: Annotated[
        Path | None, typer.Option(help="Ask a temporary index of this folder instead of the published one.")
    ] = None,
    split: Annotated[Split | None, typer.Option(help="Ask only this half of a set.")] = None,
    gate: Annotated[Path | None, typer.Option(help="Floors (TOML); below one the exit status is 3.")] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for the HTML page and the run file.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Run file of an earlier evaluation to compare with.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run as JSON, one line a set.")] = False,
) -> None:
    """Ask gold questions and report how many are answered rightly."""
    order = Order(golds, documents, split, gate, report, baseline, as_json)
    if not evaluate_sets(order, load_settings()):
        raise typer.Exit(GATE_SAID_NO)


@gold.command()
def check(
    file: Annotated[Path, typer.Argument(help="Gold set: .jsonl, .csv, .xlsx or a BEIR folder.")],
    documents: Annotated[Path | None, typer.Option(help="Check against this folder of documents.")] = None,
    convert: Annotated[Path | None, typer.Option(help="Write a sound set to this .jsonl file.")] = None,
) -> None:
    """Check that a gold set fits the documents: every error is named by its row."""
    check_file(file, documents, convert, load_settings())


@gold.command()
def add(
    file: Annotated[Path, typer.Argument(help="Gold set (.jsonl) to add to; made if it is not there.")],
    documents: Annotated[Path | None, typer.Option(help="Look for evidence in this folder of documents.")] = None,
) -> None:
    """Ask for a question and its evidence, check them and add them to a set."""
    add_interactively(file, documents, load_settings())
