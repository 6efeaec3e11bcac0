"""The same bot, called instead of asking: by webhook, with the secret checked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from tests.bot.telegram.conftest import ADMIN, GROUP, MEMBER, SECRET, STRANGER, Run
from tests.bot.telegram.server import Server
from tests.ports import free_port

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"


@pytest.fixture
async def webhook(run: Run) -> AsyncIterator[str]:
    """A bot in webhook mode; its address."""
    async with in_webhook_mode(run) as address:
        yield address


@asynccontextmanager
async def in_webhook_mode(run: Run) -> AsyncIterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}/danvan/nhan"
    async with run(telegram_mode="webhook", webhook_url=address, webhook_secret=SECRET, webhook_port=port):
        yield address


async def test_the_whole_way_works_by_webhook(server: Server, webhook: str) -> None:
    await server.until(lambda: server.called("setWebhook"))
    assert server.called("setWebhook")[0].fields["secret_token"] == SECRET.get_secret_value()
    asked = await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    assert sent.entity("bold").text.startswith("Vì một xã Bình An")
    await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
    await server.until(lambda: server.sent_to(MEMBER)[0].edits == 1)
    await server.edit(MEMBER, asked, "giá nước sạch là bao nhiêu?")
    await server.until(lambda: server.sent_to(MEMBER)[0].edits == 2)
    assert "6.500" in server.sent_to(MEMBER)[0].text
    await server.say(MEMBER, f"/hoi {QUESTION}", GROUP)
    assert "Bình An" in (await server.answer_to(GROUP)).text
    await server.say(STRANGER, QUESTION)
    assert str(STRANGER) in (await server.answer_to(STRANGER)).text
    await server.say(ADMIN, "/stats")
    assert "Câu hỏi: 2" in (await server.answer_to(ADMIN)).text
    assert not server.called("getUpdates")


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}])
async def test_a_call_without_the_secret_is_turned_away(server: Server, webhook: str, headers: dict[str, str]) -> None:
    update = {"update_id": 9, "message": server.message(MEMBER, text=QUESTION)}
    async with ClientSession() as client, client.post(webhook, json=update, headers=headers) as response:
        assert response.status == 403
    await server.quiet()
    assert not server.sent_to(MEMBER)


async def test_an_update_delivered_again_is_answered_once(server: Server, webhook: str) -> None:
    update = {"update_id": 9, "message": server.message(MEMBER, text=QUESTION)}
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET.get_secret_value()}
    async with ClientSession() as client:
        calls = [client.post(webhook, json=update, headers=headers) for _ in range(3)]
        assert [response.status for response in await asyncio.gather(*calls)] == [200, 200, 200]
    await server.answer_to(MEMBER)
    await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id": "x"}', b'{"update_id": 1, "message": {"text": 3}}'])
async def test_rubbish_from_outside_does_no_harm(server: Server, webhook: str, body: bytes) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET.get_secret_value(), "Content-Type": "application/json"}
    async with ClientSession() as client, client.post(webhook, data=body, headers=headers) as response:
        assert response.status < 600
    await server.say(MEMBER, QUESTION)
    assert "Bình An" in (await server.answer_to(MEMBER)).text
