"""How often somebody may ask is counted by all programs on one database together."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot.records import shared_limits
from bot.records.database import Database
from bot.records.shared_limits import SharedLimits


@pytest.fixture
def front_ends(database_url: str) -> Iterator[list[SharedLimits]]:
    databases = [Database.open(database_url) for _ in range(3)]
    yield [SharedLimits(one) for one in databases]
    for one in databases:
        one.close()


@pytest.fixture(autouse=True)
def _standing_still(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, 1000)


def set_clock(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr(shared_limits, "_NOW", text(f"SELECT {seconds}"))


def test_who_was_served_by_one_is_refused_by_the_others(
    front_ends: list[SharedLimits], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = front_ends
    assert first.wait(("a", 3)) == second.wait(("a", 3)) == third.wait(("a", 3)) == 0
    assert [one.wait(("a", 3)) for one in front_ends] == [pytest.approx(20)] * 3
    assert third.wait(("b", 3)) == 0
    set_clock(monkeypatch, 1020)
    assert second.wait(("a", 3)) == 0
    assert first.wait(("a", 3)) == pytest.approx(20)
    set_clock(monkeypatch, 9999)
    assert [first.wait(("a", 3)) for _ in range(4)] == [0, 0, 0, pytest.approx(20)]


def test_who_is_refused_by_one_bucket_takes_from_none(front_ends: list[SharedLimits]) -> None:
    first, second, _ = front_ends
    assert first.wait(("narrow", 1), ("wide", 5)) == 0
    assert second.wait(("wide", 5), ("narrow", 1)) > 0
    assert [one.wait(("wide", 5)) for one in (*front_ends, first)] == [0, 0, 0, 0]


def test_of_many_at_once_as_many_are_served_as_may_be(front_ends: list[SharedLimits]) -> None:
    waits: list[float] = []

    def ask(limits: SharedLimits) -> None:
        waits.extend(limits.wait(("all", 7), (f"one {threading.get_ident()}", 100)) for _ in range(5))

    threads = [threading.Thread(target=ask, args=(limits,)) for limits in front_ends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == 15
    assert sum(wait == 0 for wait in waits) >= 7
