"""Where one has to turn to is the body that receives, never another of whom it receives as well."""

import pytest

from bot.answering.receiving import asks_where_to_turn, receiving_body, stands_beside_the_named

SAID = (
    "Trung tâm Phục vụ hành chính công xã A Lưới 1 tiếp nhận hồ sơ của người dân các xã Hồng Bắc, Quảng Nhâm và "
    "Hồng Vân cũ."
)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("xã Quảng Nhâm cũ nộp hồ sơ ở đâu", True),
        ("xa quang nham cu lam thu tuc o dau", True),
        ("Cơ quan nào tiếp nhận hồ sơ của xã Hồng Vân?", True),
        ("Hội nghị tổ chức ở đâu?", False),
        ("xã Hồng Vân nộp bao nhiêu lệ phí", False),
    ],
)
def test_asks_where_to_turn(question: str, *, asks: bool) -> None:
    assert asks_where_to_turn(question) is asks


def test_the_body_that_receives_begins_the_sentence() -> None:
    body = receiving_body(SAID)
    assert body is not None
    assert SAID[slice(*body)] == "Trung tâm Phục vụ hành chính công xã A Lưới 1"
    assert receiving_body("Hồ sơ nộp tại Trung tâm Phục vụ hành chính công xã A Lưới 1.") is None


@pytest.mark.parametrize(
    ("words", "beside"), [("Hồng Bắc", True), ("Hồng Vân", True), ("Quảng Nhâm", False), ("A Lưới 1", False)]
)
def test_others_in_the_same_list_are_no_answer(words: str, *, beside: bool) -> None:
    start = SAID.index(words)
    assert stands_beside_the_named("xã Quảng Nhâm cũ nộp hồ sơ ở đâu", SAID, (start, start + len(words))) is beside
