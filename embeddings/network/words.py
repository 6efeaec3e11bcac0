"""The table of word embeddings, kept in 4 bits and unpacked for the rows asked for: 54 MB in place of 384 MB."""

from collections.abc import Sequence

import numpy as np

from embeddings.network.adapters import Array
from embeddings.network.bundled_weights import Packed, unpack


class WordTable:
    """Rows of word embeddings.

    Args:
        packed: (rows, blocks, bytes); may be mapped from a file.
    """

    def __init__(self, packed: Packed) -> None:
        self._packed = packed

    def rows(self, ids: Sequence[int]) -> Array:
        """(n,) ids -> (n, hidden) float32."""
        return unpack(self._packed[np.asarray(ids, np.int64)])
