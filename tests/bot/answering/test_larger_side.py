"""Which of two is more, or was earlier, by what is told of each."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.comparisons import answer_comparison
from bot.answering.forms.larger_side import by_number
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.comparison import read_comparison
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder


def asked(folder: Path, question: str, *texts: str) -> Asked:
    pages = [
        Document(f"page{n}", "Báo cáo", None, None, None, None, text, f"page{n}".ljust(64, "0"))
        for n, text in enumerate(texts)
    ]
    publish(folder, build(folder, pages, WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links()).ask(Question(question))


@pytest.mark.parametrize(
    ("texts", "told", "question", "side"),
    [
        (
            ("Năm 2013 đạt 54,2%, trong khi năm 2009 chỉ 31%.",),
            ("31%", "54,2%"),
            "2009 hay 2013 hòa giải thành đạt cao hơn",
            "Năm 2013",
        ),
        (
            ("Năm 2013 đạt 54,2%, trong khi năm 2009 chỉ 31%.",),
            ("31%", "54,2%"),
            "2009 hay 2013 hòa giải thành đạt thấp hơn",
            "năm 2009",
        ),
        (
            ("Năm 2013 có 54 hộ, năm 2009 có 31 xã.",),
            ("31 xã", "54 hộ"),
            "2009 hay 2013 hòa giải thành đạt cao hơn",
            None,
        ),
        (
            ("Thời hạn giải quyết khiếu nại là 45 ngày, tố cáo là 3 tháng.",),
            ("45 ngày", "3 tháng"),
            "thời hạn giải quyết khiếu nại với tố cáo, cái nào dài hơn",
            None,
        ),
        (
            ("Xã Hạ có 1.950 hội viên, xã Đoài có 2.500 hội viên.",),
            ("2.500 hội viên", "1.950 hội viên"),
            "xã Đoài với xã Hạ, xã nào có hội viên ít hơn",
            "Xã Hạ",
        ),
        (
            ("Xã Đoài có 20 hộ năm 2021, xã Hạ có 25 hộ năm 2020.",),
            ("20 hộ năm 2021", "25 hộ năm 2020"),
            "xã Đoài với xã Hạ, xã nào có hộ nghèo nhiều hơn",
            "xã Hạ",
        ),
        (
            ("Hai xã Tân Thành và Tân Lập: Tân Thành có 5 mô hình, Tân Lập có 9 mô hình.",),
            ("9 mô hình", "5 mô hình"),
            "xã Tân Lập với xã Tân Thành, xã nào có mô hình nhiều hơn",
            "Tân Lập",
        ),
        (
            ("Tiền thưởng của Tổ Một là 2 triệu đồng, của Tổ Hai là 3 triệu đồng.",),
            ("3 triệu đồng", "2 triệu đồng"),
            "tiền thưởng của Tổ Hai với Tổ Một, bên nào cao hơn",
            "Tổ Hai",
        ),
        (
            ("Năm 2018, đoàn khảo sát đi xã. Ngày 05/3/2018, đoàn kiểm tra đi phường.",),
            ("Năm 2018", "05/3/2018"),
            "đoàn khảo sát với đoàn kiểm tra, đoàn nào đi trước",
            None,
        ),
        (("Năm 2013 có 54 vụ, năm 2009 đạt 31%.",), ("31%", "54 vụ"), "2009 hay 2013 hòa giải thành đạt cao hơn", None),
        (
            (
                "Từ ngày 08 đến ngày 11/6/2011, đoàn Ủy ban Dân tộc đi xã.",
                "Chiều 08/11/2018, đoàn kiểm tra số 2 đi phường.",
            ),
            ("ngày 08 đến ngày 11/6/2011", "08/11/2018"),
            "đoàn ủy ban dân tộc với đoàn kiểm tra số 2, đoàn nào đi trước",
            "đoàn Ủy ban Dân tộc",
        ),
        (
            (
                "Từ ngày 08 đến ngày 11/6/2011, đoàn Ủy ban Dân tộc đi xã.",
                "Chiều 08/11/2018, đoàn kiểm tra số 2 đi phường.",
            ),
            ("ngày 08 đến ngày 11/6/2011", "08/11/2018"),
            "đoàn ủy ban dân tộc với đoàn kiểm tra số 2, đoàn nào đi sau",
            "đoàn kiểm tra số 2",
        ),
        (
            ("Ngày 9/12, hội nghị tổng kết họp.", "Sáng 13/10, diễn đàn trẻ họp."),
            ("Ngày 9/12", "Sáng 13/10"),
            "hội nghị tổng kết với diễn đàn trẻ cái nào họp trước",
            "hội nghị tổng kết",
        ),
        (
            ("Ngày 9/2, hội nghị tổng kết họp.", "Sáng 13/10, diễn đàn trẻ họp."),
            ("Ngày 9/2", "Sáng 13/10"),
            "hội nghị tổng kết với diễn đàn trẻ cái nào họp sau",
            "diễn đàn trẻ",
        ),
    ],
)
def test_by_the_number_or_date_of_each(
    tmp_path: Path, texts: tuple[str, ...], told: tuple[str, str], question: str, side: str | None
) -> None:
    found = asked(tmp_path, question, *texts)
    comparison = read_comparison(question)
    assert comparison is not None
    pieces = []
    for number, words in enumerate(told):
        hit = next(hit for hit in found.search.hits if words in hit.passage.text)
        start = hit.passage.text.index(words)
        pieces.append(replace(Piece(hit, start, start + len(words)), part=number))
    sides = Draft(AnswerKind.COMPOUND, Status.ANSWERED, 0.9, tuple(pieces), found.search.hits)
    draft = by_number(comparison, sides, lambda _: "2019-10-14")
    assert ([piece.text for piece in draft.pieces] if draft else None) == ([side] if side else None)
    assert draft is None or sum(map(len, draft.around.values())) == len(told)


def test_words_for_one_side_are_none_for_the_other(tmp_path: Path) -> None:
    text = "Trạm quản lý 1.306 người tăng huyết áp bằng sổ hẹn."
    found = asked(tmp_path, "tăng huyết áp hay đái tháo đường nhiều hơn", text)
    hit = found.search.hits[0]
    start = text.index("1.306 người")
    told = Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (Piece(hit, start, start + 11),), found.search.hits)
    draft = answer_comparison(found, lambda _: told, lambda: replace(told, pieces=()))
    assert draft is None or not draft.pieces


@pytest.mark.parametrize(
    ("number", "document"),
    [("18/2000/CT-TTg", "Chỉ thị số 18/2000/CT-TTg"), ("18/2019/CT-TTg", None), ("18/CT-TTg", None)],
)
def test_a_document_is_of_the_year_in_its_number(tmp_path: Path, number: str, document: str | None) -> None:
    text = f"Chỉ thị số {number} được triển khai. Quy định số 11-QĐi/TW ngày 18/02/2019 được phổ biến."
    question = f"Chỉ thị số {number} với Quy định số 11-QĐi/TW, văn bản nào ra trước"
    found = asked(tmp_path, question, text)
    comparison = read_comparison(question)
    assert comparison is not None
    hit = found.search.hits[0]
    start = text.index("18/02/2019")
    piece = replace(Piece(hit, start, start + 10), part=1)
    sides = Draft(AnswerKind.COMPOUND, Status.ANSWERED, 0.9, (piece,), found.search.hits)
    draft = by_number(comparison, sides, lambda _: None)
    assert ([piece.text for piece in draft.pieces] if draft else None) == ([document] if document else None)
