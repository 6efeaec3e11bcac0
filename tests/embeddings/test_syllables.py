"""Syllables: comparing with and without marks, reading tokens out of text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import fold
from embeddings.syllables import (
    agrees,
    canonical,
    is_marked,
    normalise,
    parts,
    token_spans,
    tokens,
)

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
LETTERS = VOWELS + "bcdđghklmnpqrstvx"
WORDS = st.text(alphabet=LETTERS + LETTERS.upper(), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Uỷ", "Ủy"),
        ("toạ", "tọa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("quý", "qúy"),
        ("qủa", "quả"),
        ("ĐƯỜNG", "đường"),
    ],
)
def test_both_placements_of_a_tone_are_one_syllable(one: str, other: str) -> None:
    assert one != other
    assert canonical(one) == canonical(other)
    assert agrees(one, other)
    assert agrees(other, one)


def test_canonical_puts_the_tone_behind_the_letters() -> None:
    assert canonical("Hoà") == "hoa\u0300"
    assert canonical("đường") == "đương\u0300"
    assert canonical("dan") == "dan"


def test_different_syllables_stay_different() -> None:
    same_letters = ["ma", "mà", "má", "mả", "mã", "mạ", "mâ", "mă", "mấ", "mắ"]
    assert len({canonical(word) for word in same_letters}) == len(same_letters)


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        ("duong", "đường", True),
        ("duong", "Dương", True),
        ("đuong", "đường", True),
        ("đuong", "Dương", False),
        ("dương", "Dương", True),
        ("dương", "đường", True),
        ("dường", "đường", True),
        ("đường", "Dương", False),
        ("đường", "đương", False),
        ("đương", "đường", True),
        ("duòng", "đường", True),
        ("duóng", "đường", False),
        ("hoa", "hòa", True),
        ("hoà", "hòa", True),
        ("hoá", "hòa", False),
        ("dan", "van", False),
        ("da", "dan", False),
    ],
)
def test_what_is_not_typed_matches_anything_and_what_is_typed_binds(typed: str, word: str, expected: bool) -> None:
    assert agrees(typed, word) is expected


@given(WORDS)
def test_a_word_agrees_with_itself_and_its_folded_form_with_it(word: str) -> None:
    assert agrees(word, word)
    assert agrees(fold(word), word)
    assert agrees(word, fold(word)) is not is_marked(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ thị số 18/2000/CT-TTg", ["chỉ", "thị", "số", "18/2000/ct-ttg"]),
        ("Nghị định 30/2020/NĐ-CP.", ["nghị", "định", "30/2020/nđ-cp"]),
        ("quy định số 11-QĐi/TW ngày 18/02/2019", ["quy", "định", "số", "11-qđi/tw", "ngày", "18/02/2019"]),
        ("(112/KH-UBND)", ["112/kh-ubnd"]),
        ("Đề án 06/CP", ["đề", "án", "06/cp"]),
        ("trên 3.300 hội nghị; 7,5%", ["trên", "3.300", "hội", "nghị", "7,5"]),
        ("sáng 13/10, tại", ["sáng", "13/10", "tại"]),
        ("Điểu K'ré", ["điểu", "k'ré"]),
        ("kinh tế - xã hội", ["kinh", "tế", "xã", "hội"]),
        ("“tà đạo”…cho", ["tà", "đạo", "cho"]),
        ("a_b", ["a", "b"]),
        ("?!… 🙂", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
    assert tokens(unicodedata.normalize("NFD", text)) == expected


@given(st.text(max_size=80))
def test_spans_are_where_the_tokens_stand(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    spans = token_spans(text)
    assert [text[start:end].lower() for start, end in spans] == tokens(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_parts_of_a_number() -> None:
    assert parts("18/2000/ct-ttg") == ["18", "2000", "ct", "ttg"]
    assert parts("15/11/2017") == ["15", "11", "2017"]
    assert parts("vận") == []


@pytest.mark.parametrize("text", ["dân", "Ủy", "đ", "Đ", "à"])
def test_is_marked(text: str) -> None:
    assert is_marked(text)
    assert is_marked(unicodedata.normalize("NFD", text))
    assert not is_marked(fold(text))


def test_normalise() -> None:
    decomposed = unicodedata.normalize("NFD", "dân vận")
    assert normalise(f"  {decomposed}\u00a0\n khéo\u200b\x00\t ") == "dân vận khéo"
    assert normalise("\u200b\x00") == ""


@given(st.text(max_size=80))
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "  " not in once
