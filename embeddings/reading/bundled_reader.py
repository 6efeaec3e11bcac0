"""The reader that comes with the package."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from embeddings.network.adapters import Array
from embeddings.network.network import Network
from embeddings.network.prepared import READER
from embeddings.reading.readings import ClaimLogits, Reading, Span, TaggedToken
from embeddings.reading.span_decoding import merge, spans_of
from embeddings.reading.windows import Features, Window
from embeddings.syllables import token_spans

TRUST = 0.2
"""Part of the best words' lead in the judgement of the whole passage, as in training."""

HIGHEST_MARGIN = 4.0
"""See `SpanReader.highest_margin` and docs/decisions/reader.md."""


class BundledReader:
    """Reads passages with the trained network; safe to use from several threads.

    Args:
        network: runs the model.
    """

    def __init__(self, network: Network) -> None:
        self.name = network.prepared.names[READER]
        """Of the weights, shown by `danvan doctor`."""
        self.highest_margin = HIGHEST_MARGIN
        self._network = network
        self._features = Features(network.tokenizer)

    def sees(self, question: str) -> bool:
        """See `SpanReader`."""
        return self._features.holds(question)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """See `SpanReader`."""
        windows = [
            (number, window)
            for number, (heading, text) in enumerate(passages)
            for window in self._features.windows(question, heading, text)
        ]
        found: list[list[_WindowRead]] = [[] for _ in passages]
        for (number, window), said in zip(
            windows, self._network.read([window.ids for _, window in windows]), strict=True
        ):
            found[number].append(_read_window(window, said))
        return [_together(one, text) for one, (_, text) in zip(found, passages, strict=True)]


class _WindowRead(NamedTuple):
    """What was read in one window of a passage."""

    spans: list[Span]
    answers: float | None
    tags: list[TaggedToken]
    claim: ClaimLogits


def _read_window(window: Window, said: Mapping[str, Array]) -> _WindowRead:
    edges, whole = said["head"], said["whole"][0]
    inside = slice(window.first, window.first + len(window.spans))
    spans = list(spans_of(edges[inside, 0], edges[inside, 1], float(edges[0].sum()), window.spans))
    answers = float(whole[0]) + TRUST * float((edges[inside].max(axis=0) - edges[0]).sum()) if window.spans else None
    tags = [
        TaggedToken(*place, *map(float, logits))
        for place, logits in zip(window.spans, said["tag"][inside], strict=True)
    ]
    return _WindowRead(spans, answers, tags, ClaimLogits(*map(float, whole[1:])))


def _together(read: Sequence[_WindowRead], text: str) -> Reading:
    """One reading of all windows of a passage; no span ends inside a word or the number of a document."""
    words = token_spans(text)
    judged = max(read, key=lambda one: -math.inf if one.answers is None else one.answers, default=None)
    tags: dict[tuple[int, int], TaggedToken] = {}
    for one in read:
        for tag in one.tags:
            known = tags.setdefault((tag.start, tag.end), tag)
            if tag.inside > known.inside:
                tags[tag.start, tag.end] = tag
    return replace(
        merge([_of_whole_words(span, words) for span in one.spans] for one in read),
        answers=judged.answers or 0.0 if judged else 0.0,
        tags=tuple(tags[place] for place in sorted(tags)),
        claim=judged.claim if judged else None,
    )


def _of_whole_words(span: Span, words: Sequence[tuple[int, int]]) -> Span:
    first = bisect_right(words, span.start, key=itemgetter(1))
    last = bisect_left(words, span.end, key=itemgetter(0)) - 1
    if first > last:
        return span
    return replace(span, start=min(span.start, words[first][0]), end=max(span.end, words[last][1]))
