"""Which form of answer a question gets that goes on from the one before it."""

from dataclasses import replace

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafting import _is_of_the_opposite, _lacks_the_number, _names_nobody, form_of
from bot.answering.drafts import Draft, Piece
from bot.answering.forms.lists_meant import is_of_another_kind
from bot.answering.forms.spans import _year_alone
from bot.answers import AnswerKind, Status
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


@pytest.mark.parametrize(
    ("question", "words", "lacks"),
    [
        ("tuyên dương mấy tập thể", "tuyên dương tập thể, cá nhân", True),
        ("tuyên dương mấy tập thể", "hai tập thể", False),
        ("tuyên dương bao nhiêu tập thể", "không tuyên dương tập thể nào", False),
        ("tuyên dương mấy cán bộ", "12 hộ", True),
        ("quy định số mấy", "số 11-QĐi/TW", False),
        ("vì sao mấy nơi không họp", "trời mưa", False),
        ("ai tuyên dương", "tuyên dương tập thể", False),
    ],
)
def test_a_number_that_is_asked_for_has_to_be_told(
    real_answerer: Answerer,
    question: str,
    words: str,
    lacks: bool,
) -> None:
    asked = real_answerer.ask(Question(question))
    hit = asked.search.hits[0]
    found = replace(hit, passage=replace(hit.passage, text=words))
    draft = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(found, 0, len(words)),), (found,))
    assert _lacks_the_number(asked, draft) is lacks


@pytest.mark.parametrize(("items", "other"), [("cán bộ, công chức", True), ("xã Bình An, phường Hòa", False)])
def test_a_list_of_places_names_places(real_answerer: Answerer, items: str, other: bool) -> None:
    asked = real_answerer.ask(Question("diễn đàn họp tại xã nào"))
    hit = replace(asked.search.hits[0], passage=replace(asked.search.hits[0].passage, text=items))
    comma = items.index(",")
    pieces = (Piece(hit, 0, comma), Piece(hit, comma + 2, len(items)))
    draft = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, pieces, (hit,))
    assert is_of_another_kind(asked, draft) is other


@pytest.mark.parametrize(
    ("question", "words", "nobody"),
    [
        ("đại hội bầu ai làm chủ tịch", "Đại hội", True),
        ("đại hội bầu ai làm chủ tịch", "Lê Văn An", False),
        ("bầu ông An hay bà Bình làm chủ tịch, là ai", "bà Bình", False),
        ("đại hội gì bầu chủ tịch", "Đại hội", False),
    ],
)
def test_words_of_the_question_name_nobody(real_answerer: Answerer, question: str, words: str, nobody: bool) -> None:
    asked = real_answerer.ask(Question(question))
    hit = replace(asked.search.hits[0], passage=replace(asked.search.hits[0].passage, text=words))
    draft = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(hit, 0, len(words)),), (hit,))
    assert _names_nobody(asked, draft) is nobody


@pytest.mark.parametrize(
    ("question", "text", "opposite"),
    [
        ("nguyên nhân chủ quan gồm những gì", "Nguyên nhân khách quan là |dịch bệnh|, |lũ|.", True),
        ("nguyên nhân khách quan gồm những gì", "Nguyên nhân khách quan là |dịch bệnh|, |lũ|.", False),
        ("nguyên nhân chủ quan gồm gì", "Ngoài nguyên nhân khách quan còn do: |cán bộ yếu|, |ngại việc|.", False),
        ("nguyên nhân gồm những gì", "Nguyên nhân khách quan là |dịch bệnh|, |lũ|.", False),
        ("nguyên nhân chủ quan gồm những gì", "Khách quan là lũ; chủ quan là |thiếu người|, |thiếu vốn|.", False),
    ],
)
def test_a_list_of_the_other_of_a_pair(real_answerer: Answerer, question: str, text: str, opposite: bool) -> None:
    asked = real_answerer.ask(Question(question))
    plain = text.replace("|", "")
    hit = replace(asked.search.hits[0], passage=replace(asked.search.hits[0].passage, text=plain))
    pieces = tuple(Piece(hit, plain.index(word), plain.index(word) + len(word)) for word in text.split("|")[1::2])
    draft = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, pieces, (hit,))
    assert _is_of_the_opposite(asked, draft) is opposite


@pytest.mark.parametrize(
    ("text", "read", "year"),
    [
        ("Hội lập từ rất sớm, năm 2020 có 300 người.", "từ rất sớm", "từ rất sớm"),
        ("Năm 2020 được chọn, sẽ có Đại hội toàn quốc.", "Đại hội toàn quốc", None),
        ("Hội lập năm 1976 với vài chục hội viên ở hai xã.", "năm 1976 với vài chục hội viên ở hai xã", "năm 1976"),
        ("Hội lập năm 1976.", "năm 1976", "năm 1976"),
    ],
)
def test_a_year_that_was_read(real_answerer: Answerer, text: str, read: str, year: str | None) -> None:
    asked = real_answerer.ask(Question("hội lập năm nào"))
    start = text.index(read)
    found = _year_alone(asked, text, (start, start + len(read)))
    assert (text[slice(*found)] if found else None) == year
