"""What is added to a word before the first layer."""

from dataclasses import dataclass

import numpy as np

from embeddings.network.adapters import Array
from embeddings.network.bundled_weights import Weights


@dataclass(frozen=True, slots=True)
class Embeddings:
    """What is added to the words.

    Attributes:
        positions: (positions, hidden); the token type's part included.
        norm: weight and bias of the norm behind the sum, (2, hidden).
    """

    positions: Array
    norm: Array


def embeddings_of(weights: Weights) -> Embeddings:
    """The bundled model's."""
    hidden = weights.shape.hidden
    positions = weights.vector("emb.pos").reshape(-1, hidden) + weights.vector("emb.type").reshape(-1, hidden)[0]
    return Embeddings(positions, np.stack([weights.vector("emb.ln.w"), weights.vector("emb.ln.b")]))
