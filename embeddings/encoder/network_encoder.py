"""The bundled model as an encoder."""

from collections.abc import Callable, Sequence

import numpy as np

from embeddings.network.adapters import Array
from embeddings.network.network import MAX_TOKENS, Network, cut
from embeddings.network.prepared import SEARCH

_QUESTION, _DOCUMENT = "query: ", "passage: "
"""What the model was trained to see before a text."""
QUESTION_TOKENS = 128
"""Read of a question, special tokens included; of a longer one its two ends, where people say what they want."""
_BATCH = 64
_SHORTEST = 1e-9


class NetworkEncoder:
    """Mean of the last states, of unit length.

    Args:
        network: runs the model.
    """

    def __init__(self, network: Network) -> None:
        self.fingerprint = f"bundled:{network.prepared.names[SEARCH]}"
        self.dimension = network.dimension
        self.max_tokens = MAX_TOKENS
        self.network = network

    def encode_questions(self, texts: Sequence[str]) -> Array:
        """See `encoder.Encoder`."""
        return self._means([_both_ends(ids) for ids in self._ids([_QUESTION + text for text in texts])])

    def encode_documents(self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None) -> Array:
        """See `encoder.Encoder`."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            vectors[chosen] = self._means([cut(ids) for ids in self._ids([_DOCUMENT + texts[i] for i in chosen])])
            if on_progress:
                on_progress(start + len(chosen), len(order))
        return vectors

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """See `encoder.Encoder`."""
        counts: list[int] = []
        for start in range(0, len(texts), _BATCH):
            batch = [_DOCUMENT + text for text in texts[start : start + _BATCH]]
            counts += [len(encoding.ids) for encoding in self.network.tokenize(batch)]
        return counts

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self.network.tokenize(texts)]

    def _means(self, rows: Sequence[Sequence[int]]) -> Array:
        """(n, dimension) mean states of texts given as token ids, of unit length."""
        if not rows:
            return np.empty((0, self.dimension), np.float32)
        return _unit(np.stack([states.mean(axis=0) for states in self.network.states(rows)]))


def _both_ends(ids: list[int]) -> list[int]:
    half = QUESTION_TOKENS // 2
    return ids if len(ids) <= QUESTION_TOKENS else [*ids[:half], *ids[-half:]]


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _SHORTEST), np.float32)
