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
    return Reranking(load_reader("bundled", encoder))


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
