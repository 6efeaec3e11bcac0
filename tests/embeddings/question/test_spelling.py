"""Slips, keystrokes left in a text, words run together; names and known words stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.index.corpus_language import CorpusLanguage
from embeddings.question.language import Language
from embeddings.question.spelling import Speller
from embeddings.syllables import tokens

TEXTS = (
    "Hội nghị tổng kết công tác dân vận tại tỉnh Thái Nguyên.",
    "Phát biểu kết luận, đồng chí lưu ý công tác dân vận chính quyền ở địa phương.",
    "Thanh niên tham gia tọa đàm trực tuyến.",
)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(Language(CorpusLanguage.count(TEXTS)), lambda word: word.lower() in {"ubnd", "hnd"})


@pytest.mark.parametrize(
    ("typed", "decoded"),
    [
        ("coong tacs daan vaanj", "công tác dân vận"),
        ("co6ng ta1c da6n va6n5", "công tác dân vận"),
        ("Hooij nghij", "Hội nghị"),
        ("phats bieeur laf gif", "phát biểu là gì"),
        ("chinhs quyeenf", "chính quyền"),
        ("chính quyeen", "chính quyen"),  # no word of the documents with that tone: left open
        # `động` is no word of these documents, `dong` may be their `đồng`
        ("hội nghị nguwowif lao ddoongj", "hội nghị người lao dong"),
    ],
)
def test_keystrokes(speller: Speller, typed: str, decoded: str) -> None:
    assert speller.decode(typed) == decoded


@pytest.mark.parametrize("typed", ["hoi nghi", "Covid19", "2020", "UBND", "hnd", "18/2000/CT-TTg", "công", "", "b2b"])
def test_not_keystrokes(speller: Speller, typed: str) -> None:
    assert speller.decode(typed) == typed


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("conng tac dan van", "cong tac dan van"),
        ("công tcá dân vận", "công tac dân vận"),
        ("cong tac dan vaan", "cong tac dan van"),
        ("danvan chinh quyen", "dan van chinh quyen"),
        ("thahn nien", "thanh nien"),
        ("Toongr", "Toongr"),
    ],
)
def test_slips(speller: Speller, typed: str, mended: str) -> None:
    assert speller.mend(typed) == mended


@pytest.mark.parametrize(
    "typed",
    ["hội nghị ở Hà Giang", "Google", "UBND", "an hem", "lan man", "ong gia", "7,5%", "18/2000/CT-TTg", "🙂"],
)
def test_well_formed_words_and_names_without_a_witness_stay(speller: Speller, typed: str) -> None:
    assert speller.mend(typed) == typed


def test_words_that_vietnamese_uses_are_no_slips_in_a_question_with_marks(speller: Speller) -> None:
    assert speller.mend("lo địa phương nào") == "lo địa phương nào"
    assert speller.mend("lo dia phuong nao") == "o dia phuong nao", "a word that only the documents can tell"
    assert speller.mend("thahn niên") == "thanh niên"


def test_the_documents_own_words_are_never_touched(speller: Speller) -> None:
    for text in TEXTS:
        assert speller.mend(speller.decode(text)) == text


@settings(max_examples=80)
@given(st.text(max_size=40))
def test_any_text_is_read_and_known_words_stay(speller: Speller, text: str) -> None:
    marked = f"{text} vận {text}"
    assert "vận" in tokens(speller.mend(speller.decode(marked)))
