"""Cells asked for by row and column through the answerer: 90% of made tables' cells, quoted with their rows."""

from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.folder.reading_folder import read_folder
from embeddings.encoder.encoder import Encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever
from tests.quick import SyllableEncoder
from tests.tables import share, write_tables

POOR = {
    "nam-2021.csv": "Xã,Số hộ,Hộ nghèo,Hộ cận nghèo\nTân Hòa,1.204,47,81\nKim Long,988,35,64\nNà Tấu,1.310,112,64\n",
    "nam-2022.csv": "Xã,Số hộ,Hộ nghèo,Hộ cận nghèo\nTân Hòa,1.250,31,80\nKim Long,990,22,60\nNà Tấu,1.320,90,61\n",
}


def test_a_figure_of_another_column_is_not_the_answer(tmp_path: Path, encoder: Encoder) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, sheet in POOR.items():
        (documents / name).write_text(sheet, "utf-8")
    retriever = Retriever(build(tmp_path, list(read_folder(documents).documents), encoder), encoder)
    answerer = Answerer(retriever, Links(), Reranking(load_reader("bundled")))
    answer = answerer.answer(Question("xã Tân Hòa có bao nhiêu hộ nghèo?"))  # two tables, no year: not looked up
    assert answer.text in {None, "47", "31"}
    assert answer.citations[0].quote.startswith("Xã: Tân Hòa |")


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
