"""How generations did on gold sets, as plots: one a set, a line a figure, evaluations from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.records.evaluations import Evaluation

SHOWN = ("recall@1", "quote_accuracy", "answer_f1")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 44, 12, 12, 28
MOST = 30
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure of one evaluation, where it stands in the plot."""

    x: float
    y: float
    value: float
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class GoldPlot:
    """The plot of one gold set.

    Attributes:
        lines: name of a figure and its spots, oldest first.
        ticks: heights and what is written beside them.
        evaluations: newest first.
    """

    gold: str
    lines: tuple[tuple[str, tuple[Spot, ...]], ...]
    ticks: tuple[tuple[float, str], ...]
    evaluations: tuple[Evaluation, ...]


def gold_plots(evaluations: Sequence[Evaluation]) -> list[GoldPlot]:
    """A plot for every gold set.

    Args:
        evaluations: oldest first.
    """
    ordered = sorted(evaluations, key=lambda one: one.gold)  # stable: within a set they stay in order
    return [_plot(gold, list(group)[-MOST:]) for gold, group in groupby(ordered, key=lambda one: one.gold)]


def _plot(gold: str, evaluations: Sequence[Evaluation]) -> GoldPlot:
    values = [one.figures[name] for one in evaluations for name in SHOWN if name in one.figures]
    lowest = int(min(values, default=0.0) / _STEP) * _STEP
    lowest = min(lowest, 1 - 2 * _STEP)

    def height(value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value) / (1 - lowest), 1)

    def across(place: int) -> float:
        share = place / (len(evaluations) - 1) if len(evaluations) > 1 else 0.5
        return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)

    lines = tuple(
        (
            name,
            tuple(
                Spot(across(place), height(one.figures[name]), one.figures[name], one)
                for place, one in enumerate(evaluations)
                if name in one.figures
            ),
        )
        for name in SHOWN
    )
    steps = round((1 - lowest) / _STEP)
    ticks = tuple((height(value), f"{value:.0%}") for value in (lowest + _STEP * step for step in range(steps + 1)))
    return GoldPlot(gold, lines, ticks, tuple(reversed(evaluations)))
