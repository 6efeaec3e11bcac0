"""Which texts have a term, and how often: built in portions, kept in files that are mapped, never read as a whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.array_files import map_array
from embeddings.index.term_keys import Keys, key_of, place_of

Numbers = NDArray[np.int32]
Counts = NDArray[np.uint16]
Column = NDArray[np.unsignedinteger[Any]]

_MOST_OFTEN = np.iinfo(np.uint16).max
_PARTS = 16
"""Of the range of hashes; one is sorted at a time."""
_BOUNDS = np.array([part * ((1 << 64) // _PARTS) for part in range(1, _PARTS)], np.uint64)
_TEXTS_AT_ONCE = 2048
_COMMON = 8
"""A term that one text in so many has is common: putting its entries in their places takes longer than all texts do."""
_COLUMNS_BYTES = 96_000_000
_FEWEST_COLUMNS, _MOST_COLUMNS = 16, 1024
_NONE = (np.empty(0, np.int32), np.empty(0, np.uint16))
_FILES = ("keys", "starts", "numbers", "counts", "lengths")


class Postings:
    """For each term of some texts the numbers of those that have it, ascending, and how often.

    Args:
        keys: (terms,) hashes, ascending.
        starts: (terms + 1,) int64, where each term's entries begin in the next two.
        numbers, counts: (entries,) texts, and how often each has the term.
        lengths: (texts,) terms in each text.
    """

    def __init__(
        self, keys: Keys, starts: NDArray[np.int64], numbers: Numbers, counts: Counts, lengths: Numbers
    ) -> None:
        if len(starts) != len(keys) + 1 or not len(numbers) == len(counts) == starts[-1]:
            raise ValueError(f"{len(keys)} terms, {len(starts)} starts, {len(numbers)} and {len(counts)} entries")
        self._keys, self._starts, self._numbers, self._counts = keys, starts, numbers, counts
        self._looked_up, self._bounds = keys.data, starts.data
        self.lengths = lengths
        kept = _COLUMNS_BYTES // max(len(lengths), 1)
        self._columns = lru_cache(min(max(kept, _FEWEST_COLUMNS), _MOST_COLUMNS))(self._spread)

    @classmethod
    def invert(cls, texts: Iterable[Sequence[str]]) -> "Postings":
        """Index texts given as their terms."""
        lengths: list[int] = []
        parts: list[list[tuple[Keys, Numbers, Counts]]] = [[] for _ in range(_PARTS)]
        portion: list[Sequence[str]] = []
        for terms in texts:
            portion.append(terms)
            lengths.append(len(terms))
            if len(portion) == _TEXTS_AT_ONCE:
                _divide(portion, len(lengths) - len(portion), parts)
                portion = []
        _divide(portion, len(lengths) - len(portion), parts)
        joined = []
        while parts:  # the lowest hashes first; what was joined is let go of
            joined.append(_join(parts.pop(0)))
        starts = np.concatenate([[0], np.cumsum(np.concatenate([part[1] for part in joined]))]).astype(np.int64)
        return cls(
            np.concatenate([part[0] for part in joined]),
            starts,
            np.concatenate([part[2] for part in joined]),
            np.concatenate([part[3] for part in joined]),
            np.asarray(lengths, np.int32),
        )

    def save(self, folder: Path) -> None:
        """Write them into a folder, which is created."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: tuple[NDArray[Any], ...] = (self._keys, self._starts, self._numbers, self._counts, self.lengths)
        for name, array in zip(_FILES, arrays, strict=True):
            np.save(folder / f"{name}.npy", array)

    @classmethod
    def load(cls, folder: Path) -> "Postings":
        """Map what `save` wrote.

        Raises:
            OSError, ValueError: if it does not read back.
        """
        return cls(*(map_array(folder / f"{name}.npy") for name in _FILES))

    def of(self, term: str) -> tuple[Numbers, Counts]:
        """The texts that have a term, and how often each; both empty for an unknown one."""
        place = place_of(self._looked_up, term)
        if place is None:
            return _NONE
        entries = slice(self._bounds[place], self._bounds[place + 1])
        return self._numbers[entries], self._counts[entries]

    def column(self, term: str) -> Column | None:
        """(texts,) how often each text has a common term; None for a term that only few texts have.

        Those asked for last are kept, up to some `_COLUMNS_BYTES`.
        """
        place = place_of(self._looked_up, term)
        if place is None or (self._bounds[place + 1] - self._bounds[place]) * _COMMON < len(self.lengths):
            return None
        return self._columns(place)

    def _spread(self, place: int) -> Column:
        entries = slice(self._bounds[place], self._bounds[place + 1])
        counts = self._counts[entries]
        small = counts.max(initial=0) <= np.iinfo(np.uint8).max
        column: Column = np.zeros(len(self.lengths), np.uint8 if small else np.uint16)
        column[self._numbers[entries]] = counts
        return column

    def count(self, term: str) -> int:
        """How many texts have a term."""
        place = place_of(self._looked_up, term)
        return 0 if place is None else self._bounds[place + 1] - self._bounds[place]

    def counts(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """(terms,) how many texts have each of many terms, looked up at once."""
        if not len(self._keys):
            return np.zeros(len(terms), np.int64)
        keys = np.fromiter(map(key_of, terms), np.uint64, len(terms))
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found = self._keys[places] == keys
        return np.where(found, self._starts[places + 1] - self._starts[places], 0).astype(np.int64)

    def damping(self, k1: float, b: float) -> NDArray[np.float32]:
        """(texts,) what BM25 adds to a count below the line: k1 (1 - b + b length / usual length)."""
        usual = float(self.lengths.mean()) if len(self.lengths) and self.lengths.any() else 1.0
        return np.asarray(k1 * (1 - b + b * self.lengths / usual), np.float32)


def _divide(texts: Sequence[Sequence[str]], first: int, parts: list[list[tuple[Keys, Numbers, Counts]]]) -> None:
    """Add the entries of some texts, the first of which has this number, to the parts that their hashes belong to."""
    counted = [Counter(terms) for terms in texts]
    sizes = [len(each) for each in counted]
    keys = np.fromiter((key_of(term) for each in counted for term in each), np.uint64, sum(sizes))
    often = np.fromiter((count for each in counted for count in each.values()), np.int64, sum(sizes))
    numbers = np.repeat(np.arange(first, first + len(texts), dtype=np.int32), sizes)
    counts = np.minimum(often, _MOST_OFTEN).astype(np.uint16)
    order = np.argsort(keys, kind="stable")  # texts stay ascending within a term
    keys, numbers, counts = keys[order], numbers[order], counts[order]
    bounds = np.searchsorted(keys, _BOUNDS)
    for part, place in enumerate(np.split(np.arange(len(keys)), bounds)):
        parts[part].append((keys[place], numbers[place], counts[place]))


def _join(portions: Sequence[tuple[Keys, Numbers, Counts]]) -> tuple[Keys, NDArray[np.int64], Numbers, Counts]:
    """One part of all portions: its hashes, how many entries each has, and these."""
    keys = np.concatenate([portion[0] for portion in portions])
    order = np.argsort(keys, kind="stable")
    different, many = np.unique(keys[order], return_counts=True)
    numbers = np.concatenate([portion[1] for portion in portions])[order]
    return different, many, numbers, np.concatenate([portion[2] for portion in portions])[order]
