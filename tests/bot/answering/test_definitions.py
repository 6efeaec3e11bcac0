"""What something is: said by a law's own clause, or by nobody."""

from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

CLAUSE = "1. Vị trí việc làm là công việc hoặc nhiệm vụ gắn với chức danh, là căn cứ tuyển dụng viên chức."


@pytest.mark.parametrize(
    ("title", "question", "answered"),
    [
        ("Luật Viên chức, Điều 7", "vị trí việc làm là gì?", True),
        ("Luật Viên chức, Điều 7", "vị trí việc làm của viên chức là gì?", True),
        ("Luật Viên chức, Điều 7", "vị trí việc làm của quân nhân là gì?", False),
        ("Biên bản họp chi bộ", "vị trí việc làm là gì?", False),
    ],
)
def test_a_clause_of_a_law_defines(tmp_path: Path, title: str, question: str, answered: bool) -> None:
    page = Document("page", title, None, None, None, None, CLAUSE, "page".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).answer(Question(question))
    assert (answer.status is Status.ANSWERED and bool(answer.answers)) is answered
