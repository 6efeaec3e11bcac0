"""The lexical channel in PostgreSQL: for each term the passages that have it, in blocks, weighed by BM25 when asked.

A block holds the numbers of up to `BLOCK` passages and how often each has the term, packed as arrays. Weights are not
stored: they follow from the counts, from the passages' lengths and from how many passages somebody may see at all. So
what is hidden from somebody weighs nothing, and several databases weigh by the words of all of them together.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.index.lexical import K1, B, index_terms
from embeddings.index.scoring import ArrayMatch, best_places

BLOCK = 16_384
_LONGEST_TERM = 200
_MOST_OFTEN = np.iinfo(np.uint16).max

Numbers = NDArray[np.int32]
Counts = NDArray[np.uint16]
Lengths = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that have a term, ascending, and how often."""

    numbers: Numbers
    counts: Counts

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return self.numbers.nbytes + self.counts.nbytes

    def among(self, visible: Numbers) -> "Postings":
        """Those of the passages that are visible (ascending), numbered by their place among them."""
        places = np.searchsorted(visible, self.numbers)
        places[places == len(visible)] = 0
        seen = visible[places] == self.numbers if len(visible) else np.zeros(len(places), bool)
        return Postings(places[seen].astype(np.int32), self.counts[seen])


NONE = Postings(np.empty(0, np.int32), np.empty(0, np.uint16))


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 has to know of all passages that are searched, wherever they are.

    Attributes:
        passages: how many.
        length: terms of all of them together.
        frequencies: term -> how many passages have it.
    """

    passages: int
    length: int
    frequencies: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """Inverse document frequency (Lucene's), as `LexicalIndex.rarity`."""
        count = self.frequencies.get(term, 0)
        return float(np.log(1 + (self.passages - count + 0.5) / (count + 0.5)))

    def rarities(self, terms: Iterable[str]) -> dict[str, float]:
        """The rarity of those of many terms that any passage has."""
        return {term: self.rarity(term) for term in terms if self.frequencies[term] > 0}

    def __add__(self, other: "Statistics") -> "Statistics":
        together = Counter(self.frequencies)
        together.update(other.frequencies)
        return Statistics(self.passages + other.passages, self.length + other.length, together)


def match(  # noqa: PLR0913, PLR0917 - what is asked, what is known, what is wanted
    terms: Mapping[str, float],
    postings: Mapping[str, Postings],
    lengths: Lengths,
    statistics: Statistics,
    count: int,
    among: Numbers | None = None,
) -> ArrayMatch:
    """Weigh a question's terms over passages by BM25 (Robertson's, with Lucene's IDF), as `LexicalIndex` does.

    Args:
        terms: term -> weight.
        postings: of those terms.
        lengths: (n,) terms of each passage.
        statistics: over all passages that are searched, these among them.
        count: candidates at most.
        among: numbers of the only passages that may be candidates; None for all.
    """
    scores, coverage = np.zeros(len(lengths), np.float32), np.zeros(len(lengths), np.float32)
    usual = statistics.length / statistics.passages if statistics.passages else 1.0
    whole = 0.0
    for term, weight in terms.items():
        rarity = statistics.rarity(term)
        whole += weight * rarity
        found = postings.get(term, NONE)
        often = found.counts.astype(np.float32)
        damped = often / (K1 * (1 - B + B * lengths[found.numbers] / usual) + often)
        scores[found.numbers] += (weight * rarity * damped).astype(np.float32)
        coverage[found.numbers] += np.float32(weight * rarity)
    if whole:
        coverage /= np.float32(whole)
    if among is None:
        return ArrayMatch(scores, coverage, best_places(scores, count), float(coverage.max(initial=0.0)))
    best = among[best_places(scores[among], count)].tolist()
    return ArrayMatch(scores, coverage, best, float(coverage[among].max(initial=0.0)))


def invert(texts: Iterable[str]) -> tuple[dict[str, list[tuple[int, int]]], Lengths]:
    """For each term of some texts the numbers of those that have it and how often, and the texts' lengths in terms."""
    inverted: dict[str, list[tuple[int, int]]] = {}
    lengths = []
    for number, text in enumerate(texts):
        found = index_terms(text)
        lengths.append(len(found))
        for term, often in Counter(found).items():
            inverted.setdefault(term, []).append((number, often))
    return inverted, np.asarray(lengths, np.int32)


def blocks(inverted: Mapping[str, list[tuple[int, int]]]) -> Iterator[tuple[str, int, int, bytes, bytes]]:
    """Rows of the postings table: key of a term, number of the block, passages that have the term, the block."""
    for term in sorted(inverted):
        pairs = np.asarray(inverted[term], np.int64)
        for part, start in enumerate(range(0, len(pairs), BLOCK)):
            block = pairs[start : start + BLOCK]
            often = np.minimum(block[:, 1], _MOST_OFTEN).astype("<u2")
            yield key_of(term), part, len(pairs), block[:, 0].astype("<i4").tobytes(), often.tobytes()


def unpacked(parts: Sequence[tuple[bytes, bytes]]) -> Postings:
    """A term's postings out of its blocks, in their order."""
    numbers = np.frombuffer(b"".join(part[0] for part in parts), "<i4").astype(np.int32, copy=False)
    counts = np.frombuffer(b"".join(part[1] for part in parts), "<u2").astype(np.uint16, copy=False)
    return Postings(numbers, counts)


def key_of(term: str) -> str:
    """What stands for a term in the table: itself, unless it is too long or PostgreSQL's text cannot hold it."""
    plain = term.encode("utf-8", "ignore").decode().replace("\0", "")
    if plain == term and len(term) <= _LONGEST_TERM:
        return term
    return f"{plain[:_LONGEST_TERM]}…{hashlib.sha256(term.encode('utf-8', 'surrogatepass')).hexdigest()}"
