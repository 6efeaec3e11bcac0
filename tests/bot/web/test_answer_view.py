"""What a page shows of an answer: quotes with dots where they were cut, the words that answer standing out."""

from dataclasses import replace
from typing import Any

import pytest
from lxml.html import document_fromstring
from starlette.requests import Request

from bot.answers import Answer, AnswerKind, AnswerText, Status, Verdict
from bot.web.pages.answer_view import Piece, Seen, _said, view_of_answer
from bot.web.rendering import render
from corpus.models import Document, Passage
from tests.bot.terminal.test_rendering import SENTENCE, cited

TEXT = "Năm 2020 có ý nghĩa đặc biệt, được chọn là “Năm dân vận khéo”, vì vậy cần đổi mới. Xã đã họp.\n- Một\n- Hai"


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        (("được chọn là “Năm dân vận khéo”",), "… được chọn là “Năm dân vận khéo”"),
        (("Năm 2020 có ý nghĩa đặc biệt",), "Năm 2020 có ý nghĩa đặc biệt …"),
        (("có ý nghĩa đặc biệt", "Xã đã họp."), "… có ý nghĩa đặc biệt … […] Xã đã họp."),
        (("- Một",), "- Một"),
        (("Hai",), "… Hai"),
        ((TEXT,), " ".join(TEXT.split())),
        (("không có trong đoạn",), "không có trong đoạn"),
    ],
)
def test_dots_stand_where_a_sentence_was_cut(quotes: tuple[str, ...], shown: str) -> None:
    document = Document("a", "A", None, None, None, None, TEXT, "")
    seen = Seen(document, Passage("a" * 16, "a", 0, 0, len(TEXT), TEXT), quotes)
    assert "".join(piece.text for piece in _said(seen, [])) == shown
    first = quotes[0].split()[0]
    assert Piece(first, strong=True) in _said(seen, [first])


HOSTILE = "<script>alert(1)</script> & \u202e"
SEEN_IN_A_BROWSER: dict[str, Any] = {
    "type": "http",
    "method": "GET",
    "path": "/",
    "scheme": "http",
    "server": ("127.0.0.1", 80),
    "query_string": b"",
    "headers": [],
}


def shown(given: Answer) -> str:
    """What a browser gets of an answer."""
    return render(
        Request(SEEN_IN_A_BROWSER), "exchange.html.j2", {"exchange": view_of_answer(given, 7), "form_token": "f"}
    )


def found(html: str, path: str) -> list[Any]:
    """What a short path leads to: `.class` and element names, one within the other."""
    steps = (f"*[contains(@class, '{step[1:]}')]" if step.startswith(".") else step for step in path.split())
    elements: list[Any] = document_fromstring(html).xpath("//" + "//".join(steps))
    return elements


def texts_in(html: str, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in found(html, path)]


def test_all_items_of_a_list_are_shown_with_their_offices() -> None:
    words = f"Gồm có: ông An; bà Bình {HOSTILE}."
    given = Answer("có ai?", Status.ANSWERED, "ông An", (cited(1, "a", words),), 0.9, (), "g", 1.0, AnswerKind.LIST)
    answers = (AnswerText("ông An", 1, office="Chủ tịch"), AnswerText(f"bà Bình {HOSTILE}", 1))
    html = shown(replace(given, answers=answers, goes_on=True))
    assert texts_in(html, ".items li") == ["ông An (Chủ tịch)", f"bà Bình {HOSTILE}"]
    assert "Danh sách có thể còn tiếp" in html
    assert "<script>" not in html


@pytest.mark.parametrize(("verdict", "said"), [(Verdict.YES, "Có."), (Verdict.NO, "Không.")])
def test_a_verdict_stands_before_the_sentence_that_gives_it(verdict: Verdict, said: str) -> None:
    given = Answer("có không?", Status.ANSWERED, None, (cited(1, "a"),), 0.9, (), "g", 1.0, AnswerKind.YES_NO)
    assert texts_in(shown(replace(given, verdict=verdict)), ".said") == [said, SENTENCE]


def test_each_part_of_a_double_question_has_its_own_answer_and_source() -> None:
    citations = (cited(1, "a"), cited(2, "b", "Hội nghị họp ngày 9/1. Có 300 đại biểu dự."))
    given = Answer("?", Status.ANSWERED, "2020", citations, 0.9, (), "g", 1.0, AnswerKind.COMPOUND)
    parts = ("năm nào?", "bao nhiêu đại biểu?", "ở đâu?")
    html = shown(replace(given, parts=parts, answers=(AnswerText("2020", 1, 0), AnswerText("300 đại biểu", 2, 1))))
    assert texts_in(html, "h3") == list(parts)
    assert texts_in(html, ".said strong") == ["2020", "300 đại biểu"]
    links = [element.get("href") or "" for element in found(html, ".said a")]
    assert [link.partition("?")[0] for link in links] == ["/documents/a", "/documents/b"]
    assert html.count("Không tìm thấy câu trả lời") == 1


@pytest.mark.parametrize("kind", [AnswerKind.OVERVIEW, AnswerKind.DOCUMENTS])
def test_an_overview_and_a_list_of_documents_name_every_source(kind: AnswerKind) -> None:
    given = Answer("?", Status.RELATED, None, (cited(1, "a"), cited(2, "b")), 0.5, (), "g", 1.0, kind)
    html = shown(given)
    assert [text.split(" · ")[0] for text in texts_in(html, ".items li")] == ["Bài a", "Bài b"]
    assert (SENTENCE in html) == (kind is AnswerKind.OVERVIEW)


def test_all_quotes_of_a_passage_are_said_and_marked() -> None:
    one = replace(cited(1, "a", TEXT, "Năm 2020 có ý nghĩa đặc biệt"), further_quotes=("Xã đã họp.",))
    html = shown(Answer("?", Status.ANSWERED, None, (one,), 0.9, (), "g", 1.0))
    assert texts_in(html, ".said") == ["Năm 2020 có ý nghĩa đặc biệt … […] Xã đã họp."]
    assert texts_in(html, "blockquote mark") == ["Năm 2020 có ý nghĩa đặc biệt", "Xã đã họp."]
