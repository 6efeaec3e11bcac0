"""The weekly summary: once a week, to admins, and nothing where nothing happened."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.telegram.handlers import weekly_summary
from bot.telegram.handlers.weekly_summary import week_of
from tests.bot.telegram.conftest import ADMIN, MEMBER, Run
from tests.bot.telegram.server import Server
from tests.conftest import PATIENCE

PRICE = "giá nước sạch là bao nhiêu?"
NOT_FOUND = "lịch tiếp công dân Sông Hậu tháng bảy"


class Weeks:
    """Which week it is, to be changed; and how often somebody has looked."""

    def __init__(self) -> None:
        self.now, self.looks = "2031-W10", 0

    def look(self, moment: datetime) -> str:
        self.looks += 1
        return self.now

    async def seen(self, week: str) -> None:
        """Let it be another week, and wait until everything is done that one look at it entails."""
        self.now, before = week, self.looks
        async with asyncio.timeout(PATIENCE):
            while self.looks < before + 2:  # one look after the other
                await asyncio.sleep(0.02)


@pytest.fixture
def weeks(monkeypatch: pytest.MonkeyPatch) -> Weeks:
    weeks = Weeks()
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.05)
    monkeypatch.setattr(weekly_summary, "week_of", weeks.look)
    return weeks


def test_weeks_begin_on_monday_morning_in_vietnam() -> None:
    assert week_of(datetime(2026, 11, 23, 0, 59, tzinfo=UTC)) == "2026-W47"
    assert week_of(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)) == "2026-W48"
    assert week_of(datetime(2027, 1, 3, 12, 0, tzinfo=UTC)) == "2026-W53"


async def test_a_week_is_summed_up_once(server: Server, run: Run, weeks: Weeks) -> None:
    async with run():
        await weeks.seen("2031-W10")
        await server.say(MEMBER, PRICE)
        await server.answer_to(MEMBER)
        await server.say(MEMBER, NOT_FOUND)
        await server.answer_to(MEMBER, 2)
        await weeks.seen("2031-W10")
        assert not server.sent_to(ADMIN)
        await weeks.seen("2031-W11")
        [told] = server.sent_to(ADMIN)
        await weeks.seen("2031-W11")
        await weeks.seen("2031-W09")
    assert len(server.sent_to(ADMIN)) == 1
    assert "Câu hỏi: 2 (của 1 người), trả lời được 1" in told.text
    assert NOT_FOUND in told.text


async def test_nothing_is_said_where_nothing_happened_or_nothing_is_wanted(
    server: Server, run: Run, weeks: Weeks
) -> None:
    async with run():
        await weeks.seen("2031-W10")
        await weeks.seen("2031-W11")
        await server.say(MEMBER, PRICE)
        await server.answer_to(MEMBER)
    async with run(weekly_summary="off"):
        weeks.now = "2031-W12"
        await server.quiet(0.5)
    assert not server.sent_to(ADMIN)
