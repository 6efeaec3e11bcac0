"""What `verify` proves: vectors are those of their texts, every passage has its own, and what is wrong is named."""

from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest

from corpus.official.outline import outline
from embeddings.encoder.encoder import Encoder
from embeddings.index.building import SHAPE, build
from embeddings.index.dense import DenseIndex, rows_of
from embeddings.index.generations import Generation, digest, load
from embeddings.index.lexical import index_terms
from embeddings.index.verifying import LEAST_COSINE, check_vectors, verify
from tests.embeddings.fakes import LIBRARY, WordEncoder


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    return build(tmp_path, LIBRARY, WordEncoder())


def rewritten(generation: Generation, vectors: np.ndarray, rows: np.ndarray) -> Generation:
    """The generation with other vectors or rows, and checksums set right, as by a program with a mistake in it."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    DenseIndex(index, rows, len(load(generation).passages)).save(generation.folder)
    checksums = generation.manifest.checksums | {
        name: digest(generation.folder / name) for name in ("dense.faiss", "rows.npy")
    }
    return replace(generation, manifest=replace(generation.manifest, checksums=checksums, vectors=len(rows)))


def test_a_whole_generation(generation: Generation) -> None:
    assert verify(generation) == []
    every = check_vectors(generation, WordEncoder(), 10_000)
    assert (every.problems, every.checked) == ((), generation.manifest.vectors)
    assert every.least == pytest.approx(1.0)
    assert check_vectors(generation, WordEncoder(), 3).checked == 3
    assert check_vectors(generation, WordEncoder(), 0).checked == 0


def test_vectors_that_are_not_those_of_their_texts_are_named(generation: Generation) -> None:
    dense = load(generation).dense
    vectors = dense.index.reconstruct_n(0, len(dense.rows))
    passages = load(generation).passages
    swapped = vectors.copy()
    swapped[[0, -1]] = swapped[[-1, 0]]
    changed = rewritten(generation, swapped, dense.rows)
    assert verify(changed) == [], "no checksum could tell"
    problems = check_vectors(changed, WordEncoder(), 10_000).problems
    assert len(problems) == 2
    for place in (0, -1):
        assert any(passages[dense.rows[place, 0]].id in problem for problem in problems)


def test_what_is_wrong_with_vectors_and_rows_is_named(generation: Generation) -> None:
    dense = load(generation).dense
    vectors, rows = dense.index.reconstruct_n(0, len(dense.rows)), dense.rows
    last = load(generation).passages[-1].id
    (problem,) = verify(rewritten(generation, np.vstack([vectors[:-1], 3 * vectors[-1:]]), rows))
    assert problem == f"a vector of passage {last} is not of length 1"
    nothing = np.full_like(vectors[-1:], np.nan)
    assert verify(rewritten(generation, np.vstack([vectors[:-1], nothing]), rows)) == [problem]
    others = rows[rows[:, 0] != rows[-1, 0]]
    assert verify(rewritten(generation, vectors[: len(others)], others)) == [
        f"passage {last} has no vector for its whole text",
        f"passage {last} has no vector for its sentences",
    ]
    beyond = rows.copy()
    beyond[-1, 2] += 1
    assert verify(rewritten(generation, vectors, beyond)) == [
        f"a vector is said to be of text outside its passage {last}"
    ]
    assert verify(rewritten(generation, vectors, rows[::-1])) == ["its vectors are not in the order of its passages"]


def test_the_tolerance_fits_the_real_model(encoder: Encoder) -> None:
    sentences = [
        "Bà con bản Na Phương đã hiến 3.300 m2 đất để làm đường liên bản.",
        "Bà con bản Na Phương đã hiến 3.500 m2 đất để làm đường liên bản.",
        "Con đường mới dài 7,5 km, khánh thành ngày 15/11/2017.",
        "Năm 2020 trạm khám bệnh cho 1.250 người.",
        "Ủy ban nhân dân xã chủ trì cuộc họp; mặt trận tổ quốc tham dự. " * 12,
    ]
    together = encoder.encode_documents(sentences)
    alone = np.vstack([encoder.encode_documents([text]) for text in sentences])
    assert np.einsum("ij,ij->i", together, alone).min() > 1 - (1 - LEAST_COSINE) / 5
    others = (together @ alone.T)[~np.eye(len(sentences), dtype=bool)]
    assert np.sort(others)[-3] < LEAST_COSINE - 0.02, "all but the two that differ in a digit are told apart"


def test_the_shape_of_an_index_only_changes_with_its_version() -> None:
    """Raise the version that belongs to it when this fails: an index of yesterday has another shape then."""
    titles = ["Làm đường", ""]
    texts = [
        "Bà con hiến 3.300 m2 đất. Đường dài 7,5 km! Theo Chỉ thị 18/2000/CT-TTg, khánh thành năm 2017.",
        "một hai ba bốn năm sáu bảy tám chín mười",
    ]
    assert SHAPE == {"vectors": 2, "words": 2, "structure": 3, "offices": 6, "language": 2}
    units = outline("Điều 1. Tên\n\n1. Một: a) x; b) y\n\n2. Hai")
    assert [(unit.level, unit.number, unit.start, unit.end) for unit in units] == [
        ("điều", "1", 0, 39), ("khoản", "1", 13, 31), ("điểm", "a", 21, 26), ("điểm", "b", 27, 31),
        ("khoản", "2", 33, 39),
    ]  # fmt: skip
    rows = rows_of(titles, texts, WordEncoder(max_tokens=12)).tolist()
    assert rows == [
        [0, 0, 26, 0], [0, 26, 44, 0], [0, 44, 56, 0], [0, 56, 94, 0], [0, 0, 25, 1], [0, 26, 43, 1], [0, 44, 94, 1],
        [1, 0, 40, 0], [1, 0, 40, 1],
    ]  # fmt: skip
    assert index_terms("Đường 7,5 km") == [
        "~duong", "~7,5", "~km", "~duong 7,5", "~7,5 km",
        "=đương\u0300", "=7,5", "=km", "=đương\u0300 7,5", "=7,5 km", "~7", "~5",
        "#7.5", "#7.5 km",
    ]  # fmt: skip
