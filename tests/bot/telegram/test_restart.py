"""The process dies in the middle, or is asked to stop: every question is answered all the same, once."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.records.database import Database, default_url
from bot.records.journal import Journal
from bot.telegram.incoming.inbox import Inbox
from tests.bot.telegram.conftest import MEMBER, OTHER, Run, parts_of
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.server import Fault, Server, running_server
from tests.conftest import PATIENCE

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"
PEOPLE = range(5001, 5021)


@asynccontextmanager
async def bot_process(server: Server, data_dir: Path, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    arguments = ("-m", "tests.bot.telegram.bot_process", server.address, str(data_dir), *options)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ask_everybody(server: Server) -> None:
    for user in PEOPLE:
        await server.say(user, f"trưởng thôn số {user - 5001} là ai?")


def check_answers(server: Server, beside: Collection[str] = ()) -> list[int]:
    """That everybody has their own answer, and at most what is said `beside` it; how many messages each got."""
    for user in PEOPLE:
        for sent in server.sent_to(user):
            if sent.text in beside:
                continue
            assert sent.entity("bold").text == f"ông Nguyễn Số{user - 5001}"
    return [len(server.sent_to(user)) for user in PEOPLE]


@pytest.mark.parametrize("killed_after", [0, 3, 11])
async def test_killed_with_twenty_questions_in_flight(server: Server, tmp_path: Path, killed_after: int) -> None:
    def answered() -> int:
        return sum(bool(server.sent_to(user)) for user in PEOPLE)

    async with bot_process(server, tmp_path, "--stuck-after", str(killed_after)) as process:
        await server.until(lambda: server.called("setMyCommands"))
        await ask_everybody(server)
        await server.until(lambda: server.called("sendChatAction") and answered() >= killed_after)
        process.kill()
        await process.wait()
    assert killed_after <= answered() < len(PEOPLE)
    async with bot_process(server, tmp_path):
        await server.until(lambda: answered() == len(PEOPLE))
        await server.quiet(1.0)
    counts = check_answers(server)
    assert min(counts) == 1
    assert sum(count - 1 for count in counts) <= 1


async def test_sigterm_finishes_what_is_in_flight(server: Server, tmp_path: Path) -> None:
    async with bot_process(server, tmp_path, "--seconds", "0.2") as process:
        await server.until(lambda: server.called("setMyCommands"))
        await ask_everybody(server)
        await server.until(lambda: server.called("sendChatAction"))
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    received = len({call.chat for call in server.called("sendChatAction")})
    counts = check_answers(server)
    assert sum(counts) == sum(bool(count) for count in counts) >= received


async def test_an_answer_that_cannot_be_sent_before_the_stop_is_sent_after_the_restart(
    server: Server, run: Run, answerer: FakeAnswerer
) -> None:
    async with run():
        server.faults.append(Fault("sendMessage", "status", times=1000, status=502))
        await server.say(MEMBER, QUESTION)
        await server.until(lambda: server.called("sendMessage"))
    assert not server.sent_to(MEMBER)
    server.faults.clear()
    async with run():
        await server.answer_to(MEMBER)
        await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_an_update_the_server_hands_out_again_is_answered_once(server: Server, run: Run) -> None:
    update = {"update_id": 500, "message": server.message(MEMBER, text="Xin chào")}
    async with run():
        await server.enqueue_update(update, token=server.token)
        await server.answer_to(MEMBER)
    server._update_queues._state(server.token).updates.append(update)
    async with run():
        await server.say(OTHER, QUESTION)
        await server.answer_to(OTHER)
        await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_a_server_that_counts_anew_is_answered(server: Server, run: Run) -> None:
    """Another server behind the same data folder: its first message has the number of an old one."""
    async with run():
        await server.say(MEMBER, QUESTION)
        await server.answer_to(MEMBER)
    async with running_server() as other, run(telegram_base_url=f"{other.address}/bot", before=other):
        await other.enqueue_update({"message": other.message(MEMBER, text=QUESTION, date=9)}, token=other.token)
        assert "Bình An" in (await other.answer_to(MEMBER)).text


async def test_an_answer_noted_as_sent_is_not_sent_again(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch, answerer: FakeAnswerer
) -> None:
    """The process dies after the answer was sent and before its update was crossed out."""

    async def dead(inbox: Inbox, update: object) -> None:
        """Nothing more is written."""

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "finish", dead)
        async with run():
            await server.say(MEMBER, QUESTION)
            await server.answer_to(MEMBER)
            await server.quiet()
    async with run():
        await server.say(OTHER, QUESTION)
        await server.answer_to(OTHER)
        await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_an_update_that_kills_the_bot_each_time_is_given_up(
    server: Server, run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database.open(default_url(tmp_path / "data"))
    journal = Journal(database, "telegram:7")
    message = server.message(MEMBER, text=QUESTION)
    for number, attempts in ((1, 0), (2, 3)):
        payload = f'{{"update_id": {number}, "message": {server.as_json(message)}}}'
        journal.receive(number, payload)
        if attempts:
            for _ in range(attempts):
                journal.take_up()
        else:
            journal.finish(1)
    database.close()
    async with run(parts_of(FakeAnswerer())):
        await server.quiet(0.5)
    assert not server.sent_to(MEMBER)
    assert "given up after" in caplog.text
