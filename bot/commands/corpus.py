"""`danvan corpus`: the documents as they were understood."""

from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from bot.commands.ask import AsJson
from bot.rendering import plain, vietnamese_date
from bot.settings import load_settings
from bot.terminal import argument_text, console, print_json, say
from bot.wiring import read_corpus
from corpus.errors import CorpusError
from corpus.library import Reading
from corpus.models import Document
from corpus.splitting import split

corpus = typer.Typer(help="See the documents as they were understood.", no_args_is_help=True)


@corpus.command("list")
def list_documents(as_json: AsJson = False) -> None:
    """List the documents in the order they are read."""
    reading = _read()
    if as_json:
        for document in reading.documents:
            print_json(_facts(document) | {"passages": len(split(document)), "characters": len(document.text)})
        return
    table = Table("id", "published", "passages", "title", box=box.SIMPLE)
    for document in reading.documents:
        date = vietnamese_date(document.published) if document.published else "-"
        table.add_row(Text(document.id), date, str(len(split(document))), Text(plain(document.title)))
    console().print(table)


@corpus.command()
def show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As `danvan corpus list` prints it.")],
    as_json: AsJson = False,
) -> None:
    """Show what is known of a document, and its passages."""
    wanted = argument_text(identity)
    document = next((document for document in _read().documents if document.id == wanted), None)
    if document is None:
        raise CorpusError(f"there is no document {wanted[:100]!r}; run: danvan corpus list")
    passages = split(document)
    if as_json:
        listed = [
            {"passage_id": p.id, "ordinal": p.ordinal, "start": p.start, "end": p.end, "text": p.text} for p in passages
        ]
        print_json(_facts(document) | {"text": document.text, "passages": listed})
        return
    screen = console()
    screen.print(Text(plain(document.title), style="bold"))
    for name, value in _facts(document).items():
        if name != "title":
            screen.print(Text(f"{name:<10} {plain(value) or '-'}", style="dim"))
    for passage in passages:
        screen.print()
        screen.print(Text(f"[{passage.ordinal + 1}] {passage.id}", style="bold"))
        screen.print(Text(plain(passage.text)))


def _read() -> Reading:
    reading = read_corpus(load_settings())
    for problem in reading.problems:
        say(f"not read: {problem.path}: {problem.sentence}")
    return reading


def _facts(document: Document) -> dict[str, str | None]:
    return {
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "publisher": document.publisher,
        "author": document.author,
        "url": document.url,
        "snapshot": document.snapshot,
    }
