"""Which list of a passage answers, and what is none."""

import pytest

from corpus.vietnamese import fold
from embeddings.listing.list_features import ListQuestion, PassageView
from embeddings.listing.list_finder import (
    ListWeights,
    carried_on,
    find_list,
    led_up_to,
    unnumbered,
    whole_slogan,
    without_lead,
)
from embeddings.question.answer_type import Expectation, Kind
from embeddings.syllables import tokens

ANNOUNCED = (
    "Năm 2031, huyện chọn hai khâu đột phá là: nâng cao nhận thức của cán bộ, đảng viên; đẩy mạnh công tác dân vận của "
    "cơ quan nhà nước. Các xã đã xây dựng kế hoạch."
)
MENTIONED = "Diễn đàn “Cán bộ, công chức, viên chức trẻ với công tác dân vận chính quyền”"


def question(text: str, count: int | None = None) -> ListQuestion:
    words = [fold(word) for word in tokens(text)]
    return ListQuestion(dict.fromkeys(words, 1.0), Expectation(Kind.OTHER, known=frozenset(words)), count)


def test_the_items_behind_the_words_that_announce_them() -> None:
    found = find_list(ANNOUNCED, question("hai khâu đột phá là gì", 2))
    assert found is not None
    assert [ANNOUNCED[start:end] for start, end in found.items] == [
        "nâng cao nhận thức của cán bộ, đảng viên",
        "đẩy mạnh công tác dân vận của cơ quan nhà nước",
    ]


def test_the_questions_own_words_are_no_item() -> None:
    found = find_list(MENTIONED, question("công chức, viên chức gồm những ai"))
    items = [MENTIONED[start:end] for start, end in found.items] if found else []
    assert "viên chức" not in items


CARRIED_ON = (
    "Các xã cần đổi mới cách làm, lắng nghe người dân; tăng cường đối thoại với thôn, bản; xây dựng tổ dân vận. "
    "Huyện sẽ kiểm tra; đánh giá vào cuối năm."
)


def spans(text: str, *items: str) -> list[tuple[int, int]]:
    return [(text.index(item), text.index(item) + len(item)) for item in items]


def test_items_go_on_behind_semicolons_as_they_began_and_end_with_their_sentence() -> None:
    items = spans(CARRIED_ON, "đổi mới cách làm", "lắng nghe người dân")
    assert [CARRIED_ON[start:end] for start, end in carried_on(CARRIED_ON, items)] == [
        "đổi mới cách làm",
        "lắng nghe người dân",
        "tăng cường đối thoại với thôn, bản",
        "xây dựng tổ dân vận",
    ]


def test_items_do_not_go_on_in_another_way_or_from_the_middle_of_a_clause() -> None:
    other = "Các xã cần đổi mới cách làm, lắng nghe người dân; vai trò của thôn được coi trọng."
    began = spans(other, "đổi mới cách làm", "lắng nghe người dân")
    assert carried_on(other, began) == tuple(began)
    inside = spans(CARRIED_ON, "đổi mới cách làm", "lắng nghe")
    assert carried_on(CARRIED_ON, inside) == tuple(inside)


def test_items_inside_what_a_clause_tells_somebody_to_do_end_with_it() -> None:
    text = "Chỉ đạo các đoàn thể tổ chức thi đua, tuyên dương tập thể; phối hợp với các ngành; kiểm tra vào cuối năm."
    items = spans(text, "tổ chức thi đua", "tuyên dương tập thể")
    assert carried_on(text, items) == tuple(items)


MARCHED = (
    "Sáng 20/4/2032, Trung đoàn Bộ binh 814, Bộ Chỉ huy Quân sự tỉnh tổ chức lễ ra quân hành quân dã ngoại "
    "kết hợp làm công tác dân vận tại các xã Khe Vầu, Bản Tung và Nậm Piêng, huyện Trà Sơn."
)
OPENED = (
    "Sáng thứ Bảy từ 7 giờ 30 đến 11 giờ 30, nhưng chỉ tiếp nhận hồ sơ lĩnh vực tư pháp, đất đai và bảo hiểm; "
    "không thu phí bằng tiền mặt trong buổi này, đề nghị chuyển khoản hoặc quét mã."
)


@pytest.mark.parametrize(
    ("text", "asked", "items"),
    [
        (MARCHED, "bộ đội hành quân dã ngoại ở những xã nào của Trà Sơn", ["Khe Vầu", "Bản Tung", "Nậm Piêng"]),
        (
            OPENED,
            "sáng thứ Bảy trung tâm hành chính công Bình An nhận hồ sơ những lĩnh vực nào",
            ["tư pháp", "đất đai", "bảo hiểm"],
        ),
    ],
)
def test_of_lists_that_compete_the_one_behind_the_questions_words_that_repeats_them_least(
    text: str, asked: str, items: list[str]
) -> None:
    found = find_list(text, question(asked))
    assert found is not None
    assert [text[start:end] for start, end in found.items] == items


@pytest.mark.parametrize(
    ("text", "first", "items"),
    [
        (
            "Năm “ba biết”: biết sông, biết chợ; không ngại xa, không ngại khó; giữ lời.",
            ["biết sông", "biết chợ"],
            ["biết sông", "biết chợ", "không ngại xa", "không ngại khó", "giữ lời"],
        ),
        ("Đi cùng đoàn: xe lửa, xe ca; người theo sau đi bộ.", ["xe lửa"], ["xe lửa"]),
    ],
)
def test_what_a_colon_announces_goes_on_to_the_end_of_its_sentence(
    text: str, first: list[str], items: list[str]
) -> None:
    assert [text[start:end] for start, end in carried_on(text, spans(text, *first))] == items


def test_a_slogan_is_named_whole() -> None:
    text = "Đội bóng hô to “Nhanh chân, khéo tay, sáng mắt, vui vẻ” rồi ra sân."
    assert [text[a:b] for a, b in whole_slogan(text, spans(text, "sáng mắt", "vui vẻ"))] == [
        "Nhanh chân",
        "khéo tay",
        "sáng mắt",
        "vui vẻ",
    ]
    assert whole_slogan(text, spans(text, "Nhanh chân", "khéo tay")) == ()


def test_a_list_found_by_its_end_begins_in_the_clause_before() -> None:
    text = "Người gác rừng phải thuộc lối, quen suối; có sức bền, lòng yêu cây."
    view = PassageView(text, question("người gác rừng phải thế nào"), None)
    found = led_up_to(view, spans(text, "có sức bền", "lòng yêu cây"), ListWeights({"prev=phai": 9.0}, {}, {}))
    assert [text[a:b] for a, b in found] == ["thuộc lối", "quen suối", "có sức bền", "lòng yêu cây"]
    unsure = led_up_to(view, spans(text, "có sức bền", "lòng yêu cây"), ListWeights({"bias": -1.0}, {}, {}))
    assert [text[a:b] for a, b in unsure] == ["có sức bền", "lòng yêu cây"]


def test_items_lose_the_words_that_number_them() -> None:
    text = "Phải lo ba điều: một là, dọn bến; hai là kê lại quầy; thứ ba, treo biển."
    items = spans(text, "một là, dọn bến", "hai là kê lại quầy", "thứ ba, treo biển")
    assert [text[a:b] for a, b in unnumbered(text, items)] == ["dọn bến", "kê lại quầy", "treo biển"]
    assert unnumbered("hai là bao nhiêu", [(4, 6), (0, 3)]) == ((4, 6), (0, 3))


def test_words_that_lead_to_all_items_are_no_part_of_the_first() -> None:
    text = "Việc liên quan đến thu hồi đất, đền bù; về đất, về rừng."
    first, lead = (text.index("liên"), text.index(", đền")), text.index("thu hồi")
    others = [(text.index("đền"), text.index(";"))]
    assert without_lead(text, [first, *others]) == ((lead, first[1]), *others)
    alike = [(text.index("về đất"), text.index(", về")), (text.index("về rừng"), len(text) - 1)]
    assert without_lead(text, alike) == tuple(alike)
