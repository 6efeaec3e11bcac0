"""Links: text fragments, reader pages, deep links; never a made-up address."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.links import Links
from corpus.models import Document, Passage

PASSAGE = Passage("abcdefgh234567ij", "bai-1", 4, 0, 3, "một")


def document(url: str | None, identity: str = "bai-1") -> Document:
    return Document(identity, "Bài", None, None, None, url, "một", "0" * 64)


def test_a_short_quote_is_named_whole() -> None:
    link = Links().link(document("https://a.vn/b?c=1"), PASSAGE, "“Năm dân vận khéo”")
    assert link == ("https://a.vn/b?c=1#:~:text=%E2%80%9CN%C4%83m%20d%C3%A2n%20v%E1%BA%ADn%20kh%C3%A9o%E2%80%9D")


def test_a_long_quote_is_named_by_its_first_and_last_six_words() -> None:
    quote = " ".join(f"w{i}" for i in range(20))
    link = Links().link(document("https://a.vn/b"), PASSAGE, quote)
    assert link == "https://a.vn/b#:~:text=w0%20w1%20w2%20w3%20w4%20w5,w14%20w15%20w16%20w17%20w18%20w19"


def test_what_has_a_meaning_in_a_text_directive_is_encoded() -> None:
    link = Links().link(document("https://a.vn/b"), PASSAGE, "kinh tế - xã hội, A&B #1 100% a/b")
    assert link is not None
    fragment = link.partition("#:~:text=")[2]
    assert not set("-,&#/ ") & set(fragment)
    assert {"%2D", "%2C", "%26", "%23", "%25", "%2F"} <= {fragment[i : i + 3] for i in range(len(fragment))}
    assert unquote(fragment) == "kinh tế - xã hội, A&B #1 100% a/b"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1), min_size=1, max_size=30))
def test_the_words_of_any_quote_come_back(words: list[str]) -> None:
    quote = " ".join(words)
    link = Links().link(document("https://a.vn/b"), PASSAGE, quote)
    assert link is not None
    pieces = [unquote(piece) for piece in link.partition("#:~:text=")[2].split(",")]
    assert len(pieces) <= 2
    assert " ".join(quote.split()).startswith(pieces[0])
    assert " ".join(quote.split()).endswith(pieces[-1])
    assert link.isascii()


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (Links(), None),
        (Links(bot_name="danvan_bot"), "https://t.me/danvan_bot?start=p_abcdefgh234567ij"),
        (Links(public_url="https://doc.vn/"), "https://doc.vn/documents/bai-1?c=abcdefgh234567ij.4#p5"),
        (
            Links(public_url="https://doc.vn", bot_name="danvan_bot"),
            "https://doc.vn/documents/bai-1?c=abcdefgh234567ij.4#p5",
        ),
    ],
)
def test_without_an_address_of_its_own(links: Links, expected: str | None) -> None:
    assert links.link(document(None), PASSAGE, "một") == expected


def test_a_reader_page_goes_before_the_page_it_came_from() -> None:
    link = Links(public_url="https://doc.vn").link(document("https://a.vn/b", "số 1/a"), PASSAGE, "ộ", ["t"])
    assert link == "https://doc.vn/documents/s%E1%BB%91%201%2Fa?c=abcdefgh234567ij.4.1-2.2-3#p5"


def test_an_address_of_its_own_keeps_its_fragment() -> None:
    links = Links(bot_name="danvan_bot")
    assert links.link(document("https://a.vn/b#c"), PASSAGE, "một") == "https://a.vn/b#c:~:text=m%E1%BB%99t"
    assert links.link(document("https://a.vn/b"), PASSAGE, "một") == "https://a.vn/b#:~:text=m%E1%BB%99t"


def test_a_deep_link_fits_telegram() -> None:
    """A start parameter has at most 64 characters of A-Z, a-z, 0-9, _ and -."""
    link = Links(bot_name="danvan_bot").link(document(None), PASSAGE, "một") or ""
    parameter = link.partition("?start=")[2]
    assert len(parameter) <= 64
    assert parameter.replace("_", "").isalnum()
