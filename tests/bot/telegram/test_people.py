"""Who gets in: invitations, revocation, admins; and that strangers get nothing by any route."""

import logging
import re

import pytest

from bot.telegram import texts
from tests.bot.telegram.conftest import ADMIN, GROUP, MEMBER, OTHER, STRANGER, Run
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer
from tests.bot.telegram.server import Server

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"


async def invited(server: Server, command: str = "/moi_nguoi") -> str:
    """An admin asks for an invitation; the payload of its link."""
    count = len(server.sent_to(ADMIN))
    await server.say(ADMIN, command)
    link = (await server.answer_to(ADMIN, count + 1)).text.split("\n")[-1]
    found = re.fullmatch(r"https://t\.me/kiem_thu_bot\?start=([A-Za-z0-9_-]{1,64})", link)
    assert found
    return found[1]


async def test_an_invitation_lets_one_person_in_once(server: Server, bot: None) -> None:
    payload = await invited(server)
    await server.say(STRANGER, f"/start {payload}")
    assert "Xin chào" in (await server.answer_to(STRANGER)).text
    await server.say(STRANGER, QUESTION)
    assert "Bình An" in (await server.answer_to(STRANGER, 2)).text
    await server.say(667, f"/start {payload}")
    refused = await server.answer_to(667)
    assert refused.text.startswith(texts.BAD_INVITE)
    assert "667" in refused.text
    await server.say(667, QUESTION)
    await server.quiet()
    assert len(server.sent_to(667)) == 1


async def test_two_people_with_one_invitation_at_once_are_one_too_many(server: Server, bot: None) -> None:
    payload = await invited(server)
    for user in range(700, 710):
        await server.say(user, f"/start {payload}")
    await server.until(lambda: all(server.sent_to(user) for user in range(700, 710)))
    assert sum("Xin chào" in server.sent_to(user)[0].text for user in range(700, 710)) == 1


async def test_revocation_takes_effect_at_once(server: Server, bot: None) -> None:
    await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    await server.say(ADMIN, f"/thu_hoi {MEMBER}")
    assert str(MEMBER) in (await server.answer_to(ADMIN)).text
    await server.say(MEMBER, QUESTION)
    assert "chưa" not in (await server.answer_to(MEMBER, 2)).text
    assert str(MEMBER) in server.sent_to(MEMBER)[1].text
    await server.press(MEMBER, sent, sent.buttons["Xem ngữ cảnh"])
    await server.quiet()
    assert server.sent_to(MEMBER)[0].edits == 0


@pytest.mark.parametrize("argument", ["", "abc", "-5", "999999", f"{ADMIN}", "١٢"])
async def test_revoking_what_cannot_be_revoked_is_answered_kindly(server: Server, bot: None, argument: str) -> None:
    await server.say(ADMIN, f"/thu_hoi {argument}")
    text = (await server.answer_to(ADMIN)).text
    assert text.startswith(("Vui lòng ghi mã số", "Không thu hồi được"))


async def test_the_first_admin_is_invited_by_the_log(
    server: Server, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with run(admin_users=()):
        link = re.search(r"https://t\.me/kiem_thu_bot\?start=(\S+)", caplog.text)
        assert link
        await server.say(STRANGER, f"/start {link[1]}")
        await server.answer_to(STRANGER, 2)
        assert server.sent_to(STRANGER)[0].text == texts.WELCOME_ADMIN
        await server.say(STRANGER, "/stats")
        assert "Câu hỏi:" in (await server.answer_to(STRANGER, 3)).text
    menus = [call.fields.get("scope", "") for call in server.called("setMyCommands")]
    assert any(str(STRANGER) in menu for menu in menus)
    caplog.clear()
    async with run(admin_users=()):
        await server.say(STRANGER, "/stats")
        await server.answer_to(STRANGER, 4)
    assert "start=" not in caplog.text


async def test_admin_commands_are_in_the_admins_menu_only(server: Server, bot: None) -> None:
    calls = await server.until(lambda: len(server.called("setMyCommands")) == 2 and server.called("setMyCommands"))
    by_scope = {call.fields.get("scope"): call.fields["commands"] for call in calls}
    assert "reindex" not in by_scope[None]
    [scope] = [scope for scope in by_scope if scope is not None]
    assert server.decoded(scope) == {"type": "chat", "chat_id": ADMIN}
    assert all(name in by_scope[scope] for name in ("stats", "reindex", "unanswered"))


@pytest.mark.parametrize("command", ["/stats", "/reindex", "/unanswered", "/moi_nguoi", f"/thu_hoi {OTHER}", "/nguoi"])
async def test_admin_commands_change_nothing_for_others(
    server: Server, bot: None, command: str, answerer: FakeAnswerer
) -> None:
    await server.say(MEMBER, command)
    assert (await server.answer_to(MEMBER)).text == texts.ADMIN_ONLY
    await server.say(STRANGER, command)
    await server.say(OTHER, QUESTION)
    assert "Bình An" in (await server.answer_to(OTHER)).text
    assert "Câu hỏi:" not in str(server.sent_to(STRANGER))


async def test_a_stranger_gets_no_content_by_any_route(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    await server.say(MEMBER, QUESTION)
    mine = await server.answer_to(MEMBER)
    before = len(answerer.asked)
    asked = await server.say(STRANGER, QUESTION)
    await server.edit(STRANGER, asked, QUESTION + " sửa")
    await server.say(STRANGER, f"/start p_{answerer.retriever.passages[0].id}")
    await server.say(STRANGER, f"/hoi {QUESTION}", GROUP)
    await server.say(STRANGER, f"@kiem_thu_bot {QUESTION}", GROUP, entities=mention(13))
    for command in ("/tailieu", "/help", "/moi", "/quen", "/stats", "/nguoi"):
        await server.say(STRANGER, command)
    await server.press(STRANGER, mine, mine.buttons["Xem ngữ cảnh"])
    await server.press(STRANGER, mine, "e:0:0")
    await server.press(STRANGER, mine, "d:0:0")
    await server.say(STRANGER, "", photo=[{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}])
    await server.say(OTHER, QUESTION)
    await server.answer_to(OTHER)
    await server.quiet()
    told = [*server.sent_to(STRANGER), *server.sent_to(GROUP)]
    assert told
    for sent in told:
        assert str(STRANGER) in sent.text
        assert not any(found.title in sent.text or "Bình An" in sent.text for found in LIBRARY)
    assert server.sent_to(MEMBER)[0].edits == 0
    assert len(answerer.asked) == before + 1


def mention(length: int) -> list[dict[str, object]]:
    return [{"type": "mention", "offset": 0, "length": length}]
