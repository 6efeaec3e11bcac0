"""What the next question may live on: one subject, however many questions came after it."""

import pytest

from embeddings.question.names import named
from embeddings.question.question import Understanding
from embeddings.question.topic import topic_after

FORUM = "diễn đàn cán bộ trẻ diễn ra khi nào?"


def after(subject: str, *questions: str) -> str:
    """The topic behind a subject and questions that live on it."""
    topic = subject
    for question in questions:
        topic = topic_after(topic, _understood(question, topic))
    return topic


def _understood(question: str, inherited: str) -> Understanding:
    names = tuple(named(question, lambda _: True))
    return Understanding(question, question, question, inherited=inherited, dependence=0.9, named=names)


def test_a_question_that_stands_alone_takes_over_nothing() -> None:
    alone = Understanding("a", "a", "a")
    assert topic_after(FORUM, alone) == topic_after(None, alone) == ""


@pytest.mark.parametrize(
    "questions",
    [
        ("ở đâu?",),
        ("ai phát biểu?", "ông ấy nói gì?", "có bao nhiêu người dự"),
        ("thế mục đích là gì", "vậy ai chủ trì", "còn ai dự nữa không?"),
    ],
)
def test_what_asks_about_the_subject_leaves_it_as_it_was(questions: tuple[str, ...]) -> None:
    assert after(FORUM, *questions) == FORUM


def test_another_year_takes_the_place_of_the_one_before() -> None:
    assert after("năm 2020 được chọn là năm gì?", "còn năm 2014?") == "năm 2014 được chọn là năm gì?"
    assert after("năm 2020 được chọn là năm gì?", "còn 2014 thì sao", "ai nói?", "thế năm 2019?") == (
        "năm 2019 được chọn là năm gì?"
    )
    assert after(FORUM, "còn năm 2014?", "còn năm 2015?") == "diễn đàn cán bộ trẻ diễn ra khi nào – năm 2015"


def test_another_thing_stands_behind_the_subject_and_gives_way_to_the_next() -> None:
    fund = "Quỹ vắc xin được ủng hộ bao nhiêu tiền"
    assert after(f"{fund}?", "còn nông sản?") == f"{fund} – nông sản"
    assert after(f"{fund}?", "còn nông sản?", "ở đâu?", "thuốc men thì sao?", "ai tặng") == f"{fund} – thuốc men"
    assert after(f"{fund}?", "ở Hải Phòng ai phụ trách?", "thế còn Thái Nguyên") == f"{fund} – Thái Nguyên"


def test_however_long_people_go_on_the_topic_does_not_grow() -> None:
    topic = after(FORUM, *(f"còn xã Bình An {number} thì sao" for number in range(50)))
    assert len(topic) < len(FORUM) + 30
