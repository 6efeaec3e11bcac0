"""What a question is about, without the words it asks with."""

import pytest

from embeddings.question.subject_words import subject_words
from embeddings.syllables import canonical


def rarity(term: str) -> float:
    return float(len(term))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("tỷ giá đô la hôm nay", "tỷ giá đô la hôm nay"),
        ("ai chủ trì hội nghị ở đâu?", "chủ trì hội nghị"),
        ("năm nào có bao nhiêu xã được chọn", "xã chọn"),
        ("như thế nào là gì", ""),
    ],
)
def test_phrases_of_asking_are_left_out_where_they_stand(question: str, words: str) -> None:
    found = subject_words(question, question, rarity)
    assert set(found.rarity) == {canonical(word) for word in words.split()}
    assert found.marked


def test_without_marks_words_are_folded() -> None:
    found = subject_words("Ai chủ trì hội nghị?", "ai chu tri hoi nghi", rarity)
    assert found.rarity == {"chu": 4.0, "tri": 4.0, "hoi": 4.0, "nghi": 5.0}
    assert found.form("Trì") == "tri"


def test_neighbours_are_those_of_the_question() -> None:
    found = subject_words("giá vé ở Đà Lạt", "giá vé ở Đà Lạt", rarity)
    assert found.pairs == (("gia", "ve"), ("da", "lat"))


def test_words_that_cannot_be_searched_for_are_words_all_the_same() -> None:
    assert set(subject_words("học như thế nào", "how to learn python", rarity, ("python",)).rarity) == {"hoc", "python"}
