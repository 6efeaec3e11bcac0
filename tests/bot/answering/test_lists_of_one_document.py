"""Lists, chairs and later parts that are taken from the passage or document that a question means."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.compound import answer_compound
from bot.answering.forms.excepted import without_excepted
from bot.answering.forms.lists import answer_list
from bot.answering.forms.persons_named import answer_persons
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

FAIR = """Hội chợ nông sản huyện Trà Bồng mở ngày 3/4/2031 tại sân vận động huyện.

Các đồng chí: Ngô Thị Nga, Phó Chủ tịch UBND huyện; Lê Văn Tư, Trưởng phòng Nông nghiệp huyện đồng chủ trì lễ khai mạc.

Các gian hàng của Hội Nông dân, Hội Phụ nữ và Đoàn Thanh niên bán được 12.500 kg nông sản trong hội chợ.

Hội chợ nêu “ba sạch” gồm: sạch tay, sạch quầy, sạch sân."""
OTHER = """Hội chợ nông sản huyện Minh Long bán được nông sản của gian hàng Hợp tác xã Long Mai, Hợp tác xã Thanh An.

Ban Chỉ đạo hội chợ Minh Long do ông Phạm Văn Hai, Trưởng ban Chỉ đạo điều hành."""


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("one_document")
    pages = [
        Document(name, text.split(" mở ")[0].split(" bán ")[0], None, None, None, None, text, name.ljust(64, "0"))
        for name, text in (("fair", FAIR), ("other", OTHER))
    ]
    publish(folder, build(folder, pages, WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


def test_who_chairs_is_told_by_the_passage_that_says_so(answerer: Answerer) -> None:
    asked = answerer.ask(Question("ai chủ trì hội chợ nông sản huyện Trà Bồng mở ngày 3/4/2031 tại sân vận động?"))
    assert "đồng chủ trì" not in asked.search.hits[0].passage.text
    draft = answer_persons(asked)
    assert draft is not None
    assert [piece.text for piece in draft.pieces] == ["Ngô Thị Nga", "Lê Văn Tư"]


def test_an_amount_chooses_the_passage_of_a_list(answerer: Answerer) -> None:
    draft = answer_list(answerer.ask(Question("những gian hàng nào bán được 12.500 kg nông sản ở hội chợ nông sản?")))
    assert draft is not None
    assert {piece.hit.passage.document_id for piece in draft.pieces} == {"fair"}


def test_as_many_items_as_are_announced_are_certain(answerer: Answerer) -> None:
    draft = answer_list(answerer.ask(Question("hội chợ nêu ba sạch là gì?")))
    assert draft is not None
    assert [piece.text for piece in draft.pieces] == ["sạch tay", "sạch quầy", "sạch sân"]
    assert draft.certain
    four = answer_list(answerer.ask(Question("hội chợ nêu bốn sạch là gì?")))
    assert four is None or not four.certain


def test_a_later_part_is_asked_anew_of_what_the_first_names_where_its_answer_lies_elsewhere(answerer: Answerer) -> None:
    question = "hội chợ nông sản huyện Trà Bồng diễn ra ngày nào, ai điều hành?"
    asked = answerer.ask(Question(question))
    hits = {hit.passage.document_id: hit for hit in asked.search.hits}
    fair, other = hits["fair"], hits["other"]
    posed: list[str] = []

    def answered(part: Asked) -> Draft:
        posed.append(part.question.text)
        pieces = {"ai điều hành": (other, 0, 7), "hội chợ nông sản huyện Trà Bồng ai điều hành": (fair, 0, 7)}
        hit, start, end = pieces.get(part.question.text, (fair, 8, 16))
        return Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(hit, start, end),), (hit,))

    draft = answer_compound(asked, answered)
    assert draft is not None
    assert posed[1:] == ["ai điều hành", "hội chợ nông sản huyện Trà Bồng ai điều hành"]
    assert [piece.hit.passage.document_id for piece in draft.pieces] == ["fair", "fair"]


def test_holders_of_an_office_are_those_of_the_document_that_answers_the_first_part(answerer: Answerer) -> None:
    asked = answerer.ask(Question("hội chợ nông sản huyện Trà Bồng mở ngày nào và ai là trưởng ban?"))
    hits = {hit.passage.document_id: hit for hit in asked.search.hits}

    def answered(part: Asked) -> Draft:
        if "trưởng ban" not in part.question.text.lower():
            return Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(hits["fair"], 8, 16),), (hits["fair"],))
        pieces = tuple(Piece(hits[name], 0, 7) for name in ("other", "fair"))
        return Draft(AnswerKind.OFFICE, Status.ANSWERED, 0.9, pieces, (hits["other"], hits["fair"]))

    draft = answer_compound(asked, answered)
    assert draft is not None
    assert [piece.hit.passage.document_id for piece in draft.pieces if piece.part == 1] == ["fair"]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("ngoài bà Ngô Thị Nga thì còn những ai chủ trì hội chợ?", ["Lê Văn Tư"]),
        ("ngoai truong phong nong nghiep con ai chu tri hoi cho", ["Ngô Thị Nga"]),
        ("những ai chủ trì hội chợ ngoài trời, còn ai dự?", ["Ngô Thị Nga", "Lê Văn Tư"]),
        ("ngoài ra còn những ai chủ trì?", ["Ngô Thị Nga", "Lê Văn Tư"]),
        ("người nước ngoài có mấy con và ai chủ trì, còn gì", ["Ngô Thị Nga", "Lê Văn Tư"]),
        ("ngoài Tư thì còn ai", ["Ngô Thị Nga", "Lê Văn Tư"]),
    ],
)
def test_what_the_question_leaves_out_is_no_item(answerer: Answerer, question: str, left: list[str]) -> None:
    asked = answerer.ask(Question("ai chủ trì hội chợ nông sản huyện Trà Bồng mở ngày 3/4/2031 tại sân vận động?"))
    draft = answer_persons(asked)
    assert draft is not None
    assert [piece.text for piece in without_excepted(draft, question).pieces] == left
