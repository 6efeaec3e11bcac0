"""Cached vectors: nothing is embedded twice, a killed build goes on where it was, and no cache can spoil an index."""

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.encoder.encoder import BUNDLED_FACTS, Encoder, ModelFacts, Progress, SentenceEncoder, Vectors, facts_of
from embeddings.encoder.lazy_and_cached import CachedEncoder, LazyEncoder, missing_from
from embeddings.encoder.vector_cache import VectorCache, key_of
from embeddings.index.building import build
from embeddings.index.generations import load
from embeddings.index.publishing import publish
from tests.embeddings.fakes import LIBRARY, WordEncoder

FACTS = ModelFacts("words", 64, 512)
OTHERS = ModelFacts("others", 64, 512)
TEXTS = [f"Thôn số {number} có {number} hộ dân." for number in range(100)]


@contextlib.contextmanager
def opened(data_dir: Path, facts: ModelFacts = FACTS, *, writing: bool = True) -> Iterator[VectorCache]:
    with contextlib.closing(VectorCache(data_dir, facts, writing=writing)) as cache:
        yield cache


def embed(data_dir: Path, texts: Sequence[str], *, full: bool = False) -> tuple[Vectors, list[str]]:
    """The texts' vectors, and which of them the model was asked to embed."""
    model = WordEncoder()
    with opened(data_dir) as cache:
        vectors = CachedEncoder(model, cache, full=full).encode_documents(texts)
    return vectors, model.read


def file_of(data_dir: Path) -> Path:
    return data_dir / "cache" / "vectors.sqlite"


def test_a_text_is_embedded_once(tmp_path: Path) -> None:
    first, read = embed(tmp_path, [*TEXTS, *TEXTS[:10]])
    assert sorted(read) == sorted(TEXTS)
    again, read = embed(tmp_path, [*TEXTS[50:], "Một câu mới."])
    assert read == ["Một câu mới."]
    np.testing.assert_array_equal(again[:50], first[50:100])
    np.testing.assert_array_equal(first, WordEncoder().encode_questions([*TEXTS, *TEXTS[:10]]))
    _, read = embed(tmp_path, TEXTS, full=True)
    assert sorted(read) == sorted(TEXTS)


def test_vectors_of_another_model_are_not_taken(tmp_path: Path) -> None:
    embed(tmp_path, TEXTS)
    for other in (OTHERS, ModelFacts("words", 32, 512)):
        with opened(tmp_path, other) as cache:
            assert len(missing_from(cache, TEXTS)) == len(TEXTS)
    with opened(tmp_path) as cache:
        assert len(missing_from(cache, TEXTS)) == 0


def test_numbers_of_tokens_are_cached_too(tmp_path: Path) -> None:
    model = WordEncoder()
    with opened(tmp_path) as cache:
        counts = CachedEncoder(model, cache).token_counts([*TEXTS, TEXTS[0]])
    assert counts == WordEncoder().token_counts([*TEXTS, TEXTS[0]])

    def never() -> Encoder:
        raise AssertionError("no model is needed")

    with opened(tmp_path) as cache:
        assert CachedEncoder(LazyEncoder(FACTS, never), cache).token_counts(TEXTS) == counts[:100]


class KilledError(Exception):
    """In the place of a signal."""


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path) -> None:
    class Dying(WordEncoder):
        def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
            if len(self.read) >= 64:
                raise KilledError
            return super().encode_documents(texts, on_progress)

    dying = Dying()
    with pytest.raises(KilledError):
        CachedEncoder(dying, VectorCache(tmp_path, FACTS)).encode_documents(TEXTS)  # and the cache is never closed
    assert len(dying.read) == 64
    told: list[tuple[int, int]] = []
    model = WordEncoder()
    with opened(tmp_path) as cache:
        CachedEncoder(model, cache).encode_documents(TEXTS, lambda done, of: told.append((done, of)))
    assert sorted(dying.read + model.read) == sorted(TEXTS)
    assert told == [(32, 36), (36, 36)]


def flip_a_vector(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        key, vector = database.execute("SELECT key, vector FROM vectors LIMIT 1").fetchone()
        database.execute("UPDATE vectors SET vector = ? WHERE key = ?", (bytes([vector[0] ^ 1]) + vector[1:], key))


def statement(*statements: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            for text in statements:
                database.execute(text)

    return damage


DAMAGES: dict[str, tuple[Callable[[Path], object], int]] = {
    "no database": (lambda path: path.write_bytes(b"this is no database" * 1000), 1),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:9000]), 1),
    "zeros in the middle": (lambda path: path.write_bytes(_zeros(path.read_bytes())), 1),
    "another format": (statement("PRAGMA user_version = 99"), 1),
    "another program's": (statement("PRAGMA application_id = 7"), 1),
    "a table is gone": (statement("DROP TABLE vectors"), 1),
    "empty": (lambda path: path.write_bytes(b""), 0),
    "a flipped bit": (flip_a_vector, 0),
    "wrong size": (statement("UPDATE vectors SET vector = x'00'"), 0),
    "no bytes at all": (statement("UPDATE vectors SET vector = 7"), 0),
    "wrong counts": (statement("UPDATE counts SET tokens = tokens + 1"), 0),
}


def _zeros(raw: bytes) -> bytes:
    return raw[:4096] + bytes(len(raw) - 4096)


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_damage_costs_time_and_nothing_else(tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    right, _ = embed(tmp_path, TEXTS)
    with opened(tmp_path) as cache:
        CachedEncoder(WordEncoder(), cache).token_counts(TEXTS)
    spoil, lines = DAMAGES[damage]
    spoil(file_of(tmp_path))
    with caplog.at_level(logging.WARNING):
        vectors, read = embed(tmp_path, TEXTS)
        with opened(tmp_path) as cache:
            counts = CachedEncoder(WordEncoder(), cache).token_counts(TEXTS)
    np.testing.assert_array_equal(vectors, right)
    assert counts == WordEncoder().token_counts(TEXTS)
    assert len(caplog.records) == lines
    assert read or damage == "wrong counts"
    embed(tmp_path, TEXTS)
    assert embed(tmp_path, TEXTS)[1] == [], "the cache is of use again"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        vectors, read = embed(tmp_path, TEXTS)
    assert (len(vectors), len(read), len(caplog.records)) == (len(TEXTS), len(TEXTS), 1)


def test_reading_only_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, writing=False) as cache:
        assert len(missing_from(cache, TEXTS)) == len(TEXTS)
    assert list(tmp_path.iterdir()) == []
    embed(tmp_path, TEXTS)
    before = file_of(tmp_path).read_bytes()
    with opened(tmp_path, writing=False) as cache:
        CachedEncoder(WordEncoder(), cache).encode_documents(["Một câu mới."])
        cache.keep_only("g1", [], [])
    assert file_of(tmp_path).read_bytes() == before
    assert [path.name for path in file_of(tmp_path).parent.iterdir()] == ["vectors.sqlite"]


def test_only_what_kept_generations_were_built_of_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as cache:
        for number in range(4):
            encoder = CachedEncoder(WordEncoder(), cache)
            encoder.encode_documents(TEXTS[number * 25 : number * 25 + 26])
            encoder.token_counts(TEXTS[number * 25 : number * 25 + 26])
            cache.keep_only(f"g{number}", encoder.used, [f"g{n}" for n in range(max(0, number - 1), number + 1)])
        assert len(missing_from(cache, TEXTS[:50])) == 50
        assert len(missing_from(cache, TEXTS[50:])) == 0
        assert len(cache.counts(key_of(text) for text in TEXTS)) == 50
    size = file_of(tmp_path).stat().st_size
    with opened(tmp_path) as cache:
        cache.keep_only("g4", [], ["g4"])
    assert file_of(tmp_path).stat().st_size < size, "what is removed gives its room back"


def test_an_index_out_of_the_cache_is_the_same_index(tmp_path: Path) -> None:
    plain = build(tmp_path, LIBRARY, WordEncoder())
    with opened(tmp_path) as cache:
        build(tmp_path, LIBRARY, CachedEncoder(WordEncoder(), cache))
        cached = build(tmp_path, LIBRARY, CachedEncoder(WordEncoder(), cache))
    for name in ("dense.faiss", "rows.npy", "passages.jsonl"):
        assert plain.manifest.checksums[name] == cached.manifest.checksums[name]
    publish(tmp_path, cached)
    assert len(load(cached).passages) == cached.manifest.passages


def test_what_is_known_of_the_bundled_model_beforehand_is_true(encoder: SentenceEncoder) -> None:
    assert facts_of("bundled") == BUNDLED_FACTS
    assert ModelFacts(encoder.fingerprint, encoder.dimension, encoder.max_tokens) == BUNDLED_FACTS
    assert facts_of("sentence-transformers/LaBSE") is None


def test_a_model_that_is_not_what_it_was_taken_for_is_refused() -> None:
    lazy = LazyEncoder(OTHERS, WordEncoder)
    with pytest.raises(ModelError, match="'others' is not what it was taken for"):
        lazy.encode_questions(["a"])
    assert LazyEncoder(FACTS, WordEncoder).token_counts(["một hai"]) == [2]
