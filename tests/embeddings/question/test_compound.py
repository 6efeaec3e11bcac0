"""Questions that ask several things at once."""

import pytest

from embeddings.question.compound import about, before_check, split_question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("họp ở đâu, ai chủ trì?", ("họp ở đâu", "ai chủ trì")),
        ("hop o dau va ai chu tri", ("hop o dau", "ai chu tri")),
        ("họp ngày nào ở xã còn ai chủ trì", ("họp ngày nào ở xã", "ai chủ trì")),
        ("đề ra mấy nhiệm vụ gì và ai chủ trì", ("đề ra mấy nhiệm vụ gì", "ai chủ trì")),
        ("Ai ký quyết định? Ngày ký là ngày nào?", ("Ai ký quyết định", "Ngày ký là ngày nào")),
        (
            "chức vụ của ông An và bà Bình là gì",
            ("chức vụ của ông An là gì", "chức vụ của bà Bình là gì"),
        ),
    ],
)
def test_parts(question: str, parts: tuple[str, ...]) -> None:
    assert split_question(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "vận động bầu cử tập trung mấy việc, việc gì",
        "ai chủ trì hội nghị và tọa đàm?",
        "tổ được xếp mấy mức, mỗi mức là gì",
        "bến có mấy loại vé, đó là những loại nào?",
        "xã có bao nhiêu chợ, gồm những chợ nào",
        "thôn nào còn hội viên nghèo là ai",
        "trường nào còn ngày hội gì",
        "hộ nào có con ngày nào cũng đi học",
        "gia dinh nao co con o nuoc ngoai bao nhieu nam",
        "An và Bình khác nhau ở điểm nào, vì sao?",
        "",
    ],
)
def test_one_thing(question: str) -> None:
    assert split_question(question) == (question,)


@pytest.mark.parametrize(
    ("first", "part", "whole"),
    [
        ("lễ hội đua ghe xã Tân Thuận diễn ra ngày nào", "ở đâu", "lễ hội đua ghe xã Tân Thuận ở đâu"),
        ("hội thi nấu ăn 2031 ông nào chấm", "ông nào trao giải", "hội thi nấu ăn 2031 ông nào trao giải"),
        ("tổng kết năm 2031 của xã An Phú ai khai mạc", "ai báo cáo", "tổng kết năm 2031 của xã An Phú ai báo cáo"),
        ("ai lập ra tổ hòa giải thôn Đoài", "từ năm nào", "lập ra tổ hòa giải thôn Đoài từ năm nào"),
        ("lễ hội đua ghe do ai lập", "vào năm nào", "lễ hội đua ghe vào năm nào"),
        ("to hoa giai thon Doai co may nguoi", "ai lam to truong", "to hoa giai thon Doai ai lam to truong"),
    ],
)
def test_a_later_part_asks_about_what_the_first_one_names(first: str, part: str, whole: str) -> None:
    assert about(part, first) == whole


@pytest.mark.parametrize(
    ("first", "part"),
    [
        ("họp ở đâu", "ai chủ trì"),
        ("ai nấu ăn", "ai rửa bát"),
        ("tiền thuê ghe của đội đua xã Tân Thuận là bao nhiêu", "ai trả"),
        ("chợ nổi Cái Răng họp mấy giờ", "chợ Bà Chiểu đóng cửa mấy giờ"),
        ("hội thi nấu ăn 2031 có giải gì", "vì sao hoãn"),
    ],
)
def test_a_part_that_names_something_or_follows_nothing_stays_as_it_is(first: str, part: str) -> None:
    assert about(part, first) is None


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("hội nào góp nông sản, có Hội Phụ nữ không", "hội nào góp nông sản"),
        ("ai dự họp, trong đó có bà Lan ko?", "ai dự họp"),
        ("hội nghị bàn việc gì, ai chủ trì", None),
        ("hội nghị có bàn việc đó, có chốt lại không", None),
        ("có ai dự không", None),
        ("ai góp công làm đường, có Đoàn Thanh niên không", "ai góp công làm đường"),
        ("hội nghị bắt đầu lúc mấy giờ, có hỗ trợ tiền ăn không", None),
        ("hội nghị do ai chủ trì, có phát biểu không", None),
        ("hội nghị do ai chủ trì, có ông An phát biểu không", None),
        ("xã nào đạt chuẩn, có được thưởng không", None),
    ],
)
def test_what_is_asked_before_it_is_asked_whether_one_is_among_it(question: str, first: str | None) -> None:
    assert before_check(question) == first


def test_whether_something_else_is_so_is_a_question_of_its_own() -> None:
    parts = ("hội nghị bắt đầu lúc mấy giờ", "có hỗ trợ tiền ăn không")
    assert split_question("hội nghị bắt đầu lúc mấy giờ, có hỗ trợ tiền ăn không?") == parts
    whole = "hội nào góp nông sản, có Hội Phụ nữ không"
    assert split_question(whole) == (whole,)
