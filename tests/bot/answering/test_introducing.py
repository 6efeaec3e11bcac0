"""What introduces somebody is no answer to what that person did or said."""

import pytest

from bot.answering.introducing import asks_what_was_done, only_introduces

SAID = "Đồng chí Lê Văn An, Phó Chủ tịch UBND huyện, đánh giá cao tinh thần của bà con."


@pytest.mark.parametrize(
    ("question", "done"),
    [
        ("ông An đánh giá cao điều gì", True),
        ("Lê Văn An kết luận gì", True),
        ("Lê Văn An làm gì ở Ban Dân vận", False),
        ("Lê Văn An làm việc bao nhiêu năm", False),
        ("Lê Văn An làm gì ở tọa đàm", True),
        ("Lê Văn An làm gì", False),
        ("Lê Văn An phát biểu với tư cách gì", False),
        ("ông An giữ chức vụ gì khi phát biểu", False),
    ],
)
def test_questions_for_deeds(question: str, done: bool) -> None:
    assert asks_what_was_done(question) is done


@pytest.mark.parametrize(
    ("question", "words", "introduces"),
    [
        ("Lê Văn An đánh giá cao điều gì", "Phó Chủ tịch UBND huyện", True),
        ("Lê Văn An đánh giá cao điều gì", "Chủ tịch UBND", True),
        ("Lê Văn An đánh giá cao điều gì", "tinh thần của bà con", False),
        ("Trần Bình đánh giá cao điều gì", "Phó Chủ tịch UBND huyện", False),
    ],
)
def test_the_office_of_the_person_who_is_named(question: str, words: str, introduces: bool) -> None:
    start = SAID.index(words)
    assert only_introduces(question, SAID, (start, start + len(words))) is introduces
