"""What is counted of the documents' language, and that it is the same once it was kept."""

from pathlib import Path

import pytest

from embeddings.index.corpus_language import BETWEEN, CAPITAL, SMALL, START, CorpusLanguage
from embeddings.index.term_keys import TermCounts
from embeddings.syllables import canonical

TEXTS = [
    "Ủy ban nhân dân (UBND) tỉnh Thái Nguyên họp về cải cách KPI.",
    "Theo ủy ban, tỉnh Thái Nguyên và tỉnh Tây Ninh làm tốt; tỉnh Thái Nguyên dẫn đầu.",
]


@pytest.fixture(params=["counted", "kept"])
def language(request: pytest.FixtureRequest, tmp_path: Path) -> CorpusLanguage:
    counted = CorpusLanguage.count(TEXTS)
    if request.param == "counted":
        return counted
    counted.save(tmp_path)
    return CorpusLanguage.load(tmp_path)


def pair(first: str, second: str) -> str:
    return BETWEEN.join([canonical(first) if first != START else first, canonical(second)])


def test_words_and_pairs(language: CorpusLanguage) -> None:
    assert language.texts == 2
    assert language.spellings[canonical("tỉnh")] == {"tỉnh": 4}
    assert language.pairs[pair("thái", "nguyên")] == 3
    assert language.pairs[pair(START, "theo")] == 1
    assert language.pairs[pair("nguyên", "thái")] == 0
    assert language.folded_pairs[f"tinh{BETWEEN}thai"] == 3
    assert language.folded_pairs[f"thai{BETWEEN}tinh"] == 0


def test_capitals_inside_sentences(language: CorpusLanguage) -> None:
    assert language.cased["1" + pair("tỉnh", "thái")] == CAPITAL
    assert language.cased["0" + pair("ủy", "ban")] == SMALL
    assert language.cased["0" + pair("theo", "ủy")] == 0  # the beginning of a sentence tells nothing
    assert language.acronyms == {"kpi", "ubnd"}


def test_abbreviations_and_places(language: CorpusLanguage) -> None:
    assert language.explained == (("ubnd", "Ủy ban nhân dân", False),)
    assert language.places == {("tinh", "tn"): "Thái Nguyên"}


def test_counts_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    counts = TermCounts.of({"a": 1, "b": 2})
    counts.save(tmp_path, "x")
    TermCounts.of({"a": 1}).save(tmp_path, "y")
    (tmp_path / "x_counts.npy").write_bytes((tmp_path / "y_counts.npy").read_bytes())
    with pytest.raises(ValueError, match="2 terms, 1 counts"):
        TermCounts.load(tmp_path, "x")


def test_nothing_counts_as_nothing(tmp_path: Path) -> None:
    CorpusLanguage.count(()).save(tmp_path)
    language = CorpusLanguage.load(tmp_path)
    assert language.texts == 0
    assert language.pairs["a"] == 0
