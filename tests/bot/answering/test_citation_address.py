"""Addresses of reader pages say what is cited and quoted, and nothing else is read from them."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.citation_address import Cited, Trail, cited, read_trail, trail_to
from corpus.models import Passage

IDS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16)
SPANS = st.tuples(st.integers(0, 99_999), st.integers(1, 5_000)).map(lambda pair: (pair[0], pair[0] + pair[1]))
CITED = st.builds(Cited, IDS, st.integers(0, 9_999_999), st.lists(SPANS, max_size=5).map(tuple))


def query_of(path: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(path).query))


@given(st.lists(CITED, min_size=1, max_size=20), st.integers(0, 19), st.text(min_size=1, max_size=40))
def test_what_is_written_is_read_back(all_cited: list[Cited], shown: int, identity: str) -> None:
    trail = Trail(tuple(all_cited), shown % len(all_cited))
    assert read_trail(query_of(trail.passage_path())) == trail
    path = trail.reader_path(identity.encode("utf-8", "replace").decode())
    assert read_trail(query_of(path)) == trail
    assert path.endswith(f"#p{trail.one.ordinal + 1}")
    assert path.isascii()


@given(st.dictionaries(st.sampled_from(["c", "i"]), st.text(max_size=80)))
def test_nothing_else_is_read_and_nothing_breaks(query: dict[str, str]) -> None:
    trail = read_trail(query)
    if trail is not None:
        assert query["c"] == query_of(trail.passage_path())["c"]


def test_quotes_are_named_by_their_places() -> None:
    passage = Passage("abcdefgh234567ij", "d", 6, 100, 122, "Một hai ba bốn năm sáu")
    assert cited(passage, ["năm sáu", "hai ba", "bảy", ""]).spans == ((4, 10), (15, 22))
    assert cited(passage, [passage.text]).spans == ()


@pytest.mark.parametrize("identity", ["", "../../etc", "abcdefgh234567i", "ABCDEFGH234567IJ", "abcdefgh234567ij~x"])
def test_only_ids_of_passages_lead_to_one(identity: str) -> None:
    assert trail_to(identity) is None
