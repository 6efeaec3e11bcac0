"""The real application against the emulator, on loopback."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.records.database import FILE_NAME, Database, default_url
from bot.reindexing import ReindexReport
from bot.settings import Settings
from bot.telegram.application import serve
from bot.telegram.services import Parts
from bot.wiring import open_library
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.server import TOKEN, Server, running_server
from tests.conftest import PATIENCE
from tests.ports import free_port

MEMBER, OTHER, ADMIN, STRANGER = 101, 102, 900, 666
GROUP = -1001
SECRET = SecretStr("bi-mat_123")

Run = Callable[..., AbstractAsyncContextManager[Any]]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running_server() as started:
        yield started


@pytest.fixture
def answerer() -> FakeAnswerer:
    return FakeAnswerer()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, to copy: making them takes longer than a test."""
    folder = tmp_path_factory.mktemp("database")
    Database.open(default_url(folder)).close()
    return folder / FILE_NAME


@pytest.fixture
def settings_for(tmp_path: Path, server: Server, empty_database: Path) -> Callable[..., Settings]:
    (tmp_path / "data").mkdir()
    shutil.copy(empty_database, tmp_path / "data")

    def make(**more: Any) -> Settings:
        given: dict[str, Any] = {
            "data_dir": tmp_path / "data",
            "telegram_token": SecretStr(TOKEN),
            "telegram_base_url": f"{server.address}/bot",
            "telegram_base_file_url": f"{server.address}/file/bot",
            "allowed_users": (MEMBER, OTHER),
            "admin_users": (ADMIN,),
        }
        return Settings(_env_file=None, **(given | more))  # type: ignore[call-arg]

    return make


def parts_of(answerer: FakeAnswerer, **more: Any) -> Parts:
    """The rest of the program, with `answerer` in the place of the model."""
    given: dict[str, Any] = {
        "ensure_index": lambda settings: None,
        "open_answerer": lambda settings, name: answerer,
        "reopen": lambda settings, name, before: answerer,
        "published_id": lambda data_dir: answerer.retriever.generation_id,
        "reindex": lambda settings: ReindexReport("g1", False, 3, 9, (), 0.1),
        "original": lambda settings, document: None,
        "library": open_library,
        "roll_back": lambda settings: ("g1", "g0"),
        "kept": lambda settings: ("g1", "g0"),
    }
    return Parts(**(given | more))


@pytest.fixture
def run(settings_for: Callable[..., Settings], answerer: FakeAnswerer, server: Server) -> Run:
    """Run the bot inside a block: `async with run(access="open"):`."""

    @asynccontextmanager
    async def running(parts: Parts | None = None, before: Server = server, **more: Any) -> AsyncIterator[None]:
        used = parts or parts_of(answerer)
        stop = asyncio.Event()
        task = asyncio.create_task(serve(settings_for(**more), used, stop))
        started = asyncio.create_task(before.until(lambda: _serves(before)))
        await asyncio.wait((task, started), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            started.cancel()
            task.result()
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(task, PATIENCE)

    return running


@pytest.fixture(params=["polling", "webhook"])
async def bot(run: Run, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """The bot with its usual settings, asking for updates and being called."""
    more: dict[str, Any] = {}
    if request.param == "webhook":
        port = free_port()
        url = f"http://127.0.0.1:{port}/danvan/nhan"
        more = {"telegram_mode": "webhook", "webhook_url": url, "webhook_port": port, "webhook_secret": SECRET}
    async with run(**more):
        yield


def _serves(server: Server) -> bool:
    """Whether the bot takes updates in, and its answerer is loaded."""
    takes_in = server.called("deleteWebhook") or server.called("setWebhook")
    return bool(takes_in and server.called("setMyCommands"))


def open_entries(data_dir: Path) -> int:
    """How many updates are written down and not crossed out."""
    with closing(sqlite3.connect(data_dir / FILE_NAME)) as connection:
        return int(connection.execute("SELECT count(*) FROM received WHERE finished IS NULL").fetchone()[0])


async def until_crossed_out(data_dir: Path) -> None:
    """Wait until everything about the updates that have been received is done."""
    async with asyncio.timeout(PATIENCE):
        while open_entries(data_dir):
            await asyncio.sleep(0.02)
