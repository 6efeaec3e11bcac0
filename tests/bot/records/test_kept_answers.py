"""Answers kept in the database are found by all front ends on it, for as long as they may be wanted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.records import kept_answers
from bot.records.database import Database, DatabaseError
from bot.records.kept_answers import KeptAnswers
from tests.ports import free_port

NOW = datetime.now(UTC)


@pytest.fixture
def front_ends(database_url: str) -> Iterator[list[KeptAnswers]]:
    opened = [KeptAnswers(lambda: Database.open(database_url)) for _ in range(2)]
    yield opened
    for one in opened:
        one.close()


def test_what_one_keeps_the_others_take(front_ends: list[KeptAnswers]) -> None:
    first, second = front_ends
    assert second.take("a") is None
    first.keep("a", "g", "đã trả lời")
    assert second.take("a") == "đã trả lời"
    second.keep("a", "g", "một lần nữa")
    assert first.take("a") == "đã trả lời", "the one kept first stays"


def test_what_nobody_wants_any_more_is_removed(front_ends: list[KeptAnswers]) -> None:
    first, second = front_ends
    for number, generation in enumerate(["g1", "g2", "g2"]):
        first.keep(str(number), generation, "x")
    second.prune("g2", NOW + timedelta(minutes=30))
    assert [first.take(key) for key in "012"] == ["x", "x", "x"], "who answers from the old index still finds it"
    second.prune("g2", NOW + timedelta(hours=2))
    assert [first.take(key) for key in "012"] == [None, "x", "x"]
    second.prune("g2", NOW + timedelta(hours=2), most=1)
    assert [first.take(key) for key in "12"].count("x") == 1
    second.prune("g2", NOW + timedelta(hours=25))
    assert [first.take(key) for key in "12"] == [None, None]


def test_a_table_does_not_grow_for_ever(front_ends: list[KeptAnswers], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "_PRUNED_EVERY", 4)
    monkeypatch.setattr(kept_answers, "KEPT_FOR", timedelta(0))
    first, _ = front_ends
    for key in "abcd":
        first.keep(key, "g", "x")
    assert [first.take(key) for key in "abc"] == [None] * 3


def test_a_database_that_is_away_is_an_error_and_is_tried_again(database_url: str) -> None:
    away = f"postgresql+psycopg://danvan@127.0.0.1:{free_port()}/nothing"
    addresses = iter([away, database_url])
    kept = KeptAnswers(lambda: Database.open(next(addresses)))
    with pytest.raises(DatabaseError):
        kept.take("a")
    assert kept.take("a") is None
    kept.close()
