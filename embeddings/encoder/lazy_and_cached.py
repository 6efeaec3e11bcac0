"""Encoders that spare the model: one loads it only when a text needs it, one asks it only for what is not cached."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from corpus.errors import ModelError
from embeddings.encoder.encoder import Encoder, ModelFacts, Progress, Vectors
from embeddings.encoder.vector_cache import Key, Vector, key_of

_BATCH = 32
"""Texts a commit: what a killed build has to do again."""


class LazyEncoder:
    """A model of which the facts are known beforehand, loaded when it is first asked for more.

    Args:
        facts: what the model will turn out to be.
        load: loads it.
    """

    def __init__(self, facts: ModelFacts, load: Callable[[], Encoder]) -> None:
        self.fingerprint = facts.fingerprint
        self.dimension = facts.dimension
        self.max_tokens = facts.max_tokens
        self._load = load
        self._loaded: Encoder | None = None
        self._lock = threading.Lock()

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return self.real().encode_questions(texts)

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """See `Encoder`."""
        return self.real().encode_documents(texts, on_progress)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """See `Encoder`."""
        return self.real().token_counts(texts)

    def real(self) -> Encoder:
        """The model itself, loaded now if it is not yet.

        Raises:
            ModelError: if it cannot be loaded, or is not what it was taken for.
        """
        with self._lock:
            if self._loaded is None:
                loaded = self._load()
                found = ModelFacts(loaded.fingerprint, loaded.dimension, loaded.max_tokens)
                if found != ModelFacts(self.fingerprint, self.dimension, self.max_tokens):
                    raise ModelError(f"the model {self.fingerprint!r} is not what it was taken for: {found}")
                self._loaded = loaded
            return self._loaded


class CachedTexts(Protocol):
    """What is kept of texts that were embedded, by `key_of` the text; see `VectorCache`."""

    def vectors(self, keys: Iterable[Key]) -> dict[Key, Vector]:
        """Those of these vectors that are known, each (dimension,) float32."""

    def counts(self, keys: Iterable[Key]) -> dict[Key, int]:
        """Those of these texts' numbers of tokens that are known."""

    def add_vectors(self, vectors: Mapping[Key, Vector]) -> None:
        """Keep vectors."""

    def add_counts(self, counts: Mapping[Key, int]) -> None:
        """Keep numbers of tokens."""

    def keep_only(self, generation: str, keys: Iterable[Key], kept: Sequence[str]) -> None:
        """Note what a generation was built of, and remove what none of the `kept` generations was."""

    def close(self) -> None:
        """Release what it holds."""


class CachedEncoder:
    """An encoder that embeds a text once: what the cache holds is taken from there, what it lacks is put there.

    Args:
        encoder: asked for what is missing.
        cache: committed to after every batch.
        full: ask the encoder for everything, and have the cache hold that from then on.

    Attributes:
        used: keys of all documents' texts asked for so far.
        embedded: texts that the encoder was asked to embed.
    """

    def __init__(self, encoder: Encoder, cache: CachedTexts, *, full: bool = False) -> None:
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.max_tokens = encoder.max_tokens
        self.used: set[Key] = set()
        self.embedded = 0
        self._encoder = encoder
        self._cache = cache
        self._full = full

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`; questions are not cached."""
        return self._encoder.encode_questions(texts)

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """See `Encoder`; progress counts the texts that are really embedded, longest first."""
        keys = [key_of(text) for text in texts]
        by_key = dict(zip(keys, texts, strict=True))
        known = {} if self._full else self._cache.vectors(by_key)
        missing = sorted(by_key.keys() - known.keys(), key=lambda key: (-len(by_key[key]), key))
        self.used.update(by_key)
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            fresh = dict(zip(batch, self._encoder.encode_documents([by_key[key] for key in batch]), strict=True))
            self._cache.add_vectors(fresh)
            known.update(fresh)
            self.embedded += len(batch)
            if on_progress:
                on_progress(start + len(batch), len(missing))
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, key in zip(vectors, keys, strict=True):
            row[:] = known[key]
        return vectors

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """See `Encoder`."""
        keys = [key_of(text) for text in texts]
        by_key = dict(zip(keys, texts, strict=True))
        known = {} if self._full else self._cache.counts(by_key)
        missing = list(by_key.keys() - known.keys())
        self.used.update(by_key)
        if missing:
            counts = self._encoder.token_counts([by_key[key] for key in missing])
            fresh = dict(zip(missing, counts, strict=True))
            self._cache.add_counts(fresh)
            known.update(fresh)
        return [known[key] for key in keys]


def missing_from(cache: CachedTexts, texts: Iterable[str]) -> list[str]:
    """The different texts that a cache has no vector of."""
    by_key = {key_of(text): text for text in texts}
    known = cache.vectors(by_key)
    return [text for key, text in by_key.items() if key not in known]
