"""Who gets in: invitations, revocation, admins; and that strangers get nothing by any route."""

import logging
import re
from pathlib import Path

import pytest

from bot.data_folder.backup import back_up
from bot.data_folder.restoring import restore
from bot.records.access import Access, Role
from bot.records.database import Database, default_url
from bot.settings import Settings
from bot.telegram import admin_texts, texts
from corpus.errors import IndexingError
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


async def test_who_was_refused_let_in_and_shut_out_is_told_so_at_once(server: Server, bot: None) -> None:
    await server.say(STRANGER, QUESTION)
    assert str(STRANGER) in (await server.answer_to(STRANGER)).text
    payload = await invited(server)
    await server.say(STRANGER, f"/start {payload}")
    await server.answer_to(STRANGER, 2)
    await server.say(STRANGER, QUESTION)
    await server.answer_to(STRANGER, 3)
    await server.say(ADMIN, f"/thu_hoi {STRANGER}")
    await server.until(lambda: "Đã thu hồi" in server.sent_to(ADMIN)[-1].text)
    await server.say(STRANGER, QUESTION)
    assert "chỉ phục vụ người đã được cấp quyền" in (await server.answer_to(STRANGER, 4)).text


async def test_the_admin_who_invited_hears_who_came(server: Server, bot: None) -> None:
    payload = await invited(server)
    await server.say(STRANGER, f"/start {payload}")
    await server.answer_to(STRANGER)
    assert f"Người {STRANGER} ({STRANGER})" in (await server.answer_to(ADMIN, 2)).text
    await server.say(ADMIN, "/nguoi")
    assert f"• {STRANGER} – người dùng – Người {STRANGER}" in (await server.answer_to(ADMIN, 3)).text


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
    await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
    await server.quiet()
    assert server.sent_to(MEMBER)[0].edits == 0


@pytest.mark.parametrize("argument", ["", "abc", "-5", "999999", f"{ADMIN}", "١٢"])
async def test_revoking_what_cannot_be_revoked_is_answered_kindly(server: Server, bot: None, argument: str) -> None:
    await server.say(ADMIN, f"/thu_hoi {argument}")
    text = (await server.answer_to(ADMIN)).text
    assert text.startswith(("Vui lòng ghi mã số", "Không thu hồi được"))


async def test_the_only_admin_cannot_lock_everybody_out(
    server: Server, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async with run(admin_users=()):
        link = re.search(r"https://t\.me/kiem_thu_bot\?start=(\S+)", caplog.text)
        assert link
        await server.say(STRANGER, f"/start {link[1]}")
        await server.answer_to(STRANGER, 2)
        await server.say(STRANGER, f"/thu_hoi {STRANGER}")
        asked = await server.answer_to(STRANGER, 3)
        assert asked.text == admin_texts.REVOKE_YOURSELF
        await server.press(STRANGER, asked, asked.buttons[admin_texts.REVOKE])
        await server.until(lambda: asked.id and server.messages[STRANGER, asked.id].edits)
        assert "quản trị viên duy nhất" in server.messages[STRANGER, asked.id].text
        await server.say(STRANGER, "/stats")
        assert "Câu hỏi:" in (await server.answer_to(STRANGER, 4)).text


async def test_shutting_out_an_admin_is_asked_back(server: Server, bot: None) -> None:
    payload = await invited(server, "/moi_nguoi quantri")
    await server.say(STRANGER, f"/start {payload}")
    await server.answer_to(ADMIN, 2)
    await server.say(ADMIN, f"/thu_hoi {STRANGER}")
    asked = await server.answer_to(ADMIN, 3)
    assert f"Người {STRANGER}" in asked.text
    await server.press(ADMIN, asked, asked.buttons[admin_texts.KEEP])
    await server.until(lambda: server.messages[ADMIN, asked.id].edits == 1)
    await server.press(MEMBER, asked, asked.buttons[admin_texts.REVOKE])  # forged: a member is no admin
    await server.say(STRANGER, "/stats")
    assert "Câu hỏi:" in (await server.answer_to(STRANGER, 3)).text
    await server.press(ADMIN, asked, asked.buttons[admin_texts.REVOKE])
    await server.until(lambda: server.messages[ADMIN, asked.id].edits == 2)
    assert server.messages[ADMIN, asked.id].text == f"Đã thu hồi quyền của {STRANGER}."
    await server.until(lambda: server.called("deleteMyCommands"))


async def test_an_invitation_with_a_word_it_does_not_know_is_not_made(server: Server, bot: None) -> None:
    await server.say(ADMIN, "/moi_nguoi abc <b>")
    assert "chưa hiểu “abc <b>”" in (await server.answer_to(ADMIN)).text
    await server.say(ADMIN, "/nguoi")
    assert "Lời mời" not in (await server.answer_to(ADMIN, 2)).text


async def test_open_invitations_are_seen_and_withdrawn(server: Server, bot: None) -> None:
    payload = await invited(server)
    await server.say(ADMIN, "/nguoi")
    listed = await server.answer_to(ADMIN, 2)
    [(label, data)] = [(label, data) for label, data in listed.buttons.items() if label.startswith("Hủy lời mời")]
    assert f"• {label.rpartition(' ')[2]} – người dùng, đến ngày" in listed.text
    await server.press(ADMIN, listed, data)
    await server.until(lambda: server.messages[ADMIN, listed.id].edits)
    await server.say(STRANGER, f"/start {payload}")
    assert (await server.answer_to(STRANGER)).text.startswith(texts.BAD_INVITE)
    await server.say(ADMIN, "/nhat_ky")
    told = (await server.answer_to(ADMIN, 3)).text
    assert f"tạo lời mời: người dùng {label.rpartition(' ')[2]}" in told
    assert f"hủy lời mời: người dùng {label.rpartition(' ')[2]}" in told


async def test_a_stranger_asks_to_be_let_in_and_an_admin_decides(server: Server, bot: None) -> None:
    await server.say(STRANGER, QUESTION)
    refusal = await server.answer_to(STRANGER)
    await server.press(STRANGER, refusal, refusal.buttons[texts.REQUEST_ACCESS])
    request = await server.answer_to(ADMIN)
    assert f"Người {STRANGER} (mã số {STRANGER})" in request.text
    await server.press(STRANGER, refusal, refusal.buttons[texts.REQUEST_ACCESS])
    told = await server.until(lambda: len(calls := server.called("answerCallbackQuery")) == 2 and calls)
    assert [call.fields["text"] for call in told] == [texts.REQUESTED, texts.REQUESTED_ALREADY]
    await server.press(STRANGER, request, request.buttons[admin_texts.LET_IN])  # forged
    await server.press(ADMIN, request, request.buttons[admin_texts.LET_IN])
    assert (await server.answer_to(STRANGER, 2)).text == texts.LET_IN
    await server.say(STRANGER, QUESTION)
    assert "Bình An" in (await server.answer_to(STRANGER, 3)).text
    await server.press(ADMIN, request, request.buttons[admin_texts.DECLINE])
    await server.until(lambda: server.messages[ADMIN, request.id].text == admin_texts.DECIDED_ALREADY)
    await server.say(ADMIN, "/nhat_ky")
    assert f"cho phép: Người {STRANGER}" in (await server.answer_to(ADMIN, 2)).text


async def test_who_was_declined_does_not_ask_every_minute(server: Server, bot: None) -> None:
    await server.say(STRANGER, QUESTION)
    refusal = await server.answer_to(STRANGER)
    await server.press(STRANGER, refusal, refusal.buttons[texts.REQUEST_ACCESS])
    request = await server.answer_to(ADMIN)
    await server.press(ADMIN, request, request.buttons[admin_texts.DECLINE])
    await server.until(lambda: server.messages[ADMIN, request.id].edits)
    await server.press(STRANGER, refusal, refusal.buttons[texts.REQUEST_ACCESS])
    told = await server.until(lambda: len(calls := server.called("answerCallbackQuery")) == 3 and calls)
    assert told[-1].fields["text"].startswith("Hiện chưa nhận thêm yêu cầu")
    assert len(server.sent_to(ADMIN)) == 1


async def test_people_are_given_names(server: Server, bot: None) -> None:
    await server.say(ADMIN, f"/ten {MEMBER}  Bà Lê   Thị Mận")
    assert (await server.answer_to(ADMIN)).text == f"Đã đặt tên gọi cho {MEMBER}: Bà Lê Thị Mận."
    await server.say(ADMIN, "/nguoi")
    assert f"• {MEMBER} – người dùng – Bà Lê Thị Mận" in (await server.answer_to(ADMIN, 2)).text
    for wrong in ("/ten", "/ten abc Tên", f"/ten {STRANGER} Ai đó"):
        await server.say(ADMIN, wrong)
    await server.answer_to(ADMIN, 5)
    assert [sent.text.split(":")[0] for sent in server.sent_to(ADMIN)[2:]] == [
        "Vui lòng ghi mã số và tên gọi sau lệnh, ví dụ",
        "Vui lòng ghi mã số và tên gọi sau lệnh, ví dụ",
        "Không đặt được",
    ]


async def test_what_is_changed_elsewhere_acts_in_the_running_bot(
    server: Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.05)
    async with run():
        await server.say(MEMBER, QUESTION)
        await server.answer_to(MEMBER)
        database = Database.open(default_url(tmp_path / "data"))
        access = Access(database, admins=[f"telegram:{ADMIN}"], members=[f"telegram:{MEMBER}"])
        access.redeem(access.invite(Role.ADMIN), f"telegram:{OTHER}")
        await server.until(
            lambda: any(str(OTHER) in call.fields.get("scope", "") for call in server.called("setMyCommands"))
        )
        assert access.revoke(f"telegram:{OTHER}")
        assert access.revoke(f"telegram:{MEMBER}")
        database.close()
        await server.until(lambda: server.called("deleteMyCommands"))
        await server.say(MEMBER, QUESTION)
        assert str(MEMBER) in (await server.answer_to(MEMBER, 2)).text


async def test_nothing_is_restored_under_a_running_bot(server: Server, run: Run, tmp_path: Path) -> None:
    async with run():
        settings = Settings(_env_file=None, data_dir=tmp_path / "data")  # type: ignore[call-arg]
        (tmp_path / "data" / "documents").mkdir()
        back_up(settings, tmp_path / "danvan.tar")
        with pytest.raises(IndexingError, match=r"danvan serve \(process"):
            restore(settings, tmp_path / "danvan.tar", replace=True)
        await server.say(MEMBER, QUESTION)
        assert "Bình An" in (await server.answer_to(MEMBER)).text


async def test_the_first_admin_is_invited_by_the_log(
    server: Server, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with run(admin_users=()):
        link = re.search(r"https://t\.me/kiem_thu_bot\?start=(\S+)", caplog.text)
        assert link
        await server.say(STRANGER, f"/start {link[1]}")
        await server.answer_to(STRANGER, 2)
        assert server.sent_to(STRANGER)[0].text == admin_texts.WELCOME_ADMIN
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


@pytest.mark.parametrize(
    "command",
    ["/stats", "/reindex", "/unanswered", "/moi_nguoi", f"/thu_hoi {OTHER}", "/nguoi", "/ten 1 A", "/nhat_ky"],
)
async def test_admin_commands_change_nothing_for_others(
    server: Server, bot: None, command: str, answerer: FakeAnswerer
) -> None:
    await server.say(MEMBER, command)
    assert (await server.answer_to(MEMBER)).text == admin_texts.ADMIN_ONLY
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
    await server.press(STRANGER, mine, mine.buttons["Xem cả đoạn"])
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
