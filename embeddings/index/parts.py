"""What a generation is made of, whatever engine keeps it; by these it moves from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.models import Document, Passage
from embeddings.encoder.encoder import Vectors
from embeddings.index.derived import Derived


@dataclass(frozen=True, slots=True)
class Parts:
    """A generation apart from any engine; the words follow from the passages.

    Attributes:
        documents: in the order of the index.
        passages: likewise.
        rows: (r, 4) which piece of which passage a vector is of; see `DenseIndex`.
        vectors: (r, dim) float32.
        derived: what was read out of the documents.
    """

    documents: Sequence[Document]
    passages: Sequence[Passage]
    rows: NDArray[np.int32]
    vectors: Vectors
    derived: Derived
