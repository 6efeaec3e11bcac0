"""The FAISS index against NumPy brute force; windows that lose no tail."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import Vectors
from embeddings.index.dense import SENTENCE, WHOLE, DenseIndex, titled
from tests.embeddings.fakes import WordEncoder

TITLES = ["Làm đường", "Trạm y tế", "", "Cuộc họp thôn", "Làm đường"]
TEXTS = [
    "Bà con hiến đất. Con đường mới dài 7,5 km! Khánh thành khi nào?",
    "Năm 2020 trạm khám bệnh cho 1.250 người.",
    "Không có tựa đề. Chỉ có hai câu.",
    "Ủy ban chủ trì cuộc họp; mặt trận tham dự.",
    "bảng biểu",
]


@pytest.fixture(scope="module")
def index() -> DenseIndex:
    return DenseIndex.build(TITLES, TEXTS, WordEncoder())


def embedded() -> list[tuple[int, int, int, int, NDArray[np.float32]]]:
    """What should stand in the index: passage, start, end, kind, vector."""
    rows = []
    for i, text in enumerate(TEXTS):
        for start, end, kind in [(0, len(text), WHOLE), *((a, b, SENTENCE) for a, b in sentence_spans(text))]:
            vector = WordEncoder().encode_questions([titled(TITLES[i], text[start:end])])[0]
            rows.append((i, start, end, kind, vector))
    return rows


def test_rows(index: DenseIndex) -> None:
    assert [tuple(row) for row in index.rows.tolist()] == [row[:4] for row in embedded()]


@pytest.mark.parametrize("question", ["đường mới", "trạm y tế năm 2020", "cuộc họp", "câu hỏi chẳng liên quan", ""])
@pytest.mark.parametrize("count", [1, 3, 100])
def test_nearest_and_scores_are_those_of_brute_force(index: DenseIndex, question: str, count: int) -> None:
    vector = WordEncoder().encode_questions([question])
    rows = embedded()
    cosines = np.array([row[4] @ vector[0] for row in rows])
    chosen = np.argsort(-cosines, kind="stable")[:count]
    found = index.nearest(vector, count)
    assert len(found) == len(set(found))
    least = cosines[chosen].min()
    best = {i: max(c for row, c in zip(rows, cosines, strict=True) if row[0] == i) for i in range(len(TEXTS))}
    assert all(best[i] >= least - 1e-6 for i in found)
    assert {rows[i][0] for i in chosen if cosines[i] > least + 1e-6} <= set(found)
    assert [best[i] for i in found] == pytest.approx(sorted((best[i] for i in found), reverse=True))
    scores = index.scores(vector, [4, 0, 2])
    for place, passage in enumerate([4, 0, 2]):
        own = [(row, cosine) for row, cosine in zip(rows, cosines, strict=True) if row[0] == passage]
        assert scores.whole[place] == pytest.approx(max(c for row, c in own if row[3] == WHOLE), abs=1e-6)
        assert scores.sentence[place] == pytest.approx(max(c for row, c in own if row[3] == SENTENCE), abs=1e-6)
        spans = [(row[1], row[2], pytest.approx(float(c), abs=1e-6)) for row, c in own if row[3] == SENTENCE]
        assert scores.sentences[place] == spans


def test_many_random_vectors_against_brute_force() -> None:
    class Random(WordEncoder):
        def encode_questions(self, texts: Sequence[str]) -> Vectors:
            seeds = [sum(map(ord, text)) for text in texts]
            rows = np.array([np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds], np.float32)
            return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    texts = [f"đoạn{i}" * (i + 1) for i in range(200)]
    index = DenseIndex.build([""] * 200, texts, Random())
    matrix = Random().encode_questions(texts)
    for question in Random().encode_questions(["một", "hai", "ba"]):
        expected = np.argsort(-(matrix @ question), kind="stable")[:10].tolist()
        assert index.nearest(question[None], 20)[:10] == expected  # every passage owns two equal rows


def test_saved_and_loaded(index: DenseIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path, len(TEXTS))
    vector = WordEncoder().encode_questions(["đường mới"])
    np.testing.assert_array_equal(loaded.rows, index.rows)
    assert loaded.nearest(vector, 5) == index.nearest(vector, 5)
    np.save(tmp_path / "rows.npy", index.rows[:-1])
    with pytest.raises(ValueError, match="vectors but"):
        DenseIndex.load(tmp_path, len(TEXTS))


@pytest.mark.parametrize(
    "text",
    [
        ". ".join(f"Câu {i} có từ{i} và chữ{i}" for i in range(60)) + ". Phần đuôi nói về thủy lợi.",
        " ".join(f"từ{i}" for i in range(300)) + " thủy lợi",
        "Ngắn. " + " ".join(f"từ{i}" for i in range(200)) + " thủy lợi",
    ],
)
def test_a_passage_longer_than_the_window_is_covered_to_its_tail(text: str) -> None:
    encoder = WordEncoder(max_tokens=24)
    index = DenseIndex.build(["Tựa đề"], [text], encoder)
    windows = [(start, end) for _, start, end, kind in index.rows.tolist() if kind == WHOLE]
    assert len(windows) > 4
    assert windows[0][0] == 0
    assert windows[-1][1] == len(text)
    assert all(left[1] == right[0] for left, right in pairwise(windows))
    assert all(encoder.token_counts([titled("Tựa đề", text[a:b])])[0] <= 24 for a, b in windows)
    tail = titled("Tựa đề", text[slice(*windows[-1])])
    assert index.scores(encoder.encode_questions([tail]), [0]).whole[0] == pytest.approx(1, abs=1e-5)


def test_a_text_without_blanks_and_a_title_longer_than_the_window_end() -> None:
    encoder = WordEncoder(max_tokens=3)
    encoder.token_counts = lambda texts: [len(text) for text in texts]  # type: ignore[method-assign]
    index = DenseIndex.build(["một tựa đề rất dài"], ["abcdefgh"], encoder)
    windows = [(start, end) for _, start, end, kind in index.rows.tolist() if kind == WHOLE]
    assert (windows[0][0], windows[-1][1]) == (0, 8)
