"""Numbers and dates in every spelling, and what looks like one and is none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import fold
from embeddings.quantities.number_words import numeral, value
from embeddings.quantities.quantities import day_first, quantities


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ba nghìn ba trăm", 3300),
        ("bảy mươi tư nghìn", 74_000),
        ("mười một", 11),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("một trăm linh năm", 105),
        ("hai nghìn không trăm mười chín", 2019),
        ("hai nghìn lẻ năm", 2005),
        ("hai triệu rưỡi", 2_500_000),
        ("hai trăm rưỡi", 250),
        ("một nghìn hai", 1200),
        ("hai tỷ bốn trăm triệu", 2_400_000_000),
        ("mười năm", None),
        ("một một", None),
        ("nghìn", None),
        ("hai mươi ba mươi", None),
    ],
)
def test_numerals_in_words(words: str, number: int | None) -> None:
    assert value([numeral(word) or "" for word in words.split()]) == number


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("trên 3.300 hội nghị", ["3300"]),
        ("hơn ba nghìn ba trăm hội nghị", ["3300"]),
        ("hon ba nghin ba tram hoi nghi", ["3300"]),
        ("trị giá hơn 21 tỷ đồng", ["21000000000"]),
        ("2,4 tỷ", ["2400000000"]),
        ("1 tỷ 200 triệu đồng", ["1200000000"]),
        ("1.000.000 đồng", ["1000000"]),
        ("0,3 mức lương", ["0.3"]),
        ("phấn đấu 100% bí thư", ["100%"]),
        ("mot tram phan tram", ["100%"]),
        ("12 phần trăm", ["12%"]),
        ("lần thứ XIII", ["13"]),
        ("khoa xiii", ["13"]),
        ("quý III/2022", ["3", "2022"]),
        ("hai khâu đột phá", ["2"]),
        ("02 khâu đột phá", ["2"]),
        ("hai năm vừa qua", ["2"]),
        ("năm nội dung", ["5"]),
        ("năm trăm nghìn", ["500000"]),
        ("năm 2019", ["2019"]),
        ("Năm dân vận 2014", ["2014"]),
        ("nam dan van kheo 2020", ["2020"]),
        ("năm nhiệm vụ của năm 2020", ["5", "2020"]),
        ("năm hội nghị, 2019 đại biểu", ["5", "2019"]),
        ("năm hội nghị trong 2019", ["5", "2019"]),
        ("nam muoi tam chau", ["58"]),
        ("một số người", []),
        ("không có ai", []),
        ("tư tưởng Hồ Chí Minh", []),
        ("lam nha o ban", []),
        ("Chỉ thị 18/2000/CT-TTg", []),
        ("số 04-CTr/BDV-QS-CA", []),
    ],
)
def test_numbers(text: str, keys: list[str]) -> None:
    assert [found.keys[0] for found in quantities(text)] == keys


@pytest.mark.parametrize(
    "text",
    [
        "20/2/2014",
        "20-2-2014",
        "20.2.2014",
        "ngày 20 tháng 2 năm 2014",
        "ngày 20 tháng 02, 2014",
        "ngày hai mươi tháng hai năm hai nghìn không trăm mười bốn",
        "ngay hai muoi thang hai nam hai nghin khong tram muoi bon",
        "February 20, 2014",
        "20 February 2014",
        "20th February, 2014",
    ],
)
def test_a_day_is_the_same_however_it_is_written(text: str) -> None:
    (found,) = quantities(text)
    assert found.keys == ("20/2/2014", "20/2", "tháng 2/2014", "2014") == day_first("2014-02-20")
    assert found.is_date


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("mùng chín tháng một", ("9/1",)),
        ("sáng mười ba tháng mười tại Hải Phòng", ("13/10",)),
        ("tháng tư năm 2018", ("tháng 4/2018", "2018")),
        ("tháng 4/2018", ("tháng 4/2018", "2018")),
        ("the January 2020 conference", ("tháng 1/2020", "2020")),
    ],
)
def test_parts_of_a_date(text: str, keys: tuple[str, ...]) -> None:
    (found,) = quantities(text)
    assert (found.keys, found.is_date) == (keys, True)


def test_may_is_a_month_only_in_english() -> None:
    assert [found.keys for found in quantities("bao so 9 may dot")] == [("9",)]
    assert [found.keys for found in quantities("9 May 2020")] == [day_first("2020-05-09")]


@given(st.text(alphabet="hai năm mươi tháng 0123456789./-,%XIVmột trăm", max_size=200))
def test_any_text_gives_places_in_it_in_order(text: str) -> None:
    places = [(found.start, found.end) for found in quantities(text)]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@given(st.integers(min_value=2, max_value=999_999_999))
def test_digits_with_and_without_grouping_are_one_number(number: int) -> None:
    keys = [quantities(f"có {text} người")[0].keys for text in (str(number), f"{number:,}".replace(",", "."))]
    assert keys == [(str(number),)] * 2


def test_without_marks_several_words_are_one_number() -> None:
    said = "bảy mươi tư nghìn đoàn viên"
    assert quantities(fold(said))[0].keys == quantities(said)[0].keys
