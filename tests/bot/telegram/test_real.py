"""The real model behind the real bot: the same answers as anywhere else, and `danvan serve` as people start it."""

import asyncio
import signal
from dataclasses import replace
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from bot.evaluation.run import Run as GoldRun
from bot.settings import Settings
from bot.shared_answerer import SharedAnswerer
from bot.telegram import texts
from bot.telegram.outgoing.message_html import render_answer
from bot.telegram.preparing import shared_parts
from bot.telegram.services import Parts
from embeddings.question.question import Question
from tests.bot.telegram.conftest import MEMBER, Run
from tests.bot.telegram.server import TOKEN, USERNAME, Sent, Server
from tests.conftest import DANVAN, PATIENCE, environment
from tests.conftest import Run as Program

QUESTION = "năm 2020 được chọn là năm gì?"
EVERY = 6
"""Of the gold set, so many questions are asked through Telegram: one in so many."""

WITHOUT_QUOTE = (AnswerKind.DOCUMENTS, AnswerKind.OVERVIEW)
"""Kinds of answers that name documents, each with its first words, where others quote."""


def with_models_of(answerer: Answerer) -> Parts:
    """The real parts, but for the answerer, which has been loaded before."""
    return replace(
        shared_parts(SharedAnswerer(Settings(_env_file=None))),  # type: ignore[call-arg]
        ensure_index=lambda _: None,
        published_id=lambda _: answerer.retriever.generation_id,
        open_answerer=lambda _, name: answerer.with_links(Links(bot_name=name)),
    )


def answers(server: Server, user: int) -> list[Sent]:
    """What a person was sent, but for the word that the assistant is starting."""
    return [sent for sent in server.sent_to(user) if sent.text != texts.STARTING]


async def test_many_people_at_once_get_the_answers_that_are_got_elsewhere(
    server: Server, run: Run, real_answerer: Answerer, gold_run: GoldRun
) -> None:
    people = dict(enumerate(gold_run.outcomes[::EVERY], start=10_001))
    async with run(with_models_of(real_answerer), access="open"):
        for user, outcome in people.items():
            for text in filter(None, (outcome.item.context, outcome.item.question)):
                await server.say(user, text)
        awaited = {user: 2 if outcome.item.context else 1 for user, outcome in people.items()}
        await server.until(lambda: all(len(answers(server, user)) >= count for user, count in awaited.items()))
        await server.quiet()
    assert {outcome.item.kind for outcome in people.values()} == set(gold_run.by_kind)
    for user, outcome in people.items():
        answer = real_answerer.answer(Question(outcome.item.question, outcome.item.context))
        sent = answers(server, user)
        assert len(sent) == awaited[user]
        assert sent[-1].html == render_answer(answer), outcome.item.id
        assert len(sent[-1].text) <= 1200
        quoted = {entity.kind for entity in sent[-1].entities} & {"expandable_blockquote"}
        related = answer.status is Status.RELATED and answer.kind not in WITHOUT_QUOTE
        if related or quoted:  # an answer that is a whole passage says it once
            assert sent[-1].entity("expandable_blockquote").text in answer.citations[0].document.text


async def test_danvan_serve_as_people_start_it(server: Server, tmp_path: Path, danvan: Program) -> None:
    """A first start: there is no index yet, and no admin; then a document is added while the bot serves."""
    given = environment(
        data_dir=tmp_path / "data",
        telegram_token=TOKEN,
        telegram_base_url=f"{server.address}/bot",
        allowed_users=MEMBER,
    )
    process = await asyncio.create_subprocess_exec(
        DANVAN, "serve", env=given, cwd=tmp_path, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        await server.say(MEMBER, QUESTION)
        assert (await server.answer_to(MEMBER)).text == texts.STARTING
        sent = await server.answer_to(MEMBER, 2)
        assert sent.entity("bold").text == "Năm dân vận khéo"
        assert "10/01/2020" in sent.text
        await server.say(MEMBER, "/start")
        welcome = await server.answer_to(MEMBER, 3)
        assert QUESTION.lower() in [label.lower() for label in welcome.buttons]
        news = "Thư viện xã Bình An mở cửa trở lại\n\nThư viện xã Bình An mở cửa trở lại từ ngày 15 tháng 9 năm 2031.\n"
        (tmp_path / "data" / "documents" / "thu-vien.txt").write_text(news, "utf-8")
        assert (await asyncio.to_thread(danvan, "reindex", data_dir=tmp_path / "data")).status == 0
        await server.say(MEMBER, "thư viện xã Bình An mở cửa trở lại từ ngày nào?")
        fresh = await server.answer_to(MEMBER, 4)
        assert "15 tháng 9 năm 2031" in fresh.text
        await server.press(MEMBER, sent, sent.buttons["Xem cả đoạn"])
        await server.until(lambda: server.sent_to(MEMBER)[1].edits == 1)
        assert "Năm dân vận khéo" in server.sent_to(MEMBER)[1].entity("blockquote").text
        process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode == 0
    said = (out + err).decode()
    assert f"https://t.me/{USERNAME}?start=i_" in said
    assert TOKEN not in said
    assert "được chọn" not in said


async def test_danvan_serve_with_a_wrong_token_is_one_clear_line(server: Server, tmp_path: Path) -> None:
    given = environment(
        data_dir=tmp_path / "data", telegram_token="800:" + "B" * 35, telegram_base_url=f"{server.address}/wrong/bot"
    )
    process = await asyncio.create_subprocess_exec(
        DANVAN, "serve", env=given, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
    )
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert "BotFather" in err.decode()
    assert "BBBB" not in err.decode()
    assert "Traceback" not in err.decode()
