"""Vietnamese letters: folding."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import fold

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường", "duong"),
        ("Uỷ ban nhân dân tỉnh", "uy ban nhan dan tinh"),
        ("NGHỊ QUYẾT số 18/2000/CT-TTg", "nghi quyet so 18/2000/ct-ttg"),
        ("ẵẫẳ Ợ ự ỹ ỵ", "aaa o u y y"),
        ("đĐ", "dd"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_vowel_folds_to_a_plain_letter() -> None:
    assert [fold(vowel) for vowel in VOWELS] == [*"a" * 18, *"e" * 12, *"i" * 6, *"o" * 18, *"u" * 12, *"y" * 6]


@given(st.text(max_size=60))
def test_fold_is_idempotent_and_blind_to_the_unicode_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(max_size=60) | st.text(alphabet="đĐạỵΣσςİıﬁ\u0301\u0323한a B", max_size=60))
def test_fold_drops_what_unicode_calls_combining(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    assert fold(text) == "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def test_fold_forgets_rare_characters_and_stays_right() -> None:
    every = "".join(map(chr, range(0x10000)))
    decomposed = unicodedata.normalize("NFD", every.replace("đ", "d").replace("Đ", "D"))
    assert fold(every) == "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    assert fold("Đường") == "duong"
