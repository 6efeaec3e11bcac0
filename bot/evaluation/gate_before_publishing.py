"""Holding a generation against a gold set before anybody can ask it."""

from collections.abc import Callable
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.evaluation.quality_gate import GateResult, hold, read_gate
from bot.evaluation.run import Run, evaluate
from bot.gold.gold_files import read_gold
from corpus.errors import GoldError
from embeddings.retriever import Retriever

AnswererOf = Callable[[Retriever], Answerer]
Progress = Callable[[int, int], None]
Gate = Callable[[Retriever, Progress], GateResult]

GATE_FILE = "gate.toml"


def gate_beside(gold: Path, answerer_of: AnswererOf, asked: Callable[[Run], None] = lambda _: None) -> Gate:
    """What holds a generation against the floors of the gate file beside a gold set, before it is published.

    Set and floors are read now, so that a mistake in them is found before the long work.

    Args:
        gold: a gold set with a gate file beside it.
        answerer_of: makes an answerer over the index that is looked at.
        asked: told of the evaluation, whatever the gate says of it.

    Raises:
        GoldError: if the set or its gate file cannot be used.
    """
    questions, floors = read_gold(gold), read_gate(gold.absolute().parent / GATE_FILE)
    serious = [problem for problem in questions.problems if problem.serious]
    if serious:
        raise GoldError(f"{serious[0]} (serious problems in all: {len(serious)}; run: danvan gold check {gold})")

    def check(retriever: Retriever, on_progress: Progress) -> GateResult:
        run = evaluate(answerer_of(retriever), questions, on_progress=on_progress)
        asked(run)
        return hold(run, floors)

    return check
