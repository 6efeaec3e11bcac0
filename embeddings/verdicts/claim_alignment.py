"""A claim laid over a sentence, word by word in order: what is the same, and what stands in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Run = tuple[int, int]

_SKIPPED, _LOST = 0.04, 0.3
"""What a word of the sentence that the claim has not costs, and a word of the claim that the sentence has not."""
_MOST_IN_PLACE = 6
"""Words of a sentence that may stand in the place of others."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a claim's words lie over those of a sentence.

    Attributes:
        pairs: (place in the claim, place in the sentence) of words that are the same, in order.
        claimed: number of the claim's words.
        said: number of the sentence's words.
    """

    pairs: tuple[tuple[int, int], ...]
    claimed: int
    said: int

    @property
    def share(self) -> float:
        """Share of the claim's words that lie over the same word."""
        return len(self.pairs) / self.claimed if self.claimed else 0.0

    def replaced(self) -> list[tuple[Run, Run]]:
        """Runs of claim and sentence that stand between the same two words and are not the same; short ones only."""
        edges = [(-1, -1), *self.pairs, (self.claimed, self.said)]
        found = []
        for (left, first), (right, last) in pairwise(edges):
            outer = first < 0 or last >= self.said
            if right - left > 1 and last - first > 1 and (outer or last - first - 1 <= _MOST_IN_PLACE):
                begin = max(first + 1, last - _MOST_IN_PLACE) if first < 0 else first + 1
                end = min(last, begin + _MOST_IN_PLACE)
                found.append(((left + 1, right), (begin, end)))
        return found


def aligned(claim: Sequence[str], sentence: Sequence[str], worth: Sequence[float]) -> Alignment:
    """The best alignment in order, words of the sentence skipped where they are in the way.

    Args:
        claim: words.
        sentence: words, spelt the same way.
        worth: of each word of the claim, what it counts where it is the same.
    """
    rows, columns = len(claim), len(sentence)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        best[i][columns] = best[i + 1][columns] - _LOST * worth[i]
    for i in range(rows - 1, -1, -1):
        word, row, below, lost = claim[i], best[i], best[i + 1], _LOST * worth[i]
        behind, skipped = row[columns], _SKIPPED if i else 0.0
        for j in range(columns - 1, -1, -1):
            value, other = below[j] - lost, behind - skipped
            if other > value:  # noqa: PLR1730 # a call of max for each pair of words takes twice as long
                value = other
            if word == sentence[j]:
                value = max(value, below[j + 1] + worth[i])
            row[j] = behind = value
    return Alignment(tuple(_traced(claim, sentence, worth, best)), rows, columns)


def _traced(
    claim: Sequence[str], sentence: Sequence[str], worth: Sequence[float], best: Sequence[Sequence[float]]
) -> list[tuple[int, int]]:
    pairs, i, j = [], 0, 0
    while i < len(claim) and j < len(sentence):
        same = claim[i] == sentence[j]
        if same and best[i][j] == best[i + 1][j + 1] + worth[i]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j] - _LOST * worth[i]:
            i += 1
        else:
            j += 1
    return pairs
