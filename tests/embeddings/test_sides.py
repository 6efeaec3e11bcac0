"""Hits put in order by the side of a rule that is asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.models import Document
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.readings import Reading, Span, TaggedToken
from embeddings.retriever import Retriever
from embeddings.sides import on_the_side_asked
from tests.quick import SyllableEncoder

MUST = "Người đăng ký thường trú phải nộp lệ phí 10.000 đồng mỗi lần đăng ký."
NEED_NOT = "Không thu lệ phí đăng ký đối với trẻ em và người thuộc hộ nghèo."


@pytest.fixture
def retriever(tmp_path: Path, request: pytest.FixtureRequest) -> Retriever:
    document = Document("phi", "Mức thu", None, None, None, None, request.param, "")
    return Retriever(build(tmp_path, [document], SyllableEncoder()), SyllableEncoder())


def best(retriever: Retriever, question: str) -> tuple[str, int]:
    search = on_the_side_asked(retriever.look_up(Question(question)))
    start, end, _ = search.hits[0].sentences[0]
    assert [hit.rank for hit in search.hits] == list(range(1, len(search.hits) + 1))
    return search.hits[0].passage.text[start:end].strip(), search.side


@pytest.mark.parametrize("retriever", [f"{MUST}\n\n{NEED_NOT}", f"{MUST} {NEED_NOT}"], indirect=True)
def test_the_side_that_is_asked_for_comes_first(retriever: Retriever) -> None:
    assert best(retriever, "Ai phải nộp lệ phí đăng ký?") == (MUST, 0)
    assert best(retriever, "Ai không phải nộp lệ phí đăng ký?") == (NEED_NOT, 1)


@pytest.mark.parametrize("retriever", [MUST], indirect=True)
def test_where_only_the_other_side_is_said_that_is_known(retriever: Retriever) -> None:
    assert best(retriever, "Ai không phải nộp lệ phí đăng ký?") == (MUST, -1)
    assert best(retriever, "Lệ phí đăng ký là bao nhiêu?") == (MUST, 0)


@pytest.mark.parametrize("retriever", [f"{MUST} {NEED_NOT}"], indirect=True)
def test_what_a_reader_says_of_the_side_that_is_asked_for_is_kept(retriever: Retriever) -> None:
    search = retriever.look_up(Question("Ai không phải nộp lệ phí đăng ký?"))
    other, own = len("Người"), len(MUST) + 5
    tags = tuple(TaggedToken(place, place + 3, 0.0, 1.0) for place in (other, own))
    reading = Reading(tuple(Span(tag.start, tag.end, 2.0) for tag in tags), 1.5, tags)
    read = replace(search, hits=tuple(replace(hit, reading=reading) for hit in search.hits))
    kept = on_the_side_asked(read).hits[0].reading
    assert kept is not None
    assert ([span.start for span in kept.spans], kept.answers) == ([own], 1.5)
    assert kept.tags == tags[1:]
