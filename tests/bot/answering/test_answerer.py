"""The contract of an answer, on everyday questions and on texts nobody expects."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.answerer import ANSWERED_FROM, Answerer, why_invalid
from bot.answering.links import Links
from bot.answers import Answer, AnswerKind, Status
from corpus.models import Document
from corpus.vietnamese import fold
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import LONGEST_ANSWERED, LONGEST_QUESTION, Question
from tests.embeddings.fakes import LIBRARY, WordEncoder

FIELDS = st.text(max_size=80) | st.lists(
    st.sampled_from(["ai", "ở đâu", "Hà Giang", "UBND", "2031", "đường", "dc", "năm ngoái", "(", "“", "\n", "18/2000"])
).map(" ".join)


@pytest.fixture(scope="module")
def answerer(retriever: Retriever) -> Answerer:
    """Over the five articles, with the real model."""
    return Answerer(retriever, Links(bot_name="danvan_bot"))


@pytest.fixture(scope="module")
def quick_answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Over a small corpus, with a small encoder: fast enough for many texts."""
    folder = tmp_path_factory.mktemp("answers")
    long = "; ".join(f"nội dung số {i} về công tác dân vận năm 20{i:02}" for i in range(30)) + "."
    extra = Document("dai", "Một câu rất dài", None, None, None, "https://a.vn/b", long, "1" * 64)
    publish(folder, build(folder, (*LIBRARY, extra), WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


def check(answer: Answer, answerer: Answerer, top: int) -> None:
    """What holds for every answer."""
    assert answer.generation == answerer.retriever.generation_id
    assert answer.elapsed_ms >= 0
    assert 0 <= answer.confidence <= 1
    assert all(isinstance(note, str) and note.endswith(".") for note in answer.notes)
    if answer.status is Status.INVALID:
        assert (answer.citations, answer.text, answer.confidence, len(answer.notes)) == ((), None, 0, 1)
        return
    assert len(answer.citations) == min(top, len(answerer.retriever.passages))
    assert [citation.rank for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    scores = [citation.score for citation in answer.citations]
    assert scores == sorted(scores, reverse=True)
    assert len({citation.passage.id for citation in answer.citations}) == len(scores)
    for citation in answer.citations:
        assert citation.quote in citation.passage.text
        assert all(0 < len(quote) <= 300 and quote in citation.passage.text for quote in citation.quotes)
        assert sum(map(len, citation.quotes)) <= 600
        assert citation.document.text[citation.passage.start : citation.passage.end] == citation.passage.text
        assert citation.document.id == citation.passage.document_id
    assert answer.text is None or (answer.text and answer.text in answer.citations[0].quote)
    assert answer.text is None or answer.status is Status.ANSWERED
    assert (answer.text is None) == (not answer.answers)
    cited = {citation.rank: citation.passage.text for citation in answer.citations}
    assert all(text.text and text.text in cited[text.citation] for text in answer.answers)
    assert answer.verdict is None or (answer.kind is AnswerKind.YES_NO and answer.status is Status.ANSWERED)
    if answer.kind in (AnswerKind.OVERVIEW, AnswerKind.DOCUMENTS):
        assert (answer.status, answer.answers) == (Status.RELATED, ())
    assert (answer.status is Status.ANSWERED) == (answer.confidence >= ANSWERED_FROM)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FIELDS, st.none() | FIELDS, st.sampled_from([1, 3, 10, 99]))
def test_any_text_gets_an_answer_of_the_contract(
    quick_answerer: Answerer, text: str, previous: str | None, top: int
) -> None:
    answer = quick_answerer.answer(Question(text, previous), top)
    assert answer.question == text
    check(answer, quick_answerer, top)


@pytest.mark.parametrize(
    "text",
    [
        "\ufdfa" * 10,
        "a" * LONGEST_QUESTION,
        "đường " * 600,
        "1" * 4000,
        "/" * 2000 + "a" + "/-" * 1000,
        "(" * 2000 + "x",
        "18/2000/" * 500,
        "“" * 100 + "dân vận" + "”" * 100,
        "A " * 2000,
        "năm ngoái " * 400,
        "\ud800 dân vận",
        "<b>dân vận</b> & ' OR 1=1 --",
        "¿qué? 何ですか привет",
        "0",
    ],
)
def test_odd_texts(answerer: Answerer, text: str) -> None:
    check(answerer.answer(Question(text, "\x00 ở đâu"), 3), answerer, 3)


def test_random_bytes(quick_answerer: Answerer) -> None:
    noise = random.Random(7)
    for _ in range(150):
        text = noise.randbytes(noise.randrange(60)).decode("utf-8", "replace")
        check(quick_answerer.answer(Question(text), 3), quick_answerer, 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "để trống"),
        (" \n\t\u00a0", "để trống"),
        ("\u200b\x00", "để trống"),
        ("?!…", "không có chữ hoặc số"),
        ("🙂🙂", "không có chữ hoặc số"),
        ("\u0301", "không có chữ hoặc số"),
        ("a" * (LONGEST_QUESTION + 1), "dài 4097 ký tự"),
        ("a" * 1_000_000, "tối đa 4096 ký tự"),
    ],
)
def test_what_cannot_be_asked(quick_answerer: Answerer, text: str, told: str) -> None:
    answer, search = quick_answerer.explain(Question(text))
    assert answer.status is Status.INVALID
    assert search is None
    assert told in answer.notes[0]
    check(answer, quick_answerer, 3)


@pytest.mark.parametrize("text", ["a", "đ", "7", "?a?", "dân vận", "a" * LONGEST_QUESTION])
def test_what_can_be_asked(text: str) -> None:
    assert why_invalid(text) is None


@pytest.mark.parametrize("question", ["năm 2020 được chọn là năm gì?", "ai phát biểu", "giá vàng ở Hà Giang"])
def test_order_and_confidence_do_not_depend_on_how_many_are_wanted(answerer: Answerer, question: str) -> None:
    most = answerer.answer(Question(question), 20)
    for top in (1, 2, 5):
        fewer = answerer.answer(Question(question), top)
        assert fewer.citations == most.citations[:top]
        assert fewer.confidence == most.confidence
        assert (fewer.status, fewer.text) == (most.status, most.text)


@pytest.mark.parametrize(
    ("question", "words", "document"),
    [
        ("năm 2020 được chọn là năm gì?", "Năm dân vận khéo", "tong-ket-nam-dan-van-chinh-quyen-2019"),
        ("Quỹ vắc xin trị giá bao nhiêu?", "21 tỷ đồng", "can-bo-dan-van-kien-tri-2022"),
        ("Diễn đàn cán bộ, công chức trẻ diễn ra ở đâu?", "Hải Phòng", "can-bo-tre-dan-van-chinh-quyen-2019"),
    ],
)
def test_everyday_questions(answerer: Answerer, question: str, words: str, document: str) -> None:
    for text in (question, fold(question)):
        answer = answerer.answer(Question(text))
        assert answer.status is Status.ANSWERED
        assert words in answer.citations[0].quote
        assert words in (answer.text or "")
        assert answer.citations[0].document.id == document
        check(answer, answerer, 3)


@pytest.mark.parametrize(
    "question", ["Ai chủ trì hội nghị ở Hà Giang năm 2031?", "ai chu tri hoi nghi o ha giang nam 2031"]
)
def test_what_no_document_mentions_is_said(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(Question(question))
    assert answer.status is Status.NOT_FOUND
    assert set(answer.notes) == {"Không tài liệu nào nhắc đến “Hà Giang”.", "Không tài liệu nào nhắc đến “năm 2031”."}


def test_off_topic(answerer: Answerer) -> None:
    for question in ("giá vàng trong nước tăng mấy phần trăm", "cách nấu phở bò", "what is the capital of France?"):
        assert answerer.answer(Question(question)).status is not Status.ANSWERED


def test_what_was_expanded_and_continued_is_said(answerer: Answerer) -> None:
    answer = answerer.answer(Question("CT UBND tỉnh TN là ai?"))
    assert "“UBND” được hiểu là “Ủy ban nhân dân”." in answer.notes
    answer = answerer.answer(Question("ở đâu?", "diễn đàn cán bộ trẻ diễn ra khi nào?"))
    assert "Hiểu là hỏi tiếp câu: “diễn đàn cán bộ trẻ diễn ra khi nào”." in answer.notes
    assert answer.text == "Hải Phòng"


def test_links_of_citations(answerer: Answerer) -> None:
    for citation in answerer.answer(Question("diễn đàn cán bộ trẻ năm 2019"), 20).citations:
        link = citation.link or ""
        if citation.document.url:
            assert link.startswith(f"{citation.document.url}#:~:text=")
        else:
            assert link == f"https://t.me/danvan_bot?start=p_{citation.passage.id}"


def test_a_search_is_explained(answerer: Answerer) -> None:
    answer, search = answerer.explain(Question("cong tac dan van nam 2020 duoc chon la nam gi"), 2)
    assert search is not None
    assert search.understanding.restored == "công tác dân vận năm 2020 được chọn là năm gì"
    assert [hit.passage for hit in search.hits[:2]] == [citation.passage for citation in answer.citations]


@pytest.mark.parametrize("text", ["😀 a", "\ufdfa" * 10, "1"])
def test_a_question_of_which_no_passage_has_a_word_is_not_answered(answerer: Answerer, text: str) -> None:
    answer = answerer.answer(Question(text))
    assert answer.status is not Status.ANSWERED
    assert answer.confidence < ANSWERED_FROM


def test_a_pasted_text_gets_the_passages_nearest_to_it_and_a_letter_what_it_asks(real_answerer: Answerer) -> None:
    asked = "Năm 2020 được chọn là năm gì?"
    told = "Thực hiện chương trình công tác dân vận, các cấp ủy đã lãnh đạo, chỉ đạo và đạt nhiều kết quả quan trọng. "
    pasted = (told.replace(". ", ", ") * 9).rstrip(", ")
    assert len(pasted) > LONGEST_ANSWERED
    answer, search = real_answerer.explain(Question(pasted))
    assert search is not None
    assert (answer.status, answer.text) == (Status.RELATED, None)
    assert answer.citations
    assert all(hit.reading is None for hit in search.hits)
    assert real_answerer.answer(Question(f"{told * 6}{asked}")).text == real_answerer.answer(Question(asked)).text
    assert real_answerer.answer(Question("Hội nghị đó ở đâu?", pasted)).follows == ""


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("Diễn đàn ở đâu?", None),
        ("dien dan o dau", None),
        ("Diễn đàn ở đâu?", "quỹ vắc xin được ủng hộ bao nhiêu tiền"),
        ("Diễn đàn ở đâu?", "năm 2020 là năm gì"),
        ("dien dan o dau", "năm 2020 là năm gì"),
    ],
)
def test_a_list_in_another_passage_gives_way_to_words_that_are_read_more_clearly(
    real_answerer: Answerer, question: str, previous: str | None
) -> None:
    answer = real_answerer.answer(Question(question, previous))
    assert answer.text == "Hải Phòng"
    assert answer.follows == ""


def test_the_earlier_question_is_quoted_with_its_year(real_answerer: Answerer) -> None:
    answer = real_answerer.answer(Question("còn năm 2014?", "Năm 2020 được chọn là năm gì?"))
    assert "Hiểu là hỏi tiếp câu: “năm 2020 được chọn là năm gì”." in answer.notes
