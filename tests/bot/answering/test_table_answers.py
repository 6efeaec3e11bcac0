"""Cells asked for by row and column through the answerer: 90% of made tables' cells, quoted with their rows."""

from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.folder.reading_folder import read_folder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.retriever import Retriever
from tests.quick import SyllableEncoder
from tests.tables import share, write_tables


def test_cells_of_tables_are_answered(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    asked = write_tables(documents, seed=5)
    generation = build(tmp_path, list(read_folder(documents).documents), SyllableEncoder())
    answerer = Answerer(Retriever(generation, SyllableEncoder()), Links())
    wrong = []
    for one in asked:
        answer = answerer.answer(Question(one.question))
        first = answer.citations[0]
        if answer.text != one.cell or first.document.id != one.document:
            wrong.append((one.question, one.cell, answer.text))
            continue
        assert (answer.status, answer.kind) == (Status.ANSWERED, AnswerKind.SPAN)
        assert one.cell in first.quote
        assert " | " in first.quote
        assert first.quote in first.passage.text
    assert share(asked, wrong) >= 0.9, wrong
