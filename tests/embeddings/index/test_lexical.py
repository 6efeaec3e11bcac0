"""BM25 against the formula written out in NumPy, coverage, and what typed marks bind."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from embeddings.index.corpus_language import CorpusLanguage
from embeddings.index.lexical import LexicalIndex, index_terms, pairs
from embeddings.index.postings import Postings
from embeddings.question.understanding import QuestionInterpreter

K1, B = 1.2, 0.6
TEXTS = [
    "Con đường mới dài 7,5 km.",
    "Ông Dương, bà Dương, cô Dương: nhà họ Dương, xã Dương Quang. Dương Dương Dương.",
    "Chỉ thị 18/2000/CT-TTg về công tác dân vận",
    "công tác dân vận chính quyền, công tác dân vận khéo, dân vận",
    "Ngày 15/11/2017, trên 3.300 hội nghị về công tác",
    "hoà bình",
    "…",
]


def oracle(texts: list[str], weights: dict[str, float]) -> np.ndarray:
    """Robertson and Zaragoza's BM25 with Lucene's IDF and without its constant factor k1 + 1."""
    bags = [Counter(index_terms(text)) for text in texts]
    lengths = np.array([sum(bag.values()) for bag in bags])
    scores = np.zeros(len(texts))
    for term, weight in weights.items():
        tf = np.array([bag[term] for bag in bags], dtype=float)
        df = np.count_nonzero(tf)
        idf = np.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
        scores += weight * idf * tf / (tf + K1 * (1 - B + B * lengths / lengths.mean()))
    return scores


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


def test_index_terms() -> None:
    folded = ["~dan", "~van", "~15/11", "~dan van", "~van 15/11", "~15", "~11"]
    marked = ["=dân", "=vân\u0323", "=15/11", "=dân vân\u0323", "=vân\u0323 15/11"]
    assert Counter(index_terms("Dân vận 15/11")) == Counter([*folded, *marked, "#15/11"])
    assert index_terms("…") == []
    assert index_terms("hoà") == index_terms("HÒA")
    assert pairs(["a", "b", "c"]) == ["a b", "b c"]
    assert pairs(["a"]) == []


@pytest.mark.parametrize(
    "weights",
    [
        {"~duong": 1.0},
        {"=đương\u0300": 1.0},
        {"~cong": 1.0, "~tac": 1.0, "~cong tac": 1.0, "~van": 0.3},
        {"~18/2000/ct-ttg": 1.0, "~18": 2.0},
        {"~hoa": 1.0, "=hoa\u0300": 0.5},
        {"~unknown": 1.0, "~cong": 1.0},
        {"~unknown": 1.0},
        {},
    ],
)
def test_scores_are_those_of_the_formula(index: LexicalIndex, weights: dict[str, float]) -> None:
    np.testing.assert_allclose(index.scores(weights), oracle(TEXTS, weights), rtol=1e-5, atol=1e-6)


def test_every_single_term_has_the_score_of_the_formula(index: LexicalIndex) -> None:
    for term in {term for text in TEXTS for term in index_terms(text)}:
        assert term in index
        np.testing.assert_allclose(index.scores({term: 1.0}), oracle(TEXTS, {term: 1.0}), rtol=1e-5, atol=1e-6)


def test_saved_and_loaded(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical", len(TEXTS))
    weights = {"~cong": 1.0, "~duong": 0.5, "=vân\u0323": 1.0}
    np.testing.assert_array_equal(loaded.scores(weights), index.scores(weights))
    np.testing.assert_array_equal(loaded.coverage(weights), index.coverage(weights))


def entry_by_entry(postings: Postings, index: LexicalIndex, weights: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """Scores and coverage with every entry of every term put in its place, one pass for each."""
    damping, scores = postings.damping(K1, B), np.zeros(index.size, np.float32)
    for term, weight in weights.items():
        numbers, often = postings.of(term)
        scores[numbers] += np.float32(weight * index.rarity(term)) * often / (damping[numbers] + often)
    covered, whole = np.zeros(index.size, np.float32), 0.0
    for term, weight in weights.items():
        whole += weight * index.rarity(term)
        covered[postings.of(term)[0]] += weight * index.rarity(term)
    return scores, covered / whole if whole else covered


def test_common_terms_are_added_up_to_the_very_bits_of_entry_by_entry() -> None:
    """Equal scores decide by the order of passages, so that a bit more or less would be another order."""
    chance = np.random.default_rng(5)
    names = [f"từ {number}" for number in range(400)]
    drawn = [np.minimum(chance.zipf(1.3, chance.integers(1, 90)) - 1, 399).tolist() for _ in range(3000)]
    postings = Postings.invert([[names[place] for place in text] for text in drawn])
    index = LexicalIndex(postings)
    assert {postings.column(name) is None for name in names} == {True, False}
    for _ in range(12):
        chosen = [*chance.choice(names, 12, replace=False).tolist(), *names[: chance.integers(0, 6)], "unknown"]
        weights = {name: float(weight) for name, weight in zip(chosen, chance.random(len(chosen)), strict=False)}
        expected = entry_by_entry(postings, index, weights)
        for found, wanted in zip(index.match(weights), expected, strict=True):
            assert found.dtype == np.float32
            np.testing.assert_array_equal(found, wanted)
        np.testing.assert_array_equal(index.scores(weights), expected[0])
        np.testing.assert_array_equal(index.coverage(weights), expected[1])


def test_rarity(index: LexicalIndex) -> None:
    assert index.rarity("~hoa") == pytest.approx(np.log(1 + (7 - 1 + 0.5) / 1.5))
    assert index.rarity("~unknown") == pytest.approx(np.log(1 + 7.5 / 0.5))
    assert index.rarity("~unknown") > index.rarity("~hoa") > index.rarity("~cong") > 0


def test_coverage_worked_out_by_hand(index: LexicalIndex) -> None:
    weights = {"~cong": 1.0, "~kheo": 2.0, "~unknown": 1.0}
    worth = {term: weight * index.rarity(term) for term, weight in weights.items()}
    covered = index.coverage(weights)
    assert covered[3] == pytest.approx((worth["~cong"] + worth["~kheo"]) / sum(worth.values()))
    assert covered[2] == pytest.approx(worth["~cong"] / sum(worth.values()))
    assert covered[0] == 0
    assert index.coverage({"~cong": 1.0, "~tac": 1.0})[2:5] == pytest.approx([1, 1, 1])
    assert not index.coverage({}).any()


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("đường", 0),
        ("con đường", 0),
        ("Đường ở đâu?", 0),
        ("Dương", 1),
        ("hòa bình", 5),
        ("hoà bình", 5),
        ("HOA BINH", 5),
    ],
)
def test_typed_marks_bind(index: LexicalIndex, question: str, best: int) -> None:
    """However often a passage says Dương, it does not answer a question about đường."""
    scores = index.scores(QuestionInterpreter(CorpusLanguage.count(TEXTS), index).terms(question))
    assert int(scores.argmax()) == best
    if question == "đường":
        assert scores[1] == 0


def test_what_is_typed_without_marks_finds_both(index: LexicalIndex) -> None:
    scores = index.scores(QuestionInterpreter(CorpusLanguage.count(TEXTS), index).terms("duong"))
    assert scores[0] > 0
    assert scores[1] > 0


@pytest.mark.parametrize("question", ["18/2000/CT-TTg", "chi thi 18/2000/ct-ttg", "18/2000", "15/11/2017", "3.300"])
def test_numbers_are_found_whole_and_in_part(index: LexicalIndex, question: str) -> None:
    scores = index.scores(QuestionInterpreter(CorpusLanguage.count(TEXTS), index).terms(question))
    assert int(scores.argmax()) == (2 if "18" in question else 4)
