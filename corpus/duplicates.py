"""The same text twice: word for word under another name, or nearly so."""

import hashlib
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations

from corpus.models import Document
from corpus.vietnamese import fold

NEARLY_THE_SAME = 0.8
A_NEWER_VERSION = 0.5
"""Resemblance from which a file of the same name is taken for a newer version, not for another document."""
_RUN = 4  # words
_SKETCH = 64
_SHARED = 0.4  # of a sketch; texts that have 0.8 in common share about 0.8 of it, with the luck of the draw
_COMMON = 60  # a run of words in more documents than this is a formula and proves nothing
_WORD = re.compile(r"\w+")


def text_key(text: str) -> str:
    """Equal for texts with the same words, whatever stands between them and however they are marked up."""
    return hashlib.sha256(" ".join(_WORD.findall(text.casefold())).encode("utf-8", "replace")).hexdigest()


def word_runs(text: str) -> frozenset[int]:
    """Checksums of every run of four words; of a shorter text, of the whole."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(fold(text))]
    if len(words) < _RUN:
        return frozenset(words)
    return frozenset(map(hash, zip(words, words[1:], words[2:], words[3:], strict=False)))


def resemblance(some: frozenset[int], others: frozenset[int]) -> float:
    """Share of the runs of the two that both have (Jaccard), 0 to 1."""
    return len(some & others) / len(some | others) if some or others else 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents (by id) that are nearly the same text, the one read first in front."""

    first: str
    second: str
    resemblance: float


def near_duplicates(documents: Iterable[Document]) -> list[Pair]:
    """Pairs of documents with at least `NEARLY_THE_SAME` of their word runs in common.

    Of documents with the same words each is paired with the first of them only. Candidates for the others are found by
    the smallest checksums of each text (Broder's sketches, 1997) and then compared in full.
    """
    documents = list(documents)
    order = {document.id: place for place, document in enumerate(documents)}
    firsts: dict[str, str] = {}
    pairs: list[Pair] = []
    runs: dict[str, frozenset[int]] = {}
    for document in documents:
        first = firsts.setdefault(text_key(document.text), document.id)
        if first == document.id:
            runs[document.id] = word_runs(document.text)
        else:
            pairs.append(Pair(first, document.id, 1.0))
    for first, second in _candidates(runs):
        share = resemblance(runs[first], runs[second])
        if share >= NEARLY_THE_SAME:
            pairs.append(Pair(first, second, share))
    return sorted(pairs, key=lambda pair: (order[pair.first], order[pair.second]))


def _candidates(runs: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """Pairs whose sketches have about as much in common as those of nearly equal texts must have."""
    holders: dict[int, list[str]] = defaultdict(list)
    for identity, own in runs.items():
        for run in nsmallest(_SKETCH, own):
            holders[run].append(identity)
    shared = Counter(
        pair for sharing in holders.values() if len(sharing) <= _COMMON for pair in combinations(sharing, 2)
    )
    for (first, second), count in shared.items():
        if count >= _SHARED * min(_SKETCH, len(runs[first]), len(runs[second])):
            yield first, second


def nearest(text: str, runs: Mapping[str, frozenset[int]]) -> tuple[str, float] | None:
    """The document (id -> its word runs) most like a text, if it is nearly the same; None if none is."""
    own = word_runs(text)
    best = max(runs, key=lambda identity: resemblance(own, runs[identity]), default=None)
    if best is None or (share := resemblance(own, runs[best])) < NEARLY_THE_SAME:
        return None
    return best, share
