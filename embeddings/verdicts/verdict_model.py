"""Probabilities that a passage affirms, contradicts or does not decide a claim: a logistic model shipped as data.

Fitted by `python -m embeddings.training.verdicts` (data/verdict_weights.json): one model with what a reader found, one
without.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from embeddings.verdicts.claim_features import Features

AFFIRMED, CONTRADICTED, UNDECIDED = "yes", "no", "unknown"

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How probable each verdict is, summing to 1."""

    yes: float
    no: float
    unknown: float


def weighed(features: Features, weights: Weights) -> Likelihood:
    """The probabilities that weights give features."""
    scores = {
        name: sum(weights[name].get(feature, 0.0) * value for feature, value in features.items())
        for name in (AFFIRMED, CONTRADICTED, UNDECIDED)
    }
    highest = max(scores.values())
    odds = {name: math.exp(score - highest) for name, score in scores.items()}
    total = sum(odds.values())
    return Likelihood(odds[AFFIRMED] / total, odds[CONTRADICTED] / total, odds[UNDECIDED] / total)


@lru_cache(maxsize=2)
def shipped(*, read: bool) -> Weights:
    """The weights that come with the program: for passages that a reader has read, and for others."""
    data = json.loads(files("embeddings").joinpath("data/verdict_weights.json").read_text("utf-8"))
    weights: Weights = data["read" if read else "unread"]
    return weights
