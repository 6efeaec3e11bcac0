"""The weekly summary: once a week, to admins, and nothing where nothing happened."""

from datetime import UTC, datetime

import pytest

from bot.telegram.handlers import weekly_summary
from bot.telegram.handlers.weekly_summary import week_of
from tests.bot.telegram.conftest import ADMIN, MEMBER, Run
from tests.bot.telegram.server import Server

PRICE = "giá nước sạch là bao nhiêu?"
NOT_FOUND = "lịch tiếp công dân Sông Hậu tháng bảy"


@pytest.fixture
def weeks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which week it is, to be changed."""
    now = ["2031-W10"]
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.05)
    monkeypatch.setattr(weekly_summary, "week_of", lambda moment: now[0])
    return now


def test_weeks_begin_on_monday_morning_in_vietnam() -> None:
    assert week_of(datetime(2026, 11, 23, 0, 59, tzinfo=UTC)) == "2026-W47"
    assert week_of(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)) == "2026-W48"
    assert week_of(datetime(2027, 1, 3, 12, 0, tzinfo=UTC)) == "2026-W53"


async def test_a_week_is_summed_up_once(server: Server, run: Run, weeks: list[str]) -> None:
    async with run():
        await server.say(MEMBER, PRICE)
        await server.answer_to(MEMBER)
        await server.say(MEMBER, NOT_FOUND)
        await server.answer_to(MEMBER, 2)
        await server.quiet()
        assert not server.sent_to(ADMIN)
        weeks[0] = "2031-W11"
        told = (await server.answer_to(ADMIN)).text
        await server.quiet()
        weeks[0] = "2031-W09"
        await server.quiet()
    assert len(server.sent_to(ADMIN)) == 1
    assert "Câu hỏi: 2 (của 1 người), trả lời được 1" in told
    assert NOT_FOUND in told


async def test_nothing_is_said_where_nothing_happened_or_nothing_is_wanted(
    server: Server, run: Run, weeks: list[str]
) -> None:
    async with run():
        await server.quiet()
        weeks[0] = "2031-W11"
        await server.quiet(0.5)
        await server.say(MEMBER, PRICE)
        await server.answer_to(MEMBER)
    async with run(weekly_summary="off"):
        weeks[0] = "2031-W12"
        await server.quiet(0.5)
    assert not server.sent_to(ADMIN)
