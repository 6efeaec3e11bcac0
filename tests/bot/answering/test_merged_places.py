"""Places asked for by a name of before July 2025: documents of before speak of another place under today's name."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import Answer, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

TEXT = "Hội nghị tổng kết của tỉnh Thái Nguyên do đồng chí Vũ Hồng Bắc, Chủ tịch UBND tỉnh Thái Nguyên chủ trì."


def ask(folder: Path, published: str | None, question: str, previous: str | None = None) -> Answer:
    page = Document("thai-nguyen", "Hội nghị tỉnh Thái Nguyên", published, None, None, None, TEXT, "t".ljust(64, "0"))
    publish(folder, build(folder, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())
    return answerer.answer(Question(question, previous), 3)


@pytest.mark.parametrize(
    ("published", "question", "answered"),
    [
        ("2020-01-10", "Chủ tịch UBND tỉnh Thái Nguyên là ai?", True),
        ("2020-01-10", "Chủ tịch UBND tỉnh Bắc Kạn là ai?", False),
        (None, "Chủ tịch UBND tỉnh Bắc Kạn là ai?", False),
        ("2025-08-01", "Chủ tịch UBND tỉnh Bắc Kạn là ai?", True),
    ],
)
def test_only_documents_since_the_merger_answer_for_a_former_name(
    tmp_path: Path, published: str | None, question: str, answered: bool
) -> None:
    answer = ask(tmp_path, published, question)
    assert (answer.status is Status.ANSWERED) is answered
    assert [one.text for one in answer.answers] == (["Vũ Hồng Bắc"] if answered else [])
    assert any("trước ngày sáp nhập" in note for note in answer.notes) is not answered
    assert answer.citations


def test_what_goes_on_from_a_question_with_a_former_name_is_of_that_place_too(tmp_path: Path) -> None:
    page = Document("thai-nguyen", "Hội nghị tỉnh", "2020-01-10", None, None, None, TEXT, "t".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    retriever = Retriever.open(tmp_path, encoder=WordEncoder())
    before = Question("Chủ tịch UBND tỉnh Bắc Kạn là ai?")
    assert retriever.look_up(before).understanding.merged_on == "2025-07-01"
    assert retriever.look_up(replace(before, text="còn ở đó ai chủ trì", previous=before.text)).understanding.merged_on
    assert not retriever.look_up(Question("Chủ tịch UBND tỉnh Thái Nguyên là ai?")).understanding.merged_on
