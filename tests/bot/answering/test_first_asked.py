"""What somebody new asks the five articles first, each in its form."""

import pytest

from bot.answering.answerer import Answerer
from bot.answers import AnswerKind, Status, Verdict
from embeddings.question.question import Question


@pytest.mark.parametrize(
    "question",
    [
        "có phải năm 2020 là năm dân vận khéo không?",
        "năm 2020 là năm dân vận khéo phải không",
        "nam 2020 la nam dan van kheo dung k",
    ],
)
def test_what_the_year_is_is_affirmed(real_answerer: Answerer, question: str) -> None:
    answer = real_answerer.answer(Question(question))
    assert answer.verdict is Verdict.YES
    assert "năm 2020" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    ["năm 2021 là năm dân vận khéo phải không", "năm 2020 là năm dân vận chính quyền đúng không"],
)
def test_what_another_year_is_is_not(real_answerer: Answerer, question: str) -> None:
    assert real_answerer.answer(Question(question)).verdict is not Verdict.YES


@pytest.mark.parametrize("question", ["diễn đàn công chức trẻ họp chiều 13/10 đúng ko"])
def test_another_part_of_the_day_denies(real_answerer: Answerer, question: str) -> None:
    answer = real_answerer.answer(Question(question))
    assert (answer.verdict, [one.text for one in answer.answers]) == (Verdict.NO, ["sáng 13/10"])


def test_whose_a_document_is_may_be_an_office(real_answerer: Answerer) -> None:
    answer = real_answerer.answer(Question("Chỉ thị số 18/2000 là của Bộ Chính trị phải không"))
    assert (answer.verdict, answer.answers[0].text) == (Verdict.NO, "Thủ tướng")


@pytest.mark.parametrize(
    ("question", "kind", "answers"),
    [
        ("Chủ tịch UBND tỉnh Thái Nguyên là ai?", AnswerKind.OFFICE, ["Vũ Hồng Bắc"]),
        (
            "ai chủ trì hội nghị tổng kết năm 2019?",
            AnswerKind.LIST,
            ["Nguyễn Xuân Phúc", "Trương Hòa Bình", "Trương Thị Mai", "Điểu K'ré"],
        ),
        (
            "who chaired the conference?",
            AnswerKind.LIST,
            ["Nguyễn Xuân Phúc", "Trương Hòa Bình", "Trương Thị Mai", "Điểu K'ré"],
        ),
        ("hội nghị tổng kết 9/1 với diễn đàn ở hải phòng cái nào họp trước", AnswerKind.SPAN, ["diễn đàn"]),
        ("toạ đàm khối tỉnh bàn giải pháp dân vận là hồi 2017 hay 2020", AnswerKind.SPAN, ["2017"]),
        ("ở hải phòng bùi tuấn quang hay vũ thị giáng hương đọc lời đề dẫn", AnswerKind.SPAN, ["Vũ Thị Giáng Hương"]),
        ("trương thị mai với điểu k'ré ai là cấp trưởng ở ban dân vận tw", AnswerKind.OFFICE, ["Trương Thị Mai"]),
    ],
)
def test_answers(real_answerer: Answerer, question: str, kind: AnswerKind, answers: list[str]) -> None:
    answer = real_answerer.answer(Question(question))
    assert (answer.status, answer.kind, [one.text for one in answer.answers]) == (Status.ANSWERED, kind, answers)


def test_both_breakthroughs(real_answerer: Answerer) -> None:
    answer = real_answerer.answer(Question("hai khau dot pha la gi"))
    assert answer.kind is AnswerKind.LIST
    assert [one.text.split(maxsplit=3)[:3] for one in answer.answers] == [
        ["Nâng", "cao", "nhận"],
        ["đẩy", "mạnh", "công"],
    ]


@pytest.mark.parametrize(
    ("question", "kind"), [("dân vận là gì?", AnswerKind.SENTENCE), ("công tác dân vận", AnswerKind.OVERVIEW)]
)
def test_no_words_are_marked(real_answerer: Answerer, question: str, kind: AnswerKind) -> None:
    answer = real_answerer.answer(Question(question))
    assert (answer.status, answer.kind, answer.answers) == (Status.RELATED, kind, ())


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("dương văn tiến ngoài ủy viên btv thì đứng đầu ban nào", "Ban Dân vận Tỉnh ủy"),
        ("bà vũ thị giáng hương phụ trách ban nào của đoàn", "ban Thanh niên công nhân và đô thị Trung ương Đoàn"),
    ],
)
def test_which_body_somebody_leads(real_answerer: Answerer, question: str, body: str) -> None:
    assert [one.text for one in real_answerer.answer(Question(question)).answers] == [body]


def test_the_year_alone_is_answered(real_answerer: Answerer) -> None:
    answer = real_answerer.answer(Question("năm nào được chọn là năm dân vận khéo"))
    assert (answer.kind, [one.text for one in answer.answers]) == (AnswerKind.SPAN, ["năm 2020"])


def test_what_is_no_year_answers_no_question_for_one(real_answerer: Answerer) -> None:
    answer = real_answerer.answer(Question("nam nao la nam dan van kheo"))
    assert [one.text for one in answer.answers] in ([], ["năm 2020"])


def test_what_is_to_be_listed_is(real_answerer: Answerer) -> None:
    answer = real_answerer.answer(Question("liệt kê 2 khâu đột phá năm 2014"))
    assert (answer.kind, len(answer.answers)) == (AnswerKind.LIST, 2)
