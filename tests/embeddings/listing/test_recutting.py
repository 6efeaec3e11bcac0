"""Where items begin and end that were found with half of their words."""

import pytest

from corpus.vietnamese import fold
from embeddings.listing.deeds import does, is_verb_alone
from embeddings.listing.leading_back import led_back
from embeddings.listing.list_features import ListQuestion, PassageView
from embeddings.listing.recutting import recut
from embeddings.question.answer_type import Expectation, Kind
from embeddings.syllables import tokens

CLAUSE = "Xã cần tiếp tục đổi mới, nâng cao chất lượng sinh hoạt chi bộ, hướng về người dân ở các bản; xong trước 1/3."
DONE = "Các xã đã đẩy mạnh tuyên truyền, đấu tranh với hủ tục, tổ chức trái phép, không để xảy ra điểm nóng."


def view(text: str, asked: str = "") -> PassageView:
    words = [fold(word) for word in tokens(asked)]
    question = ListQuestion(dict.fromkeys(words, 1.0), Expectation(Kind.OTHER, known=frozenset(words)))
    return PassageView(text, question, None)


def spans(text: str, *items: str) -> list[tuple[int, int]]:
    return [(text.index(item), text.index(item) + len(item)) for item in items]


def shown(text: str, items: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in items]


def test_an_item_begins_at_the_verbs_that_govern_it() -> None:
    found = spans(CLAUSE, "chất lượng sinh hoạt chi bộ", "hướng về người dân ở các bản")
    assert shown(CLAUSE, led_back(view(CLAUSE), found)) == [
        "tiếp tục đổi mới, nâng cao chất lượng sinh hoạt chi bộ",
        "hướng về người dân ở các bản",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Xã đã đổi mới nội dung tuyên truyền, nâng cao chất lượng công tác, tổ chức đối thoại với dân.",
        "Huyện ban hành kế hoạch kiểm tra, xây dựng chương trình đối thoại, mở lớp tập huấn.",
    ],
)
def test_a_verb_that_ends_what_another_does_begins_no_item(text: str) -> None:
    first = text.split(", ")[1]
    found = spans(text, first, text.split(", ")[2].rstrip("."))
    assert not shown(text, led_back(view(text), found))[0].startswith(("tuyên truyền", "kiểm tra"))


def test_what_a_preposition_governs_is_not_led_back_over_it() -> None:
    text = "Dân vận tạo đồng thuận trong công tác đền bù, giải quyết tranh chấp đất đai."
    found = spans(text, "đền bù", "giải quyết tranh chấp đất đai")
    assert led_back(view(text), found) == tuple(found)


def test_a_meeting_is_organised_and_no_organisation() -> None:
    assert does("tổ chức Hội nghị ở xã", 0)
    assert not does("tổ chức hội quần chúng", 0)


def test_the_questions_own_verb_is_not_repeated() -> None:
    found = spans(CLAUSE, "chất lượng sinh hoạt chi bộ", "hướng về người dân ở các bản")
    asked = view(CLAUSE, "cần đổi mới nâng cao những gì")
    assert led_back(asked, found) == tuple(found)


def test_what_was_done_before_it_by_the_same_is_an_item_too() -> None:
    found = spans(DONE, "đấu tranh với hủ tục", "không để xảy ra điểm nóng")
    assert shown(DONE, led_back(view(DONE), found))[0] == "đẩy mạnh tuyên truyền"


def test_things_that_begin_with_no_verb_are_not_led_back() -> None:
    text = "Huyện tặng chăn ấm, gạo, dầu ăn cho các hộ."
    found = spans(text, "gạo", "dầu ăn")
    assert led_back(view(text), found) == tuple(found)


@pytest.mark.parametrize(
    ("text", "found", "items"),
    [
        (
            "Đoàn thể đổi mới nội dung, phương thức hoạt động, nâng cao chất lượng giám sát, phản biện.",
            ["đổi mới nội dung", "phương thức hoạt động", "nâng cao chất lượng giám sát", "phản biện"],
            ["đổi mới nội dung, phương thức hoạt động", "nâng cao chất lượng giám sát, phản biện"],
        ),
        (
            DONE,
            ["đấu tranh với hủ tục", "tổ chức trái phép", "không để xảy ra điểm nóng"],
            ["đấu tranh với hủ tục, tổ chức trái phép", "không để xảy ra điểm nóng"],
        ),
        (
            "Lớp học dành cho cấp ủy, cán bộ, công chức, viên chức trẻ.",
            ["cấp ủy", "cán bộ", "công chức", "viên chức trẻ"],
            ["cấp ủy", "cán bộ, công chức, viên chức trẻ"],
        ),
        (
            "Dự có đại diện cấp ủy, cơ quan, đơn vị, doanh nghiệp.",
            ["cấp ủy", "cơ quan", "đơn vị", "doanh nghiệp"],
            ["cấp ủy", "cơ quan", "đơn vị", "doanh nghiệp"],
        ),
        (
            "Hội viên góp 12 ngày công, đoàn viên 9 ngày, quân và dân trong xã 30 ngày.",
            ["Hội viên góp 12 ngày công", "đoàn viên 9 ngày", "quân", "dân trong xã 30 ngày"],
            ["Hội viên góp 12 ngày công", "đoàn viên 9 ngày", "quân và dân trong xã 30 ngày"],
        ),
        (
            "Hồ sơ có đơn, biên bản và ảnh hoặc phim.",
            ["đơn", "biên bản", "ảnh", "phim"],
            ["đơn", "biên bản", "ảnh hoặc phim"],
        ),
        (
            "Đến A Lan, Nà Cốc và Bản Thẩm, huyện Phú Nham.",
            ["A Lan", "Nà Cốc", "Bản Thẩm", "huyện Phú Nham"],
            ["A Lan", "Nà Cốc", "Bản Thẩm"],
        ),
        (
            "Có ở xã Khe, xã Vầu và xã Tung, xã Bản.",
            ["xã Khe", "xã Vầu", "xã Tung", "xã Bản"],
            ["xã Khe", "xã Vầu", "xã Tung", "xã Bản"],
        ),
        ("Gồm cán bộ xã, đảng viên trẻ.", ["cán bộ xã", "đảng viên trẻ"], ["cán bộ xã", "đảng viên trẻ"]),
        (
            "Các hội hướng dẫn bà con, nhắc nhở các hộ làm tốt quy định về phòng, chống cháy rừng.",
            ["hướng dẫn bà con", "nhắc nhở các hộ làm tốt quy định về phòng", "chống cháy rừng"],
            ["hướng dẫn bà con", "nhắc nhở các hộ làm tốt quy định về phòng, chống cháy rừng"],
        ),
    ],
)
def test_items_are_cut_at_verbs_and_around_standing_pairs(text: str, found: list[str], items: list[str]) -> None:
    assert shown(text, recut(view(text), spans(text, *found))) == items


@pytest.mark.parametrize(
    ("words", "alone"), [("tiếp tục đổi mới", True), ("đổi mới nội dung", False), ("đẩy mạnh tuyên truyền", False)]
)
def test_verbs_without_an_object(words: str, alone: bool) -> None:
    assert is_verb_alone(words, 0, len(words)) is alone
