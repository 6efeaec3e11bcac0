"""A few people meet each trouble: nothing lost, nothing twice, nothing for somebody else."""

from pathlib import Path

import pytest

from tests.bot.telegram.conftest import parts_of
from tests.bot.telegram.load import World, crowd, live_through, running_bot
from tests.bot.telegram.server import Server
from tests.bot.telegram.troubles import TROUBLES

PEOPLE = 8


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same steps, with shorter rests between them."""
    monkeypatch.setattr("bot.telegram.upkeep.LOOK_SECONDS", 0.1)
    monkeypatch.setattr("bot.telegram.upkeep.TAKE_UP_SECONDS", 0.1)
    monkeypatch.setattr("bot.records.database.RESTS_SECONDS", 1.0)
    monkeypatch.setattr("bot.records.database.BUSY_SECONDS", 0.5)
    monkeypatch.setattr("bot.telegram.outgoing.flood_limits.LONGEST_PAUSE", 0.5)
    monkeypatch.setattr("bot.telegram.handlers.questions.MEMORY_PAUSES", (0.05,) * 100)


@pytest.mark.parametrize("name", TROUBLES)
async def test_whatever_is_wrong_everybody_gets_their_own_answers_once(
    name: str, server: Server, tmp_path: Path
) -> None:
    people, answerer = crowd(PEOPLE)
    world = World(server, tmp_path, answerer)
    async with running_bot(world, parts_of(answerer)):
        outcome = await live_through(server, people, TROUBLES[name](world))
    assert outcome.asked == 2 * PEOPLE
    assert outcome.is_whole, outcome
