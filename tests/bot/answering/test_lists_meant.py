"""Whether several things are meant where a list is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Draft, Piece
from bot.answering.forms.lists_meant import _is_in_one_title, is_of_another_kind
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from embeddings.reading.readings import Reading, Span
from tests.embeddings.fakes import WordEncoder

TEXT = "Sáng 13/10 diễn ra diễn đàn “Cán bộ, công chức, viên chức trẻ với công tác dân vận”, có thôn, bản và xã dự."


@pytest.mark.parametrize(
    ("question", "read", "items", "one"),
    [
        ("tổ chức diễn đàn gì cho cán bộ trẻ", "Cán bộ, công chức, viên chức trẻ với công tác dân vận", True, True),
        ("diễn đàn dành cho những ai, gì", "Cán bộ, công chức, viên chức trẻ với công tác dân vận", True, False),
        ("tổ chức diễn đàn gì cho cán bộ trẻ", "công chức", True, False),
        ("tổ chức diễn đàn gì cho cán bộ trẻ", "thôn, bản và xã", False, False),
    ],
)
def test_a_title_is_one_thing(tmp_path: Path, question: str, read: str, items: bool, one: bool) -> None:
    page = Document("page", "Diễn đàn", None, None, None, None, TEXT, "page".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question(question))
    start = TEXT.index(read)
    hit = replace(asked.search.hits[0], reading=Reading((Span(start, start + len(read), 5.0),)))
    words = ("công chức", "viên chức trẻ") if items else ("thôn", "bản")
    pieces = tuple(Piece(hit, TEXT.index(word), TEXT.index(word) + len(word)) for word in words)
    draft = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, pieces, asked.search.hits)
    assert _is_in_one_title(asked, draft) is one


@pytest.mark.parametrize(
    ("question", "other"),
    [("bí thư là đồng chí nào", True), ("ông nào được bầu", True), ("ai được hỗ trợ", False)],
)
def test_who_is_asked_for_as_a_person_has_a_name(tmp_path: Path, question: str, other: bool) -> None:
    page = Document("page", "Diễn đàn", None, None, None, None, TEXT, "page".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question(question))
    hit = asked.search.hits[0]
    pieces = tuple(Piece(hit, TEXT.index(word), TEXT.index(word) + len(word)) for word in ("thôn", "bản và xã"))
    draft = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, pieces, asked.search.hits)
    assert is_of_another_kind(asked, draft) is other
