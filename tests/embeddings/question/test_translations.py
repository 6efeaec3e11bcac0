"""What words of questions stand for in the documents."""

from importlib.resources import files

import pytest

from embeddings.question.translations import FILE, terms_of, translations
from embeddings.syllables import canonical


def term(words: str) -> str:
    return " ".join(map(canonical, words.split()))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ai cầm trịch buổi họp", "chủ trì"),
        ("ai góp lời cho dự thảo", "phản biện"),
        ("ai nói mở màn", "khai mạc"),
        ("bộ đội giúp dân", "lực lượng"),
        ("tốn bao nhiêu tiền", "triệu đồng"),
    ],
)
def test_folk_words_stand_for_official_ones(asked: str, meant: str) -> None:
    assert 0 < translations(asked)[term(meant)] < 1


def test_a_text_is_not_told_its_own_words() -> None:
    asked = "ai chủ trì, cầm trịch buổi họp"
    found = translations(asked)
    assert not set(terms_of(asked)).intersection(found)
    assert term("chủ trì") not in found
    assert translations("") == translations("xyzzy") == {}


def test_terms_are_syllables_and_pairs() -> None:
    assert terms_of("Hoà bình") == terms_of("hòa bình") == [canonical("hòa"), canonical("bình"), term("hòa bình")]


def test_the_table_is_whole() -> None:
    lines = files("embeddings").joinpath("data", FILE).read_text("utf-8").splitlines()
    assert len(lines) > 5000
    for line in lines:
        asked, *rest = line.split("\t")
        shares = [float(share) for share in rest[1::2]]
        assert asked
        assert len(rest) == 2 * len(shares) > 0
        assert shares == sorted(shares, reverse=True)
        assert all(0 < share <= 1 for share in shares)
        assert asked not in rest[::2]
        assert not any(map(str.isdigit, asked)), "numbers are of one text"
