"""From when documents hold and what they do to others, in the words they say it in."""

import pytest

from corpus.official.provisions import read_provisions

ISSUED = "2024-02-09"


@pytest.mark.parametrize(
    ("text", "effective", "words"),
    [
        ("Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2024.", "2024-01-01", "01 tháng 01 năm 2024"),
        ("Quyết định này có hiệu lực kể từ ngày ký.", ISSUED, "kể từ ngày ký"),
        ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký ban hành.", "2024-03-25", "sau 45 ngày kể từ ngày ký"),
        ("Nghị định có hiệu lực thi hành từ 15/3/2024 và được niêm yết.", "2024-03-15", "15/3/2024"),
    ],
)
def test_from_when_a_document_holds(text: str, effective: str, words: str) -> None:
    found = read_provisions("", text, ISSUED)
    assert found.effective == effective
    assert found.effective_at is not None
    assert text[slice(*found.effective_at)] == words


def test_until_when_a_document_holds() -> None:
    found = read_provisions("", "Nghị quyết có hiệu lực từ ngày 01/01/2019 đến hết ngày 31/12/2023.", None)
    assert (found.effective, found.expires) == ("2019-01-01", "2023-12-31")


@pytest.mark.parametrize(
    ("title", "text", "relations"),
    [
        (
            "",
            "Nghị quyết này có hiệu lực từ ngày ký và thay thế Nghị quyết số 11/2018/NQ-HĐND ngày 12 tháng 7 năm 2018.",
            [("replaces", "Nghị quyết số 11/2018/NQ-HĐND", "2018-07-12", False)],
        ),
        (
            "",
            "Nghị định này bãi bỏ Nghị định số 110/2004/NĐ-CP và Nghị định số 09/2010/NĐ-CP.",
            [
                ("repeals", "Nghị định số 110/2004/NĐ-CP", None, False),
                ("repeals", "Nghị định số 09/2010/NĐ-CP", None, False),
            ],
        ),
        (
            "",
            "Điều 2. Bãi bỏ khoản 2 Điều 5 Quyết định số 07/2016/QĐ-UBND.",
            [("repeals", "Quyết định số 07/2016/QĐ-UBND", None, True)],
        ),
        (
            "",
            "Nghị quyết số 11/2018/NQ-HĐND hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực thi hành.",
            [("repeals", "Nghị quyết số 11/2018/NQ-HĐND", None, False)],
        ),
        (
            "Nghị quyết sửa đổi, bổ sung một số điều của Nghị quyết số 11/2018/NQ-HĐND",
            "Sửa đổi mức phụ cấp.",
            [("amends", "Nghị quyết số 11/2018/NQ-HĐND", None, False)],
        ),
        ("", "Quyết định số 5/2010/QĐ-UBND đã được thay thế bằng Quyết định số 7/2012/QĐ-UBND.", []),
        ("", "Thay thế cây trồng kém hiệu quả theo Nghị quyết số 05/2015/NQ-HĐND.", []),
        ("", "Báo cáo nêu: Quyết định số 12/2017/QĐ-UBND thay thế Quyết định số 3/2010/QĐ-UBND.", []),
    ],
)
def test_what_a_document_does_to_others(
    title: str, text: str, relations: list[tuple[str, str, str | None, bool]]
) -> None:
    found = read_provisions(title, text, ISSUED).relations
    assert [(each.kind.value, each.number, each.date, each.partly) for each in found] == relations
