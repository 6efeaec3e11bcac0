"""A list cut to the objects of the verb in front of `gì`."""

from dataclasses import replace

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Draft, Piece
from bot.answering.forms.objects import objects_only
from bot.answering.forms.sentences import answer_sentence
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from embeddings.reading.readings import Reading, Span
from tests.embeddings.fakes import WordEncoder

TEXT = "Phòng Lao động hỗ trợ gạo, giống lúa, hướng dẫn vay vốn. Xã xây dựng nhà văn hóa, sân bóng, hướng dẫn vay vốn."
SUPPORTED, BUILT = ("gạo", "giống lúa", "hướng dẫn vay vốn"), ("nhà văn hóa", "sân bóng", "hướng dẫn vay vốn")


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("objects")
    page = Document("talk", "Hội nghị", "2031-05-02", None, None, None, TEXT, "talk".ljust(64, "0"))
    publish(folder, build(folder, [page], WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


@pytest.mark.parametrize(
    ("question", "items", "read", "shown"),
    [
        ("Phòng Lao động hỗ trợ cái gì?", SUPPORTED, "gạo, giống lúa, hướng dẫn vay vốn", list(SUPPORTED)),
        ("Phòng Lao động hỗ trợ cái gì?", SUPPORTED, None, list(SUPPORTED)),
        ("Phòng Lao động hỗ trợ cái gì?", SUPPORTED, "gạo, giống lúa", ["gạo, giống lúa"]),
        ("Xã xây dựng cái gì?", BUILT, "nhà văn hóa, sân bóng, hướng dẫn vay vốn", ["nhà văn hóa, sân bóng"]),
    ],
)
def test_items_that_begin_with_a_verb_are_kept_where_they_may_be_objects(
    answerer: Answerer, question: str, items: tuple[str, ...], read: str | None, shown: list[str]
) -> None:
    asked = answerer.ask(Question(question))
    hit, text = asked.search.hits[0], asked.search.hits[0].passage.text
    if read:
        hit = replace(hit, reading=Reading((Span(text.index(read), text.index(read) + len(read), 5.0),)))
    first = text.index(items[0])
    pieces = tuple(Piece(hit, place := text.index(item, first), place + len(item)) for item in items)
    draft = objects_only(asked, Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, pieces, (hit,)))
    assert [piece.text for piece in draft.pieces] == shown


@pytest.mark.parametrize(
    ("margin", "shown"),
    [(4.5, "gạo, giống lúa, hướng dẫn vay vốn"), (2.0, "gạo"), (-1.0, "gạo")],
)
def test_few_words_go_on_to_those_that_a_reader_likes_as_well(answerer: Answerer, margin: float, shown: str) -> None:
    asked = answerer.ask(Question("Phòng Lao động hỗ trợ cái gì?"))
    hit, text = asked.search.hits[0], asked.search.hits[0].passage.text
    first, others = text.index("gạo"), "giống lúa, hướng dẫn vay vốn"
    spans = (
        Span(first, first + len("gạo"), 5.0),
        Span(text.index(others), text.index(others) + len(others), margin),
    )
    hits = (replace(hit, reading=Reading(spans)),)
    draft = answer_sentence(replace(asked, search=replace(asked.search, hits=hits)))
    assert [piece.text for piece in draft.pieces] == [shown]
