"""The same text twice: word for word under another name, or nearly so."""

import hashlib
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from corpus.models import Document
from corpus.similarity import jaccard
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents (by id) that are nearly the same text, the one read first in front."""

    first: str
    second: str
    resemblance: float


class NearDuplicates:
    """Texts by id, among which those nearly the same as another are found without comparing it with all.

    Candidates have about as much in common in their sketches, the smallest checksums of each (Broder, 1997), as nearly
    equal texts must have; only those are compared in full.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._runs: dict[str, frozenset[int]] = {}
        self._holders: dict[int, list[str]] = defaultdict(list)

    def add(self, identity: str, runs: frozenset[int]) -> None:
        """Add a text by its word runs."""
        self._runs[identity] = runs
        for run in nsmallest(_SKETCH, runs):
            self._holders[run].append(identity)

    def discard(self, identity: str) -> None:
        """Forget a text, if it is there."""
        for run in nsmallest(_SKETCH, self._runs.pop(identity, ())):
            self._holders[run].remove(identity)

    def alike(self, runs: frozenset[int]) -> list[tuple[str, float]]:
        """The texts nearly the same as one with these word runs, and how nearly, the likest first."""
        sharing = (self._holders.get(run, []) for run in nsmallest(_SKETCH, runs))
        shared = Counter(identity for holders in sharing if len(holders) <= _COMMON for identity in holders)
        found = [
            (identity, jaccard(runs, self._runs[identity]))
            for identity, count in shared.items()
            if count >= _SHARED * min(_SKETCH, len(runs), len(self._runs[identity]))
        ]
        near = [(identity, share) for identity, share in found if share >= NEARLY_THE_SAME]
        return sorted(near, key=lambda each: (-each[1], each[0]))


def near_duplicates(documents: Iterable[Document]) -> list[Pair]:
    """Pairs of documents with at least `NEARLY_THE_SAME` of their word runs in common, in the order of the documents.

    Of documents with the same words each is paired with the first of them only.
    """
    firsts: dict[str, str] = {}
    order: dict[str, int] = {}
    pairs: list[Pair] = []
    texts = NearDuplicates()
    for place, document in enumerate(documents):
        order[document.id] = place
        first = firsts.setdefault(text_key(document.text), document.id)
        if first != document.id:
            pairs.append(Pair(first, document.id, 1.0))
            continue
        runs = word_runs(document.text)
        pairs.extend(Pair(other, document.id, share) for other, share in texts.alike(runs))
        texts.add(document.id, runs)
    return sorted(pairs, key=lambda pair: (order[pair.first], order[pair.second]))
