"""Syllables that are one word, counted out of texts and never cut."""

import pytest

from embeddings.extraction.compounds import compounds_of, cuts_a_word

BOUND = [
    "xe máy chạy",
    "rửa xe máy, bán xe máy",
    "xe máy mới; mua xe máy",
    "chạy mới rửa bán mua",
    "mua rửa chạy bán mới",
]


def test_what_always_meets_is_one_word() -> None:
    assert list(compounds_of(BOUND)) == ["xe máy"]


def test_what_met_seldom_or_is_a_name_is_none() -> None:
    assert list(compounds_of(BOUND[:2])) == []
    assert list(compounds_of([text.title() for text in BOUND])) == []


@pytest.mark.parametrize(
    ("text", "syllable", "cut"),
    [
        ("thi đua sáng tạo, hiệu quả", "tạo", True),
        ("thi đua sáng tạo, hiệu quả", "sáng", False),
        ("văn hóa - xã hội", "hội", True),
        ("đến các xã Hội Xuân", "Hội", False),
        ("sáng, tạo", "tạo", False),
        ("lãnh đạo Tỉnh ủy và các sở", "ủy", True),
        ("tạo", "tạo", False),
    ],
)
def test_places_inside_a_word(text: str, syllable: str, cut: bool) -> None:
    assert cuts_a_word(text, text.index(syllable)) is cut
