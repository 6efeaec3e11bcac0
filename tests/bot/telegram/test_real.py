"""The real model behind the real bot: the same answers as anywhere else, and `danvan serve` as people start it."""

import asyncio
import json
import shutil
import signal
import statistics
import time
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answers import Status
from bot.settings import Settings
from bot.shared_answerer import SharedAnswerer
from bot.telegram import texts
from bot.telegram.outgoing.message_html import render_answer
from bot.telegram.preparing import shared_parts
from bot.wiring import open_answerer
from embeddings.question.question import Question
from tests.bot.telegram.conftest import MEMBER, Run
from tests.bot.telegram.server import TOKEN, USERNAME, Server
from tests.conftest import DANVAN, environment

GOLD = Path(__file__).parents[2] / "gold" / "articles.jsonl"
QUESTION = "năm 2020 được chọn là năm gì?"


@pytest.fixture(scope="session")
def real_answerer(indexed: Path) -> Answerer:
    return open_answerer(Settings(data_dir=indexed), USERNAME)


@pytest.mark.timeout(900)
async def test_the_whole_gold_set_gets_the_answers_it_gets_elsewhere(
    server: Server, run: Run, indexed: Path, real_answerer: Answerer, tmp_path: Path
) -> None:
    items = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    data_dir = tmp_path / "data"
    shutil.copytree(indexed, data_dir, dirs_exist_ok=True)
    async with run(shared_parts(SharedAnswerer(Settings(data_dir=tmp_path / "data"))), access="open"):
        for user, item in enumerate(items, start=10_001):
            if item["context"]:
                await server.say(user, item["context"])
            await server.say(user, item["question"])
        expected = {user: 2 if item["context"] else 1 for user, item in enumerate(items, start=10_001)}
        await server.until(
            lambda: all(len(server.sent_to(user)) >= count for user, count in expected.items()), seconds=600
        )
    different = []
    for user, item in enumerate(items, start=10_001):
        answer = await asyncio.to_thread(real_answerer.answer, Question(item["question"], item["context"]))
        if server.sent_to(user)[-1].html != render_answer(answer):
            different.append(item["id"])
        text = server.sent_to(user)[-1].text
        assert len(text) <= 1200
        if answer.status in (Status.ANSWERED, Status.RELATED):
            quoted = server.sent_to(user)[-1].entity("expandable_blockquote").text
            assert quoted in answer.citations[0].document.text
    assert len(items) > 50
    assert different == []


async def test_fifty_people_at_once_get_their_own_answers_from_the_model(
    server: Server, run: Run, indexed: Path, real_answerer: Answerer, tmp_path: Path
) -> None:
    items = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    questions = [item["question"] for item in items if not item["context"]][:50]
    shutil.copytree(indexed, tmp_path / "data", dirs_exist_ok=True)
    people = range(20_001, 20_051)
    asked: dict[int, float] = {}
    async with run(shared_parts(SharedAnswerer(Settings(data_dir=tmp_path / "data"))), access="open"):
        for number, user in enumerate(people):
            asked[user] = time.monotonic()
            await server.say(user, questions[number])
            await server.say(user, "/moi")
            await server.say(user, questions[(number + 1) % 50])
        await server.until(lambda: all(len(server.sent_to(user)) >= 3 for user in people), seconds=120)
        await server.quiet()
    waits = []
    for number, user in enumerate(people):
        first, _, second = server.sent_to(user)
        for sent, question in ((first, questions[number]), (second, questions[(number + 1) % 50])):
            assert sent.html == render_answer(await asyncio.to_thread(real_answerer.answer, Question(question)))
            waits.append(sent.at - asked[user])
    typing = [server.called("sendChatAction", user)[0].at - asked[user] for user in people]
    p95 = statistics.quantiles(waits, n=20)[-1]
    print(f"50 people at once: answers p95 {p95:.2f} s, typing after {max(typing):.2f} s at most")  # noqa: T201
    assert p95 < 30


async def test_danvan_serve_as_people_start_it(server: Server, tmp_path: Path) -> None:
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
        reindexing = await asyncio.create_subprocess_exec(DANVAN, "reindex", env=given, cwd=tmp_path)
        assert await asyncio.wait_for(reindexing.wait(), 120) == 0
        await server.say(MEMBER, "thư viện xã Bình An mở cửa trở lại từ ngày nào?")
        fresh = await server.answer_to(MEMBER, 4)
        assert "15 tháng 9 năm 2031" in fresh.text
        await server.press(MEMBER, sent, sent.buttons["Xem ngữ cảnh"])
        await server.until(lambda: server.sent_to(MEMBER)[1].edits == 1)
        assert "Năm dân vận khéo" in server.sent_to(MEMBER)[1].entity("blockquote").text
        process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(process.communicate(), 30)
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
    _, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert "BotFather" in err.decode()
    assert "BBBB" not in err.decode()
    assert "Traceback" not in err.decode()
