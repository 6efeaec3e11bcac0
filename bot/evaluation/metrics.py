"""The figures themselves: ranking, short answers, confidence; pure functions that know nothing of questions.

Ranking comes from ir-measures (trec_eval's code), AUROC from scikit-learn, intervals from SciPy.
"""

import math
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from sklearn.metrics import roc_auc_score

SEED = 20
RESAMPLES = 1000
BINS = 10
MEASURES = {"recall@1": R @ 1, "recall@3": R @ 3, "recall@5": R @ 5, "mrr@10": RR @ 10, "ndcg@10": nDCG @ 10}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it rests on.

    Attributes:
        value: None where nothing could be measured (n is 0, or one of two groups is empty).
        n: questions it was measured on.
        interval: 95% confidence interval, None where none is given.
    """

    value: float | None
    n: int
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was found for one question and what should have been.

    Attributes:
        found: ids, best first, each once.
        relevant: id -> grade (1 or more) of everything that is right.
    """

    found: Sequence[str]
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence.

    Attributes:
        low, high: the bin holds low < confidence <= high (the first one 0 too).
        confidence: their mean confidence.
        right: the share of them whose first citation is right.
    """

    low: float
    high: float
    n: int
    confidence: float
    right: float


def ranking_scores(rankings: Sequence[Ranking]) -> dict[str, list[float]]:
    """Score each ranking by recall@1/3/5, mrr@10 and ndcg@10.

    Recall is the share of the relevant ids among the first k; nDCG divides grades by log2(1 + rank), as trec_eval does.

    Returns:
        Measure -> one value for each ranking, in the same order.
    """
    judged = [Qrel(str(n), id_, grade) for n, ranking in enumerate(rankings) for id_, grade in ranking.relevant.items()]
    found = [
        ScoredDoc(str(n), id_, -float(rank))
        for n, ranking in enumerate(rankings)
        for rank, id_ in enumerate(ranking.found)
    ]
    scores = {name: [0.0] * len(rankings) for name in MEASURES}
    if found and judged:
        names = {str(measure): name for name, measure in MEASURES.items()}
        for metric in ir_measures.iter_calc(list(MEASURES.values()), judged, found):
            scores[names[str(metric.measure)]][int(metric.query_id)] = metric.value
    return scores


def answer_f1(answer: str | None, expected: Sequence[str]) -> float:
    """Return the best token F1 of an answer with any expected one, as for SQuAD (Rajpurkar et al., 2016).

    Lower case, punctuation (ASCII's and Unicode's) removed, split at white space; no articles are removed, since
    Vietnamese has none (`an` is a syllable of an ninh).
    """
    found = Counter(answer_tokens(answer or ""))
    return max((_token_f1(found, Counter(answer_tokens(text))) for text in expected), default=0.0)


def exact_match(answer: str | None, expected: Sequence[str]) -> float:
    """Return 1 if the answer's tokens (as for F1) are those of an expected one, else 0."""
    tokens = answer_tokens(answer or "")
    return float(any(tokens == answer_tokens(text) for text in expected))


def answer_tokens(text: str) -> list[str]:
    """Return the tokens two answers are compared by."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return "".join(letter for letter in lowered if not _is_punctuation(letter)).split()


def share(flags: Sequence[bool]) -> Figure:
    """Return how many of the flags are set, with Wilson's 95% interval (Wilson, 1927)."""
    if not flags:
        return Figure(None, 0)
    interval = stats.binomtest(sum(flags), len(flags)).proportion_ci(0.95, method="wilson")
    return Figure(sum(flags) / len(flags), len(flags), (float(interval.low), float(interval.high)))


def mean(values: Sequence[float]) -> Figure:
    """Return the mean with a percentile bootstrap interval over questions; yes-or-no values get Wilson's."""
    if set(values) <= {0.0, 1.0}:
        return share([bool(value) for value in values])
    return Figure(float(np.mean(values)), len(values), _bootstrap([np.asarray(values)], np.mean))


def auroc(right: Sequence[float], wrong: Sequence[float]) -> Figure:
    """Return how often a right answer is more confident than one to a question that has none; ties count half.

    Args:
        right: confidences of the positives.
        wrong: confidences of the negatives.
    """
    if not right or not wrong:
        return Figure(None, len(right) + len(wrong))
    labels = [1] * len(right) + [0] * len(wrong)
    value = float(roc_auc_score(labels, [*right, *wrong]))
    return Figure(value, len(labels), _bootstrap([np.asarray(right), np.asarray(wrong)], _rank_auroc))


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> list[Bin]:
    """Sort answers into bins of equal width by confidence; empty bins are left out."""
    edges = np.linspace(0, 1, bins + 1)
    places = np.clip(np.searchsorted(edges, confidences) - 1, 0, bins - 1)
    sure, truth = np.asarray(confidences, dtype=float), np.asarray(right, dtype=float)
    return [
        Bin(float(edges[b]), float(edges[b + 1]), int(held.sum()), float(sure[held].mean()), float(truth[held].mean()))
        for b in range(bins)
        if (held := places == b).any()
    ]


def calibration_error(curve: Sequence[Bin]) -> Figure:
    """Return the expected calibration error: |confidence - share right| over the bins, weighted by their size."""
    n = sum(bin_.n for bin_ in curve)
    if not n:
        return Figure(None, 0)
    return Figure(sum(bin_.n * abs(bin_.confidence - bin_.right) for bin_ in curve) / n, n)


def percentile(values: Sequence[float], percent: float) -> Figure:
    """Return a percentile, interpolated between the two nearest values."""
    return Figure(float(np.percentile(values, percent)) if values else None, len(values))


def _is_punctuation(letter: str) -> bool:
    return letter in string.punctuation or unicodedata.category(letter).startswith("P")


def _token_f1(found: Counter[str], expected: Counter[str]) -> float:
    if not found or not expected:
        return float(found == expected)
    common = (found & expected).total()
    if not common:
        return 0.0
    precision, recall = common / found.total(), common / expected.total()
    return 2 * precision * recall / (precision + recall)


def _rank_auroc(right: Floats, wrong: Floats, axis: int = -1) -> Floats:
    """AUROC as Mann and Whitney's U over the number of pairs, along an axis of resamples."""
    ranks = stats.rankdata(np.concatenate([right, wrong], axis=axis), axis=axis)
    n, m = right.shape[axis], wrong.shape[axis]
    area: Floats = (np.take(ranks, range(n), axis=axis).sum(axis=axis) - n * (n + 1) / 2) / (n * m)
    return area


def _bootstrap(samples: Sequence[Floats], statistic: Callable[..., ArrayLike]) -> tuple[float, float] | None:
    """Return the 95% percentile interval over resampled questions; the same samples always give the same one."""
    if min(len(sample) for sample in samples) < 2 or all(np.ptp(sample) == 0 for sample in samples):  # noqa: PLR2004
        return None
    result = stats.bootstrap(
        samples, statistic, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(SEED), vectorized=True
    ).confidence_interval
    interval = float(result.low), float(result.high)
    return None if math.isnan(sum(interval)) else interval
