"""Several questions in one: which document each part is answered from, and what it says of that."""

from collections.abc import Callable

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.compound import answer_compound
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.hits import Hit
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.compound import split_question
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

FAIR = "Hội nghị mở tại nhà văn hóa. Đồng chí Lê Văn Tư, Bí thư Huyện ủy trình bày báo cáo. Bà Ngô Thị Nga kết luận."
OTHER = "Hội nghị mở tại sân vận động. Ông Phạm Văn Hai kết luận hội nghị."


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("compound_parts")
    pages = [
        Document(name, f"Hội nghị {name}", "2031-04-03", None, None, None, text, name.ljust(64, "0"))
        for name, text in (("fair", FAIR), ("other", OTHER))
    ]
    publish(folder, build(folder, pages, WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


def shown(answerer: Answerer, question: str, words: Callable[[Asked], tuple[str, str]]) -> tuple[list[str], Draft]:
    """The words that each part is answered with, by what `words` finds (document, words) for a part."""

    def answered(part: Asked) -> Draft:
        document, said = words(part)
        hit = next((hit for hit in part.search.hits if hit.passage.document_id == document), part.search.hits[0])
        pieces = (_piece(hit, said),) if said else ()
        status = Status.ANSWERED if said else Status.RELATED
        return Draft(AnswerKind.SPAN, status, 0.9, pieces, (hit,))

    draft = answer_compound(answerer.ask(Question(question)), answered)
    assert draft is not None
    return [f"{piece.part} {piece.text}" for piece in draft.pieces], draft


def _piece(hit: Hit, said: str) -> Piece:
    start = hit.passage.text.index(said)
    return Piece(hit, start, start + len(said))


def _only(part: Asked, document: str) -> bool:
    return {hit.passage.document_id for hit in part.search.hits} == {document}


def test_a_later_part_that_another_document_answers_is_looked_for_in_the_first_ones(answerer: Answerer) -> None:
    def words(part: Asked) -> tuple[str, str]:
        if "ai" not in part.question.text:
            return "fair", "nhà văn hóa"
        return ("fair", "Ngô Thị Nga") if _only(part, "fair") else ("other", "Phạm Văn Hai")

    assert shown(answerer, "họp ở đâu, ai kết luận?", words)[0] == ["0 nhà văn hóa", "1 Ngô Thị Nga"]


def test_one_that_says_nothing_by_itself_is_not_answered_from_another_document(answerer: Answerer) -> None:
    def words(part: Asked) -> tuple[str, str]:
        if "ai" not in part.question.text:
            return "fair", "nhà văn hóa"
        return ("fair", "") if _only(part, "fair") else ("other", "Phạm Văn Hai")

    parts, draft = shown(answerer, "họp ở đâu, ai kết luận?", words)
    assert parts == ["0 nhà văn hóa"]
    assert any("ai kết luận" in note for note in draft.notes)


def test_that_person_is_asked_for_by_the_name_that_was_found(answerer: Answerer) -> None:
    asked: list[str] = []

    def words(part: Asked) -> tuple[str, str]:
        asked.append(part.question.text)
        return "fair", "Bí thư Huyện ủy" if "chức gì" in part.question.text else "Lê Văn Tư"

    shown(answerer, "ai trình bày báo cáo ở hội nghị, người đó giữ chức gì?", words)
    assert asked[1] == "Lê Văn Tư giữ chức gì"


def test_words_whose_sentence_tells_of_the_first_part_answer_that_one(answerer: Answerer) -> None:
    def words(part: Asked) -> tuple[str, str]:
        return "fair", "" if "trình bày" in part.question.text else "Lê Văn Tư"

    parts, _ = shown(answerer, "đồng chí nào trình bày báo cáo, đồng chí nào kết luận?", words)
    assert parts == ["0 Lê Văn Tư"]


def test_it_says_which_meeting_where_the_question_does_not(answerer: Answerer) -> None:
    def words(part: Asked) -> tuple[str, str]:
        return "fair", "Ngô Thị Nga" if "ai" in part.question.text else "nhà văn hóa"

    _, draft = shown(answerer, "họp ở đâu, ai kết luận?", words)
    assert draft.notes[0] == "Trả lời theo tài liệu “Hội nghị fair” (tài liệu ngày 03/04/2031)."


def test_con_before_a_time_begins_another_part() -> None:
    question = "năm 2019 phương châm là gì còn năm 2020 chọn là năm gì"
    assert split_question(question) == ("năm 2019 phương châm là gì", "năm 2020 chọn là năm gì")
    assert split_question("thôn xã nào còn bao nhiêu hộ nghèo") == ("thôn xã nào còn bao nhiêu hộ nghèo",)
