"""Sentences that answer, without the clauses behind that go on about something else."""

import pytest

from bot.answering.forms.sentences import without_details


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tăng cường công tác dân vận, trong đó tập trung vào ba việc", "tăng cường công tác dân vận"),
        ("tăng cường công tác dân vận trong đó có đối thoại", "tăng cường công tác dân vận trong đó có đối thoại"),
        ("họp dân, trong đó có cả trẻ em", "họp dân, trong đó có cả trẻ em"),
    ],
)
def test_details_are_left_out(text: str, shown: str) -> None:
    assert text[slice(*without_details(text, (0, len(text)), "tỉnh làm gì"))] == shown


@pytest.mark.parametrize("question", ["trong đó tập trung vào việc gì", "tang cuong dan van, trong do co gi"])
def test_details_that_are_asked_for_stay(question: str) -> None:
    text = "tăng cường công tác dân vận, trong đó tập trung vào ba việc"
    assert without_details(text, (0, len(text)), question) == (0, len(text))
