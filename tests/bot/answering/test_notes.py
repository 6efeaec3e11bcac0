"""What a person is told beside an answer, in the language of the question."""

from dataclasses import replace

import pytest

from bot.answering.drafts import Draft
from bot.answering.notes import notes as notes_in
from bot.answers import AnswerKind, Citation, Language, Status
from corpus.models import Document, Passage, Place
from embeddings.hits import Search
from embeddings.question.answer_type import expect
from embeddings.question.names import Named
from embeddings.question.question import Question, Understanding


def search(**understood: object) -> Search:
    understanding = Understanding("hỏi", "hỏi", "hỏi", **understood)  # type: ignore[arg-type]
    return Search(Question("hỏi"), understanding, expect("hỏi"), ())


def citation(identity: str, score: float, published: str | None = None) -> Citation:
    document = Document(identity, f"Bài {identity}", published, None, None, None, "một", "0" * 64)
    return Citation(document, Passage("a" * 16, identity, 0, 0, 3, "một"), "một", None, score, 1)


def notes(found: Search, cited: tuple[Citation, ...], status: Status) -> list[str]:
    return list(notes_in(found, cited, Draft(AnswerKind.SPAN, status, 0.9), Language.VIETNAMESE))


def test_nothing_to_say() -> None:
    assert list(notes(search(), (), Status.ANSWERED)) == []


def test_everything_in_the_order_of_importance() -> None:
    found = search(
        missing=("Hà Giang", "năm 2031"),
        previous="Tọa đàm họp khi nào?",
        dependence=0.9,
        resolved={"năm ngoái": "năm 2025"},
        expanded={"UBND": "ủy ban nhân dân", "Dân vận": "dân vận"},
    )
    assert list(notes(found, (), Status.NOT_FOUND)) == [
        "Không tài liệu nào nhắc đến “Hà Giang”.",
        "Không tài liệu nào nhắc đến “năm 2031”.",
        "Hiểu là hỏi tiếp câu: “Tọa đàm họp khi nào?”.",
        "“năm ngoái” được hiểu là “năm 2025”.",
        "“UBND” được hiểu là “ủy ban nhân dân”.",
    ]


def test_a_question_that_stands_alone_does_not_mention_the_one_before() -> None:
    assert list(notes(search(), (), Status.ANSWERED)) == []


def test_quotation_marks_inside_are_single() -> None:
    found = search(previous="“Ngày thứ Sáu không hẹn” là gì", dependence=1.0)
    assert list(notes(found, (), Status.ANSWERED)) == ["Hiểu là hỏi tiếp câu: “‘Ngày thứ Sáu không hẹn’ là gì”."]


def test_what_is_quoted_is_not_said_to_be_missing() -> None:
    document = Document("a", "Bài", None, None, None, None, "Đoàn đến Sông Xoài.", "0" * 64)
    cited = Citation(document, Passage("a" * 16, "a", 0, 0, 19, document.text), document.text, None, 1.0, 1)
    found = search(missing=("song xoai", "Hà Giang"))
    assert list(notes(found, (cited,), Status.RELATED)) == ["Không tài liệu nào nhắc đến “Hà Giang”."]


def test_two_documents_that_compete_are_named() -> None:
    cited = (citation("một", 1.0, "2020-01-10"), citation("hai", 0.95, "2019-10"))
    assert list(notes(search(), cited, Status.ANSWERED)) == [
        "Có hai tài liệu cùng nói về việc này: “Bài một” (10/01/2020) và “Bài hai” (10/2019)."
    ]
    in_english = list(notes_in(search(), cited, Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9), Language.ENGLISH))
    assert in_english == ["Two documents speak of this: “Bài một” (10/01/2020) and “Bài hai” (10/2019)."]
    listed = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9)
    assert list(notes_in(search(), cited, listed, Language.VIETNAMESE)) == []
    undated = (citation("một", 1.0, "2020"), citation("hai", 1.0))
    (told,) = notes(search(), undated, Status.ANSWERED)
    assert told.endswith("“Bài một” (2020) và “Bài hai”.")


def test_uncertain_words_of_a_scan_are_named() -> None:
    text = "Mức thu là 48 triệu đồng."
    places = tuple(
        Place(start, end, 1, (0, 0, 1, 1), confidence)
        for start, end, confidence in ((0, 3, 0.96), (4, 7, 0.95), (8, 10, 0.93), (11, 13, 0.41), (14, 19, 0.9))
    )
    document = Document("một", "Bài một", None, None, None, None, text, "0" * 64, places=places)
    cited = Citation(document, Passage("a" * 16, "một", 0, 0, len(text), text), text, None, 1.0, 1)
    assert cited.uncertain == ("48",)
    (told,) = notes(search(), (cited,), Status.ANSWERED)
    assert "chữ chưa chắc trong câu trích: “48”" in told
    sure = replace(cited, quote="Mức thu là")
    assert sure.uncertain == ()
    assert list(notes(search(), (sure,), Status.ANSWERED)) == []


@pytest.mark.parametrize(
    ("cited", "status", "understood"),
    [
        ((citation("một", 1.0), citation("hai", 0.9)), Status.ANSWERED, {}),
        ((citation("một", 1.0), citation("một", 1.0)), Status.ANSWERED, {}),
        ((citation("một", 1.0), citation("hai", 1.0)), Status.RELATED, {}),
        ((citation("một", 1.0),), Status.ANSWERED, {}),
        (
            (citation("một", 1.0), citation("hai", 1.0)),
            Status.ANSWERED,
            {"named": (Named("năm 2020", (("~2020",),)),)},
        ),
    ],
)
def test_nothing_competes(cited: tuple[Citation, ...], status: Status, understood: dict[str, object]) -> None:
    assert list(notes(search(**understood), cited, status)) == []
