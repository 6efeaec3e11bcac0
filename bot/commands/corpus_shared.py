"""What the commands of `danvan corpus` share: the library put together, a document's facts, problems told."""

from contextlib import AbstractContextManager
from typing import Annotated

import typer

from bot.data_folder.swapping import refuse_what_is_broken_off
from bot.data_folder.writer import only_writer
from bot.settings import Settings
from bot.terminal.streams import say
from corpus.folder.folder_contents import FolderContents
from corpus.library.library import Library
from corpus.models import Document

DocumentId = Annotated[
    str, typer.Argument(metavar="ID", help="As `danvan corpus list` prints it; or the file's path, or its address.")
]


def open_library(settings: Settings, work: str) -> "Library":
    """The library of the settings; `work` is what it is opened for, told to whoever wants to write meanwhile.

    Raises:
        CorpusError: if a restore was broken off.
    """
    refuse_what_is_broken_off(settings.data_dir)

    def writer() -> AbstractContextManager[None]:
        return only_writer(settings.data_dir, work)

    return Library(
        settings.corpus_dir,
        settings.data_dir,
        limits=settings.intake_limits,
        seeds=settings.default_corpus,
        writer=writer,
    )


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
