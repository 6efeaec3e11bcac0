"""Floors: what a gate file may say, and what happens below one."""

from pathlib import Path

import pytest

from bot.evaluation.quality_gate import hold, read_gate
from bot.evaluation.run import Run, evaluate
from bot.gold.gold_items import GoldSet, Split
from corpus.errors import GoldError
from tests.bot.evaluation.evaluation_fakes import FakeAsker, Told, item

ITEMS = (
    item("q1", "Năm 2020?", "“Năm dân vận khéo”", split=Split.TEST),
    item("q2", "Mấy mô hình?", "3.300 mô hình", split=Split.DEV),
    item("q3", "Ai vắng?", None),
)


@pytest.fixture
def run() -> Run:
    told = {"Năm 2020?": Told(["khéo"]), "Mấy mô hình?": Told(["khéo"], 0.5), "Ai vắng?": Told(["khéo"], 0.4)}
    return evaluate(FakeAsker(told), GoldSet(Path("set.jsonl"), ITEMS))


def gate(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gate.toml"
    path.write_text(text, "utf-8")
    return path


def missed(run: Run, tmp_path: Path, text: str) -> tuple[str, ...]:
    return hold(run, read_gate(gate(tmp_path, text))).sentences


def test_a_value_equal_to_its_floor_is_enough(run: Run, tmp_path: Path) -> None:
    text = '[metrics]\n"recall@1" = 0.5\n[refusal]\nauroc = 1\nfalse_refusals_max = 0\n[split.test]\n"mrr@10" = 1.0\n'
    result = hold(run, read_gate(gate(tmp_path, text)))
    assert result.passed
    assert result.kept == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[metrics]\n"recall@1" = 0.8', "recall@1 is 0.500 (n = 2), 0.300 below its floor of 0.800"),
        (
            '[kind.direct]\n"recall@1" = 0.8',
            "recall@1 of direct is 0.500 (n = 2), 0.300 below its floor of 0.800",
        ),
        (
            "[refusal]\nfalse_answers_max = 0.5",
            "refusal false_answers is 0.667 (n = 3), 0.167 above its ceiling of 0.500",
        ),
        (
            "[split.dev.unmarked_twin]\ndrop_max = -0.1",
            "unmarked_twin drop of dev is 0.000 (n = 1), 0.100 above its ceiling of -0.100",
        ),
        (
            "[latency_ms]\np95_max = 5",
            "latency_ms p95 is 20.000 (n = 3), 15.000 above its ceiling of 5.000",
        ),
        (
            '[kind.slip]\n"recall@1" = 0.1',
            "recall@1 of slip could not be measured, but has a floor of 0.100",
        ),
        (
            '[kind.unanswerable]\n"recall@1" = 0.1',
            "recall@1 of unanswerable could not be measured, but has a floor of 0.100",
        ),
    ],
)
def test_a_missed_floor_is_named_with_how_much(run: Run, tmp_path: Path, text: str, sentence: str) -> None:
    assert missed(run, tmp_path, text) == (sentence,)


def test_floors_of_a_split_that_was_not_asked_are_passed_over(tmp_path: Path) -> None:
    half = evaluate(FakeAsker({}), GoldSet(Path("set.jsonl"), ITEMS), split=Split.DEV)
    text = '[split.test]\n"recall@1" = 1\n[split.dev]\n"recall@1" = 0.1\n'
    assert missed(half, tmp_path, text) == ("recall@1 of dev is 0.000 (n = 1), 0.100 below its floor of 0.100",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[metrics]\n"recall@2" = 0.8', "'recall@2' is no metric; known are recall@1, "),
        ('[metrics]\n"recall@1_max" = 0.8', "'recall@1_max' is no metric"),
        ("[refusal]\nfalse_answers = 0.2", "'false_answers' is no metric"),
        ("[metric]\nx = 1", r"\[metric\] is unknown; known are metrics, refusal"),
        ('[kind.hard]\n"recall@1" = 0.8', r"\[kind\.hard\] is unknown; known are direct"),
        ("[kind.direct.other]\nx = 1", r"\[kind\.direct\.other\] is unknown"),
        ('[metrics]\n"recall@1" = true', "must be a number, not True"),
        ('[metrics]\n"recall@1" = nan', "must be a number, not nan"),
        ('[metrics]\n"recall@1" = "0.8"', "must be a number, not '0.8'"),
        ("metrics = 3", "metrics must be a table"),
        ("kind = 3", "kind must be a table"),
        ("[metrics]", "holds no floor"),
        ("", "holds no floor"),
        ("[metrics", "not a gate file"),
    ],
)
def test_a_gate_file_with_a_mistake_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        read_gate(gate(tmp_path, text))


def test_a_gate_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        read_gate(tmp_path / "gate.toml")


def test_every_figure_of_a_run_can_be_bounded(run: Run, tmp_path: Path) -> None:
    """A figure added to the summary and forgotten in the gate would be an unknown metric there."""
    for group, figures in run.summary.groups.items():
        for name in figures:
            bounds = [f'[{group}]\n"{name}" = 0', f'[{group}]\n"{name}_max" = 9e9']
            readable = 0
            for bound in bounds:
                try:
                    read_gate(gate(tmp_path, bound))
                    readable += 1
                except GoldError:
                    continue
            assert readable == 1, f"{group} {name}"


def test_the_gate_of_the_gold_set_can_be_read() -> None:
    floors = read_gate(Path(__file__).parents[2] / "gold" / "gate.toml")
    assert {"recall@1", "auroc", "false_answers"} <= {floor.name for floor in floors}
