"""From /start to an answer with its source, and who gets none."""

import contextlib
import gc
import logging
import sys
import threading
from pathlib import Path

import pytest

from bot.answers import Answer
from bot.telegram import texts
from bot.telegram.outgoing import typing_indicator
from corpus.errors import SettingsError
from embeddings.question.question import Question
from tests.bot.telegram.conftest import ADMIN, MEMBER, STRANGER, Run, parts_of, until_crossed_out
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer
from tests.bot.telegram.server import TOKEN, Fault, Server
from tests.conftest import PATIENCE

QUESTION = "chủ đề tết trồng cây năm 2031 là gì?"
SHOWN_SECONDS = 5
"""For so long Telegram shows that somebody is typing."""


async def test_a_question_is_answered_with_sentence_passage_and_source(server: Server, bot: None) -> None:
    asked = await server.say(MEMBER, QUESTION)
    sent = await server.answer_to(MEMBER)
    first = sent.text.split("\n")[0]
    assert first == "Chủ đề của Tết trồng cây năm 2031 là Vì một xã Bình An xanh & sạch <giai đoạn 1>."
    assert sent.entity("bold").text == "Vì một xã Bình An xanh & sạch <giai đoạn 1>"
    quoted = sent.entity("expandable_blockquote").text
    assert quoted in LIBRARY[0].text
    assert len(quoted) <= 600
    assert sent.entity("text_link").text == LIBRARY[0].title
    assert sent.entity("text_link").url == "https://binhan.example.vn/tet-trong-cay#:~:text=x"
    assert "Nguồn: " in sent.text
    assert sent.text.endswith("Báo Thử nghiệm · đăng ngày 10/02/2031")
    assert len(sent.text) <= 1200
    assert sent.preview_off
    assert sent.reply_to == asked


async def test_the_question_may_have_been_deleted_meanwhile(server: Server, bot: None) -> None:
    server.deleted.update((MEMBER, number) for number in range(10))
    await server.say(MEMBER, QUESTION)
    assert "Bình An" in (await server.answer_to(MEMBER)).text


async def test_start_offers_three_questions_and_a_tap_asks_one(server: Server, bot: None) -> None:
    await server.say(MEMBER, "/start")
    welcome = await server.answer_to(MEMBER)
    assert len(welcome.text.split("\n")) <= 5
    assert f"{len(LIBRARY)} tài liệu" in welcome.text
    assert len(welcome.buttons) == 3
    data = next(iter(welcome.buttons.values()))
    query = await server.press(MEMBER, welcome, data)
    answered = await server.until(lambda: server.called("answerCallbackQuery"))
    assert answered[0].fields["callback_query_id"] == query
    sent = await server.answer_to(MEMBER, 2)
    methods = [call.method for call in server.calls]
    assert methods.index("answerCallbackQuery") < len(methods) - 1 - methods[::-1].index("sendMessage")
    assert any(found.title in sent.text for found in LIBRARY)


async def test_help_explains_the_commands(server: Server, bot: None) -> None:
    await server.say(MEMBER, "/help")
    text = (await server.answer_to(MEMBER)).text
    assert all(command in text for command in ("/hoi", "/moi", "/tailieu", "/quen"))


def test_typing_does_not_take_the_time_of_answers_where_hundreds_wait() -> None:
    assert typing_indicator.repeat_seconds(1) == typing_indicator.REPEAT_SECONDS < SHOWN_SECONDS
    assert 500 / typing_indicator.repeat_seconds(500) <= typing_indicator.REPEATED_PER_SECOND


async def test_typing_shows_at_once_and_again_and_again_until_the_answer(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert typing_indicator.REPEAT_SECONDS < SHOWN_SECONDS
    monkeypatch.setattr(typing_indicator, "REPEAT_SECONDS", 0.05)
    slow, known = FakeAnswerer(), threading.Event()
    answer = slow.answer

    def pondered(question: Question, top: int = 3) -> Answer:
        assert known.wait(PATIENCE)
        return answer(question, top)

    async with run(parts_of(slow)):
        slow.answer = pondered  # type: ignore[method-assign]
        await server.say(MEMBER, QUESTION)
        await server.until(lambda: len(server.called("sendChatAction", MEMBER)) >= 3)
        assert not server.sent_to(MEMBER)
        known.set()
        await server.answer_to(MEMBER)
        await until_crossed_out(tmp_path / "data")
        shown = len(server.called("sendChatAction", MEMBER))
        await server.quiet()
        assert len(server.called("sendChatAction", MEMBER)) == shown


async def test_a_stranger_sees_a_number_to_give_to_an_admin_once_and_nothing_else(server: Server, bot: None) -> None:
    await server.say(STRANGER, QUESTION)
    refusal = await server.answer_to(STRANGER)
    assert str(STRANGER) in refusal.text
    assert "Bình An" not in refusal.text
    await server.say(STRANGER, QUESTION)
    await server.say(STRANGER, "/help")
    await server.quiet()
    assert len(server.sent_to(STRANGER)) == 1
    assert not server.called("sendChatAction", STRANGER)


async def test_open_access_lets_everybody_ask(server: Server, run: Run) -> None:
    async with run(access="open"):
        await server.say(STRANGER, QUESTION)
        assert "Bình An" in (await server.answer_to(STRANGER)).text


@pytest.mark.parametrize("text", ["🙂🙂", "\u200b\u200f", "???"])
async def test_what_cannot_be_asked_gets_a_kind_sentence(server: Server, bot: None, text: str) -> None:
    await server.say(MEMBER, text)
    assert "Câu hỏi cần có chữ hoặc số." in (await server.answer_to(MEMBER)).text


async def test_a_crash_is_apologised_for_and_logged_without_the_question(
    server: Server, bot: None, caplog: pytest.LogCaptureFixture
) -> None:
    await server.say(MEMBER, "điều bí mật nổ tung")
    sent = await server.answer_to(MEMBER)
    error_id = sent.entity("code").text
    logged = next(record.getMessage() for record in caplog.records if error_id in record.getMessage())
    assert "ValueError" in logged
    assert "fakes.py" in logged
    everything = "\n".join(record.getMessage() for record in caplog.records)
    assert "bí mật" not in everything
    assert TOKEN not in everything


async def test_no_question_and_no_token_in_the_log(
    server: Server, run: Run, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    async with run():
        await server.say(MEMBER, QUESTION)
        await server.answer_to(MEMBER)
    everything = caplog.text + "".join(capsys.readouterr())
    assert "serving as" in everything
    assert TOKEN not in everything
    assert "trồng cây" not in everything


async def test_the_index_is_built_before_serving(server: Server, run: Run, answerer: FakeAnswerer) -> None:
    steps: list[str] = []

    def open_answerer(settings: object, name: str | None) -> FakeAnswerer:
        steps.append(f"open for {name}")
        return answerer

    async with run(
        parts_of(answerer, ensure_index=lambda settings: steps.append("index"), open_answerer=open_answerer)
    ):
        await server.say(ADMIN, QUESTION)
        await server.answer_to(ADMIN)
    assert steps == ["index", "open for kiem_thu_bot"]


async def test_a_refused_token_is_one_clear_sentence(server: Server, run: Run) -> None:
    server.faults.append(Fault("getMe", "status", status=401))
    with pytest.raises(SettingsError, match="BotFather") as raised:
        async with run():
            pass
    assert TOKEN not in str(raised.value)


async def test_a_refused_bot_leaves_no_connection_open(
    server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.collect()  # what other tests have left
    left: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: left.append(found.exc_value))
    server.faults.append(Fault("getMe", "status", status=401))
    with contextlib.suppress(SettingsError):
        async with run():
            pass
    gc.collect()
    assert not left


async def test_the_bot_waits_for_a_server_that_is_not_there_yet(server: Server, run: Run) -> None:
    server.faults.append(Fault("getMe", "reset"))
    async with run():
        await server.say(MEMBER, QUESTION)
        assert "Bình An" in (await server.answer_to(MEMBER)).text


async def test_greetings_are_answered_as_a_person_would(server: Server, bot: None, answerer: FakeAnswerer) -> None:
    before = len(answerer.asked)
    await server.say(MEMBER, "Xin chào!")
    assert (await server.answer_to(MEMBER)).text == texts.GREETING
    assert len(answerer.asked) == before
