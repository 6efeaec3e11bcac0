"""Passages that a question is told from without being encoded again for it (XBM, arXiv 1912.06798).

All passages of some texts are encoded once; whenever one of them stands in a batch its vector is renewed. While
training goes on slowly the others are old by little, and a question stands against thousands of passages for the price
of its own few tokens.
"""

from collections.abc import Sequence

import numpy as np
import torch

from embeddings.training.mining import vectors
from embeddings.training.network import Network, exact_product
from embeddings.training.prepared import Prepared

_CONTENT = 4
"""Tokens from which an answer's words in another passage mean that it may answer as well."""
_HIDDEN = -1e4


class PassageMemory:
    """Vectors of passages.

    Args:
        model: that encodes them at first.
        data: the passages and the questions about them.
        passages: numbers of those that are kept.
    """

    def __init__(self, model: Network, data: Prepared, passages: Sequence[int]) -> None:
        self._data = data
        self._numbers = np.array(passages)
        self._place = {int(passage): place for place, passage in enumerate(passages)}
        self._contents = [data.passages[passage].tobytes() for passage in passages]
        self._vectors = vectors(model, [data.passages[passage] for passage in passages])

    def scores(self, asked: torch.Tensor, questions: torch.Tensor, batch: torch.Tensor) -> torch.Tensor:
        """What questions have in common with all passages but those of the batch.

        Args:
            asked: (questions, hidden) their vectors.
            questions: (questions,) their numbers.
            batch: (passages,) numbers of the passages that stand in the batch.

        Returns:
            (questions, kept passages) cosines; far below all others for passages of the batch, and for those that hold
            the words of the answer.
        """
        hidden = np.array([self._holding(number) for number in questions.tolist()])
        hidden[:, [self._place[number] for number in batch.tolist() if number in self._place]] = True
        return exact_product(asked, self._vectors.T).masked_fill(torch.from_numpy(hidden).to(asked.device), _HIDDEN)

    def renew(self, batch: torch.Tensor, encoded: torch.Tensor) -> None:
        """Keep what passages of the batch are encoded to now: their numbers, and (passages, hidden)."""
        known = [row for row, number in enumerate(batch.tolist()) if number in self._place]
        places = [self._place[number] for number in batch[known].tolist()]
        renewed = self._vectors.clone()  # the gradient of the scores still needs those of before
        renewed[places] = encoded.detach()[known].to(renewed.dtype)
        self._vectors = renewed

    def _holding(self, question: int) -> list[bool]:
        """Whether each passage holds the words of the first answer, where these are enough to tell anything."""
        answers = self._data.answers[question]
        if not len(answers) or answers[0, 1] - answers[0, 0] < _CONTENT:
            return [False] * len(self._contents)
        own = self._data.passages[int(self._data.passage_of[question])]
        words = own[answers[0, 0] : answers[0, 1]].tobytes()
        return [words in content for content in self._contents]
