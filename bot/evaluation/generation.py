"""Evaluating documents before anybody else can ask them: a generation not yet published, a folder, a BEIR corpus."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.answering import Answerer
from bot.evaluation.gate import GateResult, hold, read_gate
from bot.evaluation.run import evaluate
from bot.gold_files import read_gold
from bot.links import Links
from corpus.errors import CorpusError
from corpus.library import Problem, read_folder
from embeddings.encoder import Encoder
from embeddings.generations import build
from embeddings.retriever import Retriever

GATE_FILE = "gate.toml"


def check_generation(retriever: Retriever, gold: Path) -> GateResult:
    """Evaluate a generation before it is published, against the floors of the gate file beside the gold set.

    Raises:
        GoldError: if the set or its gate file cannot be used.
    """
    floors = read_gate(gold.resolve().parent / GATE_FILE)
    return hold(evaluate(Answerer(retriever, Links()), read_gold(gold)), floors)


@contextmanager
def temporary_answerer(
    documents: Path,
    encoder: Encoder,
    *,
    dense_weight: float | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Answerer]:
    """Index a folder of documents aside and answer from it; the index is gone afterwards.

    Raises:
        CorpusError: if the folder holds no document that can be read.
    """
    reading = read_folder(documents)
    for problem in reading.problems:
        if on_problem:
            on_problem(problem)
    if not reading.documents:
        raise CorpusError(f"{documents} holds no document that can be read")
    with tempfile.TemporaryDirectory(prefix="danvan-evaluation-") as folder:
        generation = build(Path(folder), reading.documents, encoder, on_progress)
        yield Answerer(Retriever(generation, encoder, dense_weight), Links())
