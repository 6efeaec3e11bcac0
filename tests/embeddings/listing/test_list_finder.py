"""Which list of a passage answers, and what is none."""

from corpus.vietnamese import fold
from embeddings.listing.list_features import ListQuestion
from embeddings.listing.list_finder import find_list
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
