"""What is shown of a text that tells how often something happens."""

import pytest

from bot.answering.forms.spans import with_period


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("Chi hội sinh hoạt mỗi quý một lần vào cuối quý.", "một lần", "mỗi quý một lần"),
        ("Ban giám sát hằng năm ít nhất 2 lần.", "2 lần", "hằng năm ít nhất 2 lần"),
        ("Chi hội sinh hoạt một lần vào cuối quý.", "một lần", "một lần"),
        ("Quỹ thu mỗi năm 20 nghìn đồng.", "20 nghìn đồng", "20 nghìn đồng"),
    ],
)
def test_the_period_belongs_to_the_times(text: str, found: str, shown: str) -> None:
    start = text.index(found)
    assert text[slice(*with_period(text, (start, start + len(found))))] == shown
