"""How probable it is that the first citation holds the answer: logistic models shipped as data.

There is one for answers that the bundled reader has read and one for those that no reader has. The weights in
data/confidence.json were fitted by `python -m bot.evaluation.calibration` on the development questions; what was
tried beside them, with figures, is in docs/decisions/.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.answering.evidence import Evidence


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Logistic regression over standardised evidence.

    Attributes:
        labels: names of the figures, as `Evidence.labels` gives them.
        means, scales: of each figure over the training questions.
        weights: of each standardised figure.
        bias: log odds where every figure is at its mean.
        reader: name of the reader it was fitted with, None for the one without.
    """

    labels: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    reader: str | None = None

    def probability(self, evidence: Evidence) -> float:
        """Probability, 0 to 1, that the first citation holds the answer."""
        rows = zip(evidence.values(self.labels), self.means, self.scales, self.weights, strict=True)
        score = self.bias + sum(weight * (value - mean) / scale for value, mean, scale, weight in rows)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ConfidenceModel":
        """Read a model's data.

        Raises:
            ValueError: if it was fitted to other figures than `Evidence` gives.
        """
        if data["labels"] != Evidence.labels(read=data["reader"] is not None):
            raise ValueError(
                "the confidence model was fitted to other evidence: run python -m bot.evaluation.calibration again"
            )
        return cls(
            labels=tuple(data["labels"]),
            means=tuple(data["means"]),
            scales=tuple(data["scales"]),
            weights=tuple(data["weights"]),
            bias=data["bias"],
            reader=data["reader"],
        )


def confidence_for(reader: str | None) -> ConfidenceModel:
    """The model fitted with this reader; for none, and for one that it was not fitted with, the one without."""
    return next((model for model in shipped() if model.reader == reader), shipped()[0])


@lru_cache(maxsize=1)
def shipped() -> tuple[ConfidenceModel, ...]:
    """The models that come with the program, the one without a reader first."""
    data = json.loads(files("bot").joinpath("data/confidence.json").read_text("utf-8"))
    return tuple(ConfidenceModel.from_json(data[name]) for name in ("unread", "read"))
