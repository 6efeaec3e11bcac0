"""What goes wrong around the bot: disk, database, memory, names, clock, server; nothing lost, and it recovers alone."""

import asyncio
import logging
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.records import database as records_database
from bot.records.database import FILE_NAME
from bot.telegram import texts
from bot.telegram.upkeep import PURGE_SECONDS, Upkeep
from tests.bot.telegram.conftest import ADMIN, MEMBER, OTHER, SECRET, Run, parts_of, until_crossed_out
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.server import Fault, Server
from tests.conftest import PATIENCE
from tests.ports import free_port

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"
PRICE = "giá nước sạch là bao nhiêu?"
STICKER = {"file_id": "s", "file_unique_id": "t", "width": 512, "height": 512, "is_animated": False}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.1)
    monkeypatch.setattr("bot.telegram.upkeep.TAKE_UP_SECONDS", 0.1)
    monkeypatch.setattr("bot.records.database.RESTS_SECONDS", 1.0)


async def kept_again(server: Server, user: int) -> None:
    """Ask until an answer is kept, and so has buttons."""
    asked = 0
    async with asyncio.timeout(PATIENCE):
        while not asked or not server.sent_to(user)[-1].buttons:
            asked += 1
            await server.say(user, QUESTION)
            assert "Bình An" in (await server.answer_to(user, asked)).text


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """Another program that writes and does not end."""
    with closing(sqlite3.connect(data_dir / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_people_are_answered_while_the_database_is_locked(
    server: Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.records.database.BUSY_SECONDS", 1.0)
    people = range(6001, 6009)
    async with run(access="open"):
        with locked(tmp_path / "data"):
            for user in people:
                await server.say(user, PRICE)
            await server.until(lambda: all(server.sent_to(user) for user in people))
            assert not server.sent_to(6001)[0].buttons
        await kept_again(server, MEMBER)
        await until_crossed_out(tmp_path / "data")
    assert all(len(server.sent_to(user)) == 1 for user in people)


async def test_people_are_answered_while_the_disk_is_full(
    server: Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begin, full = records_database._begin_sqlite, {"is": False}

    def begin_on_a_small_disk(connection: Any) -> None:
        begin(connection)
        pages = 1 if full["is"] else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # at least as many as there are

    monkeypatch.setattr(records_database, "_begin_sqlite", begin_on_a_small_disk)
    long = PRICE + " " + "x" * 3900
    async with run():
        full["is"] = True
        for _ in range(20):  # until no page is free any more
            await server.say(MEMBER, long)
        await server.answer_to(MEMBER, 20)
        assert "cannot be used: database or disk is full" in caplog.text
        full["is"] = False
        await kept_again(server, OTHER)
        await until_crossed_out(tmp_path / "data")
    assert len(server.sent_to(MEMBER)) == 20
    assert "xxxx" not in caplog.text


async def test_a_machine_short_of_memory_answers_when_it_has_some_again(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.handlers.questions.MEMORY_PAUSES", (0.01, 0.01))
    short = FakeAnswerer()
    answer, failures = short.answer, iter([True, True, False])

    def sometimes(question: Any, top: int = 3) -> Any:
        if question.text == QUESTION and next(failures):
            raise MemoryError
        return answer(question, top)

    async with run(parts_of(short)):
        monkeypatch.setattr(short, "answer", sometimes)
        await server.say(MEMBER, QUESTION)
        assert "Bình An" in (await server.answer_to(MEMBER)).text
        await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_names_that_cannot_be_resolved_are_waited_for(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, answers = socket.getaddrinfo, {"is": False}

    def lookup(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        if host not in ("telegram.invalid", b"telegram.invalid"):
            return resolve(host, port, *more, **options)
        if not answers["is"]:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return resolve("127.0.0.1", port, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    asyncio.get_running_loop().call_later(0.5, answers.update, {"is": True})
    async with run(telegram_base_url=f"{server.address.replace('127.0.0.1', 'telegram.invalid')}/bot"):
        await server.say(MEMBER, QUESTION)
        assert "Bình An" in (await server.answer_to(MEMBER)).text


async def test_what_the_server_refuses_for_long_is_sent_later(
    server: Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.outgoing.flood_limits.SERVER_ERROR_SECONDS", 0.0)
    monkeypatch.setattr("bot.telegram.incoming.inbox.LATER_SECONDS", (0.2, 1.0))
    server.faults.append(Fault("sendMessage", "status", times=6, status=500))
    async with run():
        await server.say(MEMBER, QUESTION)
        assert "Bình An" in (await server.answer_to(MEMBER)).text
        await until_crossed_out(tmp_path / "data")
        await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_the_offer_to_send_again_is_made_until_it_arrives(server: Server, run: Run) -> None:
    server.faults.append(Fault("sendMessage", "reset", times=3))
    async with run():
        await server.say(MEMBER, QUESTION)
        offer = await server.answer_to(MEMBER)
        assert offer.text == texts.UNCERTAIN
        await server.press(MEMBER, offer, offer.buttons[texts.SEND_AGAIN])
        await server.until(lambda: "Bình An" in server.sent_to(MEMBER)[0].text)


async def test_an_answer_that_may_have_arrived_is_offered_after_a_restart_and_not_sent(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.outgoing.flood_limits.LONGEST_PAUSE", 0.1)
    server.faults.append(Fault("sendMessage", "reset", times=1000, delivered=False))
    async with run():
        await server.say(MEMBER, QUESTION)
        await server.until(lambda: len(server.called("sendMessage")) >= 3)
    server.faults.clear()
    async with run():
        assert (await server.answer_to(MEMBER)).text == texts.UNCERTAIN
        await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_a_clock_that_jumps_deletes_nothing(
    run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    upkeep: list[Upkeep] = []
    watch = Upkeep._watch_the_clock

    def noticed(self: Upkeep) -> None:
        if not upkeep:
            upkeep.append(self)
            wall, steady = self._clocks
            self._clocks = wall - 200 * 24 * 3600, steady  # as if it had been set to next year meanwhile
        watch(self)

    async with run():
        await server.say(MEMBER, QUESTION)
        await server.answer_to(MEMBER)
        monkeypatch.setattr(Upkeep, "_watch_the_clock", noticed)
        await _until(lambda: bool(upkeep))
        await server.quiet()
    assert "the clock jumped" in caplog.text
    assert upkeep[0]._purge_at - upkeep[0]._clocks[1] > PURGE_SECONDS / 2


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


async def test_the_bot_serves_and_says_so_while_it_loads(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch, answerer: FakeAnswerer
) -> None:
    monkeypatch.setattr("bot.telegram.handlers.questions.NOTICE_SECONDS", 0.05)
    loaded = threading.Event()

    def open_answerer(settings: object, name: object) -> FakeAnswerer:
        assert loaded.wait(PATIENCE)
        return answerer

    started = asyncio.create_task(_ask_while_loading(server, loaded))
    async with run(parts_of(answerer, open_answerer=open_answerer)):
        await started
        assert "Bình An" in (await server.answer_to(MEMBER, 2)).text
        await server.quiet()
    assert [sent.text == texts.STARTING for sent in server.sent_to(MEMBER)] == [True, False]
    assert len(server.sent_to(ADMIN)) == 1


async def _ask_while_loading(server: Server, loaded: Any) -> None:
    await server.say(MEMBER, QUESTION)
    await server.answer_to(MEMBER)
    await server.say(ADMIN, "/help")
    await server.answer_to(ADMIN)
    loaded.set()


async def test_a_bot_that_cannot_load_stops_and_says_why(run: Run, answerer: FakeAnswerer) -> None:
    def broken(settings: object) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        async with run(parts_of(answerer, ensure_index=broken)):
            await asyncio.sleep(PATIENCE)


async def test_a_question_in_an_update_that_cannot_be_read_whole_is_answered(server: Server, bot: None) -> None:
    theirs = server.message(OTHER, sticker=STICKER)
    await server.say(MEMBER, QUESTION, reply_to_message=theirs)
    assert "Bình An" in (await server.answer_to(MEMBER)).text


async def test_a_webhook_passes_over_what_cannot_be_read(server: Server, run: Run) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/danvan/nhan"
    async with run(telegram_mode="webhook", webhook_url=address, webhook_secret=SECRET, webhook_port=port):
        await server.enqueue_update({"message": server.message(MEMBER, sticker=STICKER)}, token=server.token)
        await server.say(MEMBER, QUESTION)
        assert "Bình An" in (await server.answer_to(MEMBER)).text


async def test_no_library_says_a_question_in_the_log(
    server: Server, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async with run():
        await server.say(MEMBER, QUESTION)
        await server.answer_to(MEMBER)
        logging.getLogger("telegram.ext.Updater").critical("Received data was %r", {"text": QUESTION})
        logging.getLogger("asyncio").error("Task exception\nfuture: <Task exception=ValueError('%s')>", QUESTION)
        logging.getLogger("sqlalchemy").error(f"bad row\n{QUESTION}")
        logging.getLogger("somewhere").error("it broke", exc_info=ValueError(QUESTION))
    assert "Received data" in caplog.text
    assert "it broke" in caplog.text
    assert "trồng cây" not in caplog.text
