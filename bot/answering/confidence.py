"""How probable it is that the first citation holds the answer: quadratic logistic models shipped as data.

There is one for answers that the bundled reader has read and one for those that no reader has. The weights in
data/confidence.json were fitted by `python -m bot.evaluation.calibration` on the development questions; what was
tried beside them, with figures, is in docs/decisions/.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.answering.evidence import Evidence

FAR = 3.0
"""Standard deviations from the mean beyond which a figure says no more."""


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Logistic regression over standardised evidence and its products.

    What a lead over the next passage means, say, depends on whether the passage names what the question names.

    Attributes:
        labels: names of the figures, as `Evidence.labels` gives them.
        means, scales: of each figure over the training questions.
        weights: of each standardised figure.
        products: of each figure with itself and with those after it, a row for each figure; () for none.
        bias: log odds where every figure is at its mean.
        reader: name of the reader it was fitted with, None for the one without.
    """

    labels: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    products: tuple[tuple[float, ...], ...] = ()
    reader: str | None = None

    def probability(self, evidence: Evidence) -> float:
        """Probability, 0 to 1, that the first citation holds the answer."""
        rows = zip(evidence.values(self.labels), self.means, self.scales, strict=True)
        figures = [max(-FAR, min(FAR, (value - mean) / scale)) for value, mean, scale in rows]
        score = self.bias + _product(figures, self.weights)
        for place, row in enumerate(self.products):
            score += figures[place] * _product(figures[place:], row)
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
            products=tuple(tuple(row) for row in data["products"]),
            reader=data["reader"],
        )


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def confidence_for(reader: str | None) -> ConfidenceModel:
    """The model fitted with this reader; for none, and for one that it was not fitted with, the one without."""
    return next((model for model in shipped() if model.reader == reader), shipped()[0])


@lru_cache(maxsize=1)
def shipped() -> tuple[ConfidenceModel, ...]:
    """The models that come with the program, the one without a reader first."""
    data = json.loads(files("bot").joinpath("data/confidence.json").read_text("utf-8"))
    return tuple(ConfidenceModel.from_json(data[name]) for name in ("unread", "read"))
