"""Dates as people write them."""

import pytest

from corpus.dates import vietnamese_date


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2020-01-10", "10/01/2020"), ("2020-01", "01/2020"), ("2020", "2020"), (None, "")],
)
def test_dates_are_written_as_people_write_them(iso: str | None, shown: str) -> None:
    assert vietnamese_date(iso) == shown
