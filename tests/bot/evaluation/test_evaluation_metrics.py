"""The figures against values worked out by hand, against other implementations, and on extreme input."""

import math
import random
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.calibration import calibration_curve

from bot.evaluation.metrics import (
    Bin,
    Figure,
    Ranking,
    answer_f1,
    auroc,
    calibration_error,
    exact_match,
    mean,
    percentile,
    ranking_scores,
    reliability,
    share,
)


def scores_of(found: Sequence[str], relevant: Mapping[str, int]) -> dict[str, float]:
    return {name: values[0] for name, values in ranking_scores([Ranking(found, relevant)]).items()}


def test_ranking_scores_worked_out_by_hand() -> None:
    # Second and third are right, graded 1 and 2: DCG = 1/log2(3) + 2/log2(4), ideal = 2/log2(2) + 1/log2(3).
    scores = scores_of(["x", "a", "b"], {"a": 1, "b": 2})
    assert scores["recall@1"] == 0
    assert scores["recall@3"] == 1
    assert scores["mrr@10"] == 0.5
    assert scores["ndcg@10"] == pytest.approx((1 / math.log2(3) + 1) / (2 + 1 / math.log2(3)))


def test_ranking_scores_know_their_depth() -> None:
    assert scores_of([*"vwxyz", "a"], {"a": 1}) == pytest.approx(
        {"recall@1": 0, "recall@3": 0, "recall@5": 0, "mrr@10": 1 / 6, "ndcg@10": 1 / math.log2(7)}
    )
    eleventh = scores_of([f"x{n}" for n in range(10)] + ["a"], {"a": 1})
    assert set(eleventh.values()) == {0}
    assert scores_of(["a"], {"a": 1, "b": 1})["recall@5"] == 0.5


def test_a_question_that_found_nothing_scores_nothing_and_keeps_its_place() -> None:
    rankings = [Ranking([], {"a": 1}), Ranking(["a"], {"a": 1}), Ranking([], {"b": 1})]
    assert ranking_scores(rankings)["recall@1"] == [0, 1, 0]
    assert ranking_scores([])["mrr@10"] == []


def test_ranking_scores_equal_an_independent_computation() -> None:
    chance = random.Random(7)
    ids = [f"d{n}" for n in range(30)]
    rankings = [
        Ranking(
            chance.sample(ids, chance.randint(0, 20)),
            {id_: chance.randint(1, 3) for id_ in chance.sample(ids, chance.randint(1, 6))},
        )
        for _ in range(200)
    ]
    scores = ranking_scores(rankings)
    for place, ranking in enumerate(rankings):
        grades = [ranking.relevant.get(id_, 0) for id_ in ranking.found[:10]]
        ideal = sorted(ranking.relevant.values(), reverse=True)[:10]
        discounts = 1 / np.log2(np.arange(2, 12))
        assert scores["ndcg@10"][place] == pytest.approx(
            np.dot(grades, discounts[: len(grades)]) / np.dot(ideal, discounts[: len(ideal)])
        )
        first = next((rank for rank, grade in enumerate(grades, 1) if grade), math.inf)
        assert scores["mrr@10"][place] == pytest.approx(1 / first)
        for depth in (1, 3, 5):
            held = sum(grade > 0 for grade in grades[:depth])
            assert scores[f"recall@{depth}"][place] == pytest.approx(held / len(ranking.relevant))


@pytest.mark.parametrize(
    ("answer", "expected", "f1", "exact"),
    [
        ("Năm dân vận khéo", ["“Năm dân vận khéo”."], 1.0, 1.0),
        ("Năm dân vận", ["Năm dân vận khéo"], 2 * 1 * 0.75 / 1.75, 0.0),
        ("ngày 9/1", ["9/1"], 2 * 0.5 * 1 / 1.5, 0.0),
        ("an ninh", ["ninh"], 2 * 0.5 * 1 / 1.5, 0.0),  # `an` is a syllable, not an article
        ("dân dân vận", ["dân vận vận"], 2 / 3, 0.0),  # repeated tokens count as often as both have them
        ("Hà Nội", ["Hải Phòng", "hà nội"], 1.0, 1.0),
        ("Ha\u0300 Nội", ["Hà Nội"], 1.0, 1.0),
        (None, ["Hà Nội"], 0.0, 0.0),
        ("...", ["Hà Nội"], 0.0, 0.0),
        ("$50", ["50"], 1.0, 1.0),
    ],
)
def test_short_answers(answer: str | None, expected: list[str], f1: float, exact: float) -> None:
    assert answer_f1(answer, expected) == pytest.approx(f1)
    assert exact_match(answer, expected) == exact


def test_wilsons_interval() -> None:
    figure = share([True] * 8 + [False] * 2)
    assert (figure.value, figure.n) == (0.8, 10)
    assert figure.interval == pytest.approx((0.4902, 0.9433), abs=1e-4)  # by hand: (.8+.192±.4397*...)/1.384
    assert share([]) == Figure(None, 0)
    assert share([False] * 10).interval == pytest.approx((0, 0.2775), abs=1e-4)


def test_a_mean_has_an_interval_that_holds_it_and_is_always_the_same() -> None:
    values = [0.1, 0.5, 0.5, 0.9, 1.0, 0.2]
    figure = mean(values)
    assert figure.value == pytest.approx(sum(values) / 6)
    assert figure.interval is not None
    assert figure.value is not None
    assert figure.interval[0] < figure.value < figure.interval[1]
    assert mean(values) == figure
    assert mean([1.0, 0.0]) == share([True, False])
    assert mean([0.5]).interval is None
    assert mean([]).value is None


def test_auroc_worked_out_by_hand() -> None:
    # Of the six pairs four are in order, one is a tie: 4.5 / 6.
    assert auroc([0.9, 0.8, 0.4], [0.7, 0.4]).value == pytest.approx(0.75)
    assert auroc([0.9], []).value is None
    assert auroc([0.9, 0.8], [0.1, 0.2]).value == 1


def test_auroc_equals_mann_and_whitneys_statistic_and_its_interval_holds_it() -> None:
    chance = np.random.default_rng(3)
    right, wrong = list(chance.beta(4, 2, 80).round(2)), list(chance.beta(2, 2, 50).round(2))
    figure = auroc(right, wrong)
    expected = stats.mannwhitneyu(right, wrong).statistic / (80 * 50)
    assert figure.value == pytest.approx(expected)
    assert figure.interval is not None
    low, high = figure.interval
    assert low < expected < high
    assert high - low == pytest.approx(2 * 1.96 * _hanley_mcneil(expected, 80, 50), rel=0.2)


def _hanley_mcneil(area: float, n: int, m: int) -> float:
    """Standard error of an AUROC (Hanley and McNeil, 1982)."""
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    return math.sqrt((area * (1 - area) + (n - 1) * (q1 - area**2) + (m - 1) * (q2 - area**2)) / (n * m))


def test_calibration_worked_out_by_hand() -> None:
    curve = reliability([0.95, 0.91, 0.55, 0.0, 1.0], [True, False, True, False, True])
    assert [(bin_.low, bin_.n) for bin_ in curve] == [(0.0, 1), (0.5, 1), (0.9, 3)]
    # 3/5 · |0.9533 − 2/3| + 1/5 · |0.55 − 1| + 1/5 · 0
    assert calibration_error(curve).value == pytest.approx(0.6 * (2.86 / 3 - 2 / 3) + 0.2 * 0.45)
    assert calibration_error([]) == Figure(None, 0)


def test_the_reliability_curve_equals_scikit_learns() -> None:
    chance = np.random.default_rng(5)
    confidences = [*chance.random(300).round(2), 0.0, 0.1, 0.5, 1.0]
    right = [bool(chance.random() < confidence) for confidence in confidences]
    curve = reliability(confidences, right)
    shares, means = calibration_curve(right, confidences, n_bins=10, strategy="uniform")
    assert [bin_.right for bin_ in curve] == pytest.approx(list(shares))
    assert [bin_.confidence for bin_ in curve] == pytest.approx(list(means))
    assert sum(bin_.n for bin_ in curve) == 304


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_answer_is_in_one_bin(answers: list[tuple[float, bool]]) -> None:
    curve: list[Bin] = reliability([sure for sure, _ in answers], [right for _, right in answers])
    assert sum(bin_.n for bin_ in curve) == len(answers)
    for bin_ in curve:
        assert bin_.low - 1e-9 <= bin_.confidence <= bin_.high + 1e-9
    error = calibration_error(curve).value
    assert error is not None
    assert 0 <= error <= 1


def test_percentiles_interpolate() -> None:
    assert percentile([10, 20, 30, 40], 50).value == 25
    assert percentile(list(range(101)), 95).value == 95
    assert percentile([], 50).value is None
