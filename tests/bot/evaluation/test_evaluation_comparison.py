"""Two runs side by side: questions won and lost, and whether that is more than chance."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from bot.answers import Status
from bot.evaluation.comparison import compare, randomisation_p, read_baseline
from bot.evaluation.run import as_json, evaluate
from bot.gold.gold_items import GoldSet
from corpus.errors import GoldError
from tests.bot.evaluation.evaluation_fakes import FakeAsker, Told, item

ITEMS = (
    item("q1", "Năm 2020?", "“Năm dân vận khéo”"),
    item("q2", "Mấy mô hình?", "3.300 mô hình"),
    item("q3", "Ai vắng?", None),
)


def record(told: dict[str, Told], items: tuple[object, ...] = ITEMS) -> dict[str, object]:
    run = evaluate(FakeAsker(told), GoldSet(Path("set.jsonl"), items))  # type: ignore[arg-type]
    return as_json(run)


BEFORE = record({"Năm 2020?": Told(["khéo"]), "Ai vắng?": Told([], 0.1, Status.NOT_FOUND)})
AFTER = record({"Mấy mô hình?": Told(["chính quyền"]), "Ai vắng?": Told(["khéo"])})


def test_questions_won_and_lost_are_named() -> None:
    changes = {change.name: change for change in compare(BEFORE, AFTER).changes}
    recall = changes["recall@1"]
    assert (recall.won, recall.lost, recall.n) == (("q2",), ("q1",), 2)
    assert (recall.before, recall.after, recall.p) == (0.5, 0.5, 1.0)
    decision = changes["right_decision"]
    assert (decision.won, decision.lost, decision.n) == (("q2",), ("q1", "q3"), 3)
    assert "answer_f1" not in changes  # no question has a short answer
    sentence = "recall@1: +0.0 points, no more than chance would give (1 won, 1 lost, n = 2, p = 1.000)"
    assert str(recall) == sentence


def test_a_run_compared_with_itself_has_not_changed() -> None:
    for change in compare(BEFORE, BEFORE).changes:
        assert (change.won, change.lost, change.p) == ((), (), 1.0)
        assert "no question changed" in str(change)


def test_only_questions_that_ask_the_same_are_compared() -> None:
    other = record({}, (ITEMS[0], item("q2", "Bao nhiêu mô hình?", "3.300 mô hình"), item("q9", "Ai?", None)))
    comparison = compare(BEFORE, other)
    assert comparison.left_out == ("q2", "q3", "q9")
    assert next(change.n for change in comparison.changes if change.name == "recall@1") == 1
    with pytest.raises(GoldError, match="shares no question"):
        compare(BEFORE, record({}, (item("x", "?", "x"),)))


@pytest.mark.parametrize(
    ("differences", "p"),
    [
        ([], 1.0),
        ([1.0], 1.0),
        ([0.0, 0.0], 1.0),
        ([1.0] * 5, 2 / 2**5),  # only all or none of five signs are as extreme
        ([1.0] * 6 + [-1.0], 2 * (1 + 7) / 2**7),
        ([1.0] * 5 + [0.0] * 100, 2 / 2**5),
    ],
)
def test_p_values_worked_out_by_hand(differences: list[float], p: float) -> None:
    assert randomisation_p(differences) == pytest.approx(p)


def test_p_values_equal_the_full_enumeration_of_signs() -> None:
    differences = [0.3, -0.1, 0.5, 0.2, 0.25, -0.15, 0.4, 0.05]
    sums = [np.dot(signs, np.abs(differences)) for signs in product((-1, 1), repeat=8)]
    expected = np.mean([abs(total) >= abs(sum(differences)) - 1e-9 for total in sums])
    assert randomisation_p(differences) == pytest.approx(expected)


def test_p_values_of_many_pairs_are_near_the_binomial_and_always_the_same() -> None:
    differences = [1.0] * 30 + [-1.0] * 14
    p = randomisation_p(differences)
    assert p == pytest.approx(0.0226, abs=0.006)  # exact two-sided sign test of 30 against 14
    assert randomisation_p(differences) == p


def test_a_baseline_is_found_among_the_runs_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(f"{json.dumps(BEFORE | {'gold': 'other'})}\n{json.dumps(BEFORE)}\n", "utf-8")
    assert read_baseline(path, "set") == BEFORE
    with pytest.raises(GoldError, match="holds no run of third"):
        read_baseline(path, "third")
    path.write_text(json.dumps(BEFORE), "utf-8")
    assert read_baseline(path, "renamed") == BEFORE


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"questions": 3}', "\udcff"])
def test_a_baseline_that_is_none_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(GoldError, match=r"evaluate --json > run\.json"):
        read_baseline(path, "set")


def test_questions_of_another_shape_are_refused() -> None:
    with pytest.raises(GoldError, match="not a run of this program"):
        compare({"questions": [{"id": "q1", "question": "Năm 2020?", "context": None}]}, AFTER)
