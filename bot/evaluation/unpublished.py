"""Evaluating documents before anybody else can ask them: a generation not yet published, a folder, a BEIR corpus."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.evaluation.quality_gate import GateResult, hold, read_gate
from bot.evaluation.run import evaluate
from bot.gold.gold_files import read_gold
from bot.reindexing import ensure_index
from bot.settings import Settings
from bot.terminal.streams import progress, say
from bot.wiring import load_second_look, open_answerer, quieten
from corpus.errors import CorpusError, GoldError
from corpus.folder.reading_folder import read_folder
from embeddings.encoder.encoder import load_encoder
from embeddings.index.building import build
from embeddings.retriever import Retriever

GATE_FILE = "gate.toml"


def gate_beside(gold: Path, settings: Settings) -> Callable[[Retriever], GateResult]:
    """What holds a generation against the floors of the gate file beside a gold set, before it is published.

    Set and floors are read now, so that a mistake in them is found before the long work.

    Raises:
        GoldError: if the set or its gate file cannot be used.
    """
    questions, floors = read_gold(gold), read_gate(gold.absolute().parent / GATE_FILE)
    serious = [problem for problem in questions.problems if problem.serious]
    if serious:
        raise GoldError(f"{serious[0]} (serious problems in all: {len(serious)}; run: danvan gold check {gold})")

    def check(retriever: Retriever) -> GateResult:
        with progress("gold questions asked") as report:
            answerer = Answerer(retriever, Links(), load_second_look(settings, retriever.encoder))
            return hold(evaluate(answerer, questions, on_progress=report), floors)

    return check


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
        with progress("texts embedded") as report:
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
        with progress("texts embedded") as report:
            generation = build(Path(folder), reading.documents, encoder, report)
        retriever = Retriever(generation, encoder, settings.dense_weight)
        yield Answerer(retriever, Links(), load_second_look(settings, encoder))
