"""Floors that results must keep: reading them, and holding a run against them."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.run import Run
from bot.evaluation.summary import Summary
from bot.gold.gold_items import AnswerType, Kind, Split
from corpus.errors import GoldError

Part = Kind | Split | AnswerType
Parts = type[Kind] | type[Split] | type[AnswerType]

TOLERANCE = 1e-9
HIGHER_IS_BETTER = {
    "metrics": ("recall@1", "recall@3", "recall@5", "mrr@10", "ndcg@10", "quote_accuracy", "answer_f1", "exact_match"),
    "refusal": ("auroc", "auroc_all", "coverage"),
    "forms": (
        "handled",
        "list_precision",
        "list_recall",
        "list_f1",
        "lists_complete",
        "verdicts_right",
        "parts_right",
    ),
    "unmarked_twin": ("recall@1", "mrr@10", "auroc"),
    "after_another": ("recall@1",),
    "latency_ms": (),
}
LOWER_IS_BETTER = {
    "metrics": (),
    "refusal": ("false_answers", "false_refusals", "answered_unanswerable", "ece"),
    "forms": ("misleading", "verdicts_wrong"),
    "unmarked_twin": ("drop", "false_answers"),
    "after_another": ("drop", "false_answers", "taken", "wrong_rise"),
    "latency_ms": ("p50", "p95"),
}


@dataclass(frozen=True, slots=True)
class Floor:
    """One bound: a least value, or a greatest one (`NAME_max`) for figures that should be small.

    Attributes:
        part: a kind, a split, a type of answer, or None for the whole set.
    """

    part: Part | None
    group: str
    name: str
    bound: float
    is_ceiling: bool

    @property
    def label(self) -> str:
        """What the bound is about, as a person would name it."""
        figure = self.name if self.group == "metrics" else f"{self.group} {self.name}"
        return f"{figure} of {self.part}" if self.part else figure


@dataclass(frozen=True, slots=True)
class Missed:
    """A bound that was not kept; `value` is None where there was nothing to measure."""

    floor: Floor
    value: float | None
    n: int

    def __str__(self) -> str:
        """Return the sentence for people."""
        bound = f"{'ceiling' if self.floor.is_ceiling else 'floor'} of {self.floor.bound:.3f}"
        if self.value is None:
            return f"{self.floor.label} could not be measured, but has a {bound}"
        by, side = abs(self.value - self.floor.bound), "above" if self.floor.is_ceiling else "below"
        return f"{self.floor.label} is {self.value:.3f} (n = {self.n}), {by:.3f} {side} its {bound}"


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate says of a run.

    Attributes:
        missed: bounds that were not kept, in the order of the file.
        kept: how many were.
    """

    missed: tuple[Missed, ...]
    kept: int
    run: Run

    @property
    def passed(self) -> bool:
        """Whether every bound was kept."""
        return not self.missed

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each bound that was not kept."""
        return tuple(str(missed) for missed in self.missed)


def read_gate(path: Path) -> tuple[Floor, ...]:
    """Read a gate file.

    Tables `[metrics]`, `[refusal]`, `[forms]`, `[unmarked_twin]`, `[after_another]` and `[latency_ms]` bound the whole
    set; `[kind.NAME]`, `[split.NAME]` and `[type.NAME]` bound metrics of a part, `[kind.NAME.refusal]` and so on its
    other figures. A name
    alone is a least value; figures that should be small are bounded by `NAME_max`.

    Raises:
        GoldError: if the file cannot be read, bounds nothing, or names something unknown.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} is not a gate file: {error}") from error
    floors: list[Floor] = []
    parts: dict[str, Parts] = {"kind": Kind, "split": Split, "type": AnswerType}
    for table, value in content.items():
        if table in parts:
            for name, inner in _table(path, table, value).items():
                floors += _part_floors(path, parts[table], f"{table}.{name}", name, inner)
        else:
            floors += _floors(path, None, table, table, value)
    if not floors:
        raise GoldError(f"{path} holds no floor")
    return tuple(floors)


def hold(run: Run, floors: tuple[Floor, ...]) -> GateResult:
    """Hold a run against floors; a figure that could not be measured misses its floor.

    Floors of the other split are passed over when only one was asked.
    """
    missed = []
    other = {half for half in Split if run.split and half is not run.split}
    floors = tuple(floor for floor in floors if floor.part not in other)
    for floor in floors:
        summary = _summary_of(run, floor.part)
        figure = summary.figure(floor.group, floor.name) if summary else None
        value, n = (figure.value, figure.n) if figure else (None, 0)
        excess = math.inf if value is None else (value - floor.bound) * (1 if floor.is_ceiling else -1)
        if excess > TOLERANCE:
            missed.append(Missed(floor, value, n))
    return GateResult(tuple(missed), len(floors) - len(missed), run)


def _part_floors(path: Path, names: Parts, where: str, name: str, value: object) -> list[Floor]:
    """Read `[kind.NAME]` and the like: metrics directly in it, other groups in tables of their own."""
    if name not in set(names):
        raise GoldError(f"{path}: [{where}] is unknown; known are {', '.join(names)}")
    table = _table(path, where, value)
    groups = {key: inner for key, inner in table.items() if isinstance(inner, Mapping)}
    metrics = {key: inner for key, inner in table.items() if key not in groups}
    floors = _floors(path, names(name), "metrics", where, metrics)
    for group, inner in groups.items():
        floors += _floors(path, names(name), group, f"{where}.{group}", inner)
    return floors


def _floors(path: Path, part: Part | None, group: str, where: str, value: object) -> list[Floor]:
    if group not in HIGHER_IS_BETTER:
        raise GoldError(
            f"{path}: [{where}] is unknown; known are {', '.join(HIGHER_IS_BETTER)}, kind.NAME, split.NAME, type.NAME"
        )
    known = {name: (name, False) for name in HIGHER_IS_BETTER[group]}
    known |= {f"{name}_max": (name, True) for name in LOWER_IS_BETTER[group]}
    floors = []
    for key, bound in _table(path, where, value).items():
        if key not in known:
            raise GoldError(f"{path}: [{where}] {key!r} is no metric; known are {', '.join(known)}")
        if isinstance(bound, bool) or not isinstance(bound, int | float) or not math.isfinite(bound):
            raise GoldError(f"{path}: [{where}] {key!r} must be a number, not {bound!r}")
        name, is_ceiling = known[key]
        floors.append(Floor(part, group, name, float(bound), is_ceiling))
    return floors


def _table(path: Path, where: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise GoldError(f"{path}: {where} must be a table, not {value!r}")
    return value


def _summary_of(run: Run, part: Part | None) -> Summary | None:
    if part is None:
        return run.summary
    if isinstance(part, AnswerType):
        return run.by_type.get(part)
    return run.by_kind.get(part) if isinstance(part, Kind) else run.by_split.get(part)
