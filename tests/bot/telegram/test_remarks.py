"""What people say about an answer, and reading on from it."""

from pathlib import Path

import pytest

from bot import phrases
from bot.records.database import Database, default_url
from bot.records.tables import FeedbackRow
from bot.telegram import texts
from tests.bot.telegram.conftest import MEMBER, OTHER, Run, parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import Sent, Server

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"
LONG = document(
    "dai", "Báo cáo dài", "\n\n".join(f"Mục {n}. " + f"Câu số {n} của báo cáo dài. " * 30 for n in range(1, 9))
)


async def asked(server: Server, question: str = QUESTION) -> Sent:
    before = len(server.sent_to(MEMBER))
    await server.say(MEMBER, question)
    return await server.answer_to(MEMBER, before + 1)


async def press(server: Server, label: str, user: int = MEMBER) -> Sent:
    """Press a button of the newest message and wait until it is edited."""
    sent = server.sent_to(MEMBER)[-1]
    edits = sent.edits
    await server.press(user, sent, sent.buttons[label])
    await server.until(lambda: server.sent_to(MEMBER)[-1].edits > edits)
    return server.sent_to(MEMBER)[-1]


def feedback(tmp_path: Path) -> list[tuple[str, bool, str | None, int | None]]:
    database = Database.open(default_url(tmp_path / "data"))
    with database.reading() as session:
        rows = [(row.person, row.helpful, row.reason, row.citation) for row in session.query(FeedbackRow).all()]
    database.close()
    return rows


async def test_more_is_the_passage_in_its_place(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    await asked(server)
    count = len(answerer.asked)
    shown = await asked(server, "nói rõ hơn")
    before, passage, after = LIBRARY[0].text.split("\n\n")
    assert shown.text.index(before) < shown.text.index(passage) < shown.text.index(after)
    assert len(answerer.asked) == count
    back = await press(server, texts.BACK)
    assert back.entity("bold").text == "Vì một xã Bình An xanh & sạch <giai đoạn 1>"


async def test_reading_on_and_the_whole_document(server: Server, run: Run) -> None:
    async with run(parts_of(FakeAnswerer([*LIBRARY, LONG]))):
        await asked(server, "câu số 3 của báo cáo dài mục 3 là gì")
        shown = await press(server, texts.CONTEXT)
        place = next(n for n in range(1, 9) if shown.entity("blockquote").text.startswith(f"Mục {n}."))
        if place < 8:
            shown = await press(server, texts.LATER)
            assert shown.entity("blockquote").text.startswith(f"Mục {place + 1}.")
            shown = await press(server, texts.EARLIER)
            assert shown.entity("blockquote").text.startswith(f"Mục {place}.")
        shown = await press(server, texts.WHOLE)
        assert f"Mục {place}." in shown.text
        while texts.PAGE_BEFORE in shown.buttons:
            shown = await press(server, texts.PAGE_BEFORE)
        read = ""
        while True:
            assert len(shown.text) <= 4096
            read += shown.text
            if texts.PAGE_AFTER not in shown.buttons:
                break
            shown = await press(server, texts.PAGE_AFTER)
        assert [n for n in range(1, 9) if f"Mục {n}." in read] == list(range(1, 9))
        assert all(paragraph.strip() in read for paragraph in LONG.text.split("\n\n"))


async def test_a_document_without_an_address_is_sent_as_its_file(server: Server, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "nuoc-sach.txt"
    file.write_text(LIBRARY[2].text, "utf-8")
    parts = parts_of(FakeAnswerer(), original=lambda settings, document: file if document.id == "nuoc-sach" else None)
    async with run(parts):
        await asked(server, "giá nước sạch là bao nhiêu?")
        await press(server, texts.CONTEXT)
        sent = server.sent_to(MEMBER)[-1]
        await server.press(MEMBER, sent, sent.buttons[texts.ORIGINAL])
        await server.until(lambda: server.called("sendDocument") and server.called("sendDocument")[0].status)
        assert server.called("sendDocument")[0].status == 200
        [received] = [one for one in server.assets.values() if one["filename"] == file.name]
        assert received["data"] == file.read_bytes()
        file.unlink()
        await server.press(MEMBER, sent, sent.buttons[texts.ORIGINAL])
        assert (await server.answer_to(MEMBER, 2)).text == texts.NO_ORIGINAL


async def test_a_summary_is_the_opening_in_the_documents_own_words(server: Server, bot: None) -> None:
    await asked(server)
    shown = await asked(server, "tóm tắt bài này")
    assert phrases.OPENING in shown.text
    assert all(paragraph in shown.text for paragraph in LIBRARY[0].text.split("\n\n"))


async def test_wrong_is_kept_and_answered_with_another_passage(server: Server, bot: None, tmp_path: Path) -> None:
    first = await asked(server)
    other = await asked(server, "trả lời sai rồi")
    assert other.text.startswith(texts.WRONG_NOTED.strip())
    assert other.entity("expandable_blockquote").text != first.entity("expandable_blockquote").text
    assert feedback(tmp_path) == [(f"telegram:{MEMBER}", False, None, 0)]
    await server.press(MEMBER, other, other.buttons[texts.REASONS["outdated"]])
    await server.until(lambda: texts.REASONS["outdated"] not in server.sent_to(MEMBER)[-1].buttons)
    assert feedback(tmp_path) == [(f"telegram:{MEMBER}", False, "outdated", 0)]
    assert not set(texts.REASONS.values()) & set(server.sent_to(MEMBER)[-1].buttons)


async def test_a_thumb_is_a_verdict(server: Server, bot: None, tmp_path: Path) -> None:
    await asked(server)
    assert (await asked(server, "👍")).text == texts.GLAD
    assert feedback(tmp_path) == [(f"telegram:{MEMBER}", True, None, 0)]


async def test_a_bad_verdict_asks_what_was_wrong(server: Server, bot: None, tmp_path: Path) -> None:
    sent = await asked(server)
    await server.press(MEMBER, sent, sent.buttons[texts.UNHELPFUL])
    await server.until(lambda: texts.REASONS["missing"] in server.sent_to(MEMBER)[0].buttons)
    sent = server.sent_to(MEMBER)[0]
    await server.press(MEMBER, sent, sent.buttons[texts.REASONS["missing"]])
    label = texts.REASON_CHOSEN.format(reason="thiếu")
    await server.until(lambda: label in server.sent_to(MEMBER)[0].buttons)
    assert feedback(tmp_path) == [(f"telegram:{MEMBER}", False, "missing", 0)]
    sent = server.sent_to(MEMBER)[0]
    await server.press(MEMBER, sent, sent.buttons[texts.HELPFUL])
    await server.until(lambda: label not in server.sent_to(MEMBER)[0].buttons)
    assert feedback(tmp_path) == [(f"telegram:{MEMBER}", True, None, 0)]


@pytest.mark.parametrize("said", ["nói rõ hơn", "tóm tắt bài này", "sai rồi", "còn đoạn nào khác không"])
async def test_without_an_answer_before_there_is_nothing_to_remark_on(server: Server, bot: None, said: str) -> None:
    assert (await asked(server, said)).text == texts.NOTHING_YET


async def test_help_and_anger_are_answered_and_not_looked_up(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    answerer.asked.clear()
    assert (await asked(server, "em giúp được gì?")).text.startswith("Trợ lý tìm câu trả lời")
    assert (await asked(server, "ngu thế")).text == texts.SORRY
    assert answerer.asked == []


async def test_a_question_taken_for_a_follow_up_can_be_asked_alone(
    server: Server, bot: None, answerer: FakeAnswerer
) -> None:
    await asked(server)
    taken = await asked(server, "giá nước?")
    assert texts.ASK_ALONE in taken.buttons
    await server.press(OTHER, taken, taken.buttons[texts.ASK_ALONE])
    shown = await press(server, texts.ASK_ALONE)
    assert answerer.asked[-1].previous is None
    assert "6.500" in shown.text
    assert texts.ASK_ALONE not in shown.buttons
    assert len(server.sent_to(MEMBER)) == 2
    await asked(server, "ai thu?")
    assert answerer.asked[-1].previous == "giá nước?"
