"""Cases from public reports of other bots, replayed: `tests/cases/tg-*` says for each what is expected."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.telegram import texts
from bot.telegram.health import main as health
from tests.bot.telegram.conftest import Run, parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import Fault, Server
from tests.conftest import PATIENCE

CASES = Path(__file__).parents[2] / "cases"
LEADER = "ông Trần Văn Khéo"
MINH_PHU = document(
    "minh-phu", "Quyết định", f"Tổ trưởng Tổ dân vận khéo huyện Minh Phú là {LEADER}, Phó Chủ tịch huyện."
)
ALLOWED = (110, 111, 201)


@pytest.fixture
def parts() -> Any:
    return parts_of(FakeAnswerer([*LIBRARY, MINH_PHU]))


def rule_of(case: str) -> Fault:
    """How the server of a case refuses."""
    rule = json.loads((CASES / case / "api-rules.json").read_text("utf-8"))
    return Fault(
        rule["method"],
        "status",
        times=rule.get("times", 1_000),
        status=rule["code"],
        chat=rule["chat_id"],
        body=rule["body"],
    )


async def hand_out(server: Server, case: str) -> None:
    for line in (CASES / case / "updates.jsonl").read_text("utf-8").splitlines():
        await server.enqueue_update(json.loads(line), token=server.token)


async def test_an_update_that_cannot_be_read_is_passed_over(
    server: Server, run: Run, parts: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with run(parts, allowed_users=ALLOWED):
        await hand_out(server, "tg-poison-update")
        assert LEADER in (await server.answer_to(201)).text
        await server.quiet()
    told = [record.getMessage() for record in caplog.records if "cannot be read" in record.getMessage()]
    assert len(told) == 1
    assert "message: sticker" in told[0]
    assert "Minh Phú" not in caplog.text


async def test_a_flood_limit_of_one_chat_holds_up_no_other(server: Server, run: Run, parts: Any) -> None:
    rule = rule_of("tg-flood-stops-all")
    server.faults.append(rule)
    async with run(parts, allowed_users=ALLOWED):
        await hand_out(server, "tg-flood-stops-all")
        assert LEADER in (await server.answer_to(111)).text
        await server.until(lambda: rule.times == 0)  # the two chats are answered side by side, in whichever order
        assert not server.sent_to(110)


@pytest.mark.parametrize("access", ["open", "restricted"])
async def test_an_anonymous_admin_gets_an_answer_or_a_sentence(
    server: Server, run: Run, parts: Any, access: str
) -> None:
    async with run(parts, access=access):
        await hand_out(server, "tg-anonymous-admin")
        said = (await server.answer_to(-1001000000003)).text
    assert LEADER in said if access == "open" else said == texts.ANONYMOUS


async def test_a_caption_is_a_question(server: Server, run: Run, parts: Any) -> None:
    async with run(parts, allowed_users=ALLOWED):
        await hand_out(server, "tg-caption")
        assert LEADER in (await server.answer_to(201)).text
        await server.quiet()
    assert len(server.sent_to(201)) == 1


async def test_a_topic_that_is_closed_is_a_line_of_log_and_nothing_else(
    server: Server, run: Run, parts: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    server.faults.append(rule_of("tg-cannot-post"))
    async with run(parts, allowed_users=ALLOWED):
        await hand_out(server, "tg-cannot-post")
        await server.until(lambda: server.called("sendMessage"))
        await server.quiet()
    [call] = server.called("sendMessage")
    assert call.fields["message_thread_id"] == "5"
    [told] = [record for record in caplog.records if "written to" in record.getMessage()]
    assert told.levelno < logging.ERROR
    assert "\n" not in told.getMessage()
    assert told.exc_text is None


async def test_an_apology_goes_into_the_topic_of_the_question(server: Server, run: Run, parts: Any) -> None:
    line = (CASES / "tg-cannot-post" / "updates.jsonl").read_text("utf-8")
    update = json.loads(line.replace("/hoi Ai làm Tổ trưởng", "/hoi nổ tung"))
    async with run(parts, allowed_users=ALLOWED):
        await server.enqueue_update(update, token=server.token)
        assert "mã lỗi" in (await server.answer_to(-1001000000003)).text
    assert server.called("sendMessage")[0].fields["message_thread_id"] == "5"
    assert server.sent_to(-1001000000003)[0].reply_to == 11


async def test_the_health_check_fails_while_nobody_is_answered(
    server: Server, run: Run, parts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.05)
    poison = json.loads((CASES / "tg-poison-update" / "updates.jsonl").read_text("utf-8").splitlines()[0])
    async with run(parts, allowed_users=ALLOWED):
        await _until_health_is(0)
        for number in range(1, 6):
            await server.enqueue_update(poison | {"update_id": number}, token=server.token)
        await _until_health_is(1)
        await server.say(201, "Ai làm Tổ trưởng Tổ dân vận khéo huyện Minh Phú?")
        await server.answer_to(201)
        await _until_health_is(0)


async def _until_health_is(status: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while health() != status:
            await asyncio.sleep(0.05)
