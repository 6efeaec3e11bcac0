"""Groups: who writes in a group's or channel's name, groups that move, and chats that cannot be written to."""

import logging
import time

import pytest

from bot.records.history import History
from tests.bot.telegram.conftest import ADMIN, GROUP, MEMBER, Run
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.server import Fault, Server

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"
PRICE = "giá nước sạch là bao nhiêu?"


async def test_who_writes_as_a_channel_is_answered_and_redeems_nothing(server: Server, run: Run) -> None:
    channel = {"id": -1009, "type": "channel", "title": "Kênh"}
    bot = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    async with run(access="open"):
        await server.say(MEMBER, "/moi_nguoi")
        await server.say(ADMIN, "/moi_nguoi")
        code = (await server.answer_to(ADMIN)).text.rpartition("start=")[2]
        message = server.message(MEMBER, GROUP, text=f"/start@kiem_thu_bot {code}", sender_chat=channel) | {"from": bot}
        await server.enqueue_update({"message": message}, token=server.token)
        await server.answer_to(GROUP)
        asked = server.message(MEMBER, GROUP, text=f"/hoi {QUESTION}", sender_chat=channel) | {"from": bot}
        await server.enqueue_update({"message": asked}, token=server.token)
        assert "Bình An" in (await server.answer_to(GROUP, 2)).text
        await server.say(777, f"/start {code}")
        await server.answer_to(777)
        await server.answer_to(ADMIN, 2)  # who came
        await server.say(ADMIN, "/nguoi")
        people = (await server.answer_to(ADMIN, 3)).text
    assert "người dùng" in people
    assert "777" in people
    assert "-1009" not in people


async def test_posts_of_a_linked_channel_are_left_in_peace(server: Server, bot: None) -> None:
    channel = {"id": -1009, "type": "channel", "title": "Kênh"}
    post = server.message(MEMBER, GROUP, text=f"/hoi {QUESTION}", sender_chat=channel, is_automatic_forward=True)
    await server.enqueue_update({"message": post}, token=server.token)
    await server.say(MEMBER, PRICE)
    await server.answer_to(MEMBER)
    assert not server.sent_to(GROUP)


@pytest.mark.parametrize("told_in", ["the old chat", "the new chat", "both"])
async def test_a_group_that_moves_keeps_its_conversation(
    server: Server, run: Run, answerer: FakeAnswerer, monkeypatch: pytest.MonkeyPatch, told_in: str
) -> None:
    """What is said under the new number waits for the move, however long that takes."""
    moved, move = -1001234567, History.move

    def slowly(self: History, channel: str, old: int, new: int) -> None:
        time.sleep(0.5)
        move(self, channel, old, new)

    monkeypatch.setattr(History, "move", slowly)
    async with run(access="open"):
        await server.say(MEMBER, f"/hoi {QUESTION}", GROUP)
        sent = await server.answer_to(GROUP)
        if told_in != "the new chat":
            leaving = server.message(MEMBER, GROUP, migrate_to_chat_id=moved)
            await server.enqueue_update({"message": leaving}, token=server.token)
        if told_in != "the old chat":
            arriving = server.message(MEMBER, moved, migrate_from_chat_id=GROUP)
            await server.enqueue_update({"message": arriving}, token=server.token)
        await server.say(MEMBER, "/hoi ai phát biểu?", moved)
        await server.answer_to(moved)
        assert answerer.asked[-1].previous == QUESTION
        sent.chat = moved
        await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
        await server.until(lambda: server.called("editMessageText"))


async def test_an_answer_into_a_group_that_has_moved_goes_where_it_is_now(server: Server, run: Run) -> None:
    moved = -1001234567
    body = {"description": "Bad Request: group chat was upgraded", "parameters": {"migrate_to_chat_id": moved}}
    server.faults.append(Fault("sendMessage", "status", status=400, chat=GROUP, body=body))
    async with run(access="open"):
        await server.say(MEMBER, f"/hoi {QUESTION}", GROUP)
        assert "Bình An" in (await server.answer_to(moved)).text


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: CHAT_WRITE_FORBIDDEN",
        "Bad Request: message thread not found",
        "Bad Request: chat not found",
        "Forbidden: bot was kicked from the supergroup chat",
    ],
)
async def test_a_chat_that_cannot_be_written_to_is_one_line(
    server: Server, run: Run, caplog: pytest.LogCaptureFixture, description: str
) -> None:
    caplog.set_level(logging.INFO)
    status = 403 if description.startswith("Forbidden") else 400
    server.faults.append(Fault("sendMessage", "status", status=status, body={"description": description}))
    async with run(access="open"):
        await server.say(MEMBER, f"/hoi {QUESTION}", GROUP)
        await server.until(lambda: server.called("sendMessage"))
        await server.quiet()
    assert len(server.called("sendMessage")) == 1
    assert caplog.text.count("a chat cannot be written to") == 1
