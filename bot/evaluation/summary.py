"""All figures of a group of questions: the whole set, one kind or one split."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.evaluation.asking import Outcome
from bot.evaluation.metrics import MEASURES, Bin, Figure, auroc, calibration_error, mean, percentile, reliability, share
from bot.gold.gold_items import AnswerType, Kind, Split

Figures = dict[str, Figure]

_Key = TypeVar("_Key", Kind, Split, AnswerType)


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a group of questions.

    Attributes:
        n: number of questions.
        groups: `metrics`, `refusal`, `forms`, `unmarked_twin`, `after_another`, `latency_ms` -> name -> figure.
        curve: confidence against how often the first citation was right.
    """

    n: int
    groups: dict[str, Figures]
    curve: list[Bin]

    def figure(self, group: str, name: str) -> Figure:
        """Return one figure."""
        return self.groups[group][name]

    def values(self, group: str) -> dict[str, float | None]:
        """Return the plain numbers of a group."""
        return {name: figure.value for name, figure in self.groups[group].items()}


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Compute every figure of the contract and its interval; what cannot be measured has no value and n 0."""
    curve = reliability([outcome.answer.confidence for outcome in outcomes], [outcome.right for outcome in outcomes])
    elapsed = [outcome.answer.elapsed_ms for outcome in outcomes]
    groups = {
        "metrics": _ranking(outcomes) | _answers(outcomes),
        "refusal": _refusal(outcomes) | {"ece": calibration_error(curve)},
        "forms": _forms(outcomes),
        "unmarked_twin": _twin(outcomes),
        "after_another": _after_another(outcomes),
        "latency_ms": {"p50": percentile(elapsed, 50), "p95": percentile(elapsed, 95)},
    }
    return Summary(len(outcomes), groups, curve)


def by_kind(outcomes: Sequence[Outcome]) -> dict[Kind, Summary]:
    """Summarise each kind that occurs, in the order of the contract."""
    return _grouped(outcomes, list(Kind), lambda outcome: outcome.item.kind)


def by_split(outcomes: Sequence[Outcome]) -> dict[Split, Summary]:
    """Summarise dev and test, as far as the set names them."""
    return _grouped(outcomes, list(Split), lambda outcome: outcome.item.split)


def by_type(outcomes: Sequence[Outcome]) -> dict[AnswerType, Summary]:
    """Summarise each form of answer that occurs, in the order of the contract."""
    return _grouped(outcomes, list(AnswerType), lambda outcome: outcome.item.type)


def _grouped(
    outcomes: Sequence[Outcome], keys: Sequence[_Key], key_of: Callable[[Outcome], _Key | None]
) -> dict[_Key, Summary]:
    groups = {key: [outcome for outcome in outcomes if key_of(outcome) is key] for key in keys}
    return {key: summarise(group) for key, group in groups.items() if group}


def _ranking(outcomes: Sequence[Outcome]) -> Figures:
    scored = [outcome for outcome in outcomes if outcome.item.answerable]
    return {name: mean([outcome.scores[name] for outcome in scored]) for name in MEASURES}


def _answers(outcomes: Sequence[Outcome]) -> Figures:
    return {
        "quote_accuracy": share([outcome.quote_right for outcome in outcomes if outcome.quote_right is not None]),
        "answer_f1": mean([outcome.f1 for outcome in outcomes if outcome.f1 is not None]),
        "exact_match": mean([outcome.exact for outcome in outcomes if outcome.exact is not None]),
    }


def _refusal(outcomes: Sequence[Outcome]) -> Figures:
    """How well the assistant knows what it does not know; each figure is defined in docs/evaluation.md."""
    answerable = [outcome for outcome in outcomes if outcome.item.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.item.answerable]
    negatives = [outcome.answer.confidence for outcome in unanswerable]
    return {
        "auroc": auroc([outcome.answer.confidence for outcome in answerable if outcome.right], negatives),
        "auroc_all": auroc([outcome.answer.confidence for outcome in answerable], negatives),
        "false_answers": share([not outcome.right for outcome in outcomes if outcome.answered]),
        "false_refusals": share([not outcome.answered for outcome in answerable]),
        "coverage": share([outcome.answered and outcome.right for outcome in answerable]),
        "answered_unanswerable": share([outcome.answered for outcome in unanswerable]),
    }


def _forms(outcomes: Sequence[Outcome]) -> Figures:
    """Whether answers have the form that is asked for; each figure is defined in docs/evaluation.md."""
    judged = [outcome for outcome in outcomes if outcome.form]
    forms = [outcome.form for outcome in judged if outcome.form]
    shown = [outcome.form for outcome in judged if outcome.form and outcome.answered]
    lists = [form for form in forms if form.precision is not None and form.recall is not None]
    verdicts = [form.verdict for form in forms if form.verdict is not None]
    return {
        "handled": share([form.handled for form in forms]),
        "misleading": share([form.misleading for form in shown]),
        "list_precision": mean([form.precision or 0.0 for form in lists]),
        "list_recall": mean([form.recall or 0.0 for form in lists]),
        "list_f1": mean([form.item_f1 or 0.0 for form in lists]),
        "lists_complete": share([bool(form.complete) for form in lists]),
        "verdicts_right": share([verdict == 1 for verdict in verdicts]),
        "verdicts_wrong": share([verdict == -1 for verdict in verdicts]),
        "parts_right": mean([form.parts for form in forms if form.parts is not None]),
    }


def _twin(outcomes: Sequence[Outcome]) -> Figures:
    """The marks-free twins beside the questions they were made of."""
    twins = [outcome.twin for outcome in outcomes if outcome.twin]
    pairs = [(outcome, outcome.twin) for outcome in outcomes if outcome.twin and outcome.item.answerable]
    refusal = _refusal(twins)
    return {
        "recall@1": mean([twin.scores["recall@1"] for _, twin in pairs]),
        "drop": mean([outcome.scores["recall@1"] - twin.scores["recall@1"] for outcome, twin in pairs]),
        "mrr@10": mean([twin.scores["mrr@10"] for _, twin in pairs]),
        "auroc": refusal["auroc"],
        "false_answers": refusal["false_answers"],
    }


def _after_another(outcomes: Sequence[Outcome]) -> Figures:
    """Complete questions asked after a random other one, beside the same asked first: nothing should change."""
    pairs = [(outcome, outcome.after_another) for outcome in outcomes if outcome.after_another]
    scored = [(alone, after) for alone, after in pairs if alone.item.answerable]
    wrong_after = share([not after.right for _, after in pairs if after.answered])
    risen = [
        float(after.answered and not after.right) - float(alone.answered and not alone.right) for alone, after in pairs
    ]
    return {
        "recall@1": mean([after.scores["recall@1"] for _, after in scored]),
        "drop": mean([alone.scores["recall@1"] - after.scores["recall@1"] for alone, after in scored]),
        "taken": share([after.item.context is not None for _, after in pairs]),
        "false_answers": wrong_after,
        "wrong_rise": mean(risen),
    }
