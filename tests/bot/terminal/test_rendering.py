"""What an answer looks like to a person, and that it cannot do anything to a terminal."""

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from bot.answers import Answer, AnswerKind, AnswerText, Citation, Status, Verdict
from bot.terminal.rendering import answer_as_json, plain, print_answer
from corpus.models import Document, Passage

SENTENCE = "Năm 2020 được chọn là “Năm dân vận khéo”."
LINK = "https://example.vn/bai#:~:text=" + "%C4%83" * 60


def cited(
    rank: int, document: str, text: str = SENTENCE, quote: str | None = None, link: str | None = None
) -> Citation:
    source = Document(document, f"Bài {document}", "2020-01-10", "Báo Ví dụ", None, None, text, "0" * 64)
    return Citation(source, Passage("a" * 16, document, 0, 0, len(text), text), quote or text, link, 0.5, rank)


def answer(status: Status, *citations: Citation, words: str | None = None, notes: tuple[str, ...] = ()) -> Answer:
    return Answer("hỏi gì?", status, words, citations, 0.93, notes, "g1", 1.25)


def printed(given: Answer, width: int = 100, *, terminal: bool = False) -> str:
    out = io.StringIO()
    print_answer(Console(file=out, width=width, force_terminal=terminal, highlight=False, markup=False), given)
    return out.getvalue()


def test_the_words_that_answer_are_marked_in_the_sentence() -> None:
    text = printed(answer(Status.ANSWERED, cited(1, "a"), words="Năm dân vận khéo"), terminal=True)
    assert "Trả lời" in text
    assert "93%" in text
    marked = text.split("“Năm 2020")[1]
    assert "\x1b[1;30;103mNăm dân vận khéo\x1b[0m" in marked


def test_quotation_marks_inside_a_quote_are_single_ones() -> None:
    text = printed(answer(Status.ANSWERED, cited(1, "a"), cited(2, "b"), words="“Năm dân vận khéo”"), terminal=True)
    assert "“Năm 2020 được chọn là \x1b[1;30;103m‘Năm dân vận khéo’\x1b[0m.”" in text
    assert "“Năm 2020 được chọn là ‘Năm dân vận khéo’.”" in text, "in further passages too"


def test_sources_say_title_publisher_date_and_link_and_are_named_once() -> None:
    text = printed(answer(Status.ANSWERED, cited(1, "a", link=LINK), cited(2, "b"), cited(3, "a")))
    assert text.count("Nguồn: Bài a") == 1
    assert "cùng tài liệu với [1]" in text
    assert "Báo Ví dụ · 10/01/2020" in text
    assert LINK in text  # in one piece, so that it can be opened


def test_a_note_stands_before_the_heading_of_the_passage() -> None:
    note = "Hiểu là hỏi tiếp câu: “năm 2020 là năm gì”."
    lines = printed(answer(Status.RELATED, cited(1, "a"), notes=(note,))).splitlines()
    assert lines[:3] == ["Chưa tìm thấy câu trả lời trực tiếp.", note, "Đoạn liên quan nhất:"]
    assert printed(answer(Status.RELATED, cited(1, "a"))).startswith("Chưa tìm thấy câu trả lời trực tiếp. Đoạn")


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.RELATED, "Chưa tìm thấy câu trả lời trực tiếp"),
        (Status.NOT_FOUND, "Không tìm thấy"),
        (Status.INVALID, "không hợp lệ"),
    ],
)
def test_what_is_no_answer_does_not_look_like_one(status: Any, says: str) -> None:
    citations = () if status is Status.INVALID else (cited(1, "a"),)
    text = printed(answer(status, *citations, notes=("Không tài liệu nào nhắc đến “Hà Giang”.",)))
    assert says in text
    assert "Trả lời" not in text
    assert "“Hà Giang”" in text


def test_a_long_passage_is_shown_around_its_quote() -> None:
    text = "Mở đầu. " * 200 + SENTENCE + " Kết thúc." * 200
    shown = printed(answer(Status.ANSWERED, cited(1, "a", text, SENTENCE)), width=10_000)
    passage = next(line for line in shown.splitlines() if line.startswith("  … "))
    assert SENTENCE in passage
    assert passage.endswith(" …")
    assert len(passage) < 700


def test_control_characters_do_not_reach_the_terminal() -> None:
    hostile = "\x1b]0;title\x07\x1b[2Jxóa\x9b31m\r"
    text = printed(answer(Status.ANSWERED, cited(1, hostile, hostile), words="xóa", notes=(hostile,)))
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\r"}
    assert plain("một\thai\nba\x00") == "một\thai\nba"


def test_json_carries_the_id_and_every_field_through() -> None:
    fields = answer_as_json(answer(Status.ANSWERED, cited(1, "a", link=LINK), words="khéo"), identity={"a": 1})
    assert fields["id"] == {"a": 1}
    assert (fields["answer"], fields["status"], fields["elapsed_ms"]) == ("khéo", "answered", 1.2)
    assert fields["citations"][0] == {
        "rank": 1,
        "document_id": "a",
        "title": "Bài a",
        "published": "2020-01-10",
        "publisher": "Báo Ví dụ",
        "url": None,
        "link": LINK,
        "passage_id": "a" * 16,
        "passage": SENTENCE,
        "quote": SENTENCE,
        "quotes": [SENTENCE],
        "score": 0.5,
        "page": None,
        "heading": None,
        "path": [],
        "place": None,
    }


def test_json_tells_the_form_of_the_answer() -> None:
    texts = (AnswerText("khéo", 1, office="Bí thư"), AnswerText("dân vận", 2, part=1))
    given = replace(
        answer(Status.ANSWERED, cited(1, "a"), words="khéo"),
        kind=AnswerKind.YES_NO,
        verdict=Verdict.NO,
        answers=texts,
        citations=(replace(cited(1, "a"), quote="Năm", further_quotes=("khéo",)),),
    )
    fields = answer_as_json(given)
    assert (fields["kind"], fields["verdict"], fields["goes_on"], fields["language"]) == ("yes_no", "no", False, "vi")
    assert fields["answers"] == [
        {"text": "khéo", "citation": 1, "part": None, "office": "Bí thư"},
        {"text": "dân vận", "citation": 2, "part": 1},
    ]
    assert fields["citations"][0]["quotes"] == ["Năm", "khéo"]


def test_where_a_quote_stands_in_its_document_is_shown() -> None:
    given = replace(cited(1, "a"), place="Khoản 2 Điều 7")
    given = replace(given, passage=replace(given.passage, page=3, path=("Chương III", "Điều 7", "Khoản 2")))
    assert "Báo Ví dụ · 10/01/2020 · Khoản 2 Điều 7, trang 3\n" in printed(answer(Status.ANSWERED, given))
    fields = answer_as_json(answer(Status.ANSWERED, given))["citations"][0]
    assert (fields["path"], fields["place"]) == (["Chương III", "Điều 7", "Khoản 2"], "Khoản 2 Điều 7")


def paged(rank: int, document: str, page: int) -> Citation:
    given = cited(rank, document)
    return replace(given, passage=replace(given.passage, page=page, heading="II. Nhiệm vụ"))


def test_the_page_and_heading_of_a_passage_are_shown() -> None:
    given = answer(Status.ANSWERED, paged(1, "a", 3), paged(2, "a", 7), cited(3, "b"))
    text = printed(given)
    assert "Báo Ví dụ · 10/01/2020 · trang 3\n" in text
    assert "cùng tài liệu với [1], trang 7\n" in text
    assert text.count("trang") == 2
    places = [(citation["page"], citation["heading"]) for citation in answer_as_json(given)["citations"]]
    assert places == [(3, "II. Nhiệm vụ"), (7, "II. Nhiệm vụ"), (None, None)]
