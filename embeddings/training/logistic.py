"""Logistic models over named features, as the program ships them: weights by name. Needs scikit-learn.

The reader was trained on most of the texts that these models are fitted on and is surer of them than of any others.
What it says of those is therefore weighed apart (`apart`), and only the weights for texts it never saw are shipped.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

Features = Mapping[str, float]
Weights = dict[str, float]

_SEEN = "seen: "
_OF_READER = ("read", "best read", "more read", "margin")
"""How names of features begin that tell what a reader says."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a model is fitted and what is kept of it.

    Attributes:
        regularisation: scikit-learn's C.
        least: weights nearer to 0 are left out.
        digits: of a weight, behind the point.
        least_times: a feature that fewer examples have is left out.
        folds: of the writers, at most, when figures are taken.
    """

    regularisation: float
    least: float
    digits: int
    least_times: int = 1
    folds: int = 5


def apart(features: Features, *, seen: bool) -> dict[str, float]:
    """Features under names of their own where they tell what a reader says of a text that it was trained on."""
    if not seen:
        return dict(features)
    return {f"{_SEEN}{name}" if name.startswith(_OF_READER) else name: value for name, value in features.items()}


def for_seen(weights: Mapping[str, float]) -> Weights:
    """The weights as they hold for texts that the reader was trained on."""
    own = {name: value for name, value in weights.items() if not name.startswith((_SEEN, *_OF_READER))}
    return own | {name.removeprefix(_SEEN): value for name, value in weights.items() if name.startswith(_SEEN)}


def shipped(weights: Mapping[str, float]) -> Weights:
    """The weights as they hold for all other texts."""
    return {name: value for name, value in weights.items() if not name.startswith(_SEEN)}


def fit_classes(
    rows: Sequence[Features], labels: Sequence[str], groups: Sequence[str], fitting: Fitting
) -> tuple[dict[str, Weights], list[str], NDArray[np.float64]]:
    """A model that tells several classes apart.

    Args:
        rows: features of each example.
        labels: its class.
        groups: who wrote it.
        fitting: how.

    Returns:
        Weights by class; the classes in order; (examples, classes) probabilities given to each example by a model that
        saw nothing of its writer.
    """
    model = make_pipeline(DictVectorizer(), _linear(fitting))
    parts = GroupKFold(min(fitting.folds, len(set(groups))))
    kept, expected = _frequent(rows, fitting), np.array(labels)
    guessed = cross_val_predict(model, kept, expected, groups=groups, cv=parts, method="predict_proba")
    model.fit(kept, expected)
    names, linear = model[0].get_feature_names_out(), model[1]
    weights = {
        str(label): _by_name(names, row, fitting) for label, row in zip(linear.classes_, linear.coef_, strict=True)
    }
    return weights, [str(label) for label in linear.classes_], guessed


def fit_share(rows: Sequence[Features], targets: Sequence[float], fitting: Fitting) -> Weights:
    """A model of two sides; a target between 0 and 1 counts for both of them, squared."""
    both = [
        (features, label, weight)
        for features, target in zip(_frequent(rows, fitting), targets, strict=True)
        for label, weight in ((1, target**2), (0, 1 - target**2))
        if weight > 0
    ]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([features for features, _, _ in both])
    model = _linear(fitting)
    model.fit(matrix, [label for _, label, _ in both], sample_weight=[weight for _, _, weight in both])
    return _by_name(vectorizer.get_feature_names_out(), model.coef_[0], fitting)


def _linear(fitting: Fitting) -> LogisticRegression:
    return LogisticRegression(C=fitting.regularisation, max_iter=3000, fit_intercept=False)


def _frequent(rows: Sequence[Features], fitting: Fitting) -> list[Features]:
    """Features without the rare ones."""
    counts = Counter(name for features in rows for name in features)
    return [{name: value for name, value in row.items() if counts[name] >= fitting.least_times} for row in rows]


def _by_name(names: Sequence[str], row: NDArray[np.float64], fitting: Fitting) -> Weights:
    return {
        str(name): round(float(weight), fitting.digits)
        for name, weight in zip(names, row, strict=True)
        if abs(weight) >= fitting.least
    }
