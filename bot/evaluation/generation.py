"""Evaluating documents before anybody else can ask them: a generation not yet published, a folder, a BEIR corpus."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.answering import Answerer
from bot.evaluation.gate import GateResult, hold, read_gate
from bot.evaluation.run import evaluate
from bot.gold_files import read_gold
from bot.links import Links
from bot.settings import Settings
from bot.terminal import progress, say
from bot.wiring import ensure_index, open_answerer, quieten
from corpus.errors import CorpusError
from corpus.library import read_folder
from embeddings.encoder import load_encoder
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
def answerer_for(documents: Path | None, settings: Settings) -> Iterator[Answerer]:
    """Answer from a folder of documents, indexed aside for as long as it is needed, or else from what is published.

    Args:
        documents: the folder; None for the published generation, which is built first if there never was one.
        settings: model, weights and data folder.

    Raises:
        CorpusError: if the folder holds no document that can be read.
        DanvanError: if the index or the model cannot be used.
    """
    if documents is None:
        with progress("passages embedded") as report:
            ensure_index(settings, report)
        yield open_answerer(settings)
        return
    reading = read_folder(documents)
    for problem in reading.problems:
        say(f"not read: {problem.path}: {problem.sentence}")
    if not reading.documents:
        raise CorpusError(f"{documents} holds no document that can be read")
    quieten(settings)
    encoder = load_encoder(settings.model)
    with tempfile.TemporaryDirectory(prefix="danvan-evaluation-") as folder:
        with progress("passages embedded") as report:
            generation = build(Path(folder), reading.documents, encoder, report)
        yield Answerer(Retriever(generation, encoder, settings.dense_weight), Links())
