"""Postings against a dictionary of lists, over several portions and parts."""

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from embeddings.index import postings
from embeddings.index.postings import Postings

WORDS = [f"từ {number}" for number in range(300)]


def some_texts(count: int) -> list[list[str]]:
    chance = random.Random(count)
    return [chance.choices(WORDS, k=chance.randrange(40)) for _ in range(count)]


@pytest.mark.parametrize("at_once", [1, 7, 2048])
def test_they_are_those_of_the_texts(at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_TEXTS_AT_ONCE", at_once)
    texts = some_texts(50)
    built = Postings.invert(texts)
    built.save(tmp_path)
    for found in (built, Postings.load(tmp_path)):
        assert found.lengths.tolist() == [len(text) for text in texts]
        for word in [*WORDS, "keine"]:
            expected = [(i, often) for i, text in enumerate(texts) if (often := Counter(text)[word])]
            numbers, counts = found.of(word)
            assert list(zip(numbers.tolist(), counts.tolist(), strict=True)) == expected
            assert found.count(word) == len(expected)


def test_columns_are_the_entries_of_common_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_COLUMNS_BYTES", 0)
    monkeypatch.setattr(postings, "_FEWEST_COLUMNS", 2)  # so that most are spread anew
    texts = [
        ["a"] * (300 * (i == 9)) + ["b", "b"] * (i % 2) + ["c"] * (i % 8 == 7) + ["d"] * (i == 3) for i in range(32)
    ]
    built = Postings.invert(texts)
    for term in 2 * ["b", "c", "b"]:
        column = built.column(term)
        assert column is not None
        assert column.tolist() == [text.count(term) for text in texts]
    assert built.column("a") is built.column("d") is built.column("keine") is None


def test_a_column_of_more_than_8_bits() -> None:
    often = Postings.invert([["a"] * 256, ["a"], []]).column("a")
    assert often is not None
    assert often.tolist() == [256, 1, 0]


def test_no_text_and_texts_without_words(tmp_path: Path) -> None:
    nothing: list[list[list[str]]] = [[], [[], []]]
    for texts in nothing:
        Postings.invert(texts).save(tmp_path)
        loaded = Postings.load(tmp_path)
        assert loaded.lengths.tolist() == [0] * len(texts)
        assert loaded.count("từ") == 0
        assert loaded.damping(1.2, 0.6).tolist() == pytest.approx([0.48] * len(texts))


def test_a_word_more_often_than_16_bits_count(tmp_path: Path) -> None:
    [often] = Postings.invert([["a"] * 70_000]).of("a")[1].tolist()
    assert often == 65_535


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    Postings.invert([["a", "b"]]).save(tmp_path)
    np.save(tmp_path / "numbers.npy", np.zeros(5, np.int32))
    with pytest.raises(ValueError, match="2 terms"):
        Postings.load(tmp_path)
