"""What is shown of a text that tells how often something happens, of a share, and of what bears a title."""

import pytest

from bot.answering.drafting import says_several
from bot.answering.forms.spans import with_period, with_title, with_unit


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


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("Xã mở Tọa đàm “Gần dân” chiều nay.", "Tọa đàm", "Tọa đàm “Gần dân”"),
        ("Xã xây 12 “Mái ấm tình thương”; giúp 3 hộ.", "12 “Mái ấm tình thương", "12 “Mái ấm tình thương”"),
        ("Xã mở Tọa đàm chiều nay về “Gần dân”.", "Tọa đàm", "Tọa đàm"),
        ("Phong trào “Gần dân” và “Sạch bếp”.", "“Gần dân” và", "“Gần dân” và"),
    ],
)
def test_a_title_belongs_to_what_bears_it(text: str, found: str, shown: str) -> None:
    start = text.index(found)
    assert text[slice(*with_title(text, (start, start + len(found))))] == shown


@pytest.mark.parametrize(
    ("text", "found", "shown"),
    [
        ("Phấn đấu 100% bí thư chi bộ được tập huấn.", "100%", "100%"),
        ("Gần bốn mươi phần trăm bí thư chi bộ đi học.", "bốn mươi phần trăm", "bốn mươi phần trăm"),
        ("Có hơn 12 bí thư chi bộ đi học.", "12", "hơn 12 bí thư chi bộ"),
    ],
)
def test_a_share_is_shown_without_what_it_is_of(text: str, found: str, shown: str) -> None:
    start = text.index(found)
    known = frozenset(("bi", "thu", "chi", "bo"))
    assert text[slice(*with_unit(text, (start, start + len(found)), known))] == shown


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Ban Dân vận các cấp tham mưu cho ai", False),
        ("Đoàn phối hợp với các cấp chính quyền để làm gì", False),
        ("những ai chủ trì tọa đàm", True),
        ("bí thư những đảng bộ, chi bộ nào dự tọa đàm", True),
        ("ban giám sát gồm ai", True),
    ],
)
def test_words_for_more_than_one(question: str, several: bool) -> None:
    assert says_several(question) is several
