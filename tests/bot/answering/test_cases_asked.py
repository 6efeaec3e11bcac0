"""Questions of the kinds public reports tell of (see tests/cases/README.md), asked of the documents they are about."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import Answer, Status
from corpus.folder.reading_folder import read_folder
from embeddings.encoder.encoder import Encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def look(encoder: Encoder) -> Reranking:
    return Reranking(load_reader("bundled"))


class Asked:
    """The documents of a case with an answerer over them."""

    def __init__(self, name: str, encoder: Encoder, look: Reranking, folder: Path) -> None:
        documents = folder / "documents"
        documents.mkdir()
        for path in (CASES / name).iterdir():
            if path.name not in ("expected.txt", "questions.jsonl"):
                (documents / path.name).write_bytes(path.read_bytes())
        generation = build(folder, list(read_folder(documents).documents), encoder)
        self._answerer = Answerer(Retriever(generation, encoder), Links(), look)
        lines = (CASES / name / "questions.jsonl").read_text("utf-8").splitlines()
        self._questions = [json.loads(line)["question"] for line in lines]
        self.expected = [json.loads(line)["expected"] for line in lines]

    def answers(self) -> Iterator[Answer]:
        """The answers to the questions of the case, in their order."""
        return (self._answerer.answer(Question(question)) for question in self._questions)


@pytest.fixture
def asked(request: pytest.FixtureRequest, encoder: Encoder, look: Reranking, tmp_path: Path) -> Asked:
    return Asked(request.param, encoder, look, tmp_path)


@pytest.mark.parametrize("asked", ["ask-chapter"], indirect=True)
def test_a_chapter_asked_for_by_number_is_that_chapter(asked: Asked) -> None:
    for answer in asked.answers():
        assert (answer.status, answer.text) == (Status.ANSWERED, "TRÁCH NHIỆM VÀ XỬ LÝ VI PHẠM")
        assert [text.text for text in answer.answers[1:]] == [
            "Trách nhiệm của người tiếp công dân",
            "Hành vi bị nghiêm cấm",
            "Bảo vệ người tố cáo",
        ]
        assert answer.citations[0].place == "Chương III"
        assert answer.notes == ()


@pytest.mark.parametrize("asked", ["ask-cross-reference"], indirect=True)
def test_a_clause_asked_for_by_number_is_the_clause_not_one_that_refers_to_it(asked: Asked) -> None:
    clause, article, other = asked.answers()
    assert clause.text == "Người tiết lộ thông tin bị kỷ luật từ khiển trách đến buộc thôi việc."
    assert clause.citations[0].place == "Khoản 2 Điều 7"
    assert [text.text for text in article.answers] == [
        "Bảo vệ người tố cáo",
        "Không được tiết lộ họ tên, địa chỉ của người tố cáo.",
        "Người tiết lộ thông tin bị kỷ luật từ khiển trách đến buộc thôi việc.",
    ]
    assert (other.text, other.citations[0].document.id) == (
        "Tổ chức, cá nhân có kiến nghị, phản ánh.",
        "quyet-dinh-kien-nghi",
    )


@pytest.mark.parametrize("asked", ["ask-short-number"], indirect=True)
def test_a_document_is_known_by_the_short_forms_of_its_number(asked: Asked) -> None:
    for answer in asked.answers():
        assert (answer.status, answer.text) == (Status.ANSWERED, "05 tháng 3 năm 2020")
        assert not any("nhắc đến" in note for note in answer.notes)


@pytest.mark.parametrize("asked", ["ask-superseded"], indirect=True)
def test_the_document_that_replaces_the_other_answers_and_says_so(asked: Asked) -> None:
    for answer in asked.answers():
        assert answer.status is Status.ANSWERED, answer.confidence
        assert "500.000 đồng" in (answer.text or "")
        told = "Nghị quyết số 27/2023/NQ-HĐND thay thế Nghị quyết số 11/2018/NQ-HĐND từ ngày 01/01/2024."
        assert told in answer.notes


@pytest.mark.parametrize("asked", ["ask-letterhead-answer"], indirect=True)
def test_a_letterhead_is_no_answer_and_the_subject_of_a_decision_is(asked: Asked) -> None:
    for answer in asked.answers():
        assert answer.text == "Về việc thành lập Tổ dân vận khéo huyện Minh Phú"


@pytest.mark.parametrize("asked", ["ask-not-obliged"], indirect=True)
def test_who_is_exempt_is_not_answered_with_who_must_pay(asked: Asked) -> None:
    for answer in asked.answers():
        assert answer.status in (Status.ANSWERED, Status.RELATED)
        assert "người thuộc hộ nghèo" in answer.citations[0].quote
        assert answer.text is None or "hộ nghèo" in answer.text


@pytest.mark.parametrize("asked", ["ask-docx-table", "pdf-table-over-pages"], indirect=True)
def test_a_cell_of_a_table_is_the_one_where_row_and_column_meet(asked: Asked) -> None:
    for answer, cell in zip(asked.answers(), asked.expected, strict=True):
        assert (answer.status, answer.text) == (Status.ANSWERED, cell)


@pytest.mark.parametrize("asked", ["ask-former-ward"], indirect=True)
def test_where_to_turn_is_the_body_that_takes_over(asked: Asked) -> None:
    assert [answer.text for answer in asked.answers()] == ["Ủy ban nhân dân phường Lê Thanh Nghị"]


@pytest.mark.parametrize("asked", ["ask-english"], indirect=True)
def test_a_question_in_english_is_answered_with_the_documents_words(asked: Asked) -> None:
    assert [answer.text for answer in asked.answers()] == ["05 tháng 3 năm 2020", "10.000 đồng"]


NAMED = {
    "ask-date-otherwise": ("thành phố Hải Phòng",),
    "ask-docx-table": ("Sông Xoài", "Tóc Tiên", "Tân Hòa"),
    "ask-english": ("05 tháng 3 năm 2020", "lệ phí"),
    "ask-former-ward": ("Ủy ban nhân dân phường Lê Thanh Nghị",),
    "pdf-table-over-pages": ("Tân Hòa", "Kim Long"),
}
"""Words that the first quote has, a question."""


@pytest.mark.parametrize("asked", list(NAMED), indirect=True)
def test_what_a_document_names_otherwise_is_found_and_never_called_missing(
    asked: Asked, request: pytest.FixtureRequest
) -> None:
    wanted = NAMED[request.node.callspec.params["asked"]]
    for words, answer in zip(wanted, asked.answers(), strict=True):
        assert words in answer.citations[0].quote
        assert not any("nhắc đến" in note for note in answer.notes)
