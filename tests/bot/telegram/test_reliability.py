"""What goes wrong on the line, and many people at once: nothing lost, nothing twice, nothing crossed."""

import asyncio
import threading
from itertools import pairwise
from typing import Any

import pytest
from telegram.constants import FloodLimit

from bot.answers import Answer
from bot.telegram import texts
from bot.telegram.outgoing.flood_limits import PatientLimiter
from corpus.errors import DamagedIndexError
from embeddings.question.question import Question
from tests.bot.telegram.conftest import GROUP, MEMBER, OTHER, Run, parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import Fault, Server
from tests.conftest import PATIENCE

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"
PRICE = "giá nước sạch là bao nhiêu?"


async def test_a_flood_limit_is_waited_out(server: Server, bot: None) -> None:
    server.faults.append(Fault("sendMessage", "status", times=2, status=429, retry_after=1))
    await server.say(MEMBER, QUESTION)
    assert "Bình An" in (await server.answer_to(MEMBER)).text
    tries = [call.at for call in server.called("sendMessage")]
    assert [later - earlier >= 1 for earlier, later in pairwise(tries)] == [True, True]
    assert len(server.sent_to(MEMBER)) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_refusal_by_the_server_is_tried_again(server: Server, bot: None, status: int) -> None:
    server.faults.append(Fault("sendMessage", "status", times=2, status=status))
    await server.say(MEMBER, QUESTION)
    assert "Bình An" in (await server.answer_to(MEMBER)).text
    assert len(server.sent_to(MEMBER)) == 1


@pytest.mark.parametrize("kind", ["timeout", "reset"])
@pytest.mark.parametrize("delivered", [True, False])
async def test_what_may_have_arrived_is_not_sent_again_unasked(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch, kind: str, delivered: bool
) -> None:
    monkeypatch.setattr("bot.telegram.application.READ_SECONDS", 3.0)
    async with run():
        server.faults.append(Fault("sendMessage", kind, delivered=delivered))
        await server.say(MEMBER, QUESTION)
        note = await server.answer_to(MEMBER, 2 if delivered else 1)
        assert note.text == texts.UNCERTAIN
        answers = [sent for sent in server.sent_to(MEMBER) if "Bình An" in sent.text]
        assert len(answers) == (1 if delivered else 0)
        await server.press(MEMBER, note, note.buttons[texts.SEND_AGAIN])
        await server.until(lambda: server.messages[MEMBER, note.id].edits)
        assert "Vì một xã Bình An" in server.messages[MEMBER, note.id].text


async def test_polling_survives_whatever_the_server_does(server: Server, bot: None) -> None:
    for kind, status in (("reset", 0), ("status", 502), ("status", 500), ("status", 409)):
        server.faults.append(Fault("getUpdates", kind, status=status))
    await server.say(MEMBER, QUESTION)
    assert "Bình An" in (await server.answer_to(MEMBER)).text


async def test_a_stalled_polling_is_noticed_and_restarted(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram.upkeep.STALL_SECONDS", 1.5)
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.2)
    async with run():
        await server.say(MEMBER, QUESTION)
        await server.answer_to(MEMBER)
        server.faults.append(Fault("getUpdates", "timeout"))
        await server.say(OTHER, QUESTION)  # wakes the poll that is under way; the next one hangs
        await server.answer_to(OTHER)
        await server.say(MEMBER, QUESTION)
        assert "Bình An" in (await server.answer_to(MEMBER, 2)).text
    assert "polling is restarted" in caplog.text


async def test_typing_does_not_use_up_the_limit_of_a_group(server: Server, bot: None) -> None:
    for _ in range(15):
        await server.say(MEMBER, f"/hoi {PRICE}", GROUP)
    await server.answer_to(GROUP, 15)
    assert len(server.called("sendChatAction", GROUP)) >= 15


async def test_typing_goes_out_while_the_limit_of_a_group_is_used_up() -> None:
    limiter, called = PatientLimiter(asyncio.Event()), list[str]()

    async def call(endpoint: str) -> dict[str, int]:
        called.append(endpoint)
        return {"message_id": 1}

    async def request(endpoint: str) -> None:
        await limiter.process_request(call, (endpoint,), {}, endpoint, {"chat_id": GROUP}, None)

    for _ in range(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP):
        await request("sendMessage")
    waiting = asyncio.create_task(request("sendMessage"))
    await asyncio.sleep(0)
    await request("sendChatAction")
    assert called[-1] == "sendChatAction"
    assert not waiting.done()
    waiting.cancel()


async def test_fifty_people_at_once_get_their_own_answers_in_order(server: Server, run: Run) -> None:
    library = [document(f"d{n}", f"Thôn số {n}", f"Trưởng thôn số {n} là ông Nguyễn Số{n}.") for n in range(100)]
    many = FakeAnswerer([*LIBRARY, *library], seconds=0.0)
    people = range(2001, 2051)
    async with run(parts_of(many), access="open"):
        many.seconds = 0.02
        for user in people:
            await server.say(user, f"trưởng thôn số {user - 2001} là ai?")
            await server.say(user, f"trưởng thôn số {user - 1951} là ai?")
        await server.until(lambda: all(len(server.sent_to(user)) >= 2 for user in people))
        await server.quiet()
    for user in people:
        sent = server.sent_to(user)
        assert [one.entity("bold").text for one in sent] == [
            f"ông Nguyễn Số{user - 2001}",
            f"ông Nguyễn Số{user - 1951}",
        ]


async def test_a_chat_keeps_its_order_while_others_go_on(server: Server, run: Run) -> None:
    slow, known = FakeAnswerer(), threading.Event()
    answer = slow.answer

    def unequal(question: Question, top: int = 3) -> Answer:
        if "thư viện" in question.text:
            assert known.wait(PATIENCE)
        return answer(question, top)

    async with run(parts_of(slow), access="open"):
        slow.answer = unequal  # type: ignore[method-assign]
        await server.say(3001, "giờ mở cửa của thư viện là gì?")
        await server.say(3001, PRICE)
        await server.say(3002, PRICE)
        await server.answer_to(3002)
        assert not server.sent_to(3001)
        known.set()
        second = await server.answer_to(3001, 2)
    first = server.sent_to(3001)[0]
    assert "thư viện" in first.text
    assert "6.500" in second.text
    assert first.at < second.at


async def test_a_new_generation_answers_the_next_question(server: Server, run: Run) -> None:
    state = {"answerer": FakeAnswerer()}
    opened: list[str] = []

    def reopen(settings: object, name: object, before: object) -> FakeAnswerer:
        opened.append(state["answerer"].retriever.generation_id)
        return state["answerer"]

    parts = parts_of(
        state["answerer"],
        published_id=lambda data_dir: state["answerer"].retriever.generation_id,
        reopen=reopen,
    )
    async with run(parts, access="open"):
        for number in range(1, 6):
            news = document("tin-moi", "Tin mới", f"Chủ tịch xã mới được bầu là bà Số{number}.")
            state["answerer"] = FakeAnswerer([*LIBRARY, news], generation=f"n{number}")
            for user in (4001, 4002, 4003):
                await server.say(user, "chủ tịch xã mới được bầu là ai?")
            for user in (4001, 4002, 4003):
                assert (await server.answer_to(user, number)).entity("bold").text == f"bà Số{number}"
    assert opened == [f"n{number}" for number in range(1, 6)]


async def test_nobody_elses_rights_wait_while_a_new_generation_is_opened(server: Server, run: Run) -> None:
    """Taps that need the new generation wait for it in the model's threads, not in those that look up who may ask."""
    first, second = FakeAnswerer(), FakeAnswerer(generation="g2")
    state = {"published": "g1"}
    opening, released = threading.Event(), threading.Event()

    def reopen(settings: object, name: object, before: object) -> FakeAnswerer:
        opening.set()
        assert released.wait(PATIENCE)
        return second

    async with run(parts_of(first, published_id=lambda data_dir: state["published"], reopen=reopen), access="open"):
        state["published"] = "g2"
        for user in (4101, 4102, 4103, 4104):
            await server.say(user, "/tailieu")
        try:
            assert await asyncio.to_thread(opening.wait, PATIENCE)
            await server.say(MEMBER, "/help")
            assert "/tailieu" in (await server.answer_to(MEMBER)).text
            assert not any(server.sent_to(user) for user in (4101, 4102, 4103, 4104))
        finally:
            released.set()
        for user in (4101, 4102, 4103, 4104):
            assert "tài liệu" in (await server.answer_to(user)).text


async def test_a_generation_that_cannot_be_opened_leaves_the_old_one_answering(server: Server, run: Run) -> None:
    state: dict[str, Any] = {"published": "g1", "tries": 0}

    def reopen(settings: object, name: object, before: object) -> FakeAnswerer:
        state["tries"] += 1
        raise DamagedIndexError("files are missing")

    async with run(parts_of(FakeAnswerer(), published_id=lambda data_dir: state["published"], reopen=reopen)):
        state["published"] = "g2"
        for count in (1, 2):
            await server.say(MEMBER, QUESTION)
            assert "Vì một xã Bình An" in (await server.answer_to(MEMBER, count)).text
    assert state["tries"] == 1
