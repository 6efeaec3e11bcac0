"""The bundled network in use: tokens in, states or scores out, several texts at once on several cores."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding

from embeddings.network.adapters import Array
from embeddings.network.prepared import READER, SEARCH, Prepared, prepare
from embeddings.network.sessions import INPUT
from embeddings.network.words import WordTable

MAX_TOKENS = 512
_EPSILON = 1e-12


class Network:
    """Encoder and reader over one table of words; safe to use from several threads.

    Args:
        prepared: what to run.
    """

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.tokenizer = prepared.tokenizer
        self.dimension = int(prepared.embeddings.positions.shape[1])
        self._words = WordTable(prepared.words)
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(os.cpu_count() or 1)

    def states(self, rows: Sequence[Sequence[int]]) -> list[Array]:
        """Last states of the encoder for texts given as token ids: (tokens, dimension) each."""
        return [outputs[0] for outputs in self._run(SEARCH, rows)]

    def read(self, rows: Sequence[Sequence[int]]) -> list[dict[str, Array]]:
        """What the reader's heads say of windows given as token ids: (tokens, outputs) each, by name."""
        names = [output.name for output in self._session(READER).get_outputs()]
        return [dict(zip(names, outputs, strict=True)) for outputs in self._run(READER, rows)]

    def tokenize(self, texts: Sequence[str]) -> list[Encoding]:
        """Encodings with the first and last special token, not cut."""
        return self.tokenizer.encode_batch(texts)

    def _run(self, name: str, rows: Sequence[Sequence[int]]) -> list[list[Array]]:
        session = self._session(name)

        def one(ids: Sequence[int]) -> list[Array]:
            with self._turns:
                outputs: list[Array] = session.run(None, {INPUT: self._embedded(ids)})
            return outputs

        if len(rows) == 1:
            return [one(rows[0])]
        longest_first = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
        found: list[list[Array]] = [[] for _ in rows]
        for place, outputs in zip(longest_first, self._pool.map(lambda i: one(rows[i]), longest_first), strict=True):
            found[place] = outputs
        return found

    def _embedded(self, ids: Sequence[int]) -> Array:
        embeddings = self.prepared.embeddings
        states = self._words.rows(ids) + embeddings.positions[: len(ids)]
        states -= states.mean(axis=1, keepdims=True)
        states /= np.sqrt((states**2).mean(axis=1, keepdims=True) + _EPSILON)
        return np.asarray(states * embeddings.norm[0] + embeddings.norm[1], np.float32)

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        with self._lock:
            if name not in self._sessions:
                self._sessions[name] = self.prepared.session(name)
            return self._sessions[name]

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="network")


def cut(ids: list[int]) -> list[int]:
    """At most `MAX_TOKENS`, the last special token kept."""
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]


_opened: list[Network] = []
_opening = threading.Lock()


def open_network(data_dir: Path | None = None) -> Network:
    """The shipped network, opened once a process: encoder and reader share it.

    Args:
        data_dir: where it is kept prepared; None to keep it in memory.

    Raises:
        ModelError: if weights are missing or damaged.
    """
    with _opening:
        if not _opened:
            _opened.append(Network(prepare(data_dir)))
        return _opened[0]
