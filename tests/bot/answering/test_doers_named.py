"""Who does something, where a body stands in front of the deed and a reader has read the passage."""

from dataclasses import replace

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Asked
from bot.answering.forms.doers import answer_doer
from bot.answering.links import Links
from bot.answers import Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from embeddings.reading.readings import Reading, Span
from tests.embeddings.fakes import WordEncoder

TEXT = (
    "Sở Nội vụ tổ chức hội nghị thi đua. Hội nghị dân vận do Hội Nông dân huyện tổ chức. Hội Phụ nữ sẽ mở lớp học chữ."
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("doers")
    page = Document("talk", "Hội nghị", "2031-05-02", None, None, None, TEXT, "talk".ljust(64, "0"))
    publish(folder, build(folder, [page], WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


def named(asked: Asked) -> list[str] | None:
    draft = answer_doer(replace(asked, status=Status.ANSWERED))
    return [piece.text for piece in draft.pieces] if draft else None


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Ai tổ chức hội nghị thi đua?", ["Sở Nội vụ"]),
        ("Ai tổ chức hội nghị dân vận?", None),
        ("Ai sẽ mở lớp học chữ?", ["Hội Phụ nữ"]),
        ("Ai mở lớp học chữ?", None),
    ],
)
def test_who_does_all_that_is_asked_about(answerer: Answerer, question: str, who: list[str] | None) -> None:
    assert named(answerer.ask(Question(question))) == who


@pytest.mark.parametrize(
    ("read", "margin", "who"),
    [("Hội Nông dân huyện", 5.0, None), ("Hội Nông dân huyện", -2.0, ["Sở Nội vụ"]), ("Nội vụ", 5.0, ["Sở Nội vụ"])],
)
def test_a_reader_that_is_sure_of_another_is_not_overruled(
    answerer: Answerer, read: str, margin: float, who: list[str] | None
) -> None:
    asked = answerer.ask(Question("Ai tổ chức hội nghị thi đua?"))
    start = asked.search.hits[0].passage.text.index(read)
    reading = Reading((Span(start, start + len(read), margin),))
    hits = (replace(asked.search.hits[0], reading=reading), *asked.search.hits[1:])
    assert named(replace(asked, search=replace(asked.search, hits=hits))) == who
