"""Questions that the documents do not answer: handed to an officer, or told once there is an answer."""

from pathlib import Path

import pytest

from bot.gold.drafts import as_drafts, group
from bot.records.database import Database, default_url
from bot.records.statistics import misses
from bot.telegram import admin_texts, texts
from tests.bot.telegram.conftest import ADMIN, MEMBER, OTHER, Run, parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import Fault, Sent, Server
from tests.bot.telegram.test_experience import of_the_bot

UNKNOWN = "lịch tiếp công dân Sông Hậu tháng bảy"


async def refused(server: Server) -> Sent:
    await server.say(MEMBER, UNKNOWN)
    return await server.answer_to(MEMBER)


async def handed(server: Server) -> Sent:
    sent = await refused(server)
    await server.press(MEMBER, sent, sent.buttons[texts.ASK_OFFICER])
    assert (await server.answer_to(MEMBER, 2)).text == texts.HANDED
    return await server.answer_to(ADMIN)


async def test_an_officers_answer_goes_back_as_a_persons(server: Server, bot: None, tmp_path: Path) -> None:
    shown = await handed(server)
    assert UNKNOWN in shown.text
    await server.say(ADMIN, "Thứ Ba <tuần đầu> hằng tháng.", reply_to_message=of_the_bot(server, ADMIN, shown.id))
    answered = await server.answer_to(MEMBER, 3)
    assert answered.text.startswith("Cán bộ phụ trách trả lời")
    assert UNKNOWN in answered.text
    assert "Thứ Ba <tuần đầu> hằng tháng." in answered.text
    assert (await server.answer_to(ADMIN, 2)).text == admin_texts.HANDED_ANSWERED
    await server.say(ADMIN, "Thứ Tư.", reply_to_message=of_the_bot(server, ADMIN, shown.id))
    assert (await server.answer_to(ADMIN, 3)).text == admin_texts.HANDED_CLOSED
    assert len(server.sent_to(MEMBER)) == 3
    database = Database.open(default_url(tmp_path / "data"))
    [draft] = as_drafts(group(misses(database)))
    database.close()
    assert draft.question == UNKNOWN
    assert "an officer answered: Thứ Ba <tuần đầu> hằng tháng." in (draft.note or "")


async def test_an_answer_that_is_being_sent_is_not_sent_again_by_the_upkeep(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.02)
    async with run():
        shown = await handed(server)
        server.faults.append(Fault("sendMessage", "slow", chat=MEMBER, times=10, seconds=0.5))
        await server.say(ADMIN, "Thứ Ba hằng tuần.", reply_to_message=of_the_bot(server, ADMIN, shown.id))
        assert (await server.answer_to(ADMIN, 2)).text == admin_texts.HANDED_ANSWERED
        await server.quiet(1.5)
        assert [sent.text[:9] for sent in server.sent_to(MEMBER)[2:]] == ["Cán bộ ph"]


async def test_an_officer_may_decline(server: Server, bot: None) -> None:
    shown = await handed(server)
    await server.press(MEMBER, shown, shown.buttons[admin_texts.CANNOT_ANSWER])  # changes nothing
    await server.press(ADMIN, shown, shown.buttons[admin_texts.CANNOT_ANSWER])
    assert "chưa trả lời được" in (await server.answer_to(MEMBER, 3)).text
    await server.until(lambda: server.sent_to(ADMIN)[0].text == admin_texts.HANDED_DECLINED)


async def test_a_question_is_handed_on_once_and_only_by_who_asked(server: Server, bot: None) -> None:
    sent = await refused(server)
    await server.press(OTHER, sent, sent.buttons[texts.ASK_OFFICER])
    for number in (2, 3):
        await server.press(MEMBER, sent, sent.buttons[texts.ASK_OFFICER])
        await server.answer_to(MEMBER, number)
    assert [one.text for one in server.sent_to(MEMBER)[1:]] == [texts.HANDED, texts.WAITS_ALREADY]
    assert len(server.sent_to(ADMIN)) == 1


async def test_a_reply_of_somebody_else_is_a_question(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    await handed(server)
    mine = server.sent_to(MEMBER)[0]
    await server.say(MEMBER, "giá nước sạch là bao nhiêu?", reply_to_message=of_the_bot(server, MEMBER, mine.id))
    assert "6.500" in (await server.answer_to(MEMBER, 3)).text


async def test_without_an_officer_it_is_said(server: Server, run: Run) -> None:
    async with run(admin_users=()):
        sent = await refused(server)
        await server.press(MEMBER, sent, sent.buttons[texts.ASK_OFFICER])
        assert (await server.answer_to(MEMBER, 2)).text == texts.NOBODY_TO_ASK


async def test_who_waits_is_told_once_when_there_is_an_answer(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.05)
    news = document("tiep-dan", "Lịch tiếp công dân", "Lịch tiếp công dân Sông Hậu tháng bảy là ngày 15.")
    now = [FakeAnswerer()]
    parts = parts_of(
        now[0],
        published_id=lambda data_dir: now[0].retriever.generation_id,
        reopen=lambda settings, name, before: now[0],
    )
    async with run(parts):
        sent = await refused(server)
        await server.press(MEMBER, sent, sent.buttons[texts.TELL_ME])
        assert (await server.answer_to(MEMBER, 2)).text == texts.WILL_TELL
        now[0] = FakeAnswerer([*LIBRARY, document("khac", "Việc khác", "Chợ Bình An họp sáng thứ bảy.")], "g2")
        await server.quiet()
        assert len(server.sent_to(MEMBER)) == 2
        now[0] = FakeAnswerer([*LIBRARY, news], "g3")
        told = await server.answer_to(MEMBER, 3)
        assert told.text.startswith("Câu hỏi trước đây của anh/chị nay đã có câu trả lời")
        assert "ngày 15" in told.text
        now[0] = FakeAnswerer([*LIBRARY, news], "g4")
        await server.quiet()
        assert len(server.sent_to(MEMBER)) == 3
