"""Candidates among many vectors against exact search, with vectors in clusters as those of texts are."""

from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.index import approximate
from embeddings.index.approximate import build_candidates, recall
from embeddings.index.dense import SENTENCE, WHOLE, DenseIndex

DIMENSION = 32
PASSAGES = 3000
QUESTIONS = 50


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    """Two for each passage, around 60 centres."""
    generator = np.random.default_rng(1)
    centres = generator.standard_normal((60, DIMENSION))
    chosen = centres[generator.integers(0, 60, 2 * PASSAGES)]
    return unit((chosen + 0.7 * generator.standard_normal((2 * PASSAGES, DIMENSION))).astype(np.float32))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, vectors: NDArray[np.float32]) -> DenseIndex:
    monkeypatch.setattr(approximate, "EXACT_UP_TO", 1000)
    return dense(vectors)


def dense(vectors: NDArray[np.float32]) -> DenseIndex:
    """An index in which every passage has one vector of each kind."""
    index = faiss.IndexFlatIP(DIMENSION)
    index.add(vectors)
    numbers = np.repeat(np.arange(len(vectors) // 2), 2)
    kinds = np.tile([WHOLE, SENTENCE], len(vectors) // 2)
    rows = np.stack([numbers, np.zeros_like(numbers), np.ones_like(numbers), kinds], axis=1).astype(np.int32)
    return DenseIndex(index, rows, len(vectors) // 2, build_candidates(index))


def questions(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    generator = np.random.default_rng(2)
    near = vectors[generator.integers(0, len(vectors), QUESTIONS)]
    return unit(near + 0.1 * generator.standard_normal(near.shape).astype(np.float32))


def exact(vectors: NDArray[np.float32], question: NDArray[np.float32], count: int) -> list[int]:
    """By brute force: the passages of the nearest rows."""
    return list(dict.fromkeys((np.argsort(-(vectors @ question), kind="stable")[:count] // 2).tolist()))


def test_few_vectors_are_all_looked_at(vectors: NDArray[np.float32]) -> None:
    assert dense(vectors).candidates is None


def test_candidates_find_what_exact_search_finds(large: DenseIndex, vectors: NDArray[np.float32]) -> None:
    assert large.candidates.nprobe < large.candidates.nlist, "most cells are left unread"
    shares = []
    for question in questions(vectors):
        wanted = exact(vectors, question, 10)
        found = large.nearest(question[None], 10)
        shares.append(len(set(wanted).intersection(found)) / len(wanted))
        if set(found) == set(wanted):
            assert found == wanted, "the order is that of the exact scores"
    assert np.mean(shares) >= 0.97


def test_more_rows_than_there_are_is_no_error(large: DenseIndex, vectors: NDArray[np.float32]) -> None:
    found = large.nearest(vectors[:1], 10 * len(vectors))
    assert len(found) == len(set(found)) > 10


def test_narrowing_and_scores_stay_exact(large: DenseIndex, vectors: NDArray[np.float32]) -> None:
    among = list(range(0, PASSAGES, 7))
    question = questions(vectors)[0]
    rows = [row for row in np.argsort(-(vectors @ question), kind="stable") if row // 2 % 7 == 0]
    assert large.nearest(question[None], 20, among) == list(dict.fromkeys(int(row) // 2 for row in rows[:20]))
    scores = large.scores(question[None], [5])
    assert scores.whole[0] == pytest.approx(vectors[10] @ question, abs=1e-5)


def test_what_is_saved_is_read_back_mapped(large: DenseIndex, vectors: NDArray[np.float32], tmp_path: Path) -> None:
    large.save(tmp_path)
    read = DenseIndex.load(tmp_path, PASSAGES)
    assert read.candidates.nprobe == large.candidates.nprobe
    for question in questions(vectors)[:5]:
        assert read.nearest(question[None], 10) == large.nearest(question[None], 10)
    mapped = Path("/proc/self/maps").read_text("utf-8")
    assert str(tmp_path / "dense.faiss") in mapped


def test_a_part_of_it_has_candidates_of_its_own(large: DenseIndex, vectors: NDArray[np.float32]) -> None:
    half = large.only(range(0, PASSAGES, 2))
    assert half.candidates.ntotal == PASSAGES
    small = large.only(range(400))
    assert small.candidates is None
    assert small.nearest(vectors[:1], 3) == exact(vectors[:800], vectors[0], 3)


def test_recall_is_the_share_of_the_wanted() -> None:
    found = np.array([[1, 2, 3], [7, 8, 9]])
    assert recall(found, np.array([[1, 3], [9, 10]])) == 0.75


def test_candidates_of_other_vectors_are_refused(large: DenseIndex, vectors: NDArray[np.float32]) -> None:
    index = faiss.IndexFlatIP(DIMENSION)
    index.add(vectors[:2])
    with pytest.raises(ValueError, match="candidates"):
        DenseIndex(index, large.rows[:2], 1, large.candidates)
