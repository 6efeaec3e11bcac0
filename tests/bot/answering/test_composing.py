"""How the words of an answer are cut out of a passage."""

import pytest

from bot.answering.composing import without_hanging


@pytest.mark.parametrize(
    ("stretch", "kept"),
    [
        ("Năm dân vận khéo”,", "Năm dân vận khéo"),
        ("“Năm dân vận khéo”", "“Năm dân vận khéo”"),
        ("(gồm 3 xã", "gồm 3 xã"),
        ("3 xã (cũ)", "3 xã (cũ)"),
        (" - ông Nguyễn Văn Nam;", "ông Nguyễn Văn Nam"),
        ("hơn 21 tỷ đồng.", "hơn 21 tỷ đồng."),
        ("-5 độ,", "-5 độ"),
        ("”,", ""),
    ],
)
def test_what_hangs_on_an_answer_is_left_out(stretch: str, kept: str) -> None:
    text = f"Trước {stretch} sau"
    start, end = without_hanging(text, 6, 6 + len(stretch))
    assert text[start:end] == kept
