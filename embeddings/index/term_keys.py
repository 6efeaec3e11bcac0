"""Terms known by 64 bits of a hash, and counts of terms that are kept in files and looked up where they lie.

A table of ten million terms is 80 MB and is searched without reading it; that two of as many terms share a hash has
a chance of one in 300,000.
"""

from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.array_files import map_array

Keys = NDArray[np.uint64]


@lru_cache(maxsize=1 << 18)
def key_of(term: str) -> int:
    """The 64 bits that a term is known by (BLAKE2)."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def place_of(keys: "memoryview[int]", term: str) -> int | None:
    """Where a term's key stands among ascending keys; None for one that is not among them.

    Args:
        keys: of an array; one term is found there in a sixth of the time that `np.searchsorted` takes.
        term: which is looked up.
    """
    key = key_of(term)
    place = bisect_left(keys, key)
    return place if place < len(keys) and keys[place] == key else None


class TermCounts:
    """How often each term was counted, 0 for one that never was.

    Args:
        keys: (n,) ascending.
        counts: (n,) int32.
    """

    def __init__(self, keys: Keys, counts: NDArray[np.int32]) -> None:
        if len(keys) != len(counts):
            raise ValueError(f"{len(keys)} terms, {len(counts)} counts")
        self._keys, self._counts = keys, counts
        self._looked_up, self._counted = keys.data, counts.data

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> "TermCounts":
        """What was counted."""
        keys = np.fromiter(map(key_of, counted), np.uint64, len(counted))
        order = np.argsort(keys)
        return cls(keys[order], np.fromiter(counted.values(), np.int32, len(counted))[order])

    def __getitem__(self, term: str) -> int:
        place = place_of(self._looked_up, term)
        return 0 if place is None else self._counted[place]

    def save(self, folder: Path, name: str) -> None:
        """Write it into a folder."""
        np.save(folder / f"{name}_terms.npy", self._keys)
        np.save(folder / f"{name}_counts.npy", self._counts)

    @classmethod
    def load(cls, folder: Path, name: str) -> "TermCounts":
        """Map what `save` wrote.

        Raises:
            OSError, ValueError: if it does not read back.
        """
        return cls(map_array(folder / f"{name}_terms.npy"), map_array(folder / f"{name}_counts.npy"))
