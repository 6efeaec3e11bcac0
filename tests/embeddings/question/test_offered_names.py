"""Two persons offered at the end of a question."""

import pytest

from embeddings.question.offered_names import read_offered_names


@pytest.mark.parametrize(
    ("question", "names", "first"),
    [
        (
            "Bí thư Huyện ủy năm 2031 là Lê An hay Trần Bình?",
            ("Lê An", "Trần Bình"),
            "Lê An là Bí thư Huyện ủy năm 2031",
        ),
        ("người chủ trì hội nghị là ông Lê An hay bà Trần Bình", ("Lê An", "Trần Bình"), "Lê An chủ trì hội nghị"),
        ("ai chủ trì hội nghị, Lê An hoặc Trần Bình", ("Lê An", "Trần Bình"), "Lê An chủ trì hội nghị"),
        ("Chủ tịch xã là ai, Ma Văn Páo hay Lò Thị Pha", ("Ma Văn Páo", "Lò Thị Pha"), "Ma Văn Páo là Chủ tịch xã"),
    ],
)
def test_whom_it_offers(question: str, names: tuple[str, str], first: str) -> None:
    found = read_offered_names(question)
    assert found is not None
    assert (found.names, found.questions[0]) == (names, first)


@pytest.mark.parametrize(
    "question",
    [
        "Bí thư là Lê An hay không",
        "Lê An hay Trần Bình là Bí thư",
        "năm dân vận khéo là 2019 hay 2020",
        "họp sáng hay chiều",
        "Lê An là Trưởng Ban hay Phó Trưởng Ban",
    ],
)
def test_what_offers_no_two_persons_at_the_end(question: str) -> None:
    assert read_offered_names(question) is None
