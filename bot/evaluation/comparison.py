"""What got better or worse since an earlier run, and whether that is more than chance."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

from bot.evaluation.metrics import SEED
from corpus.errors import GoldError

RESAMPLES = 9999
CHANCE = 0.05

Question = Mapping[str, object]
Before = dict[str, Question]


@dataclass(frozen=True, slots=True)
class Change:
    """How one measure changed over the questions both runs asked.

    Attributes:
        before, after: mean over the n questions.
        won, lost: ids of the questions that did better or worse.
        p: probability of a difference at least this large if both runs were equally good.
    """

    name: str
    n: int
    before: float
    after: float
    won: tuple[str, ...]
    lost: tuple[str, ...]
    p: float

    def __str__(self) -> str:
        """Return the sentence for people."""
        points = 100 * (self.after - self.before)
        counts = f"{len(self.won)} won, {len(self.lost)} lost, n = {self.n}, p {_small(self.p)}"
        if not self.won and not self.lost:
            return f"{self.name}: no question changed (n = {self.n})"
        if self.p >= CHANCE:
            return f"{self.name}: {points:+.1f} points, no more than chance would give ({counts})"
        return f"{self.name}: {points:+.1f} points, {'better' if points > 0 else 'worse'} ({counts})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run held against an earlier one.

    Attributes:
        generation: what answered in the earlier run.
        created: when that was.
        changes: one for each measure that both runs have.
        left_out: ids that only one run has, or that ask something else now.
    """

    generation: str
    created: str | None
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the comparison for `evaluate --json`."""
        return {
            "generation": self.generation,
            "created": self.created,
            "left_out": list(self.left_out),
            "changes": {
                change.name: {
                    "n": change.n,
                    "before": change.before,
                    "after": change.after,
                    "won": list(change.won),
                    "lost": list(change.lost),
                    "p": change.p,
                    "sentence": str(change),
                }
                for change in self.changes
            },
        }


def read_baseline(path: Path, gold: str) -> Mapping[str, object]:
    """Read the run of a gold set out of a file of runs, one JSON object a line (`evaluate --json`, `run.json`).

    Args:
        path: the file.
        gold: name of the set that is compared; a file that holds a single run is taken whatever it is called.

    Raises:
        GoldError: if the file cannot be read or holds no such run.
    """
    try:
        runs = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except OSError as error:
        raise GoldError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path} is not a run file; keep one with `evaluate --json > run.json`") from error
    runs = [run for run in runs if isinstance(run, dict) and isinstance(run.get("questions"), list)]
    named = [run for run in runs if run.get("gold") == gold] or (runs if len(runs) == 1 else [])
    if not named:
        raise GoldError(f"{path} holds no run of {gold}; keep one with `evaluate --json > run.json`")
    run: Mapping[str, object] = named[-1]
    return run


def compare(before: Mapping[str, object], after: Mapping[str, object]) -> Comparison:
    """Pair two runs question by question (both as in `evaluate --json`).

    Raises:
        GoldError: if they share no question.
    """
    try:
        old, new = _questions(before), _questions(after)
        shared = [id_ for id_ in new if id_ in old and _asks(old[id_]) == _asks(new[id_])]
        changes = [change for name, measure in MEASURES.items() if (change := _change(name, measure, old, new, shared))]
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError("the baseline is not a run of this program; make it again with `evaluate --json`") from error
    if not shared:
        raise GoldError("the baseline shares no question with this run: is it of another gold set?")
    left_out = sorted((set(old) | set(new)) - set(shared))
    run = before.get("run")
    created = run.get("created") if isinstance(run, Mapping) else None
    return Comparison(
        str(before.get("generation")), str(created) if created else None, tuple(changes), tuple(left_out)
    )  # fmt: skip


def randomisation_p(differences: Sequence[float]) -> float:
    """Return the two-sided p value of paired differences under random swapping of the two runs (Fisher's test).

    Exact where there are few pairs, otherwise over 9,999 random swaps with a fixed seed. Pairs without a difference
    change nothing and are left out.
    """
    changed = np.array([difference for difference in differences if difference], dtype=float)
    if not changed.size:
        return 1.0
    if changed.size == 1:
        return 1.0  # either sign is as likely
    result = stats.permutation_test(
        (changed,),
        np.sum,
        permutation_type="samples",
        n_resamples=RESAMPLES,
        batch=1000,
        rng=np.random.default_rng(SEED),
    )
    return float(result.pvalue)


def _small(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"  # noqa: PLR2004


def _score(name: str) -> Callable[[Question], object]:
    def read(question: Question) -> object:
        scores = question["scores"]
        return scores.get(name) if isinstance(scores, Mapping) else None

    return read


def _twin_right(question: Question) -> object:
    twin = question.get("twin")
    return twin["right"] if isinstance(twin, Mapping) and question["answerable"] else None


def _decided_right(question: Question) -> object:
    """Answered with a right first citation, or not answered where nothing answers."""
    answered = question["status"] == "answered"
    return answered and question["right"] if question["answerable"] else not answered


MEASURES: dict[str, Callable[[Question], object]] = {
    "recall@1": _score("recall@1"),
    "mrr@10": _score("mrr@10"),
    "quote_accuracy": lambda question: question["quote_right"],
    "answer_f1": lambda question: question["answer_f1"],
    "unmarked_twin recall@1": _twin_right,
    "right_decision": _decided_right,
    "handled": lambda question: question.get("handled"),
    "item_f1": lambda question: question.get("item_f1"),
}


def _questions(run: Mapping[str, object]) -> Before:
    questions = run["questions"]
    if not isinstance(questions, list):
        raise TypeError("questions must be a list")
    return {str(question["id"]): question for question in questions}


def _asks(question: Question) -> tuple[object, object]:
    return question["question"], question["context"]


def _change(
    name: str, measure: Callable[[Question], object], old: Before, new: Before, shared: Sequence[str]
) -> Change | None:
    pairs = {
        id_: (float(before), float(after))
        for id_ in shared
        if isinstance(before := measure(old[id_]), int | float) and isinstance(after := measure(new[id_]), int | float)
    }
    if not pairs:
        return None
    return Change(
        name=name,
        n=len(pairs),
        before=float(np.mean([before for before, _ in pairs.values()])),
        after=float(np.mean([after for _, after in pairs.values()])),
        won=tuple(id_ for id_, (before, after) in pairs.items() if after > before),
        lost=tuple(id_ for id_, (before, after) in pairs.items() if after < before),
        p=randomisation_p([after - before for before, after in pairs.values()]),
    )
