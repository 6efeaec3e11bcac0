"""`danvan search`: passages for a question, without an answer."""

from datetime import date
from typing import Annotated

import typer
from rich.text import Text

from bot.answering.answerer import why_invalid
from bot.commands.ask import announce
from bot.commands.options import AsJson
from bot.settings import load_settings
from bot.terminal.rendering import indented, plain
from bot.terminal.streams import argument_text, console, print_json, say
from bot.wiring import open_answerer
from corpus.dates import vietnamese_date
from corpus.errors import DanvanError
from embeddings.index.narrowing import Narrowing
from embeddings.question.question import Question

MOST = 100


def search(
    question: Annotated[str, typer.Argument(show_default=False, help="In Vietnamese, with or without marks.")],
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only documents published since, YYYY-MM-DD.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only documents published until then.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Only documents of this publisher, in its own words.")] = None,
    document: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this document; may be repeated.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=MOST, help="How many passages.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Find passages for a question, without answering it."""
    asked = argument_text(question)
    problem = why_invalid(asked)
    if problem:
        raise DanvanError(problem)
    wanted = Narrowing(
        since=_iso("--from", since),
        until=_iso("--to", until),
        publisher=argument_text(publisher) if publisher else None,
        documents=frozenset(map(argument_text, document or ())),
    )
    announce()
    retriever = open_answerer(load_settings()).retriever
    unknown = sorted(wanted.documents - set(retriever.documents))
    if unknown:
        raise DanvanError(f"there is no document {unknown[0]!r} in the index; danvan corpus list names all")
    searched = retriever.look_up(Question(asked), top, wanted or None)
    found = searched.hits
    if searched.away:
        say(f"a part of the index could not be searched: {', '.join(searched.away)}")
    for hit in found:
        source = retriever.documents[hit.passage.document_id]
        if as_json:
            print_json(
                {
                    "rank": hit.rank,
                    "score": round(hit.score, 6),
                    "document_id": source.id,
                    "title": source.title,
                    "published": source.published,
                    "publisher": source.publisher,
                    "url": source.url,
                    "passage_id": hit.passage.id,
                    "passage": hit.passage.text,
                    "page": hit.passage.page,
                    "heading": hit.passage.heading,
                }
            )
            continue
        known = (source.publisher, vietnamese_date(source.published), source.id)
        console().print(Text.assemble((f"[{hit.rank}] ", "bold"), plain(source.title)))
        console().print(indented(Text(" · ".join(plain(part) for part in known if part), style="dim"), 4))
        console().print(indented(Text(plain(hit.passage.text)), 4), "")
    if not found and not as_json:
        console().print("no document is left of what was asked for")


def _iso(option: str, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date such as 2020-01-31", param_hint=option) from None
