"""Sentences that deny a claim in so many words."""

import pytest

from embeddings.reading.readings import Reading, Span
from embeddings.verdicts.claim_denial import denied_clause, read_denial
from embeddings.verdicts.claim_words import read_claim

TITLE = "Quy chế chợ xã Mường Lạ"
TEXT = (
    "Ban quản lý chợ không thu phí gửi xe, chỉ thu phí vệ sinh. Nếu tiểu thương không nộp phí vệ sinh thì bị nhắc nhở. "
    "Việc sửa mái chợ chưa tiến hành trong tháng Ba do thiếu vốn."
)
WORTH = dict.fromkeys(
    (
        "ban",
        "quan",
        "ly",
        "cho",
        "thu",
        "phi",
        "gui",
        "xe",
        "ve",
        "sinh",
        "sua",
        "mai",
        "thang",
        "tieu",
        "thuong",
        "nop",
    ),
    1.0,
)


def sentence(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, TEXT.index(".", start) + 1


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("ban quản lý chợ có thu phí gửi xe không", "không thu phí gửi xe"),
        ("ban quản lý chợ thu phí gửi xe phải không", "không thu phí gửi xe"),
        ("ban quản lý chợ có thu phí vệ sinh không", None),
        ("ban quản lý chợ không thu phí gửi xe đúng không", None),
        ("năm 2031 ban quản lý chợ có thu phí gửi xe không", None),
        ("trạm y tế có thu phí gửi xe không", None),
        ("tiểu thương có nộp phí vệ sinh không", None),
    ],
)
def test_words_denied_right_in_front_of_them(question: str, denied: str | None) -> None:
    claim = read_claim(question, WORTH | dict.fromkeys(("tram", "y", "te"), 3.0))
    found = denied_clause(TEXT, TITLE, claim)
    assert (TEXT[slice(*found)] if found else None) == denied


@pytest.mark.parametrize(
    ("question", "margin", "denied"),
    [
        ("đã sửa mái chợ trong tháng ba chưa", 0.5, "chưa tiến hành trong tháng Ba"),
        ("đã sửa mái chợ trong tháng ba chưa", -5.0, None),
        ("chưa sửa mái chợ trong tháng ba đúng không", 0.5, None),
        ("đã sửa mái trường trong tháng ba chưa", 0.5, None),
    ],
)
def test_what_a_reader_found_denies(question: str, margin: float, denied: str | None) -> None:
    start = TEXT.index("chưa tiến hành")
    reading = Reading((Span(start, start + len("chưa tiến hành trong tháng Ba"), margin),))
    claim = read_claim(question, WORTH | {"truong": 3.0})
    found = read_denial(TEXT, sentence("Việc sửa"), TITLE, claim, reading)
    assert (TEXT[slice(*found)] if found else None) == denied


def test_a_passage_that_says_it_elsewhere_does_not_deny_it() -> None:
    text = "Tổ một thu phí gửi xe. Tổ hai không thu phí gửi xe."
    claim = read_claim("tổ một có thu phí gửi xe không", dict.fromkeys(("thu", "phi", "gui", "xe"), 1.0))
    assert denied_clause(text, "", claim) is None
    assert denied_clause(text.replace("Tổ một thu", "Tổ một ghi"), "", claim) is not None


@pytest.mark.parametrize("limit", ["không quá 4 ô tô", "không dưới 4 ô tô", "không vượt 4 ô tô"])
def test_a_limit_denies_nothing(limit: str) -> None:
    text = f"Mỗi hộ được gửi {limit}."
    start = text.index(limit)
    reading = Reading((Span(start, start + len(limit), 3.0),))
    claim = read_claim("mỗi hộ được gửi 4 ô tô phải không", dict.fromkeys(("ho", "gui", "to"), 1.0))
    assert denied_clause(text, "", claim) is None
    assert read_denial(text, (0, len(text)), "", claim, reading) is None
