"""Answers in the form that a question asks for, over a small corpus with a small encoder and no reader."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafting import draft_for
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.announced import answer_announced
from bot.answering.forms.asked_back import answer_by_value, setting_of
from bot.answering.forms.comparisons import _by_known_names, answer_comparison
from bot.answering.forms.compound import answer_compound
from bot.answering.forms.offered import answer_offered
from bot.answering.forms.sides_counted import answer_by_count
from bot.answering.forms.spans import answer_count
from bot.answering.forms.two_sides import answer_by_difference, answer_by_sides
from bot.answering.links import Links
from bot.answers import Answer, AnswerKind, Language, Status, Verdict
from corpus.models import Document
from embeddings import Retriever
from embeddings.extraction.persons import persons
from embeddings.hits import Hit
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.comparison import read_comparison
from embeddings.question.question import Question
from embeddings.verdicts.claim_words import read_claim
from tests.embeddings.fakes import WordEncoder

TALK_2019 = (
    "Sáng 20/12/2019, tại tỉnh Đông Giang diễn ra hội nghị tổng kết công tác dân vận. Dự hội nghị có đồng chí Lê Văn "
    "An, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh; đồng chí Trần Thị Bình, Phó Chủ tịch Thường trực UBND tỉnh. "
    "Hội nghị không trao bằng khen cho tập thể."
)
TALK_2022 = (
    "Ngày 01/6/2022, UBND tỉnh Đông Giang sơ kết mô hình tổ dân vận ở thôn. Đồng chí Ngô Đức Cường, Chủ tịch UBND "
    "tỉnh phát biểu kết luận, đề nghị thay cách làm. Cả tỉnh có 706 tổ dân vận. "
    "Ngôi nhà “Nghĩa tình” là chỗ ở do đoàn viên góp công dựng."
)
PAGES = {
    "2019": ("Hội nghị tổng kết công tác dân vận tỉnh Đông Giang năm 2019", "2019-12-20", TALK_2019),
    "2022": ("Sơ kết mô hình tổ dân vận tỉnh Đông Giang năm 2022", "2022-06-01", TALK_2022),
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("forms")
    pages = [
        Document(name, title, published, None, None, None, text, name.ljust(64, "0"))
        for name, (title, published, text) in PAGES.items()
    ]
    publish(folder, build(folder, pages, WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


def ask(answerer: Answerer, question: str, previous: str | None = None) -> Answer:
    return answerer.answer(Question(question, previous), 3)


def test_days_are_not_answered_with_a_list_of_other_things(answerer: Answerer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(answerer.ask(Question("mô hình được sơ kết những ngày nào?")), status=Status.ANSWERED)
    hit = next(hit for hit in asked.search.hits if hit.passage.document_id == "2022")
    things, days = (
        Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, (Piece(hit, *span),), asked.search.hits)
        for span in ((TALK_2022.index("UBND"), TALK_2022.index(" sơ kết")), (5, 14))
    )
    monkeypatch.setattr("bot.answering.forms.lists_meant.answer_list", lambda _: things)
    assert draft_for(asked).kind is not AnswerKind.LIST
    monkeypatch.setattr("bot.answering.forms.lists_meant.answer_list", lambda _: days)
    assert draft_for(asked).kind is AnswerKind.LIST


def test_a_list_that_is_not_sure_enough_to_be_shown_does_not_change_the_order(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answerer.ask(Question("những mô hình nào được nêu?"))
    hits = asked.search.hits
    assert len(hits) > 1
    other = Draft(AnswerKind.LIST, Status.ANSWERED, 0.6, (Piece(hits[1], 0, 4),), (hits[1], hits[0]))
    monkeypatch.setattr("bot.answering.forms.lists_meant.answer_list", lambda _: other)
    unsure = draft_for(replace(asked, status=Status.RELATED, confidence=0.1))
    assert (unsure.status, unsure.pieces) == (Status.RELATED, ())
    assert [hit.passage.id for hit in unsure.hits] == [hit.passage.id for hit in hits]
    shown = draft_for(replace(asked, status=Status.ANSWERED, confidence=0.8))
    assert [hit.passage.id for hit in shown.hits] == [hits[1].passage.id, hits[0].passage.id]


def test_holders_of_an_office_newest_first(answerer: Answerer) -> None:
    answer = ask(answerer, "Chủ tịch UBND tỉnh Đông Giang là ai?")
    assert (answer.status, answer.kind) == (Status.ANSWERED, AnswerKind.OFFICE)
    assert [text.text for text in answer.answers] == ["Ngô Đức Cường", "Lê Văn An"]
    assert [answer.citations[text.citation - 1].document.id for text in answer.answers] == ["2022", "2019"]
    assert any("mới nhất trước" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("chu tich ubnd tinh dong giang nam 2019 la ai", "Lê Văn An"),
        ("ai là Phó Chủ tịch Thường trực UBND tỉnh", "Trần Thị Bình"),
        ("ai thay ông Lê Văn An làm Chủ tịch UBND tỉnh", "Ngô Đức Cường"),
    ],
)
def test_one_holder(answerer: Answerer, question: str, holder: str) -> None:
    answer = ask(answerer, question)
    assert [text.text for text in answer.answers] == [holder]
    assert holder in answer.citations[0].quote
    assert answer.text == holder


@pytest.mark.parametrize(
    "question",
    ["Phó Chủ tịch UBND tỉnh Đông Giang là ai?", "Chủ tịch HĐND tỉnh là ai", "Chủ tịch UBND tỉnh Tây Giang là ai"],
)
def test_nobody_is_named_under_another_office(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert answer.status is not Status.ANSWERED
    assert answer.answers == ()


def test_offices_of_a_person(answerer: Answerer) -> None:
    answer = ask(answerer, "ông Lê Văn An giữ chức gì?")
    assert [text.text for text in answer.answers] == ["Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Trần Thị Bình là Phó Chủ tịch Thường trực UBND tỉnh phải không?", Verdict.YES),
        ("Trần Thị Bình là Chủ tịch UBND tỉnh phải không?", Verdict.NO),
    ],
)
def test_claims_of_an_office(answerer: Answerer, question: str, verdict: Verdict) -> None:
    answer = ask(answerer, question)
    assert (answer.kind, answer.verdict) == (AnswerKind.YES_NO, verdict)
    assert "Trần Thị Bình" in " ".join(answer.citations[0].quotes)


def test_a_subject_and_documents_are_shown_without_marked_words(answerer: Answerer) -> None:
    subject = ask(answerer, "công tác dân vận")
    assert (subject.status, subject.kind, subject.answers) == (Status.RELATED, AnswerKind.OVERVIEW, ())
    documents = ask(answerer, "có tài liệu nào mới nhất về dân vận không?")
    assert (documents.status, documents.kind, documents.text) == (Status.RELATED, AnswerKind.DOCUMENTS, None)
    assert documents.citations[0].document.id == "2022"


def test_an_outline_begins_where_the_document_does(answerer: Answerer) -> None:
    outline = ask(answerer, "tóm tắt bài Sơ kết mô hình tổ dân vận")
    assert outline.kind is AnswerKind.OVERVIEW
    assert outline.citations[0].document.id == "2022"
    assert outline.citations[0].passage.ordinal == 0
    assert any("Trích" in note for note in outline.notes)


@pytest.mark.parametrize("question", ["Chỉ thị số 99/2031/CT-TTg nói gì?", "có tài liệu nào về huyện Ba Bể không?"])
def test_what_no_document_names_is_not_outlined_from_others(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert answer.status is Status.NOT_FOUND
    assert any("nhắc đến" in note for note in answer.notes)


def test_what_is_not_defined_is_said_so(answerer: Answerer) -> None:
    answer = ask(answerer, "dân vận là gì?")
    assert answer.status is not Status.ANSWERED
    assert any("không nêu khái niệm “dân vận”" in note for note in answer.notes)


def test_both_halves_of_a_double_question(answerer: Answerer) -> None:
    answer = ask(answerer, "ai là Chủ tịch UBND tỉnh năm 2019 và ai là Phó Chủ tịch Thường trực UBND tỉnh?")
    assert answer.kind is AnswerKind.COMPOUND
    assert [(text.part, text.text) for text in answer.answers] == [(0, "Lê Văn An"), (1, "Trần Thị Bình")]
    assert len(answer.parts) == 2


def test_a_question_in_english_is_answered_in_english_words(answerer: Answerer) -> None:
    answer = ask(answerer, "who is the director of the Department of Health?")
    assert answer.language is Language.ENGLISH
    assert not any("được hiểu" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Lê Văn An hay Trần Thị Bình là Phó Chủ tịch Thường trực UBND tỉnh?", "Trần Thị Bình"),
        ("le van an voi tran thi binh ai la pho chu tich thuong truc ubnd tinh", "Trần Thị Bình"),
        ("Phó Chủ tịch Thường trực UBND tỉnh là Lê Văn An hay Trần Thị Bình?", "Trần Thị Bình"),
        ("ai là Chủ tịch UBND tỉnh năm 2019, Lê Văn An hay Trần Thị Bình?", "Lê Văn An"),
    ],
)
def test_the_one_of_two_persons_who_holds_the_office(answerer: Answerer, question: str, name: str) -> None:
    answer = ask(answerer, question)
    assert (answer.status, [text.text for text in answer.answers]) == (Status.ANSWERED, [name])
    assert name in answer.citations[0].quote


def test_of_two_persons_one_may_hold_an_office_that_begins_so_and_nobody_else_is_shown(answerer: Answerer) -> None:
    nearly = ask(answerer, "Lê Văn An hay Trần Thị Bình là Phó Chủ tịch?")
    assert [text.text for text in nearly.answers] == ["Trần Thị Bình"]
    nobody = ask(answerer, "Lê Văn An hay Trần Thị Bình là Giám đốc Sở Y tế?")
    assert nobody.status is not Status.ANSWERED
    assert nobody.answers == ()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("hội nghị tổng kết công tác dân vận tỉnh Đông Giang họp sáng hay chiều", ["Sáng"]),
        ("hội nghị tổng kết công tác dân vận tỉnh Đông Giang được siết hay nới", []),
    ],
)
def test_of_opposites_the_one_that_is_said_or_none(answerer: Answerer, question: str, words: list[str]) -> None:
    answer = ask(answerer, question)
    assert [text.text for text in answer.answers] == words
    assert (answer.status is Status.ANSWERED) is bool(words)


def test_opposites_in_a_clause_of_something_else_answer_nothing(answerer: Answerer) -> None:
    asked = replace(answerer.ask(Question("đoàn viên dựng ngôi nhà sáng hay chiều")), status=Status.ANSWERED)
    hit = next(hit for hit in asked.search.hits if hit.passage.document_id == "2019")
    start = hit.passage.text.index("Sáng 20/12/2019")
    found = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(hit, start, start + 15),), asked.search.hits)
    assert answer_offered(asked, lambda: found).pieces == ()


@pytest.mark.parametrize(("later", "parts"), [("ai trao học bổng", [0]), ("ai đề nghị thay cách làm", [0, 1])])
def test_a_later_part_has_the_words_of_the_first_only_where_their_sentence_tells_of_it(
    answerer: Answerer, later: str, parts: list[int]
) -> None:
    asked = answerer.ask(Question(f"ai phát biểu kết luận, {later}?"))
    hit = next(hit for hit in asked.search.hits if hit.passage.document_id == "2022")
    start = hit.passage.text.index("Ngô Đức Cường")
    same = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(hit, start, start + 13),), asked.search.hits)
    draft = answer_compound(asked, lambda _: same)
    assert draft is not None
    assert [piece.part for piece in draft.pieces] == parts
    assert any(later in note for note in draft.notes) is (1 not in parts)


def test_which_of_two_is_more_is_told_by_its_name(tmp_path: Path) -> None:
    text = (
        "Đến nay nhiều nhất là huyện Bình An với 22 doanh nghiệp ký cam kết, tiếp đến là thành phố Sông Lô có 17 doanh "
        "nghiệp ký cam kết."
    )
    page = Document("firms", "Doanh nghiệp ký cam kết", None, None, None, None, text, "firms".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links())
    for question, name in (
        ("số doanh nghiệp ký cam kết ở huyện Bình An hay thành phố Sông Lô nhiều hơn", "huyện Bình An"),
        ("số doanh nghiệp ký cam kết ở huyện Bình An hay thành phố Sông Lô ít hơn", "thành phố Sông Lô"),
    ):
        answer = ask(answerer, question)
        assert [one.text for one in answer.answers] == [name]
        assert "22 doanh nghiệp" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("học viên loại giỏi hay khá nhiều hơn", "khá 304"),
        ("học viên loại giỏi hay khá ít hơn", "giỏi 211"),
        ("học viên loại giỏi hay yếu nhiều hơn", None),
    ],
)
def test_which_is_more_where_one_sentence_counts_both(tmp_path: Path, question: str, words: str | None) -> None:
    text = "Về chất lượng năm 2020: loại giỏi 211 người, khá 304 người, trung bình 87 người."
    page = Document("marks", "Báo cáo tập huấn học viên", None, None, None, None, text, "marks".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question(question))
    comparison = read_comparison(question)
    assert comparison is not None
    draft = answer_by_count(asked, comparison)
    assert ([piece.text for piece in draft.pieces] if draft else None) == ([words] if words else None)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("hội nghị tổng kết 2019 hay sơ kết mô hình 2022 có Trần Thị Bình", "hội nghị tổng kết"),
        ("hội nghị tổng kết 2019 hay sơ kết mô hình 2022 có bằng khen cho tập thể", None),  # denied
        ("ông An hay ông Cường phát biểu kết luận, đề nghị thay cách làm", "Ngô Đức Cường"),
        ("ông Lê Văn An hay ông Ngô Đức Cường phát biểu kết luận, đề nghị thay cách làm", "Ngô Đức Cường"),
        ("Lê Văn An hay Ngô Đức Cường phát biểu kết luận, đề nghị thay cách làm", "Ngô Đức Cường"),
        ("hội nghị tổng kết 2019 hay sơ kết mô hình 2022 trao học bổng cho sinh viên", None),
    ],
)
def test_which_of_two_is_told_of(answerer: Answerer, question: str, words: str | None) -> None:
    asked = answerer.ask(Question(question))
    comparison = read_comparison(question)
    assert comparison is not None
    draft = answer_by_sides(asked, comparison)
    assert ([piece.text.lower() for piece in draft.pieces] if draft else None) == ([words.lower()] if words else None)


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("ông Lê Văn An", "phát biểu kết luận"),
        ("ở Đông Giang Lê Văn An", "phát biểu kết luận ở Đông Giang"),
        ("Lê Văn An", "phát biểu kết luận"),
    ],
)
def test_what_stands_before_a_known_name_is_told_of_both(answerer: Answerer, first: str, said: str) -> None:
    question = f"{first} hay Ngô Đức Cường phát biểu kết luận"
    comparison = read_comparison(question)
    assert comparison is not None
    found = _by_known_names(answerer.ask(Question(question)), comparison)
    assert (found.sides[0], found.said) == ("Lê Văn An", said)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("giá rác mới tính trên những khoản chi nào", 3),
        ("ba khoản chi của giá rác mới là gì", 3),
        ("bốn khoản chi của giá rác mới là gì", None),
        ("những xã nào đã thu tiền nước sạch", None),
    ],
)
def test_an_announced_list_is_answered_whole(tmp_path: Path, question: str, items: int | None) -> None:
    text = "Giá rác mới được tính trên ba khoản chi: nhân công chiếm 54%, vận chuyển chiếm 31% và xử lý chiếm 15%."
    page = Document("price", "Lấy ý kiến về giá rác", None, None, None, None, text, "price".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question(question))
    draft = answer_announced(asked)
    assert (len(draft.pieces) if draft else None) == items


def test_a_change_is_told_in_the_words_of_the_passage(tmp_path: Path) -> None:
    text = "Đến cuối năm 2022 tỉnh có 1.187 chi hội, giảm 17 chi hội do sáp nhập thôn. Quỹ tăng trưởng 5 tỷ đồng."
    page = Document("clubs", "Báo cáo công tác Hội năm 2022", "2022-12-20", None, None, None, text, "c".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links())
    answer = ask(answerer, "số chi hội của tỉnh năm 2022 tăng hay giảm")
    assert [text.text for text in answer.answers] == ["giảm 17 chi hội do sáp nhập thôn"]
    assert not ask(answerer, "số chi hội của tỉnh năm 2016 tăng hay giảm").answers


@pytest.mark.parametrize(
    ("head", "question", "told"),
    [
        ("Các trường hợp không được hưởng", "những trường hợp nào được hưởng?", False),
        ("Các trường hợp không được hưởng", "những trường hợp nào không được hưởng?", True),
        ("Các trường hợp được hưởng", "những trường hợp nào không được hưởng?", False),
        ("Nếu không có thẻ, các trường hợp được hưởng", "những trường hợp nào được hưởng?", True),
        ("Trường hợp được hưởng theo cách ba không", "ba không của trường hợp được hưởng là những gì?", True),
    ],
)
def test_a_list_of_the_opposite_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, question: str, told: bool
) -> None:
    text = f"{head}: người hưởng lương hưu; người chấp hành án tù; người đã xuất cảnh."
    page = Document("aid", "Trợ cấp", None, None, None, None, text, "aid".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question(question))
    assert bool(answer_announced(asked)) is told
    hit = next(iter(asked.search.hits))
    span = text.index("người hưởng"), text.index("; người chấp")
    found = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, (Piece(hit, *span),), asked.search.hits, certain=True)
    monkeypatch.setattr("bot.answering.forms.lists_meant.answer_list", lambda _: found)
    assert bool(draft_for(asked).pieces) is told


def test_what_stands_above_a_passage_is_read_without_the_document_s_other_passages(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answerer.ask(Question("ai phát biểu kết luận?"))
    monkeypatch.setattr(asked.retriever, "passages_of", lambda _: pytest.fail("all passages were read"))
    hit = next(hit for hit in asked.search.hits if hit.passage.document_id == "2022")
    title, _, first = setting_of(asked, hit).split("\n")
    assert (title, first) == (PAGES["2022"][0], TALK_2022[: TALK_2022.index(" Đồng chí Ngô")])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("số tổ dân vận năm 2022 tăng hay giảm", "giảm 14 tổ so với năm 2021"),
        ("số tổ dân vận tăng hay giảm so với năm 2021", "giảm 14 tổ so với năm 2021"),
        ("số tổ dân vận tăng hay giảm so với năm 2020", None),
        ("số tổ dân vận năm 2021 tăng hay giảm", None),
        ("số hộ cận nghèo năm 2022 tăng hay giảm", "tăng 20 hộ"),
        ("tỷ lệ rừng năm 2022 tăng hay giảm", "giảm 1,1% so với cùng kỳ năm 2021"),
        ("số mô hình dân vận năm 2022 tăng hay giảm", None),
    ],
)
def test_a_change_names_the_year_it_is_counted_from(tmp_path: Path, question: str, words: str | None) -> None:
    text = (
        "Toàn huyện có 312 tổ dân vận, giảm 14 tổ so với năm 2021. Số hộ nghèo giảm còn 512 hộ, số hộ cận nghèo tăng "
        "20 hộ. Tỷ lệ rừng còn 3,2%, giảm 1,1% so với cùng kỳ năm 2021. Có 98 mô hình dân vận, quỹ tăng 5 tỷ đồng."
    )
    page = Document("r", "Kết quả dân vận năm 2022", "2023-01-05", None, None, None, text, "r".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    asked = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).ask(Question(question))
    draft = answer_by_difference(asked, question.replace(" tăng hay giảm", ""))
    assert ([piece.text for piece in draft.pieces] if draft else None) == ([words] if words else None)


def test_what_a_question_does_not_mean_is_left_out_of_it(answerer: Answerer) -> None:
    answer = ask(answerer, "Chủ tịch UBND tỉnh Đông Giang năm 2022 chứ không phải năm 2019, là ai?")
    assert [text.text for text in answer.answers] == ["Ngô Đức Cường"]


def test_how_many_offices_somebody_holds_is_answered_with_each(answerer: Answerer) -> None:
    answer = ask(answerer, "Lê Văn An giữ mấy chức vụ?")
    assert [text.text for text in answer.answers] == ["Phó Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh"]


def test_two_years_are_answered_side_by_side(answerer: Answerer) -> None:
    answer = ask(answerer, "Chủ tịch UBND tỉnh Đông Giang năm 2019 và năm 2022 là ai, có khác nhau không?")
    assert answer.kind is AnswerKind.COMPOUND
    assert [(text.text, text.part) for text in answer.answers] == [("Lê Văn An", 0), ("Ngô Đức Cường", 1)]
    assert [answer.citations[text.citation - 1].document.id for text in answer.answers] == ["2019", "2022"]


def test_a_year_that_the_documents_do_not_tell_of_is_named(answerer: Answerer) -> None:
    answer = ask(answerer, "Chủ tịch UBND tỉnh Đông Giang năm 2019 và năm 2015 là ai, có khác nhau không?")
    assert [text.text for text in answer.answers] == ["Lê Văn An"]
    assert any(note.startswith("Chưa thấy tài liệu nêu") and "2015" in note for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "hội nghị tổng kết công tác dân vận tỉnh Đông Giang có trao bằng khen cho tập thể không?",
        "hoi nghi tong ket cong tac dan van tinh dong giang trao bang khen cho tap the phai khong",
    ],
)
def test_no_where_a_sentence_denies_it(answerer: Answerer, question: str) -> None:
    answer = ask(answerer, question)
    assert (answer.kind, answer.verdict) == (AnswerKind.YES_NO, Verdict.NO)
    assert [text.text for text in answer.answers] == ["không trao bằng khen cho tập thể"]


def test_no_office_is_affirmed_from_a_list_of_people(answerer: Answerer) -> None:
    answer = ask(answerer, "Lê Văn Bình là Phó Chủ tịch Thường trực UBND tỉnh phải không?")
    assert answer.verdict is not Verdict.YES


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Lê Văn An vừa là Phó Bí thư Tỉnh ủy vừa là Chủ tịch UBND tỉnh phải không?", Verdict.YES),
        ("Lê Văn An vừa là Phó Bí thư Tỉnh ủy vừa là Phó Chủ tịch UBND tỉnh phải không?", None),
    ],
)
def test_two_offices_of_one_person_are_both_looked_up(
    answerer: Answerer, question: str, verdict: Verdict | None
) -> None:
    assert ask(answerer, question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("năm 2022 cả tỉnh Đông Giang có 706 tổ dân vận phải không?", Verdict.YES),
        ("năm 2022 cả tỉnh Đông Giang có 900 tổ dân vận phải không?", Verdict.NO),
        ("năm 2022 cả tỉnh Đông Giang giải thể 900 tổ dân vận, sáp nhập thôn bản phải không?", None),
        ("năm 2022 cả tỉnh Đông Giang giải thể 706 tổ dân vận, sáp nhập thôn bản phải không?", None),
    ],
)
def test_a_claimed_number_is_decided_by_the_number_that_is_told(
    answerer: Answerer, question: str, verdict: Verdict | None
) -> None:
    asked = answerer.ask(Question(question))
    hit = next(hit for hit in asked.search.hits if hit.passage.document_id == "2022")
    start = TALK_2022.index("706 tổ")
    told = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.8, (Piece(hit, start, start + 14),), asked.search.hits)
    understanding = asked.search.understanding
    draft = answer_by_value(asked, read_claim(understanding.restored, understanding.worth), lambda _: told)
    assert (draft.verdict if draft else None) is verdict


def decided(answerer: Answerer, question: str, text: str, found: str, of: str = "") -> Verdict | None:
    """The verdict on a claim where words of a passage answer the question for its value."""
    asked = answerer.ask(Question(question))
    first = next(hit for hit in asked.search.hits if of in ("", hit.passage.document_id))
    hit = replace(first, passage=replace(first.passage, text=text))
    start = text.index(found)
    told = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.8, (Piece(hit, start, start + len(found)),), (hit,))
    understanding = asked.search.understanding
    draft = answer_by_value(asked, read_claim(understanding.restored, understanding.worth), lambda _: told)
    return draft.verdict if draft else None


MEMBERS = "Tỉnh Đông Giang có tổ dân vận gồm 39 đồng chí, tổ công tác gồm 11 đồng chí."
FUND = "Tổ dân vận tỉnh Đông Giang đạt 45 tỷ đồng, tăng 18 tỷ đồng."
SUPPORT = "Tổ dân vận tỉnh Đông Giang có 58 mô hình kinh tế, 47 mô hình văn hóa, được 100.000 đồng mỗi tháng."


@pytest.mark.parametrize(
    ("question", "text", "found", "verdict"),
    [
        ("tổ dân vận gồm 11 đồng chí phải không?", MEMBERS, "39 đồng", Verdict.NO),
        ("tổ công tác gồm 11 đồng chí phải không?", MEMBERS, "39 đồng", Verdict.YES),
        ("tổ dân vận gồm 39 đồng chí phải không?", MEMBERS, "39 đồng", Verdict.YES),
        ("tổ dân vận tỉnh đạt 45 tỷ đồng phải không?", FUND, "45 tỷ", Verdict.YES),
        ("tổ dân vận tỉnh tăng 45 tỷ đồng phải không?", FUND, "45 tỷ", None),
        ("tổ dân vận tỉnh tăng 18 tỷ đồng phải không?", FUND, "45 tỷ", Verdict.YES),
        ("tổ dân vận tỉnh tăng 20 tỷ đồng phải không?", FUND, "45 tỷ", None),
        ("tổ dân vận có 58 mô hình kinh tế phải không?", SUPPORT, "58", Verdict.YES),
        ("tổ dân vận có 58 mô hình văn hóa phải không?", SUPPORT, "58", None),
        ("tổ dân vận được 100.000 đồng mỗi tháng phải không?", SUPPORT, "100.000 đồng", Verdict.YES),
        ("tổ dân vận được 100.000 đồng mỗi năm phải không?", SUPPORT, "100.000 đồng", None),
    ],
)
def test_a_number_is_held_against_the_clause_that_tells_the_claim(
    answerer: Answerer, question: str, text: str, found: str, verdict: Verdict | None
) -> None:
    assert decided(answerer, question, text, found) is verdict


CHAIRED = "Đồng chí Lê Văn An và đồng chí Trần Thị Bình đồng chủ trì hội nghị tổng kết công tác dân vận."


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (CHAIRED, None),
        (CHAIRED.replace(" và đồng chí Trần Thị Bình đồng", ""), Verdict.NO),
        (CHAIRED.replace("Trần Thị Bình", "Trần Thị Bính"), Verdict.NO),
        (f"{CHAIRED[:-1].replace(' và đồng chí Trần Thị Bình đồng', '')}; đồng chí Trần Thị Bình báo cáo.", Verdict.NO),
    ],
)
def test_a_person_beside_the_one_who_was_found_is_not_denied(
    answerer: Answerer, text: str, verdict: Verdict | None
) -> None:
    question = "đồng chí Trần Thị Bình chủ trì hội nghị tổng kết công tác dân vận phải không?"
    assert decided(answerer, question, text, "Lê Văn An") is verdict


TALKS = "Đồng chí Lê Văn An chủ trì hội nghị tổng kết công tác dân vận. "
DAYS = "Cả tỉnh họp tổ dân vận vào ngày 10 và ngày 20 hằng tháng."


@pytest.mark.parametrize(
    ("question", "text", "found", "verdict"),
    [
        (
            "đồng chí Ngô Thị Lan dự hội nghị tổng kết công tác dân vận phải không?",
            f"{TALKS}Dự họp.",
            "Lê Văn An",
            None,
        ),
        ("đồng chí Ngô Thị Lan chủ trì hội nghị tổng kết dân vận phải không?", TALKS, "Lê Văn An", Verdict.NO),
        (
            "đồng chí Ngô Thị Lan chủ trì hội nghị tổng kết dân vận phải không?",
            f"{TALKS}Buổi chiều, đồng chí Ngô Thị Lan chủ trì hội nghị tổng kết công tác dân vận ở huyện.",
            "Lê Văn An",
            None,
        ),
        ("cả tỉnh họp tổ dân vận vào ngày 10 hằng tháng phải không?", DAYS, "20", None),
        ("cả tỉnh họp tổ dân vận vào ngày 15 hằng tháng phải không?", DAYS, "20", Verdict.NO),
    ],
)
def test_no_other_value_denies_what_is_told_beside_it_or_is_done_by_many(
    answerer: Answerer, question: str, text: str, found: str, verdict: Verdict | None
) -> None:
    assert decided(answerer, question, text, found) is verdict


@pytest.mark.parametrize(("number", "verdict"), [(706, None), (806, Verdict.NO)])
def test_a_number_of_another_document_is_not_denied(answerer: Answerer, number: int, verdict: Verdict | None) -> None:
    question = f"cả tỉnh có {number} tổ dân vận phải không?"
    assert decided(answerer, question, "Cả tỉnh có 900 tổ dân vận.", "900 tổ", of="2019") is verdict


def test_a_person_who_is_named_with_other_marks_is_denied(answerer: Answerer) -> None:
    text = "Đồng chí Trần Thị Bính chủ trì hội nghị tổng kết công tác dân vận."
    question = "đồng chí Trần Thị Bình chủ trì hội nghị tổng kết công tác dân vận phải không?"
    assert decided(answerer, question, text, "Trần Thị Bính") is Verdict.NO


def test_a_name_in_quotation_marks_is_defined(answerer: Answerer) -> None:
    answer = ask(answerer, "ngôi nhà nghĩa tình là gì?")
    assert (answer.status, answer.kind) == (Status.ANSWERED, AnswerKind.SENTENCE)
    assert [text.text for text in answer.answers] == ["Ngôi nhà “Nghĩa tình” là chỗ ở do đoàn viên góp công dựng."]


def test_a_text_of_many_lines_is_no_claim(answerer: Answerer) -> None:
    claim = "Lê Văn An là Chủ tịch UBND tỉnh phải không?"
    assert ask(answerer, claim).verdict is Verdict.YES
    assert (
        ask(answerer, " ".join(["tỉnh họp bàn công tác dân vận và nhiều việc khác nữa;"] * 12 + [claim])).verdict
        is None
    )


def test_of_two_that_are_offered_none_is_named_by_a_sentence_of_another_prize(tmp_path: Path) -> None:
    text = "Giải nhì hội thi dân vận khéo thuộc về đơn vị Mường Lống, xã vùng biên của huyện."
    page = Document("prize", "Hội thi dân vận khéo", None, None, None, None, text, "prize".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links())
    second, first = (
        answerer.ask(Question(f"đơn vị đạt giải {which} hội thi dân vận khéo là Mường Lống hay Na Loi"))
        for which in ("nhì", "nhất")
    )
    comparison = read_comparison(first.search.understanding.restored)
    assert comparison is not None
    hit = first.search.hits[0]
    start = text.index("Mường Lống")
    found = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(hit, start, start + 10),), first.search.hits)
    shown = answer_comparison(second, lambda _: found, lambda: found)
    assert shown is not None
    assert [piece.text for piece in shown.pieces] == ["Mường Lống"]
    withheld = answer_comparison(first, lambda _: found, lambda: found)
    assert withheld is not None
    assert (withheld.status, withheld.pieces) == (Status.RELATED, ())


def test_persons_are_counted_by_who_they_are_but_not_those_who_attend(answerer: Answerer) -> None:
    chaired = answerer.ask(Question("hội nghị có mấy đồng chí chủ trì?"))
    hit = chaired.search.hits[0]
    people = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, (named_piece(hit),), chaired.search.hits)
    asked: list[str] = []

    def answer(other: Asked) -> Draft:
        asked.append(other.question.text)
        return people

    assert answer_count(replace(chaired, confidence=0.9), answer).pieces == people.pieces
    assert asked == ["hội nghị có những ai chủ trì"]
    attended = answerer.ask(Question("hội nghị có mấy đồng chí dự?"))
    answer_count(replace(attended, confidence=0.9), answer)
    assert len(asked) == 1
    nobody = replace(people, pieces=(Piece(hit, 0, 4),))
    assert answer_count(replace(chaired, confidence=0.9), lambda _: nobody).pieces != nobody.pieces


def named_piece(hit: Hit) -> Piece:
    start, end = next(persons(hit.passage.text))
    return Piece(hit, start, end)
