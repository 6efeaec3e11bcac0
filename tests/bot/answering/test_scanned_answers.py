"""An answer out of a scan is as sure as the words that were recognised."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import Answer
from corpus.models import Document, Place
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import LIBRARY, WordEncoder

TEXT = "Mức thu phí chợ Tân Hòa năm 2024 là 48 nghìn đồng một tháng đối với mỗi hộ buôn bán."
TYPED = Document("phi-cho", "Thông báo mức thu phí chợ", "2024-01-02", None, None, None, TEXT, "2" * 64)


def scan(doubtful: float) -> Document:
    """The same, recognised: every word surely but the sum."""
    places, start = [], 0
    for word in TEXT.split(" "):
        sure = doubtful if word == "48" else 0.95
        places.append(Place(start, start + len(word), 1, (0.0, 0.0, 1.0, 1.0), sure))
        start += len(word) + 1
    return replace(TYPED, places=tuple(places))


def answered(folder: Path, document: Document) -> Answer:
    publish(folder, build(folder, (*LIBRARY, document), WordEncoder()))
    answerer = Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())
    return answerer.answer(Question("Mức thu phí chợ Tân Hòa năm 2024 là bao nhiêu?"))


def test_uncertain_words_lower_the_confidence_and_are_named(tmp_path: Path) -> None:
    typed, sure, doubtful = (
        answered(tmp_path / name, document)
        for name, document in (("typed", TYPED), ("sure", scan(0.9)), ("doubtful", scan(0.3)))
    )
    assert typed.citations[0].quote == doubtful.citations[0].quote == TEXT
    assert sure.confidence == typed.confidence
    assert doubtful.confidence == pytest.approx(typed.confidence * 0.5)
    assert doubtful.citations[0].uncertain == ("48",)
    assert any("“48”" in note for note in doubtful.notes)
    assert not any("bản chụp" in note for note in (*typed.notes, *sure.notes))
