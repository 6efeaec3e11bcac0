"""Whether a text is plausible Vietnamese: good texts pass, broken ones are refused, doubtful ones told."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.plausibility import judge
from corpus.vietnamese import fold

ARTICLES = {
    path.stem: unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt"))
}
ENGLISH = "The committee has published the report on public administration and the results of last year. " * 10


def apart(text: str) -> str:
    """Every accented letter with a gap behind it, as some PDFs give it."""
    return re.sub(r"([^\W\d_a-zA-Z])(?=\w)", r"\1 ", text)


BROKEN: dict[str, Callable[[str], str]] = {
    "accents apart": apart,
    "letter by letter": " ".join,
    "encoded twice": lambda text: text.encode().decode("latin-1"),
    "backwards": lambda text: text[::-1],
    "marked letters lost": lambda text: "".join(letter for letter in text if letter.isascii()),
    "letters doubled": lambda text: re.sub(r"([^\W\d_])", r"\1\1", text),
    "half of it broken": lambda text: text[: len(text) // 2] + apart(text[len(text) // 2 :]),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_good_texts_pass(name: str) -> None:
    verdict = judge(ARTICLES[name])
    assert (verdict.refusal, verdict.doubts) == ("", ())


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("name", ARTICLES)
def test_broken_texts_are_refused(name: str, how: str) -> None:
    assert judge(BROKEN[how](ARTICLES[name])).refusal


@pytest.mark.parametrize(("make", "words"), [(fold, "no Vietnamese marks"), (lambda _: ENGLISH, "Hardly any")])
@pytest.mark.parametrize("name", ARTICLES)
def test_texts_without_marks_and_in_other_languages_are_doubted(
    name: str, make: Callable[[str], str], words: str
) -> None:
    verdict = judge(make(ARTICLES[name]))
    assert verdict.refusal == ""
    assert len(verdict.doubts) == 1
    assert words in verdict.doubts[0]


def test_a_single_broken_page_is_named() -> None:
    text = ARTICLES["nam-dan-van-2014"]
    pages = [text] * 9
    pages[6] = apart(text)
    offsets = tuple((sum(len(page) for page in pages[:number]), number + 1) for number in range(9))
    verdict = judge("".join(pages), offsets)
    assert verdict.refusal == ""
    assert verdict.doubts == ("Many of its words are no words, on page 7; compare it with the paper.",)


def test_a_table_of_codes_and_crosses_is_no_broken_text() -> None:
    rows = "\n".join(f"STT: {n} | Thôn: Nà Láo | Ca 1: x | Ca 2: c | Ca 3: k | Mã: T{n}" for n in range(60))
    assert judge(rows) == judge("")


@pytest.mark.parametrize(
    "text", ["", "2024", "UBND HĐND BCH TW QĐ NĐ-CP TT-BTC SXD STC", "STT: 1 | Tên xã: Tân Hòa | 47"]
)
def test_so_little_proves_nothing(text: str) -> None:
    assert judge(text) == judge("")
