"""Where a passage names one of two sides."""

import pytest

from bot.answering.forms.side_names import side_named


@pytest.mark.parametrize(
    ("text", "side", "other", "named"),
    [
        ("Hai xã Tân Thành và Tân Lập. Tân Lập có 9.", "xã Tân Lập", "xã Tân Thành", "Tân Lập"),
        ("Hai xã Tân Thành và Tân Hòa.", "xã Tân Lập", "xã Tân Thành", None),
        ("Năm 2013 đạt 54%.", "năm 2013", "năm 2009", "Năm 2013"),
        ("Sáng 13/10, diễn đàn họp.", "diễn đàn ở Hải Phòng", "hội nghị tổng kết", "diễn đàn"),
        ("Thưởng của Tổ Một, của Tổ Hai.", "Tổ Hai", "Tổ Một", "Tổ Hai"),
        ("Titani nặng.", "titani", "nhôm", "Titani"),
        ("Chủ trì là đồng chí Từ Thị Lụa.", "bà Lụa", "ông Mạo", "Từ Thị Lụa"),
        ("Có bà Trần Thị Lụa và bà Vũ Thị Lụa.", "bà Lụa", "ông Mạo", None),
        ("Hội nghị họp.", "hội nghị", "hội nghị", None),
    ],
)
def test_sides(text: str, side: str, other: str, named: str | None) -> None:
    found = side_named(text, (0, len(text)), side, other)
    assert (text[slice(*found)] if found else None) == named
