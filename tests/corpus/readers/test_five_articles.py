"""The five articles as HTML of three ages, as DOCX and as PDF: the same paragraphs, titles and dates as the text."""

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from corpus.article.page import Page
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.readers.registry import read_bytes
from tests.corpus.readers.layouts import FOOTER, LAYOUTS, MENU, OTHER_NEWS, TEASER, Article, e
from tests.corpus.readers.making import DOCXS, HEADER, PDFS

TEXTS = {path.stem: read_bytes(path.name, path.read_bytes()) for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt"))}
FURNITURE = (HEADER, "Trang 1", TEASER, *FOOTER, *(title for title, _ in OTHER_NEWS), "Chia sẻ", "In trang", *MENU[:2])
MAKERS: list[tuple[str, Callable[[Article], bytes]]] = [
    *((f"{make.__name__}.html", lambda article, make=make: make(article).encode()) for make in LAYOUTS),
    *((f"{make.__name__}.docx", make) for make in DOCXS),
    *((f"{make.__name__}.pdf", make) for make in PDFS),
]


def article(page: Page) -> Article:
    return Article(page.title, page.published, page.paragraphs)


@cache
def reading(file: str, name: str) -> Page:
    """What is read of a file made of one of the articles."""
    return read_bytes(file, dict(MAKERS)[file](article(TEXTS[name])))


def found_share(expected: Page, page: Page) -> float:
    """Share of the expected characters in paragraphs that came through whole."""
    kept = Counter(page.paragraphs)
    length = sum(len(text) for text in expected.paragraphs)
    return sum(len(text) for text in (Counter(expected.paragraphs) & kept).elements()) / length


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("file", dict(MAKERS))
def test_the_same_paragraphs_title_and_date(name: str, file: str) -> None:
    expected, page = TEXTS[name], reading(file, name)
    assert (page.title, page.published) == (expected.title, expected.published)
    assert found_share(expected, page) >= 0.98
    foreign = [text for text in page.paragraphs if text not in expected.paragraphs]
    assert sum(map(len, foreign)) <= 0.02 * len(expected.text)
    assert not [words for words in FURNITURE for text in foreign if words in text]


@pytest.mark.parametrize("file", dict(MAKERS))
def test_what_was_taken_for_furniture_is_told(file: str) -> None:
    page = reading(file, "nam-dan-van-2014")
    dropped = "\n".join(line.text for line in page.dropped)
    if file.endswith(".html"):
        assert all(words in dropped for words in (TEASER, *FOOTER, OTHER_NEWS[0][0]))
    elif file != "plain_docx.docx":
        assert HEADER in dropped
        assert "Trang 1" in dropped


@pytest.mark.parametrize("file", [file for file, _ in MAKERS if file.endswith(".pdf")])
def test_pages_of_a_pdf_are_known(file: str) -> None:
    page = reading(file, "toa-dam-dan-van-co-quan-nha-nuoc-2017")
    offsets = [offset for offset, _ in page.pages]
    assert [number for _, number in page.pages] == list(range(1, len(page.pages) + 1))
    assert len(page.pages) > 1
    assert offsets == sorted(set(offsets))
    assert offsets[0] == 0
    broken = [offset for offset, _ in page.pages[1:] if page.text[offset - 2 : offset] != "\n\n"]
    assert all(page.text[offset - 1] == " " for offset in broken)  # inside a paragraph, at the beginning of a word


@pytest.mark.parametrize("name", TEXTS)
def test_a_whole_page_of_which_every_line_is_a_division(name: str) -> None:
    lines = (DEFAULT_DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    page = read_bytes("a.html", ("<html><body>" + "".join(f"<div>{e(line)}</div>" for line in lines)).encode())
    expected = TEXTS[name]
    assert (page.title, page.published, page.author) == (expected.title, expected.published, expected.author)
    assert page.paragraphs == expected.paragraphs
