"""Which side of a rule a question asks for, and which a sentence takes."""

import pytest

from embeddings.question.polarity import agreement, polarity

MUST_PAY = "Người đăng ký thường trú phải nộp lệ phí 10.000 đồng."
NEED_NOT_PAY = "Không thu lệ phí đối với trẻ em và người thuộc hộ nghèo."
PERMIT = "Chủ đầu tư phải xin giấy phép xây dựng trước khi khởi công."
NO_PERMIT = "Nhà ở cấp IV tại nông thôn không phải xin giấy phép xây dựng."
GETS = "Hộ nghèo được hưởng trợ cấp 500.000 đồng."
GETS_NOT = "Người có lương hưu không được hưởng trợ cấp."
NEITHER = "Hội nghị diễn ra sáng nay."


@pytest.mark.parametrize(
    ("question", "on_this_side", "on_the_other"),
    [
        ("Ai phải nộp lệ phí?", MUST_PAY, NEED_NOT_PAY),
        ("Ai không phải nộp lệ phí?", NEED_NOT_PAY, MUST_PAY),
        ("Đối tượng nào được miễn lệ phí?", NEED_NOT_PAY, MUST_PAY),
        ("Trường hợp nào không phải xin giấy phép xây dựng?", NO_PERMIT, PERMIT),
        ("Khi nào phải xin giấy phép xây dựng?", PERMIT, NO_PERMIT),
        ("Ai được hưởng trợ cấp?", GETS, GETS_NOT),
        ("Ai không được hưởng trợ cấp?", GETS_NOT, GETS),
    ],
)
def test_sides(question: str, on_this_side: str, on_the_other: str) -> None:
    asked = polarity(question)
    assert asked is not None
    sentences = (on_this_side, NEITHER, on_the_other)
    assert [agreement(asked, sentence) for sentence in sentences] == [1, 0, -1]


@pytest.mark.parametrize(
    "question",
    [
        "Có phải nộp lệ phí không?",
        "Lệ phí là bao nhiêu?",
        "Có được hưởng trợ cấp hay không",
        "Ai ký quyết định này?",
        "",
    ],
)
def test_no_side_is_asked_for(question: str) -> None:
    assert polarity(question) is None
