"""Whether several things are meant where a list is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Draft, Piece
from bot.answering.forms.announced import answer_announced
from bot.answering.forms.lists import _without_deeds, _without_term
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


MARKS = (
    "Chi ủy phát phiếu nhận xét theo ba nội dung: chấp hành nghĩa vụ; nếp sống gia đình; việc chung. "
    "Phiếu gồm ba mức Tốt, Khá, Chưa đạt."
)
FAULTS = (
    "Về hạn chế trong tham mưu của Khối, hội nghị nêu: góp ý dự thảo còn qua loa; nắm tình hình chủ yếu qua báo cáo; "
    "phối hợp còn chậm. Nguyên nhân là chưa có quy chế, thiếu cán bộ."
)


@pytest.mark.parametrize(
    ("text", "question", "listed"),
    [
        (MARKS, "phiếu nhận xét theo những nội dung nào", True),
        (MARKS, "chi ủy phát phiếu nhận xét theo những mức nào", False),
        (FAULTS, "hạn chế trong tham mưu của Khối gồm những gì", True),
        (FAULTS, "nguyên nhân của hạn chế trong tham mưu của Khối gồm những gì", False),
    ],
)
def test_a_list_of_something_else_in_the_passage_is_not_announced(
    tmp_path: Path, text: str, question: str, listed: bool
) -> None:
    page = Document("page", "Báo cáo quỹ", None, None, None, None, text, "page".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question(question))
    assert (answer_announced(asked) is not None) is listed


@pytest.mark.parametrize(("verb", "last"), [("bàn giao", "tài sản"), ("gồm có", "tài sản trong 07 ngày làm việc")])
def test_the_time_for_all_things_that_something_is_done_to_is_no_part_of_the_last(
    tmp_path: Path, verb: str, last: str
) -> None:
    text = f"Trưởng thôn cũ {verb} sổ sách, con dấu quỹ, tài sản trong 07 ngày làm việc."
    page = Document("page", "Quy định", None, None, None, None, text, "page".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question("bàn giao những gì"))
    hit = asked.search.hits[0]
    words = ("sổ sách", "con dấu quỹ", "tài sản trong 07 ngày làm việc")
    pieces = [Piece(hit, text.index(word), text.index(word) + len(word)) for word in words]
    assert [piece.text for piece in _without_term(pieces)] == ["sổ sách", "con dấu quỹ", last]


@pytest.mark.parametrize(
    ("beside", "kept"), [("người có uy tín của thôn", 2), ("người đã dạy tiếng Lào", 1), ("giới thiệu cách làm", 1)]
)
def test_what_is_told_of_a_person_is_nobody_else(tmp_path: Path, beside: str, kept: int) -> None:
    text = f"Dự có ông Lê Văn An, {beside}."
    page = Document("page", "Hội nghị", None, None, None, None, text, "page".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question("những ai dự"))
    hit = asked.search.hits[0]
    pieces = [Piece(hit, text.index(word), text.index(word) + len(word)) for word in ("Lê Văn An", beside)]
    assert len(_without_deeds(pieces)) == kept
