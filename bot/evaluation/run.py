"""One evaluation from beginning to end, and the record of it that can be kept, compared and repeated."""

import datetime as dt
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import bot
from bot.evaluation.asking import Asker, Outcome, ask_all
from bot.evaluation.metrics import SEED
from bot.evaluation.summary import Summary, by_kind, by_split, by_type, summarise
from bot.gold.gold_items import AnswerType, GoldSet, Kind, Split
from corpus.errors import GoldError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of asking a gold set.

    Attributes:
        split: the part that was asked, None for all of it.
        generation: id of the index generation that answered.
        created: when it began, in UTC.
        record: what is needed to repeat the run: set and its checksum, model, settings, code, platform, seed.
    """

    gold: GoldSet
    split: Split | None
    generation: str
    created: dt.datetime
    outcomes: tuple[Outcome, ...]
    summary: Summary
    by_kind: dict[Kind, Summary]
    by_split: dict[Split, Summary]
    by_type: dict[AnswerType, Summary]
    record: dict[str, object]


def evaluate(
    asker: Asker,
    gold: GoldSet,
    *,
    split: Split | None = None,
    settings: Mapping[str, object] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Ask a gold set and compute every figure.

    Args:
        asker: what answers.
        gold: the set; it must be free of serious problems, or the figures would be those of another set.
        split: ask only this part of it.
        settings: what the answers depend on (model, weights), for the record; no secrets.
        on_progress: called with questions done and their total.

    Raises:
        GoldError: if the set has serious problems or nothing to ask.
    """
    serious = [problem for problem in gold.problems if problem.serious]
    if serious:
        raise GoldError(f"{gold.path} has {len(serious)} problems, the first: {serious[0]}")
    items = [item for item in gold.items if split is None or item.split is split]
    if not items:
        raise GoldError(f"{gold.path} holds no question" + (f" of the split {split}" if split else ""))
    created = dt.datetime.now(dt.UTC)
    outcomes = tuple(ask_all(asker, items, on_progress))
    return Run(
        gold=replace(gold, items=tuple(items)),
        split=split,
        generation=outcomes[0].answer.generation,
        created=created,
        outcomes=outcomes,
        summary=summarise(outcomes),
        by_kind=by_kind(outcomes),
        by_split=by_split(outcomes),
        by_type=by_type(outcomes),
        record={
            "format": FORMAT,
            "gold": gold.name,
            "gold_sha256": gold.checksum,
            "split": split.value if split else None,
            "created": created.isoformat(timespec="seconds"),
            "settings": dict(settings or {}),
            "code": {"version": _version(), "commit": _commit()},
            "python": platform.python_version(),
            "platform": platform.platform(),
            "seed": SEED,
        },
    )


def as_json(run: Run) -> dict[str, object]:
    """Return a run as the JSON of the contract: figures first, then what is needed to repeat and compare it."""
    return {
        "n": run.summary.n,
        "gold": run.gold.name,
        "generation": run.generation,
        **_groups(run.summary),
        "by_kind": {kind.value: _flat(summary) for kind, summary in run.by_kind.items()},
        "by_split": {
            split.value: {"n": summary.n, **_groups(summary)} for split, summary in run.by_split.items()
        },
        "by_type": {form.value: _flat(summary) for form, summary in run.by_type.items()},
        "reliability": [
            {"low": b.low, "high": b.high, "n": b.n, "confidence": b.confidence, "right": b.right}
            for b in run.summary.curve
        ],
        "problems": [str(problem) for problem in run.gold.problems],
        "run": run.record,
        "questions": [_question(outcome) for outcome in run.outcomes],
    }  # fmt: skip


def _groups(summary: Summary) -> dict[str, object]:
    """The groups of figures by name, then how many questions each rests on, then their intervals."""
    values: dict[str, object] = {group: summary.values(group) for group in summary.groups}
    values["counts"] = {
        group: {name: figure.n for name, figure in figures.items()} for group, figures in summary.groups.items()
    }
    values["intervals"] = {
        group: {name: list(figure.interval) for name, figure in figures.items() if figure.interval}
        for group, figures in summary.groups.items()
    }
    return values


def _flat(summary: Summary) -> dict[str, object]:
    """A kind's figures: metrics beside n, the other groups in objects of their own."""
    groups = _groups(summary)
    groups.pop("metrics")
    return {"n": summary.n, **summary.values("metrics"), **groups}


def _question(outcome: Outcome) -> dict[str, object]:
    twin = outcome.twin
    return {
        "id": outcome.item.id,
        "question": outcome.item.question,
        "context": outcome.item.context,
        "kind": outcome.item.kind.value,
        "split": outcome.item.split.value if outcome.item.split else None,
        "answerable": outcome.item.answerable,
        "status": outcome.answer.status.value,
        "confidence": outcome.answer.confidence,
        "answer": outcome.answer.text,
        "type": outcome.item.type.value if outcome.item.type else None,
        "form": outcome.answer.kind.value,
        "answers": [text.text for text in outcome.answer.answers],
        "verdict": outcome.answer.verdict.value if outcome.answer.verdict else None,
        "handled": outcome.form.handled if outcome.form else None,
        "misleading": outcome.form.misleading if outcome.form else None,
        "item_f1": outcome.form.item_f1 if outcome.form else None,
        "right": outcome.right,
        "rank": outcome.rank,
        "scores": outcome.scores,
        "quote_right": outcome.quote_right,
        "answer_f1": outcome.f1,
        "exact_match": outcome.exact,
        "elapsed_ms": outcome.answer.elapsed_ms,
        "passages": [citation.passage.id for citation in outcome.answer.citations[:5]],
        "twin": {
            "status": twin.answer.status.value,
            "confidence": twin.answer.confidence,
            "right": twin.right,
            "rank": twin.rank,
        }
        if twin
        else None,
    }


def _version() -> str | None:
    try:
        return metadata.version("danvan")
    except metadata.PackageNotFoundError:
        return None


def _commit() -> str | None:
    """Return the commit that is checked out, None outside a git checkout; read from the files, so git is not needed."""
    git = Path(bot.__file__).parent.parent / ".git"
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        reference = head.removeprefix("ref: ")
        if (git / reference).is_file():
            return (git / reference).read_text(encoding="utf-8").strip()
        packed = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.split()[0] for line in packed if line.endswith(f" {reference}")), None)
