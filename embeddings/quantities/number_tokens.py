"""The words of a text, with those that name one number together put into one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.vietnamese import fold
from embeddings.quantities.number_words import numeral, scale, unmarked_numerals, value

_TOKEN = re.compile(
    r"\d+(?:[./-]\w+){0,3}/[^\W\d_]+(?:[-/][^\W\d_]+){0,4}\d*"  # numbers of documents
    r"|\d+-[^\W\d_]+(?:[-/][^\W\d_]+){0,4}"
    r"|\d+(?:[.,]\d+)*|[^\W\d_]+|%|[/.-](?=\d)"
)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}")
_ROMAN = re.compile(r"(?=[IVXL])(?:X[LX]{0,2}|XXX|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMBERED = frozenset(
    {"thu", "khoa", "quy", "chuong", "phan", "muc", "hoi", "ky", "ki", "hang", "cap", "loai", "doan", "nhiem", "bac"}
)
"""Folded words (or the last of a term) that a Roman numeral of one letter stands behind."""
_COUNTED = frozenset(
    """
    anh an ba bai ban bieu buoi ca cach cai can cap cau cay chau chi chuong cong co cu cuoc dai dan dau diem dieu dong
    don dot du duong em gia giai gio giong giot han hang hat hinh ho hoc hoi hom hop huyen ke khau khu kien lan linh
    loai lop luot mat mo mon muc nam nganh ngay nghi nghin ngan nguoi nguyen nha nhan nhiem nhom noi ong phan phieu phut
    phuong qua quyet so suat tap thang thanh thon tieu tinh to tram trieu tuan ty van vi viec vu xa xom yeu
    """.split()  # noqa: SIM905 - sixty words read better so
)
"""First syllables, folded, of what is often counted; behind them a lone `năm` is five and not a year."""
_LONGEST_YEAR_NAME = 5
"""Words; `Năm dân vận chính quyền 2019` has four."""
_NOT_IN_YEAR_NAMES = frozenset(("nam", "va", "cua", "tu", "den", "trong"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_NUMBER = 24
"""Words; `chín trăm chín mươi chín tỷ ...` down to the units has fewer."""


@dataclass(slots=True)
class NumberToken:
    """A word or sign of a text.

    Attributes:
        number: what it names, in plain digits with a decimal point; None if it is no number.
    """

    start: int
    end: int
    text: str
    folded: str
    number: str | None = None

    @property
    def integer(self) -> int | None:
        """The whole number it names."""
        return int(self.number) if self.number and self.number.isdecimal() else None


def tokens_of(text: str) -> list[NumberToken]:
    """Words, numbers in digits, percent signs, and the signs inside dates."""
    return [NumberToken(m.start(), m.end(), m.group(), fold(m.group())) for m in _TOKEN.finditer(text)]


def with_numbers(tokens: list[NumberToken], *, unmarked: bool) -> list[NumberToken]:
    """The same tokens, with those that name one number together put into one."""
    words = [token.text for token in tokens]
    numerals = unmarked_numerals(words) if unmarked else [numeral(word) for word in words]
    merged: list[NumberToken] = []
    place = 0
    while place < len(tokens):
        length, number = _number_at(tokens, numerals, place, unmarked=unmarked)
        token = tokens[place]
        if number is None:
            merged.append(token)
            place += 1
            continue
        last = tokens[place + length - 1]
        merged.append(NumberToken(token.start, last.end, token.text, token.folded, number))
        place += length
    return merged


def _number_at(
    tokens: Sequence[NumberToken], numerals: Sequence[str | None], place: int, *, unmarked: bool
) -> tuple[int, str | None]:
    """How many tokens from a place on name a number, and which; (1, None) if they name none."""
    token = tokens[place]
    if token.text[0].isdecimal():
        number = _digits(token.text)
        return (1, None) if number is None else _scaled(tokens, place, number)
    if numerals[place]:
        longest = place
        most = min(len(tokens), place + _LONGEST_NUMBER)
        while longest < most and numerals[longest] and _adjoins(tokens, place, longest):
            longest += 1
        for end in range(longest, place, -1):
            run = [word for word in numerals[place:end] if word]
            number_value = value(run)
            if number_value is not None and _is_meant(tokens, numerals, place, end, unmarked=unmarked):
                return end - place, str(number_value)
        return 1, None
    before = tokens[place - 1].folded if place else ""
    may_be_roman = before in _NUMBERED or (len(token.text) > 1 and token.text.isupper())
    if may_be_roman and _ROMAN.fullmatch(token.text):
        return 1, str(_roman(token.text))
    return 1, None


def _adjoins(tokens: Sequence[NumberToken], first: int, last: int) -> bool:
    """Whether the tokens up to `last` stand next to each other, with nothing but single blanks between."""
    return last == first or tokens[last].start - tokens[last - 1].end == 1


def _is_meant(
    tokens: Sequence[NumberToken], numerals: Sequence[str | None], place: int, end: int, *, unmarked: bool
) -> bool:
    """Whether numerals are used as a number: not the article `một`, the year in `năm 2019`, the `không` of a no."""
    run = numerals[place:end]
    after = tokens[end] if end < len(tokens) else None
    before = tokens[place - 1].folded if place else ""
    if run[0] == "năm" and after and (after.text[0].isdecimal() or (end == place + 1 and numerals[end])):
        return False
    if len(run) > 1:
        return not (run[0] == "năm" and run[1] not in ("mươi", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ"))
    if before in ("thang", "mung", "mong"):
        return True
    counted = after is not None and after.folded in _COUNTED
    word = run[0]
    if word in ("năm", "tư") or (unmarked and word not in ("hai", "ba")):
        of_things = counted and word != "tư" and before not in ("moi", "hang", "nhieu", "cac")
        return before in ("thu", "lan") or (of_things and not _names_a_year(tokens, end))
    if word == "một":
        return before in ("thu", "ngay")
    return word not in ("không", "trăm", "mươi")


def _names_a_year(tokens: Sequence[NumberToken], place: int) -> bool:
    """Whether the words behind `năm` are the name of a year, which follows them (`Năm dân vận khéo 2020`)."""
    for last in range(place, min(len(tokens), place + _LONGEST_YEAR_NAME + 1)):
        token = tokens[last]
        if token.start - tokens[last - 1].end != 1 or token.folded in _NOT_IN_YEAR_NAMES:
            return False
        if token.text[0].isdecimal():
            return _YEAR.fullmatch(token.text) is not None
    return False


def _digits(text: str) -> str | None:
    """A number in digits without its grouping, the decimal point a point; None for the number of a document."""
    if not text.replace(".", "").replace(",", "").isdecimal():
        return None
    if _GROUPED.fullmatch(text):
        whole, _, decimals = text.partition(",") if "." in text else (text.replace(",", ""), "", "")
        return _plain(whole.replace(".", ""), decimals)
    if text.count(",") + text.count(".") > 1:
        return None
    whole, _, decimals = text.replace(".", ",").partition(",")
    return _plain(whole, decimals)


def _plain(whole: str, decimals: str) -> str:
    decimals = decimals.rstrip("0")
    return f"{int(whole)}.{decimals}" if decimals else str(int(whole))


def _scaled(tokens: Sequence[NumberToken], place: int, number: str) -> tuple[int, str]:
    """`21 tỷ`, `2,4 tỷ`, `1 tỷ 200 triệu`: tokens used, and the number."""
    total, used, last, current = 0.0, 0, float("inf"), number
    while True:
        following = tokens[place + used + 1] if place + used + 1 < len(tokens) else None
        by = scale(following.text) if following and following.start - tokens[place + used].end <= 1 else None
        if by is None or by >= last:
            break
        total, used, last = total + float(current) * by, used + 2, by
        nearby = tokens[place + used] if place + used < len(tokens) else None
        current = (_digits(nearby.text) or "") if nearby and nearby.text[0].isdecimal() else ""
        if not current:
            break
    return (used, _plain(*f"{total:.6f}".split("."))) if used else (1, number)


@lru_cache(maxsize=256)
def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text.upper()]
    return sum(-one if one < max(values[i:]) else one for i, one in enumerate(values))
