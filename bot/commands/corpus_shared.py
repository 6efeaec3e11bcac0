"""What the commands of `danvan corpus` share: how a document is named, its facts, problems told."""

from typing import Annotated, Any

import typer

from bot.terminal.streams import say
from corpus.article.page import Page
from corpus.folder.folder_contents import FolderContents
from corpus.models import Document

DocumentId = Annotated[
    str, typer.Argument(metavar="ID", help="As `danvan corpus list` prints it; or the file's path, or its address.")
]


def say_problems(reading: FolderContents) -> None:
    """Name on standard error every file that is not read."""
    for problem in reading.problems:
        say(f"not read: {problem.path}: {problem.sentence}")


def facts(document: Document) -> dict[str, str | None]:
    """What is known of a document, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "publisher": document.publisher,
        "author": document.author,
        "url": document.url,
        "snapshot": document.snapshot,
    }


def unread_as_json(page: Page | None) -> list[dict[str, Any]]:
    """The parts of a file that are not in its text."""
    return [
        {"kind": part.kind, "count": part.count, "sentence": part.sentence} for part in (page.unread if page else ())
    ]
