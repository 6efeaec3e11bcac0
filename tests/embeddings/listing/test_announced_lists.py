"""Lists that stand behind a colon."""

import pytest

from embeddings.listing.announced_lists import announced_lists


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Giá tính trên ba khoản chi: nhân công chiếm 54%, vận chuyển chiếm 31% và xử lý chiếm 15%; sau này sẽ đổi.",
            ["nhân công chiếm 54%", "vận chuyển chiếm 31%", "xử lý chiếm 15%"],
        ),
        ("Có hai chuyên đề: (1) Văn hóa công sở; (2) Kỹ năng, thái độ.", ["Văn hóa công sở", "Kỹ năng, thái độ"]),
        (
            "Cách “hai cùng, hai không”: cùng ăn, cùng ở; không hứa, không áp đặt.",
            ["cùng ăn", "cùng ở", "không hứa", "không áp đặt"],
        ),
        ("4. Nhiệm vụ: a) giám sát; b) vận động, hòa giải; c) báo cáo.", ["giám sát", "vận động, hòa giải", "báo cáo"]),
        ("Cử bổ sung hai vị vào khóa XII, gồm: ông An; bà Bình.", ["ông An", "bà Bình"]),
    ],
)
def test_items_behind_a_colon(text: str, items: list[str]) -> None:
    assert [[text[start:end] for start, end in found.items] for found in announced_lists(text)] == [items]


@pytest.mark.parametrize(
    "text",
    [
        "Lịch: sáng họp, chiều đi cơ sở.",  # nobody says how many, and too few
        "Có bốn việc: giám sát; vận động; hòa giải.",  # not as many as announced
        "Bắt đầu lúc 16:30, kết thúc lúc 18:00.",
    ],
)
def test_what_is_no_announced_list(text: str) -> None:
    assert not list(announced_lists(text))
