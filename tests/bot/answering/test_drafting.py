"""Which form of answer a question gets that goes on from the one before it."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafting import form_of
from bot.answers import AnswerKind
from embeddings.question.question import Question, Understanding
from embeddings.question.question_form import Form


def going_on(question: str, inherited: str) -> Understanding:
    return Understanding(question, question, question, inherited=inherited, dependence=0.99)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("ở đâu", Form.SPAN),
        ("khi nào", Form.SPAN),
        ("vì sao", Form.SENTENCE),
        ("gồm những ai", Form.LIST),
        ("thì sao", Form.LIST),
        ("thế hội nghị năm 2018", Form.LIST),
    ],
)
def test_what_asks_for_something_of_its_own_is_answered_in_its_own_form(question: str, form: Form) -> None:
    assert form_of(going_on(question, "những ai đồng chủ trì hội nghị")).form is form


def test_a_place_is_no_list_because_the_question_before_it_names_a_year(real_answerer: Answerer) -> None:
    assert real_answerer.answer(Question("ở đâu", "Năm dân vận 2014 phát động khi nào?")).text == "Hà Nội"


def test_a_question_for_one_thing_by_its_noun_gets_no_list_that_stands_beside_it(real_answerer: Answerer) -> None:
    answer = real_answerer.answer(Question("nghị quyết của Đảng ủy Khối nói xây dựng văn hóa gì"))
    assert answer.kind is not AnswerKind.LIST
    assert "văn hoá công sở" in answer.citations[0].passage.text
