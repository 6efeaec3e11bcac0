"""Lists inside the items of another list."""

from embeddings.extraction.enumerations import Level, stretches
from embeddings.listing.list_features import ListQuestion, PassageView, announced
from embeddings.listing.list_finder import find_list
from embeddings.listing.outer_lists import is_part_of_an_item, outer_item, outer_whole
from embeddings.question.answer_type import Expectation, Kind

TASKS = (
    "Huyện tập trung vào ba việc: đổi mới cách đi cơ sở theo hướng đi ít người, ở lâu ngày, làm việc thật với dân; "
    "nâng cao trách nhiệm của bí thư; mở kênh hai chiều."
)
SLOGANS = "Thôn làm theo cách “bốn cùng, ba không”: cùng ăn, cùng ở, cùng làm; không hứa suông, không nhận quà."
NOBODY = ListQuestion({}, Expectation(Kind.OTHER, known=frozenset()))


def is_part(text: str, *items: str) -> bool:
    spans = [(text.index(item), text.index(item) + len(item)) for item in items]
    stretch = next(one for one in stretches(text) if one.level is Level.COMMA and one.start <= spans[0][0] < one.end)
    return is_part_of_an_item(PassageView(text, NOBODY, None), stretch, spans)


def test_where_the_items_of_an_outer_list_begin() -> None:
    assert outer_item(TASKS, TASKS.index("ở lâu ngày")) == TASKS.index("đổi mới")
    assert outer_item(TASKS, TASKS.index("bí thư")) == TASKS.index("nâng cao")
    assert outer_item(TASKS, TASKS.index("tập trung")) is None


def test_the_beginning_of_an_item_is_no_list_but_short_words_that_fill_it_are() -> None:
    assert is_part(TASKS, "đổi mới cách đi cơ sở theo hướng đi ít người", "ở lâu ngày", "làm việc thật với dân")
    assert not is_part(SLOGANS, "cùng ăn", "cùng ở", "cùng làm")
    assert not is_part(TASKS, "ở lâu ngày", "làm việc thật với dân")


def test_the_list_that_has_as_many_items_as_the_words_before_it_say() -> None:
    asked = ListQuestion({"viec": 1.0, "tap": 1.0, "trung": 1.0}, Expectation(Kind.OTHER, known=frozenset()), 3)
    found = find_list(TASKS, asked)
    assert found is not None
    assert [TASKS[start:end] for start, end in found.items][1:] == [
        "nâng cao trách nhiệm của bí thư",
        "mở kênh hai chiều",
    ]


def test_two_numbers_beside_each_other_announce_no_one_list() -> None:
    assert announced(SLOGANS, SLOGANS.index("cùng ăn")) is None
    assert announced(TASKS, TASKS.index("đổi mới")) == len(("đổi mới", "nâng cao", "mở kênh"))


def test_a_list_that_is_as_long_as_was_announced_does_not_go_on() -> None:
    text = "Giá tính trên ba khoản: nhân công 54%, vận chuyển 31% và xử lý 15%; sở dĩ chưa thu là do chưa có phần mềm."
    asked = ListQuestion({"gia": 1.0, "khoan": 1.0}, Expectation(Kind.OTHER, known=frozenset(("gia", "khoan"))))
    found = find_list(text, asked)
    assert found is not None
    assert [text[start:end] for start, end in found.items] == ["nhân công 54%", "vận chuyển 31%", "xử lý 15%"]


def test_a_list_inside_a_later_item_that_goes_on_is_all_of_the_outer_list() -> None:
    text = "Ban có nhiệm vụ: tham mưu cho xã; hướng dẫn, kiểm tra, sơ kết; đề xuất biểu dương."
    inner, behind = ["hướng dẫn", "kiểm tra", "sơ kết"], "đề xuất biểu dương"
    spans = [(text.index(item), text.index(item) + len(item)) for item in (*inner, behind)]
    outer = ["tham mưu cho xã", "hướng dẫn, kiểm tra, sơ kết", behind]
    assert [text[start:end] for start, end in outer_whole(text, spans[:-1], spans)] == outer
    assert outer_whole(text, spans[:-1], spans[:-1]) == tuple(spans[:-1])
    first = (text.index("tham mưu"), text.index("tham mưu") + len("tham mưu cho xã"))
    assert outer_whole(text, [first], [first, spans[-1]]) == (first, spans[-1])
