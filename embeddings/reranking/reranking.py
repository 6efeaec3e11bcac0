"""Reranking: the first passages found are read word by word, or judged by a reranker, and put in a new order."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.models import Document
from embeddings.headings import heading_of
from embeddings.hits import Hit, Search
from embeddings.question.question import LONGEST_ANSWERED
from embeddings.reading.readings import Reading, SpanReader
from embeddings.reranking.cross_encoder import Reranker

READER_WEIGHT = 0.3
"""Share of the reader's belief in the order, half of it for a question that says little without the one before it,
which the reader does not see; see docs/decisions/reader.md."""
RERANKER_WEIGHT = 0.7
_MOST = 5
_ROOM = 3000
"""Characters read for one question, about 900 tokens; the first passage is read whatever its length, and it alone for a
question of which the reader sees no more than the beginning: it knows too little of it to have a say in the order."""
_STRANGE = 0.03
"""Where no hit has so much of the question's words (by worth) only the first is read: gold questions have .06 and more
in their best passage, while nonsense has 0 to .02, and no order of passages is right for it."""
_OUT_OF_REACH = 0.3
"""A hit whose score is so much lower than the first one's has never been read to the top."""
_AT_A_TIME = 2
"""Passages that are read at once, behind the first, which is read alone."""
_UNREAD_MARGIN = -12.0
"""What a passage that was not read is taken to have at most: half of those behind the first have a lower one."""
_STEEPNESS = 8.0
_DEPENDS_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Reranking:
    """What looks again at the first passages; without either part nothing changes.

    Attributes:
        reader: finds the words that answer.
        reranker: judges whole passages.
    """

    reader: SpanReader | None = None
    reranker: Reranker | None = None

    @property
    def fitted_with(self) -> str | None:
        """Name of the reader if nothing else had a say, so that a confidence fitted with it holds; else None."""
        return self.reader.name if self.reader and not self.reranker else None

    def apply(self, search: Search, documents: Mapping[str, Document]) -> Search:
        """The same hits, the first of them read, in the order that follows; scores are made anew, 0 to 1.

        The reader reads nothing for more than `LONGEST_ANSWERED`: what is not a question has no words that answer.
        """
        hits = list(search.hits)
        if self.reranker and hits:
            hits = _reranked(hits, self.reranker.scores(asked_in_full(search), [hit.passage.text for hit in hits]))
        reader = self.reader
        if reader and hits and len(search.understanding.restored) <= LONGEST_ANSWERED:
            weight = READER_WEIGHT * (1 - search.understanding.dependence / 2)
            asked = search.understanding.restored

            def read(some: Sequence[Hit]) -> list[Reading]:
                return reader.read(
                    asked, [(heading_of(documents[hit.passage.document_id]), hit.passage.text) for hit in some]
                )

            most = belief(reader.highest_margin)
            known = max(hit.coverage for hit in hits) >= _STRANGE
            room = _ROOM if known and reader.sees(asked) else 0
            hits = _read(hits, _readings(_worth_reading(hits, room), weight, most, read), weight)
        ordered = sorted(hits, key=lambda hit: -hit.score)
        return replace(search, hits=tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1)))


def asked_in_full(search: Search) -> str:
    """The question as understood, behind the one it goes on from."""
    understanding = search.understanding
    return understanding.in_full if understanding.dependence >= _DEPENDS_FROM else understanding.restored


def belief(margin: float) -> float:
    """A reader's margin as a number from 0 to 1."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, margin)) / _STEEPNESS))


def _worth_reading(hits: Sequence[Hit], room: int) -> Sequence[Hit]:
    """The first hits that may still come first, as far as the room (characters) goes; the first of all always."""
    for number, hit in enumerate(hits[:_MOST]):
        room -= len(hit.passage.text)
        if number and (room < 0 or hit.score < hits[0].score - _OUT_OF_REACH):
            return hits[:number]
    return hits[:_MOST]


def _readings(
    hits: Sequence[Hit], weight: float, most: float, read: Callable[[Sequence[Hit]], list[Reading]]
) -> list[Reading]:
    """Of the first hits, best first, as far as they would still come first if they were believed the `most`."""
    readings = read(hits[:1])
    while len(readings) < len(hits):
        told = zip(hits, readings, strict=False)
        best = max(_score(hit, belief(reading.margin), weight) for hit, reading in told)
        following = hits[len(readings) : len(readings) + _AT_A_TIME]
        reaching = [hit for hit in following if _score(hit, most, weight) > best]
        if not reaching:
            break
        readings += read(reaching)
    return readings


def _score(hit: Hit, believed: float, weight: float) -> float:
    return (1 - weight) * hit.score + weight * believed


def _reranked(hits: Sequence[Hit], scores: Sequence[float]) -> list[Hit]:
    low, high = min(scores), max(scores)
    return [
        replace(hit, score=(1 - RERANKER_WEIGHT) * hit.score + RERANKER_WEIGHT * (score - low) / ((high - low) or 1.0))
        for hit, score in zip(hits, scores, strict=True)
    ]


def _read(hits: Sequence[Hit], readings: Sequence[Reading], weight: float) -> list[Hit]:
    """Hits with their readings; one that was not read is believed as the least of those that were, or less."""
    believed = [belief(reading.margin) for reading in readings]
    believed += [min([*believed, belief(_UNREAD_MARGIN)])] * (len(hits) - len(believed))
    known = [*readings, *[None] * (len(hits) - len(readings))]
    return [
        replace(hit, reading=reading, score=_score(hit, value, weight))
        for hit, reading, value in zip(hits, known, believed, strict=True)
    ]
