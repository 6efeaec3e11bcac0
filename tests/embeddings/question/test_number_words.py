"""A question's numbers in the documents' spelling."""

import pytest

from embeddings.index.number_spellings import NumberSpellings
from embeddings.question.number_words import respell

TEXTS = [
    "MTTQ tổ chức trên 3.300 hội nghị. Tập trung thực hiện 2 khâu đột phá, hai năm qua.",
    "Phấn đấu 100% bí thư; sáng 20/2, tại Hà Nội; số 09 ngày 18/02/2019.",
]
PAIRS = {("2", "khau"), ("hai", "nam")}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hơn ba nghìn ba trăm hội nghị", "hơn 3.300 hội nghị"),
        ("3300 hoi nghi", "3.300 hoi nghi"),
        ("hai khau dot pha la gi", "2 khau dot pha la gi"),
        ("hai năm qua", "hai năm qua"),
        ("2 năm qua", "hai năm qua"),
        ("mot tram phan tram bi thu", "100% bi thu"),
        ("sáng hai mươi tháng hai", "sáng 20/2"),
        ("ngày 18 tháng 2 năm 2019", "ngày 18/02/2019"),
        ("bão số 9", "bão số 9"),
        ("bảy mươi người", "bảy mươi người"),
    ],
)
def test_respelled(typed: str, read: str) -> None:
    assert respell(typed, NumberSpellings.count(TEXTS), lambda *pair: int(pair in PAIRS)) == read
