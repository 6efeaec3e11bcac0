"""Buttons: other sources, the surroundings, verdicts; examples; deep links; what is forged or outlived."""

from pathlib import Path

import pytest

from bot.records.database import Database, default_url
from bot.records.history import History
from bot.telegram import texts
from bot.telegram.outgoing.keyboards import Press, Pressed, data_of, pressed_by
from tests.bot.telegram.conftest import GROUP, MEMBER, OTHER, STRANGER, Run, parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer
from tests.bot.telegram.server import Server

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"


def test_callback_data_is_short_and_read_back() -> None:
    longest = Pressed(Press.SOURCE, 999_999_999_999_999, 999)
    assert len(data_of(longest).encode()) <= 64
    assert pressed_by(data_of(longest)) == longest


@pytest.mark.parametrize(
    "data", [None, "", "n", "n:x", "n:-1:0", "z:1:1", "n:1:1:0", "n:1:1:1:1", "n:1:1:-", "n:١:0", "n:1:0\n", "ｎ:1:0"]
)
def test_foreign_callback_data_is_not_understood(data: str | None) -> None:
    assert pressed_by(data) is None


async def test_labels_are_short_and_two_a_row(server: Server, bot: None) -> None:
    await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    assert sent.markup is not None
    rows = sent.markup["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["Đoạn khác (1/2)", "Xem cả đoạn"],
        ["👍 Hữu ích", "👎 Chưa đúng"],
    ]
    assert all(
        len(button["text"]) <= 24 and len(button["callback_data"].encode()) <= 64 for row in rows for button in row
    )


async def test_other_sources_take_turns_in_the_same_message(server: Server, bot: None) -> None:
    await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    first = sent.html
    seen = []
    for turn, label in enumerate(("Đoạn khác (1/2)", "Đoạn khác (2/2)", "« Quay lại"), start=1):
        current = server.sent_to(MEMBER)[0]
        await server.press(MEMBER, current, current.buttons[label])
        await server.until(lambda: server.sent_to(MEMBER)[0].edits == turn)  # noqa: B023 - awaited at once
        seen.append(server.sent_to(MEMBER)[0])
    assert len(server.sent_to(MEMBER)) == 1
    assert seen[2].html == first
    assert len({one.html for one in seen}) == 3
    for number, one in enumerate(seen[:2], start=1):
        document = "Đoạn khác trong cùng tài liệu" if LIBRARY[0].title in one.text else "Đoạn trong tài liệu khác"
        assert one.text.startswith(f"{document} ({number}/2):")
        assert any(one.entity("expandable_blockquote").text in found.text for found in LIBRARY)


async def test_the_surroundings_are_the_paragraphs_before_and_after(server: Server, bot: None) -> None:
    await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
    await server.until(lambda: server.sent_to(MEMBER)[0].edits)
    shown = server.sent_to(MEMBER)[0]
    before, passage, after = LIBRARY[0].text.split("\n\n")
    assert shown.text.index(before) < shown.text.index(passage) < shown.text.index(after)
    assert shown.entity("blockquote").text == passage
    await server.press(MEMBER, shown, shown.buttons["« Quay lại"])
    await server.until(lambda: server.sent_to(MEMBER)[0].edits == 2)
    assert server.sent_to(MEMBER)[0].html == sent.html


async def test_a_verdict_is_kept_once_a_person_and_can_be_changed(server: Server, bot: None, tmp_path: Path) -> None:
    await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    answer_id = int(sent.buttons["👍 Hữu ích"].split(":")[1])
    good, bad = sent.buttons["👍 Hữu ích"], sent.buttons["👎 Chưa đúng"]
    await server.press(MEMBER, sent, good)
    edited = server.called
    await server.until(lambda: edited("editMessageReplyMarkup"))
    await server.press(MEMBER, sent, bad)
    await server.until(lambda: len(edited("editMessageReplyMarkup")) == 2)
    await server.press(MEMBER, sent, bad)
    await server.until(lambda: len(edited("editMessageReplyMarkup")) == 3)
    labels = server.decoded(edited("editMessageReplyMarkup")[1].fields["reply_markup"])["inline_keyboard"][1]
    assert [button["text"] for button in labels] == ["👍 Hữu ích", "👎 Chưa đúng ✓"]
    database = Database.open(default_url(tmp_path / "data"))
    assert History(database).ratings(answer_id) == (0, 1)
    database.close()


async def test_verdicts_of_a_group_are_counted(server: Server, bot: None) -> None:
    await server.say(MEMBER, f"/hoi {QUESTION}", GROUP)
    sent = await server.answer_to(GROUP)
    good = sent.buttons["👍 Hữu ích"]
    for number, user in enumerate((MEMBER, OTHER), start=1):
        await server.press(user, sent, good)
        await server.until(lambda: len(server.called("editMessageReplyMarkup")) == number)  # noqa: B023
    labels = server.decoded(server.called("editMessageReplyMarkup")[1].fields["reply_markup"])["inline_keyboard"][1]
    assert labels[0]["text"] == "👍 Hữu ích (2)"


async def test_an_answer_of_another_chat_is_not_shown_by_forged_data(server: Server, bot: None) -> None:
    await server.say(MEMBER, QUESTION)
    mine = await server.answer_to(MEMBER)
    await server.say(OTHER, "giá nước sạch là bao nhiêu?")
    theirs = await server.answer_to(OTHER)
    for data in (mine.buttons["Xem cả đoạn"], mine.buttons["Đoạn khác (1/2)"], "n:424242:0", "r:1:0"):
        count = len(server.sent_to(OTHER))
        await server.press(OTHER, theirs, data)
        refused = await server.answer_to(OTHER, count + 1)
        assert refused.text == texts.FORGOTTEN
    own = theirs.buttons["Xem cả đoạn"].rpartition(":")[0]
    await server.press(OTHER, theirs, f"{own}:77")
    await server.until(lambda: server.sent_to(OTHER)[0].edits)
    assert server.sent_to(OTHER)[0].text == texts.GONE
    for data in ("x", "n:1", "n:a:b", "d:99999:0", "e:9:0"):
        await server.press(OTHER, theirs, data)
    await server.say(OTHER, "giá nước sạch là bao nhiêu?")
    await server.until(lambda: "6.500" in server.sent_to(OTHER)[-1].text)
    assert not any("Lỗi" in sent.text or "mã lỗi" in sent.text for sent in server.sent_to(OTHER))


async def test_a_deep_link_shows_the_passage_in_its_place(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    passage = answerer.retriever.passages[-1]
    await server.say(MEMBER, f"/start p_{passage.id}")
    shown = await server.answer_to(MEMBER)
    assert shown.entity("blockquote").text == passage.text
    assert "Nhà máy nước" in shown.text
    assert shown.entity("text_link").url == f"https://t.me/kiem_thu_bot?start=p_{passage.id}"


@pytest.mark.parametrize("payload", ["p_", "p_aaaaaaaaaaaaaaaa", "p_<b>&", "p_" + "x" * 900])
async def test_a_deep_link_to_nothing_says_so(server: Server, bot: None, payload: str) -> None:
    await server.say(MEMBER, f"/start {payload}")
    assert (await server.answer_to(MEMBER)).text == texts.GONE


@pytest.mark.parametrize("payload", ["rubbish", "--__--", "i_", "i_wrong", "🙂"])
async def test_rubbish_behind_start_is_a_plain_start(server: Server, bot: None, payload: str) -> None:
    await server.say(MEMBER, f"/start {payload}")
    assert "Xin chào" in (await server.answer_to(MEMBER)).text


async def test_buttons_and_links_outlive_five_reindexes_and_tell_of_removed_documents(server: Server, run: Run) -> None:
    state = {"answerer": FakeAnswerer()}
    first = state["answerer"]
    parts = parts_of(
        first,
        published_id=lambda data_dir: state["answerer"].retriever.generation_id,
        reopen=lambda settings, name, before: state["answerer"],
    )
    async with run(parts):
        await server.say(MEMBER, QUESTION)
        sent = await server.answer_to(MEMBER)
        for number in range(2, 7):
            state["answerer"] = FakeAnswerer(generation=f"g{number}")
        await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
        await server.until(lambda: server.sent_to(MEMBER)[0].edits == 1)
        assert "Vì một xã Bình An" in server.sent_to(MEMBER)[0].entity("blockquote").text
        state["answerer"] = FakeAnswerer(LIBRARY[1:], generation="g7")
        await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
        await server.until(lambda: server.sent_to(MEMBER)[0].edits == 2)
        assert server.sent_to(MEMBER)[0].text == texts.GONE
        await server.say(MEMBER, f"/start p_{first.retriever.passages[0].id}")
        assert (await server.answer_to(MEMBER, 2)).text == texts.GONE


async def test_a_stranger_presses_in_vain(server: Server, bot: None) -> None:
    await server.say(MEMBER, f"/hoi {QUESTION}", GROUP)
    sent = await server.answer_to(GROUP)
    await server.press(STRANGER, sent, sent.buttons["Xem cả đoạn"])
    told = await server.until(lambda: server.called("answerCallbackQuery"))
    assert str(STRANGER) in told[0].fields["text"]
    await server.quiet()
    assert server.sent_to(GROUP)[0].edits == 0
    assert not server.sent_to(STRANGER)
