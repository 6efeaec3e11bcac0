"""The reader that comes with the package."""

from collections.abc import Sequence
from dataclasses import replace

from embeddings.network.network import Network
from embeddings.network.prepared import READER
from embeddings.reading.readings import Reading, Span
from embeddings.reading.span_decoding import merge, spans_of
from embeddings.reading.windows import Features

TRUST = 0.2
"""Part of the best words' lead in the judgement of the whole passage, as in training."""


class BundledReader:
    """Reads passages with the trained network; safe to use from several threads.

    Args:
        network: runs the model.
    """

    def __init__(self, network: Network) -> None:
        self.name = network.prepared.names[READER]
        """Of the weights, shown by `danvan doctor`."""
        self._network = network
        self._features = Features(network.tokenizer)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """See `SpanReader`."""
        windows = [
            (number, window)
            for number, (heading, text) in enumerate(passages)
            for window in self._features.windows(question, heading, text)
        ]
        found: list[list[list[Span]]] = [[] for _ in passages]
        judged: list[list[float]] = [[] for _ in passages]
        for (number, window), said in zip(
            windows, self._network.read([window.ids for _, window in windows]), strict=True
        ):
            edges = said["head"]
            inside = slice(window.first, window.first + len(window.spans))
            null = float(edges[0].sum())
            found[number].append(list(spans_of(edges[inside, 0], edges[inside, 1], null, window.spans)))
            if window.spans:
                lead = float((edges[inside].max(axis=0) - edges[0]).sum())
                judged[number].append(float(said["whole"][0, 0]) + TRUST * lead)
        return [
            replace(merge(spans), answers=max(logits, default=0.0)) for spans, logits in zip(found, judged, strict=True)
        ]
