"""The reader that comes with the package."""

import os
import threading
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer

from embeddings.encoder.encoder import threads
from embeddings.reading.readings import Reading, Span
from embeddings.reading.span_decoding import merge, spans_of
from embeddings.reading.span_network import SpanNetwork
from embeddings.reading.windows import Features, Window

_PAD = 1
_BATCH = 2
"""Windows computed at once; more are no faster on a CPU, since short ones are filled up to the longest."""


class BundledReader:
    """Reads passages with a trained network on the bundled encoder; safe to use from several threads.

    Args:
        network: see `embeddings.reading.span_network.build`.
        tokenizer: the bundled model's.
        name: of the weights, shown by `danvan doctor`.
    """

    def __init__(self, network: SpanNetwork, tokenizer: Tokenizer, name: str) -> None:
        self.name = name
        self._network = network
        self._features = Features(tokenizer)
        self._turns = threading.BoundedSemaphore(os.cpu_count() or 1)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """See `SpanReader`."""
        windows = [
            (number, window)
            for number, (heading, text) in enumerate(passages)
            for window in self._features.windows(question, heading, text)
        ]
        found: list[list[list[Span]]] = [[] for _ in passages]
        windows.sort(key=lambda numbered: len(numbered[1].ids))
        for start in range(0, len(windows), _BATCH):
            batch = windows[start : start + _BATCH]
            with self._turns, threads(1):  # as for one question, see there; two people are served by two cores
                scores = self._score([window for _, window in batch])
            for (number, window), rows in zip(batch, scores, strict=True):
                span = slice(window.first, window.first + len(window.spans))
                values = rows.numpy()
                null = float(values[0].sum())
                found[number].append(list(spans_of(values[span, 0], values[span, 1], null, window.spans)))
        return [merge(spans) for spans in found]

    def _score(self, windows: Sequence[Window]) -> list[torch.Tensor]:
        longest = max(len(window.ids) for window in windows)
        ids = torch.tensor([window.ids + [_PAD] * (longest - len(window.ids)) for window in windows])
        mask = torch.tensor([[1] * len(window.ids) + [0] * (longest - len(window.ids)) for window in windows])
        with torch.inference_mode():
            return list(self._network(ids, mask))
