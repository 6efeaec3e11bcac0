"""Links: the page's own address first, then the reader page, then the bot; never a made-up one."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from bot.links import Links
from corpus.models import Document, Passage

TEXT = "Năm 2020 được chọn là “Năm dân vận khéo”."
PASSAGE = Passage("abcdefghijklmnop", "a b", 2, 0, len(TEXT), TEXT)
DOCUMENT = Document("a b", "Một", None, None, None, None, TEXT, "0" * 64)


@pytest.mark.parametrize(
    ("address", "before"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1#:~:text="),
        ("https://a.example/x#muc-2", "https://a.example/x#muc-2:~:text="),
        ("https://a.example/x#:~:text=khac", "https://a.example/x#:~:text="),
    ],
)
def test_the_pages_own_address_points_at_the_quote(address: str, before: str) -> None:
    everything = Links("https://bot.example", "dan_van_bot")
    link = everything.link(replace(DOCUMENT, url=address), PASSAGE, TEXT)
    assert link == before + link.removeprefix(before)
    assert unquote(link.removeprefix(before)) == TEXT


def test_signs_with_a_meaning_in_a_fragment_are_encoded() -> None:
    link = Links().link(replace(DOCUMENT, url="https://a.example"), PASSAGE, "Phân công - phối hợp, A&B")
    assert link
    assert not set("-,& ") & set(link.partition("text=")[2])


def test_a_long_quote_is_named_by_its_ends() -> None:
    words = [f"từ{number}" for number in range(40)]
    link = Links().link(replace(DOCUMENT, url="https://a.example"), PASSAGE, " ".join(words))
    assert link
    start, end = unquote(link.partition("text=")[2]).split(",")
    assert (start, end) == (" ".join(words[:6]), " ".join(words[-6:]))


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (Links("https://bot.example/base/", "dan_van_bot"), "https://bot.example/base/documents/a%20b#p3"),
        (Links(bot_name="dan_van_bot"), "https://t.me/dan_van_bot?start=p_abcdefghijklmnop"),
        (Links(), None),
    ],
)
def test_without_an_address_of_its_own(links: Links, expected: str | None) -> None:
    assert links.link(DOCUMENT, PASSAGE, TEXT) == expected
