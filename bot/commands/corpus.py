"""`danvan corpus`: the documents as they were understood."""

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from bot.commands.corpus_changes import add, refetch, remove, restore, set_values
from bot.commands.corpus_shared import DocumentId, facts, say_problems, unread_as_json
from bot.commands.options import AsJson
from bot.commands.sources import watch
from bot.settings import load_settings
from bot.terminal.rendering import plain
from bot.terminal.streams import argument_text, console, print_json
from bot.wiring import open_library, read_corpus
from corpus.dates import vietnamese_date
from corpus.folder.doubts import doubts
from corpus.folder.folder_contents import FolderContents, Origin
from corpus.library.finding import find_one
from corpus.models import Document
from corpus.splitting import split

corpus = typer.Typer(
    add_completion=False, help="Add documents, and see and correct how they were understood.", no_args_is_help=True
)
corpus.command("add")(add)


@corpus.command("list")
def list_documents(as_json: AsJson = False) -> None:
    """List the documents in the order they are read."""
    reading = _read()
    if as_json:
        for document in reading.documents:
            print_json(facts(document) | {"passages": len(split(document)), "characters": len(document.text)})
        return
    table = Table("id", "published", "passages", "title", box=box.SIMPLE)
    for document in reading.documents:
        date = vietnamese_date(document.published) or "-"
        table.add_row(Text(plain(document.id)), date, str(len(split(document))), Text(plain(document.title)))
    console().print(table)


@corpus.command()
def show(
    identity: DocumentId,
    as_json: AsJson = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="Also what was left out, line by line.")] = False,
) -> None:
    """Show what is known of a document, what was kept and left out, and its passages."""
    settings = load_settings()
    reading = _read()
    origin, document = find_one(reading, settings.corpus_dir, argument_text(identity), "show")
    if as_json:
        _print_as_json(document, origin)
    else:
        _print(document, origin, dropped=dropped)


corpus.command("set")(set_values)
corpus.command("remove")(remove)
corpus.command("restore")(restore)
corpus.command("refetch")(refetch)
corpus.command("watch")(watch)


@corpus.command()
def check(as_json: AsJson = False) -> None:
    """List the documents that are doubtful, and the files that cannot be read, and say why."""
    reading = read_corpus(load_settings())
    found = doubts(reading, datetime.now(UTC).astimezone().date())
    titles = {document.id: document.title for document in reading.documents}
    if as_json:
        for identity, reasons in found.items():
            listed = [{"kind": reason.kind, "sentence": reason.sentence} for reason in reasons]
            file = reading.origins[identity].file
            print_json({"id": identity, "file": file, "title": titles[identity], "reasons": listed})
        for problem in reading.problems:
            listed = [{"kind": "unreadable", "sentence": problem.sentence}]
            print_json({"id": None, "file": str(problem.path), "title": None, "reasons": listed})
        return
    screen = console()
    for identity, reasons in found.items():
        screen.print(Text.assemble((plain(identity), "bold"), "  ", plain(titles[identity])))
        for reason in reasons:
            screen.print(Text(f"  {plain(reason.sentence)}"))
    for problem in reading.problems:
        screen.print(Text(plain(str(problem.path)), style="bold"))
        screen.print(Text(f"  {plain(problem.sentence)}"))
    counted = f"{len(found)} of {len(reading.documents)} documents are doubtful"
    screen.print(f"{counted}, {len(reading.problems)} files cannot be read or used as they are")


@corpus.command()
def history(
    identity: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A document; all of them without.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say when documents were added, replaced, corrected, removed and brought back; every version is kept."""
    entries = open_library(load_settings(), "corpus history").history(
        None if identity is None else argument_text(identity)
    )
    if as_json:
        for entry in entries:
            print_json(
                {
                    "time": entry.time,
                    "action": entry.action,
                    "document_id": entry.document,
                    "file": entry.file,
                    "address": entry.address,
                    "source": entry.source,
                    "sha256": entry.sha256,
                    "size": entry.size,
                    "previous": entry.previous,
                    "known": dict(entry.known),
                }
            )
        return
    table = Table("time (UTC)", "what", "document", "version", "from", box=box.SIMPLE)
    for entry in entries:
        name, source = entry.document or entry.file, entry.source or entry.address or "-"
        when = entry.time.replace("T", " ").rstrip("Z")
        table.add_row(plain(when), plain(entry.action), Text(plain(name)), entry.sha256[:12], Text(plain(source)))
    if entries:
        console().print(table)
    else:
        console().print("nothing was added, changed or removed by danvan corpus yet")


def _read() -> FolderContents:
    reading = read_corpus(load_settings())
    say_problems(reading)
    return reading


def _print_as_json(document: Document, origin: Origin) -> None:
    page = origin.page
    listed = [
        {
            "passage_id": passage.id,
            "ordinal": passage.ordinal,
            "start": passage.start,
            "end": passage.end,
            "page": passage.page,
            "heading": passage.heading,
            "path": list(passage.path),
            "text": passage.text,
        }
        for passage in split(document)
    ]
    understood: dict[str, Any] = {
        "file": origin.file,
        "size": origin.size,
        "corrected": dict(origin.known),
        "paragraphs": document.text.count("\n\n") + 1,
        "dropped": [{"text": line.text, "role": line.role.value} for line in page.dropped] if page else [],
        "unread": unread_as_json(page),
        "warnings": list(page.notices) if page else [],
    }
    print_json(facts(document) | understood | {"text": document.text, "passages": listed})


def _print(document: Document, origin: Origin, *, dropped: bool) -> None:
    page = origin.page
    lines = page.dropped if page else ()
    roles = Counter(str(line.role.value) for line in lines)
    counted = ", ".join(f"{count} {role}" for role, count in roles.most_common())
    paragraphs = f"{document.text.count(chr(10) * 2) + 1} kept, {len(lines)} lines left out"
    screen = console()
    screen.print(Text(plain(document.title), style="bold"))
    shown = {name: value for name, value in facts(document).items() if name != "title"}
    shown |= {
        "file": f"{origin.file} ({origin.size} bytes)",
        "corrected": ", ".join(origin.known) or None,
        "paragraphs": paragraphs + (f": {counted}" if counted else ""),
    }
    for name, value in shown.items():
        screen.print(Text(f"{name:<10} {plain(value) or '-'}", style="dim"))
    for warning in page.notices if page else ():
        screen.print(Text(f"warning    {plain(warning)}", style="yellow"))
    for line in lines if dropped else ():
        screen.print(Text(f"left out   {line.role.value}: {plain(line.text)}", style="dim"))
    for passage in split(document):
        where = [f"page {passage.page}"] if passage.page is not None else []
        where += [plain(" › ".join(passage.path))] if passage.path else []
        where += [plain(passage.heading)] if passage.heading else []
        screen.print()
        screen.print(Text("  ".join((f"[{passage.ordinal + 1}] {passage.id}", *where)), style="bold"))
        screen.print(Text(plain(passage.text)))
