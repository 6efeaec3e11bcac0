"""Token buckets: so many a minute for each key, refilled steadily, all of the keys or none."""

import pytest

from bot.web.limits import Limits


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_as_many_as_allowed_then_one_at_a_time() -> None:
    clock = Clock()
    limits = Limits(clock)
    assert [limits.wait(("a", 3)) for _ in range(3)] == [0, 0, 0]
    assert limits.wait(("a", 3)) == pytest.approx(20)
    assert limits.wait(("b", 3)) == 0
    clock.now = 20
    assert limits.wait(("a", 3)) == 0
    assert limits.wait(("a", 3)) == pytest.approx(20)


def test_who_is_refused_by_one_bucket_takes_from_none() -> None:
    limits = Limits(Clock())
    assert limits.wait(("narrow", 1), ("wide", 2)) == 0
    assert limits.wait(("narrow", 1), ("wide", 2)) > 0
    assert limits.wait(("wide", 2)) == 0
    assert limits.wait(("wide", 2)) > 0
