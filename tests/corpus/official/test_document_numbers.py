"""Documents' numbers in the spellings of texts and of hurried questions."""

import pytest

from corpus.official.document_numbers import find_numbers, kind_code, kind_name, written_numbers
from corpus.official.numerals import ordinal, part_number, roman


@pytest.mark.parametrize(
    ("text", "number", "year", "kind", "issuer"),
    [
        ("Nghị định số 30/2020/NĐ-CP của Chính phủ", 30, "2020", "nd", "cp"),
        ("nđ30/2020/nđcp", 30, "2020", "nd", "cp"),
        ("NĐ 30/2020 hiệu lực từ khi nào", 30, "2020", "nd", ""),
        ("Nghị định 30 có hiệu lực khi nào", 30, None, "nd", ""),
        ("QD 1187 thanh lap to gi", 1187, None, "qd", ""),
        ("Quyết định số 1127-QĐ/TU ngày 08/9/2014", 1127, None, "qd", "tu"),
        ("Chỉ thị 18 năm 2000", 18, "2000", "ct", ""),
        ("Luật số 45/2019/QH14", 45, "2019", "luat", "qh14"),
        ("công văn số 1234/UBND-NC", 1234, None, "cv", "ubnd-nc"),
        ("thông tư liên tịch 08/2014/TTLT-BNV-BTC", 8, "2014", "ttlt", "bnv-btc"),
        ("Số: 45 /QĐ-UBND", 45, None, "qd", "ubnd"),
        ("Quy định 102-QĐi/TW", 102, None, "qyd", "tw"),
    ],
)
def test_spellings(text: str, number: int, year: str | None, kind: str, issuer: str) -> None:
    (found,) = find_numbers(text)
    assert (found.number, found.year, found.kind, found.issuer) == (number, year, kind, issuer)
    assert text[found.start : found.end] == found.written


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết 5 năm",
        "kế hoạch 2024",
        "15/11/2017",
        "6.000 đồng/m2/tháng",
        "Quận 5 - TP.HCM",
        "3/lượt",
        "báo cáo 20%",
    ],
)
def test_no_numbers_of_documents(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("some", "other", "fit"),
    [
        ("NĐ 30/2020", "30/2020/NĐ-CP", True),
        ("Nghị định 30", "30/2020/NĐ-CP", True),
        ("Nghị định 30", "30/2020/QĐ-UBND", False),
        ("NĐ 30/2021", "30/2020/NĐ-CP", False),
        ("QĐ 1187", "1187/QĐ-UBND", True),
        ("1187/QĐ-TTg", "1187/QĐ-UBND", False),
    ],
)
def test_whether_two_spellings_can_be_one_document(some: str, other: str, fit: bool) -> None:
    assert find_numbers(some)[0].fits(find_numbers(other)[0]) is fit
    assert find_numbers(other)[0].fits(find_numbers(some)[0]) is fit


def test_documents_write_whole_numbers() -> None:
    text = "Nghị định này bãi bỏ Nghị định số 110/2004/NĐ-CP và Nghị định 09 trước đây."
    assert [number.written for number in written_numbers(text)] == ["Nghị định số 110/2004/NĐ-CP"]


def test_kinds() -> None:
    assert kind_code("Nghị quyết") == kind_code("nghi quyet") == "nq"
    assert kind_name("qd") == "Quyết định"
    assert kind_code("đoàn kết") is None


def test_numerals() -> None:
    assert [roman(numeral) for numeral in ("III", "iv", "XIII", "XL", "IIII", "")] == [3, 4, 13, 40, None, None]
    assert [ordinal(word) for word in ("nhất", "hai", "tư", "mười", "nhiều")] == [1, 2, 4, 10, None]
    assert [part_number(each) for each in ("III", "03", "ba", "5a", "1.2", "x?")] == ["3", "3", "3", "5a", "1.2", None]
    assert [part_number(each, lettered=True) for each in ("c", "đ", "a1")] == ["c", "đ", "a1"]
