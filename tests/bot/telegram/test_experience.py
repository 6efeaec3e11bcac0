"""The conversation as people live it: follow-ups, corrections, groups, hints, commands."""

import threading
import unicodedata
from typing import Any

import pytest

from bot.reindexing import ReindexReport
from bot.telegram import admin_texts, texts
from corpus.errors import IndexingError
from tests.bot.telegram.conftest import ADMIN, GROUP, MEMBER, OTHER, STRANGER, Run, parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import BOT_ID, USERNAME, Fault, Server
from tests.bot.telegram.test_people import mention
from tests.conftest import PATIENCE

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"
PRICE = "giá nước sạch là bao nhiêu?"


async def test_a_follow_up_is_understood_until_a_fresh_start(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    await server.say(MEMBER, QUESTION)
    await server.say(MEMBER, "ai phát biểu?")
    await server.say(OTHER, "ai phát biểu?")
    await server.answer_to(MEMBER, 2)
    await server.answer_to(OTHER)
    previous = {(one.text, one.previous) for one in answerer.asked}
    assert ("ai phát biểu?", QUESTION) in previous
    assert ("ai phát biểu?", None) in previous
    await server.say(MEMBER, "/moi")
    await server.say(MEMBER, "còn ai nữa?")
    await server.answer_to(MEMBER, 4)
    assert answerer.asked[-1].previous is None
    assert server.sent_to(MEMBER)[2].text == texts.STARTED_AFRESH


async def test_only_the_last_subject_is_inherited(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    await server.say(MEMBER, QUESTION)
    await server.say(MEMBER, "ai phát biểu?")
    await server.say(MEMBER, "ở đâu vậy?")
    await server.say(MEMBER, PRICE)
    await server.say(MEMBER, "ai trả?")
    await server.answer_to(MEMBER, 5)
    assert [one.previous for one in answerer.asked[-3:]] == [
        QUESTION,
        QUESTION,
        PRICE,
    ]


async def test_replying_to_an_older_answer_takes_up_its_question(
    server: Server, bot: None, answerer: FakeAnswerer
) -> None:
    await server.say(MEMBER, QUESTION)
    first = await server.answer_to(MEMBER)
    await server.say(MEMBER, PRICE)
    await server.answer_to(MEMBER, 2)
    await server.say(MEMBER, "ai phát biểu?", reply_to_message=of_the_bot(server, MEMBER, first.id))
    await server.answer_to(MEMBER, 3)
    assert answerer.asked[-1].previous == QUESTION


async def test_an_edited_question_edits_its_answer(server: Server, bot: None) -> None:
    asked = await server.say(MEMBER, PRICE)
    await server.answer_to(MEMBER)
    await server.edit(MEMBER, asked, QUESTION)
    await server.until(lambda: server.sent_to(MEMBER)[0].edits == 1)
    [sent] = server.sent_to(MEMBER)
    assert "Vì một xã Bình An" in sent.text
    await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
    await server.until(lambda: server.sent_to(MEMBER)[0].edits == 2)
    assert "Tết trồng cây" in server.sent_to(MEMBER)[0].text


async def test_an_edit_that_changes_no_word_changes_nothing(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    asked = await server.say(MEMBER, PRICE)
    await server.answer_to(MEMBER)
    count = len(answerer.asked)
    await server.edit(MEMBER, asked, PRICE)
    await server.quiet()
    assert len(answerer.asked) == count
    assert server.sent_to(MEMBER)[0].edits == 0


async def test_an_edit_whose_answer_was_deleted_is_answered_anew(server: Server, bot: None) -> None:
    asked = await server.say(MEMBER, PRICE)
    first = await server.answer_to(MEMBER)
    server.deleted.add((MEMBER, first.id))
    await server.edit(MEMBER, asked, QUESTION)
    assert "Vì một xã Bình An" in (await server.answer_to(MEMBER, 2)).text


@pytest.mark.parametrize(
    "kind",
    [
        {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]},
        {"voice": {"file_id": "x", "file_unique_id": "y", "duration": 1}},
        {
            "sticker": {
                "file_id": "x", "file_unique_id": "y", "width": 1, "height": 1,
                "type": "regular", "is_animated": False, "is_video": False,
            }
        },
    ],
    ids=["photo", "voice", "sticker"],
)  # fmt: skip
async def test_what_is_not_text_gets_one_hint(server: Server, bot: None, kind: dict[str, Any]) -> None:
    message = server.message(MEMBER, **kind)
    await server.enqueue_update({"message": message}, token=server.token)
    hint = "Trợ lý chưa nghe được tin thoại." if "voice" in kind else "Trợ lý chưa đọc được ảnh, tệp và tin thoại."
    assert (await server.answer_to(MEMBER)).text.startswith(hint)
    await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_an_album_gets_one_hint(server: Server, bot: None) -> None:
    photo = [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]
    for _ in range(5):
        message = server.message(MEMBER, photo=photo, media_group_id="77")
        await server.enqueue_update({"message": message}, token=server.token)
    await server.answer_to(MEMBER)
    await server.quiet()
    assert len(server.sent_to(MEMBER)) == 1


async def test_decomposed_text_and_forwarded_posts_are_questions_like_any(
    server: Server, bot: None, answerer: FakeAnswerer
) -> None:
    await server.say(MEMBER, unicodedata.normalize("NFD", QUESTION))
    assert "Vì một xã Bình An" in (await server.answer_to(MEMBER)).text
    assert answerer.asked[-1].text == QUESTION
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Ai đó"}
    await server.say(MEMBER, PRICE, forward_origin=origin)
    assert "6.500" in (await server.answer_to(MEMBER, 2)).text


@pytest.mark.parametrize(
    "text",
    [
        "<b>giá nước sạch</b> & <script>",
        "\u202egiá nước sạch\u202c",
        "giá\u200b nước\u200d sạch ﷽﷽",
        "x" * 4096,
        "/",
        "/@",
        "@",
    ],
)
async def test_odd_texts_are_answered_without_a_crash(
    server: Server, bot: None, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    await server.say(MEMBER, text)
    await server.answer_to(MEMBER)
    assert "mã lỗi" not in server.sent_to(MEMBER)[0].text
    assert "error" not in caplog.text


async def test_a_group_is_left_in_peace(server: Server, bot: None) -> None:
    await everything_said(server)
    count = len(server.calls)
    for number in range(20):
        await server.say(MEMBER, f"chuyện riêng trong nhóm {number}?", GROUP)
    await server.say(MEMBER, "/weather", GROUP)
    await server.say(STRANGER, "/weather", GROUP)
    await server.say(STRANGER, "/help", GROUP)
    await server.say(MEMBER, "/hoi@other_bot giá nước sạch", GROUP)
    await server.say(MEMBER, "@other_bot giá nước sạch", GROUP, entities=mention(10))
    await server.quiet(0.5)
    assert len(server.calls) == count


async def test_a_group_asks_by_command_mention_or_reply(server: Server, bot: None) -> None:
    await server.say(MEMBER, f"/hoi {QUESTION}", GROUP)
    first = await server.answer_to(GROUP)
    assert "Vì một xã Bình An" in first.text
    name = f"@{USERNAME}"
    await server.say(MEMBER, f"{name} {PRICE}", GROUP, entities=mention(len(name)))
    assert "6.500" in (await server.answer_to(GROUP, 2)).text
    await server.say(OTHER, PRICE, GROUP, reply_to_message=of_the_bot(server, GROUP, first.id))
    assert "6.500" in (await server.answer_to(GROUP, 3)).text
    await server.say(MEMBER, f"/hoi@{USERNAME} {PRICE}", GROUP)
    assert "6.500" in (await server.answer_to(GROUP, 4)).text
    theirs = server.message(OTHER, GROUP, text=QUESTION)
    await server.say(MEMBER, "/hoi", GROUP, reply_to_message=theirs)
    assert "Vì một xã Bình An" in (await server.answer_to(GROUP, 5)).text
    await server.say(MEMBER, "/hoi", GROUP)
    assert "/hoi" in (await server.answer_to(GROUP, 6)).text


async def test_bots_channels_and_nobody_get_no_answer(server: Server, bot: None) -> None:
    await everything_said(server)
    count = len(server.calls)
    talking = server.message(MEMBER, text=QUESTION)
    talking["from"]["is_bot"] = True
    await server.enqueue_update({"message": talking}, token=server.token)
    nobody = server.message(MEMBER, text=QUESTION)
    del nobody["from"]
    await server.enqueue_update({"message": nobody}, token=server.token)
    await server.quiet()
    assert len(server.calls) == count


async def test_documents_are_listed_newest_first_with_links(server: Server, bot: None) -> None:
    await server.say(MEMBER, "/tailieu")
    sent = await server.answer_to(MEMBER)
    lines = sent.text.split("\n")
    assert lines[0] == "Kho có 3 tài liệu, mới nhất trước:"
    assert [line.split(" · ")[0] for line in lines[1:]] == [
        f"{number}. {found.title}" for number, found in enumerate(LIBRARY, start=1)
    ]
    links = [entity.url for entity in sent.entities if entity.kind == "text_link"]
    assert links[0] == LIBRARY[0].url
    assert str(links[1]).startswith(f"https://t.me/{USERNAME}?start=p_")


async def test_many_documents_are_leafed_through(server: Server, run: Run) -> None:
    many = FakeAnswerer([document(f"d{n}", f"Văn bản {n}", f"Nội dung số {n}.", f"20{n:02}") for n in range(10, 30)])
    async with run(parts_of(many)):
        await server.say(MEMBER, "/tailieu")
        first = await server.answer_to(MEMBER)
        assert "1. Văn bản 29 · đăng năm 2029" in first.text
        await server.press(MEMBER, first, first.buttons["Cũ hơn »"])
        await server.until(lambda: server.sent_to(MEMBER)[0].edits == 1)
        second = server.sent_to(MEMBER)[0]
        assert "9. Văn bản 21 · đăng năm 2021" in second.text
        await server.press(MEMBER, second, second.buttons["Cũ hơn »"])
        await server.until(lambda: server.sent_to(MEMBER)[0].edits == 2)
        assert list(server.sent_to(MEMBER)[0].buttons) == ["« Mới hơn"]


async def test_forgetting_deletes_what_was_asked(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    await server.say(MEMBER, "/quen")
    assert (await server.answer_to(MEMBER, 2)).text.startswith("Đã xóa 1 câu hỏi")
    await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
    assert (await server.answer_to(MEMBER, 3)).text == texts.FORGOTTEN
    await server.say(MEMBER, "ai phát biểu?")
    await server.answer_to(MEMBER, 4)
    assert answerer.asked[-1].previous is None


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Xin chào!", texts.GREETING),
        ("chào bạn nhé", texts.GREETING),
        ("CẢM ƠN ANH NHIỀU", texts.THANKS),
        ("cam on", texts.THANKS),
        ("tạm biệt", texts.FAREWELL),
        ("Bạn là ai?", texts.IDENTITY),
        ("ok ạ", texts.ACKNOWLEDGED),
        ("/khong_co_lenh_nay", texts.UNKNOWN_COMMAND),
    ],
)
async def test_people_are_answered_as_a_person_would(
    server: Server, bot: None, answerer: FakeAnswerer, said: str, answer: str
) -> None:
    count = len(answerer.asked)
    await server.say(MEMBER, said)
    assert (await server.answer_to(MEMBER)).text == answer
    assert len(answerer.asked) == count


async def test_admins_see_figures_and_unanswered_questions(server: Server, bot: None) -> None:
    await server.say(MEMBER, QUESTION)
    await server.say(MEMBER, "kết quả ở Hà Giang ra sao?")
    await server.say(OTHER, "Kết quả ở Hà Giang ra sao?")
    await server.answer_to(MEMBER, 2)
    refused = await server.answer_to(OTHER)
    assert "Không tài liệu nào nhắc đến “Hà Giang”." in refused.text
    assert refused.text.startswith("Không tìm thấy câu trả lời")
    await server.say(ADMIN, "/stats")
    figures = (await server.answer_to(ADMIN)).text
    assert "Câu hỏi: 3 (của 2 người)" in figures
    assert "Trả lời được: 1 · Chỉ có đoạn liên quan: 0 · Không thấy: 2" in figures
    await server.say(ADMIN, "/unanswered")
    listed = (await server.answer_to(ADMIN, 2)).text
    assert listed.count("Hà Giang") == 1
    assert "(2 lần)" in listed
    assert str(MEMBER) not in listed
    assert QUESTION not in listed


async def test_reindexing_reports_and_does_not_stop_the_answers(
    server: Server, run: Run, answerer: FakeAnswerer
) -> None:
    may_end = threading.Event()

    def reindex(settings: object) -> ReindexReport:
        assert may_end.wait(PATIENCE)
        return ReindexReport("g1", True, 3, 9, (), 1.0)

    async with run(parts_of(answerer, reindex=reindex)):
        await server.say(ADMIN, "/reindex")
        assert (await server.answer_to(ADMIN)).text == admin_texts.REINDEXING
        await server.say(ADMIN, "/reindex")
        assert (await server.answer_to(ADMIN, 2)).text == admin_texts.REINDEX_BUSY
        await server.say(ADMIN, PRICE)
        assert "6.500" in (await server.answer_to(ADMIN, 3)).text
        may_end.set()
        assert (await server.answer_to(ADMIN, 4)).text == "Đã cập nhật kho tài liệu: 3 tài liệu, 9 đoạn, 1 giây."


async def test_of_two_admins_who_reindex_at_the_same_moment_one_is_told_that_it_goes_on(
    server: Server, run: Run, answerer: FakeAnswerer
) -> None:
    """The second asks while the first is still being told that it has begun."""
    other, begun = ADMIN + 1, []

    def reindex(settings: object) -> ReindexReport:
        begun.append(settings)
        return ReindexReport("g1", True, 3, 9, (), 1.0)

    async with run(parts_of(answerer, reindex=reindex), admin_users=(ADMIN, other)):
        server.faults.append(Fault("sendMessage", "slow", seconds=1.0, chat=ADMIN))
        await server.say(ADMIN, "/reindex")
        await server.until(lambda: server.called("sendMessage", ADMIN))
        await server.say(other, "/reindex")
        assert (await server.answer_to(other)).text == admin_texts.REINDEX_BUSY
        assert (await server.answer_to(ADMIN, 2)).text.startswith("Đã cập nhật kho tài liệu")
        await server.say(other, "/reindex")
        assert (await server.answer_to(other, 3)).text.startswith("Đã cập nhật kho tài liệu")
    assert len(begun) == 2


async def test_a_failed_reindex_is_told_to_the_admin(
    server: Server, run: Run, answerer: FakeAnswerer, caplog: pytest.LogCaptureFixture
) -> None:
    def reindex(settings: object) -> None:
        raise IndexingError("the disk is full")

    async with run(parts_of(answerer, reindex=reindex)):
        await server.say(ADMIN, "/reindex")
        told = await server.answer_to(ADMIN, 2)
    assert told.entity("code").text in caplog.text
    assert "the disk is full" in caplog.text


async def everything_said(server: Server) -> None:
    """Wait until a bot that starts has made all its calls."""
    await server.until(
        lambda: (
            len(server.called("setMyCommands")) == 2 and (server.called("deleteWebhook") or server.called("setWebhook"))
        )
    )


def of_the_bot(server: Server, chat: int, message_id: int) -> dict[str, object]:
    """A message of the bot as it stands inside a reply to it."""
    return server.message(MEMBER, chat, text="…") | {
        "message_id": message_id,
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bot", "username": USERNAME},
    }
