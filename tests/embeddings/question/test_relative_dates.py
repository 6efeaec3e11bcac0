"""Relative dates, read on fixed days."""

from datetime import date

import pytest

from embeddings.question.relative_dates import resolve

NEW_YEAR = date(2024, 1, 1)
LEAP_DAY = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("năm ngoái ai chủ trì?", "năm 2023 ai chủ trì?", {"năm ngoái": "năm 2023"}),
        ("nam ngoai ai chu tri", "năm 2023 ai chu tri", {"nam ngoai": "năm 2023"}),
        ("Năm nay có gì?", "năm 2024 có gì?", {"Năm nay": "năm 2024"}),
        ("năm trước và năm sau", "năm 2023 và năm 2025", {"năm trước": "năm 2023", "năm sau": "năm 2025"}),
        ("năm kia", "năm 2022", {"năm kia": "năm 2022"}),
        ("năm vừa qua", "năm 2023", {"năm vừa qua": "năm 2023"}),
        ("trong năm qua", "trong năm 2023", {"năm qua": "năm 2023"}),
        ("nam toi", "năm 2025", {"nam toi": "năm 2025"}),
        ("tháng trước", "tháng 12 năm 2023", {"tháng trước": "tháng 12 năm 2023"}),
        ("thang nay", "tháng 1 năm 2024", {"thang nay": "tháng 1 năm 2024"}),
        ("hôm qua", "ngày 31/12/2023", {"hôm qua": "ngày 31/12/2023"}),
        ("hom qua", "ngày 31/12/2023", {"hom qua": "ngày 31/12/2023"}),
        ("năm nay, năm nay", "năm 2024, năm 2024", {"năm nay": "năm 2024"}),
    ],
)
def test_read_against_today(text: str, expected: str, found: dict[str, str]) -> None:
    assert resolve(text, NEW_YEAR) == (expected, found)


@pytest.mark.parametrize(
    "text",
    [
        "năm 2020 được chọn là năm gì?",
        "5 năm trước",
        "những năm qua",
        "nhung nam qua",
        "hai năm qua",
        "trong năm năm qua",
        "10 năm tới",
        "nhiều tháng qua",
        "năm trước đó",
        "tháng trước đó",
        "Năm dân vận khéo",
        "hôm trước",
        "giá vàng hôm nay",
        "",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert resolve(text, NEW_YEAR) == (text, {})


def test_months_and_days_across_their_borders() -> None:
    assert resolve("tháng trước", LEAP_DAY)[0] == "tháng 1 năm 2024"
    assert resolve("hôm qua", date(2024, 3, 1))[0] == "ngày 29/2/2024"
    assert resolve("tháng này", date(2023, 12, 31))[0] == "tháng 12 năm 2023"
