"""How many operations the bundled network needs for texts, and the least time the processor could do them in."""

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.network.bundled_weights import Shape

A_WEIGHT = 2.0
"""Operations for a weight and a token: one multiplication, one addition."""


@dataclass(frozen=True, slots=True)
class NetworkWork:
    """Operations of the network for some texts.

    Attributes:
        matrices: in products with the weights, which the format `int8` makes in 8 bits.
        attention: in products of queries with keys and of shares with values, float32 in every format.
    """

    matrices: float
    attention: float

    def least_seconds(self, number_format: str, float_operations: float, byte_operations: float) -> float:
        """Each product at the measured limit (operations a second) of the format it is made in, added up."""
        of_matrices = byte_operations if number_format == "int8" else float_operations
        return self.matrices / of_matrices + self.attention / float_operations


def work_for(shape: Shape, lengths: Sequence[int]) -> NetworkWork:
    """For texts of so many tokens, each read for itself."""
    weights = shape.layers * (4 * shape.hidden**2 + 2 * shape.hidden * shape.feed_forward)
    pairs = sum(length**2 for length in lengths)
    return NetworkWork(A_WEIGHT * weights * sum(lengths), 2 * A_WEIGHT * shape.layers * shape.hidden * pairs)
