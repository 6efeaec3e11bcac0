"""Cells of tables looked up by row and column, and when nothing is looked up."""

import pytest

from corpus.models import Document
from corpus.official.record import read_official
from corpus.readers.registry import read_bytes
from embeddings.cell_lookup import CellFinder

POOR = """Xã,Số hộ,Hộ nghèo,Hộ cận nghèo
Tân Hòa,1.204,47,81
Kim Long,988,35,64
Nà Tấu,1.310,112,64
Cộng,3.502,194,209
"""
LATER = POOR.replace("47", "31").replace("35", "22")
PERSONS = """TT,Họ và tên,Chức vụ,Ngày sinh
1,Lò Thị Mận,Trưởng ban,12/3/1980
2,Nguyễn Hữu Khang,Phó Trưởng ban,05/7/1985
"""


def _document(identity: str, title: str, sheet: str) -> Document:
    page = read_bytes("sheet.csv", sheet.encode())
    official = read_official(title, page.text, None)
    rows = page.rows
    return Document(identity, title, None, None, None, None, page.text, "", rows=rows, official=official)


@pytest.fixture(scope="module")
def finder() -> CellFinder:
    documents = [
        _document("poor-2021", "Quyết định số 15/QĐ-UBND công nhận kết quả rà soát hộ nghèo năm 2021", POOR),
        _document("poor-2022", "Quyết định số 28/QĐ-UBND công nhận kết quả rà soát hộ nghèo năm 2022", LATER),
        _document("persons", "Danh sách ban tổ chức hội thi", PERSONS),
    ]
    return CellFinder({one.id: one for one in documents}, lambda word: 1.0)


def _found(finder: CellFinder, question: str, previous: str = "") -> tuple[str, str] | None:
    found = finder.find(question, previous)
    if found is None:
        return None
    document = finder.documents[found.document_id]
    assert found.row[0] <= found.cell[0] <= found.cell[1] <= found.row[1]
    return found.document_id, document.text[slice(*found.cell)]


@pytest.mark.parametrize(
    ("question", "document", "cell"),
    [
        ("Xã Tân Hòa có bao nhiêu hộ nghèo năm 2021?", "poor-2021", "47"),
        ("Năm 2022 số hộ nghèo của xã Tân Hòa là bao nhiêu?", "poor-2022", "31"),
        ("xa kim long nam 2021 co bao nhieu ho can ngheo", "poor-2021", "64"),
        ("Theo Quyết định 28/QĐ-UBND, xã Kim Long có bao nhiêu hộ nghèo?", "poor-2022", "22"),
        ("Năm 2021 xã nào có số hộ nghèo nhiều nhất?", "poor-2021", "Nà Tấu"),
        ("Năm 2022 xã nào có ít hộ nghèo nhất?", "poor-2022", "Kim Long"),
        ("Theo Quyết định 15/QĐ-UBND, xã nào có nhiều hộ nghèo nhất?", "poor-2021", "Nà Tấu"),
        ("xã nào ít hộ nghèo nhất trong Quyết định số 28/QĐ-UBND", "poor-2022", "Kim Long"),
        ("Chức vụ của Lò Thị Mận là gì?", "persons", "Trưởng ban"),
        ("Ngày sinh của ông Nguyễn Hữu Khang là ngày nào?", "persons", "05/7/1985"),
        ("Ai là Phó Trưởng ban?", "persons", "Nguyễn Hữu Khang"),
    ],
)
def test_a_cell_is_looked_up(finder: CellFinder, question: str, document: str, cell: str) -> None:
    assert _found(finder, question) == (document, cell)


@pytest.mark.parametrize(
    "question",
    [
        "Xã Tân Hòa có bao nhiêu hộ nghèo?",  # in which year?
        "Xã Tân Hòa có bao nhiêu hộ nghèo năm 2019?",
        "Xã Tân Hòa năm 2021 có hộ nghèo không?",
        "Vì sao xã Tân Hòa có nhiều hộ nghèo năm 2021?",
        "Hộ nghèo của xã Tân Hòa năm 2021 giảm bao nhiêu?",
        "Xã Quảng Khê có bao nhiêu hộ nghèo năm 2021?",
        "Xã Tân Hòa có bao nhiêu cán bộ dân vận tham gia hội thi?",
        "Năm 2021 xã nào có hộ cận nghèo ít nhất?",  # two have the fewest
        "Tân Hòa",
    ],
)
def test_nothing_is_looked_up(finder: CellFinder, question: str) -> None:
    assert finder.find(question) is None


def test_a_question_goes_on_from_the_one_before_it(finder: CellFinder) -> None:
    before = "Xã Tân Hòa có bao nhiêu hộ nghèo năm 2021?"
    assert _found(finder, "Còn xã Kim Long?", before) == ("poor-2021", "35")
    assert _found(finder, "thế hộ cận nghèo năm 2021?", before) == ("poor-2021", "81")


def test_what_tables_say_alike_is_no_rival() -> None:
    documents = [_document("one", "Hộ nghèo", POOR), _document("copy", "Hộ nghèo", POOR)]
    finder = CellFinder({one.id: one for one in documents}, lambda word: 1.0)
    found = _found(finder, "Xã Tân Hòa có bao nhiêu hộ nghèo?")
    assert found is not None
    assert found[1] == "47"


@pytest.mark.parametrize(
    ("question", "cell", "other"),
    [
        ("báo cáo 7 xã tân hòa có bao nhiêu hộ nghèo", "1.204", True),
        ("báo cáo 7 xã tân hòa có bao nhiêu hộ nghèo", "47", False),
        ("xa tan hoa co bao nhieu ho can ngheo", "47", True),
        ("xã Tân Hòa có bao nhiêu hộ?", "1.204", False),
        ("xã Tân Hòa có bao nhiêu hộ?", "81", True),
        ("xã Tân Hòa ra sao?", "1.204", False),
        ("xã Kim Long có bao nhiêu hộ nghèo?", "1.204", False),  # of another row: not for a column to tell
        ("bao nhiêu hộ nghèo?", "Tân Hòa", False),
    ],
)
def test_words_in_another_column_than_the_one_asked_for_are_known(
    finder: CellFinder, question: str, cell: str, other: bool
) -> None:
    start = finder.documents["poor-2021"].text.index(cell)
    assert finder.asks_for_other_cell(question, "poor-2021", (start, start + len(cell))) is other
    assert not finder.asks_for_other_cell(question, "poor-2021", (0, len(cell)))
    assert not finder.asks_for_other_cell(question, "no-table", (start, start + len(cell)))
