"""Questions that ask several things at once."""

import pytest

from embeddings.question.compound import split_question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("họp ở đâu, ai chủ trì?", ("họp ở đâu", "ai chủ trì")),
        ("hop o dau va ai chu tri", ("hop o dau", "ai chu tri")),
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
        "ai chủ trì hội nghị và tọa đàm?",
        "tổ được xếp mấy mức, mỗi mức là gì",
        "bến có mấy loại vé, đó là những loại nào?",
        "xã có bao nhiêu chợ, gồm những chợ nào",
        "An và Bình khác nhau ở điểm nào, vì sao?",
        "",
    ],
)
def test_one_thing(question: str) -> None:
    assert split_question(question) == (question,)
