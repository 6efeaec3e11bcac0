"""Telex and VNI: what an encoder of the tests types is decoded back to the syllable it typed."""

import re
import unicodedata

import pytest

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder
from corpus.vietnamese import fold
from embeddings.question.keystrokes import compose, decode_telex, decode_vni, looks_vietnamese
from embeddings.syllables import canonical, is_marked, tokens

TONES = {"\u0301": ("s", "1"), "\u0300": ("f", "2"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0323": ("j", "5")}
LETTERS = {
    "â": ("aa", "a6"),
    "ê": ("ee", "e6"),
    "ô": ("oo", "o6"),
    "ơ": ("ow", "o7"),
    "ư": ("uw", "u7"),
    "ă": ("aw", "a8"),
    "đ": ("dd", "d9"),
}
DIALECTS = {"telex": (0, decode_telex), "vni": (1, decode_vni)}


def typed(syllable: str, dialect: int, *, tone_last: bool) -> str:
    """The keys of a syllable, the tone's key behind its vowel or at the end of the word."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFC", syllable):
        pieces = unicodedata.normalize("NFD", letter)
        mark = next((piece for piece in pieces if piece in TONES), "")
        bare = unicodedata.normalize("NFC", pieces.replace(mark, "") if mark else pieces)
        keys += LETTERS[bare][dialect] if bare in LETTERS else bare
        if mark and tone_last:
            tone = TONES[mark][dialect]
        elif mark:
            keys += TONES[mark][dialect]
    return keys + tone


def syllables() -> list[str]:
    """Every marked syllable of the five articles, and some rarer ones."""
    texts = [document.text for document in read_folder(DEFAULT_DOCUMENTS).documents]
    found = {word for text in texts for word in tokens(text) if re.fullmatch(r"[^\W\d_]+", word)}
    rare = ["nguyễn", "khuỷu", "thuở", "quạnh", "giặc", "gì", "giếng", "hươu", "rượu", "ngoằn", "quýt", "yếu", "uỷ"]
    rare += ["huệ", "ngoài", "đắk", "oẳng"]
    return sorted(word for word in found.union(rare) if is_marked(word) and looks_vietnamese(fold(word)))


def test_there_are_many_syllables_to_try() -> None:
    assert len(syllables()) > 400


@pytest.mark.parametrize("dialect", list(DIALECTS))
@pytest.mark.parametrize("tone_last", [True, False])
def test_real_syllables_come_back(dialect: str, tone_last: bool) -> None:
    column, decode = DIALECTS[dialect]
    wrong = {}
    for syllable in syllables():
        keys = typed(syllable, column, tone_last=tone_last)
        decoded = decode(keys)
        if decoded != canonical(syllable):
            wrong[syllable] = (keys, decoded)
    assert not wrong


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("coong", "công"),
        ("tacs", "tác"),
        ("vaanj", "vận"),
        ("dduowngf", "đường"),
        ("dduwowngf", "đường"),
        ("dduongwf", "đường"),
        ("nguwowif", "người"),
        ("quyeets", "quyết"),
        ("ddieemr", "điểm"),
        ("gif", "gì"),
        ("ddijnh", "định"),
        ("dinhdj", "định"),
        ("uyr", "ủy"),
        ("Thuwr", "thử"),
    ],
)
def test_telex(keys: str, word: str) -> None:
    assert decode_telex(keys) == canonical(word)


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("co6ng", "công"),
        ("cong6", "công"),
        ("ta1c", "tác"),
        ("tac1", "tác"),
        ("va6n5", "vận"),
        ("d9u7o7ng2", "đường"),
        ("duong792", "đường"),
        ("ngu7o7i2", "người"),
        ("quye6t1", "quyết"),
        ("da8k1", "dắk"),
    ],
)
def test_vni(keys: str, word: str) -> None:
    assert decode_vni(keys) == canonical(word)


@pytest.mark.parametrize("word", ["dan", "ban", "hoi", "tinh", "th"])
def test_a_word_without_keys_has_no_reading(word: str) -> None:
    assert decode_telex(word) is None
    assert decode_vni(word) is None


@pytest.mark.parametrize("word", ["2020", "b1", "d8", "xy0"])
def test_digits_that_are_no_marks(word: str) -> None:
    assert decode_vni(word) is None


def test_compose_spells_what_canonical_took_apart() -> None:
    wrong = {
        word: compose(canonical(word)) for word in syllables() if canonical(compose(canonical(word))) != canonical(word)
    }
    assert not wrong
    spelled = ["đường", "người", "ủy", "hòa", "quý", "già", "gìn", "khuyến", "nghiệp", "toàn", "quốc", "ngoài"]
    assert [compose(canonical(word)) for word in spelled] == spelled
    assert compose("dan") == "dan"


@pytest.mark.parametrize("word", ["dan", "nghiep", "quyet", "giang", "khuya", "uy", "ngoai", "yeu", "duong"])
def test_vietnamese_build(word: str) -> None:
    assert looks_vietnamese(word)


@pytest.mark.parametrize("word", ["street", "world", "ngi", "ka", "nghao", "xcv", "ban2", "", "f"])
def test_foreign_build(word: str) -> None:
    assert not looks_vietnamese(word)
