"""`danvan mcp`: the documents as tools for other assistants."""

import asyncio
import contextlib
import logging
import signal
from typing import Annotated

import typer

from bot.answering.links import Links
from bot.enquiries import Enquiries
from bot.mcp_tools import build
from bot.model_wiring import quieten
from bot.published_documents import PublishedDocuments
from bot.records.cited_passages import CitedPassages
from bot.records.database import Database
from bot.records.history import History
from bot.settings import Settings, load_settings
from bot.shared_answerer import SharedAnswerer
from bot.threads import Threads
from bot.wiring import open_database, open_index


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Over HTTP at /mcp of DANVAN_WEB_HOST and DANVAN_WEB_PORT, by token.")
    ] = False,
) -> None:
    """Serve the documents as tools for other assistants (MCP), on standard input and output."""
    settings = load_settings()
    quieten(settings)
    if http:
        logging.getLogger("bot").setLevel(logging.INFO)
        asyncio.run(_over_http(settings))
        return
    database = open_database(settings)
    try:
        asyncio.run(_over_standard_streams(settings, database))
    finally:
        database.close()


async def _over_standard_streams(settings: Settings, database: Database) -> None:
    """Answer one client until it hangs up; the model is loaded while the two get to know each other."""
    history, links = History(database), Links(settings.public_url)
    with contextlib.closing(SharedAnswerer(settings)) as shared:
        documents = PublishedDocuments(
            settings.data_dir, open_index(settings), shared.texts, CitedPassages(database).find
        )
        enquiries = Enquiries(shared.linking(links), documents, _everything, history, links)

        def load() -> None:
            shared.ensure_index()
            shared.load()

        loading = asyncio.create_task(asyncio.to_thread(load))

        async def ready() -> None:
            await asyncio.shield(loading)

        await build(lambda: enquiries, Threads(), ready).run_stdio_async()


def _everything(_asker: str) -> None:
    """Who starts the program here may read the documents' files anyway."""


async def _over_http(settings: Settings) -> None:
    from bot.web.server import serve  # noqa: PLC0415 - not needed on standard streams

    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    with contextlib.closing(SharedAnswerer(settings)) as shared:
        await serve(settings, shared, stop, pages=False)
