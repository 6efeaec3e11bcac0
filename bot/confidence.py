"""How probable it is that the first citation holds the answer: a logistic model shipped as data.

The weights in data/confidence.json were fitted by `python -m bot.calibration` on the development questions; what was
tried beside it, with figures, is in docs/decisions/.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.evidence import Evidence


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Logistic regression over standardised evidence.

    Attributes:
        labels: names of the figures, as `Evidence.labels` gives them.
        means, scales: of each figure over the training questions.
        weights: of each standardised figure.
        bias: log odds where every figure is at its mean.
    """

    labels: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, evidence: Evidence) -> float:
        """Probability, 0 to 1, that the first citation holds the answer."""
        rows = zip(evidence.values(), self.means, self.scales, self.weights, strict=True)
        score = self.bias + sum(weight * (value - mean) / scale for value, mean, scale, weight in rows)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ConfidenceModel":
        """Read the model's data.

        Raises:
            ValueError: if it was fitted to other figures than `Evidence` gives.
        """
        if data["labels"] != Evidence.labels():
            raise ValueError("the confidence model was fitted to other evidence: run python -m bot.calibration again")
        return cls(
            labels=tuple(data["labels"]),
            means=tuple(data["means"]),
            scales=tuple(data["scales"]),
            weights=tuple(data["weights"]),
            bias=data["bias"],
        )


@lru_cache(maxsize=1)
def shipped() -> ConfidenceModel:
    """The model that comes with the program."""
    return ConfidenceModel.from_json(json.loads(files("bot").joinpath("data/confidence.json").read_text("utf-8")))
