"""The year that a document says before a passage, and questions asked without it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.links import Links
from bot.answering.told_year import without_told_year, year_of
from bot.answers import AnswerKind, Status
from corpus.models import Document, Passage
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

DOCUMENT = Document("report", "Tin tức", None, None, None, None, "", "r".ljust(64, "0"))


@pytest.mark.parametrize(
    ("before", "text", "year"),
    [
        (["Báo cáo năm 2021 theo quy định ngày 18/02/2019 cho thấy nhiều chuyển biến."], "Quỹ đạt 21 tỷ đồng.", "2021"),
        (["Báo cáo năm 2021.", "So năm 2020 với năm 2019."], "Quỹ đạt 21 tỷ đồng.", None),
        (["Báo cáo năm 2021."], "Ngày 18/02/2019, quỹ đạt 21 tỷ đồng.", None),
        (["Chiều ngày 15/11/2017, tọa đàm khai mạc."], "Quỹ đạt 21 tỷ đồng.", "2017"),
        ([], "Quỹ đạt 21 tỷ đồng.", None),
        (["Báo cáo năm 2022.", "Có 312 tổ, giảm 14 tổ so với năm 2021."], "Quỹ đạt 21 tỷ đồng.", "2022"),
        (["Có 312 tổ, bằng 96% cùng kỳ năm 2021; giảm dần từ năm 2019 đến năm 2020."], "Quỹ đạt 21 tỷ đồng.", None),
        (["Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013; Căn cứ Luật năm 2015."], "Quỹ đạt 21 tỷ đồng.", None),
        (["Đề án giai đoạn 2021 - 2025 kể từ ngày 01/7/2021."], "Quỹ đạt 21 tỷ đồng.", None),
    ],
)
def test_the_year_told_last_before_a_passage(before: list[str], text: str, year: str | None) -> None:
    passages = [Passage(str(n), "report", n, 0, len(said), said) for n, said in enumerate([*before, text])]
    assert year_of(passages[-1], DOCUMENT, passages) == year


def test_a_title_tells_the_year() -> None:
    passage = Passage("0", "report", 0, 0, 5, "Quỹ đạt.")
    assert year_of(passage, replace(DOCUMENT, title="Kết quả năm 2021"), [passage]) == "2021"


@pytest.mark.parametrize(
    ("title", "published", "year"),
    [
        ("Kết quả năm 2022", "2023-01-05", None),
        ("Kết quả năm 2021 so với năm 2020", "2022-01-05", "2021"),
        ("Kết quả", "2022-12-20", None),
        ("Kết quả", "2021-12-20", "2021"),
    ],
)
def test_title_or_date_of_another_year_refuses_the_year_of_the_text(
    title: str, published: str, year: str | None
) -> None:
    texts = ("Năm 2021 có 326 tổ.", "Quỹ đạt 21 tỷ đồng.")
    passages = [Passage(str(n), "report", n, 0, len(said), said) for n, said in enumerate(texts)]
    assert year_of(passages[-1], replace(DOCUMENT, title=title, published=published), passages) == year


@pytest.mark.parametrize(("year", "answered"), [("2021", True), ("2020", False)])
def test_a_question_is_asked_without_the_year_of_its_document(tmp_path: Path, year: str, answered: bool) -> None:
    text = "Quỹ vắc xin tiếp nhận hơn 21 tỷ đồng của các hội."
    page = replace(DOCUMENT, title="Kết quả vận động năm 2021", text=text)
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links())

    def answer(other: Asked) -> Draft:
        hit = other.search.hits[0]
        bare = "năm" not in other.question.text
        pieces = (Piece(hit, text.index("hơn"), text.index(" của")),) if bare else ()
        return Draft(AnswerKind.SPAN, Status.ANSWERED if bare else Status.RELATED, 0.9, pieces, other.search.hits)

    asked = answerer.ask(Question(f"quỹ vắc xin tiếp nhận bao nhiêu trong năm {year}?"))
    assert bool(without_told_year(asked, answer(asked), answer).pieces) is answered
    of_an_office = answerer.ask(Question(f"Trưởng Ban Dân vận Tỉnh ủy tiếp nhận quỹ vắc xin năm {year} là ai?"))
    assert not without_told_year(of_an_office, answer(of_an_office), answer).pieces
