"""How much of a say the reader should have in the order of the passages: right first, by its weight.

    python -m tests.benchmarks.reader_weights DOCUMENTS=GOLD... [--split dev] [--most QUESTIONS]

Every question is searched and its first passages are read once; then the order is made with each weight. A gold set may
also be a BEIR folder, named on both sides of the `=`.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.answers import Citation
from bot.evaluation.judging import is_right
from bot.gold.gold_files import read_gold
from bot.gold.gold_items import Split
from corpus.folder.reading_folder import read_folder
from embeddings.encoder.encoder import Encoder, load_encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import Reading, SpanReader
from embeddings.reranking import reranking
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever

SHIPPED = reranking.READER_WEIGHT
WEIGHTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6)


class RememberingReader:
    """A reader that reads nothing twice."""

    def __init__(self, reader: SpanReader) -> None:
        self.name = reader.name
        self._reader = reader
        self._read: dict[tuple[str, tuple[tuple[str, str], ...]], list[Reading]] = {}

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """See `SpanReader`."""
        key = (question, tuple(passages))
        if key not in self._read:
            self._read[key] = self._reader.read(question, passages)
        return self._read[key]


def right_first(documents: Path, gold: Path, split: Split | None, most: int | None, encoder: Encoder) -> list[float]:
    """For each weight the share of answerable questions whose first passage is right."""
    reader = load_reader("bundled")
    assert reader
    reading = Reranking(RememberingReader(reader))
    asked = [item for item in read_gold(gold).items if item.answerable and (split is None or item.split is split)][
        :most
    ]
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(build(Path(folder), read_folder(documents).documents, encoder), encoder)
        counts = [0] * len(WEIGHTS)
        for item in asked:
            search = retriever.look_up(Question(item.question, item.context))
            for place, weight in enumerate(WEIGHTS):
                reranking.READER_WEIGHT = weight
                passage = reading.apply(search, retriever.documents).hits[0].passage
                citation = Citation(retriever.documents[passage.document_id], passage, "", None, score=0.0, rank=1)
                counts[place] += is_right(item, citation)
    return [count / len(asked) for count in counts]


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+", metavar="DOCUMENTS=GOLD")
    parser.add_argument("--split", type=Split)
    parser.add_argument("--most", type=int, help="questions of each set")
    arguments = parser.parse_args()
    encoder = load_encoder()
    print("weight of the reader", *(f"{weight}{'*' if weight == SHIPPED else ''}" for weight in WEIGHTS), sep="\t")
    for name in arguments.sets:
        documents, _, gold = name.partition("=")
        shares = right_first(Path(documents), Path(gold), arguments.split, arguments.most, encoder)
        print(gold, *(f"{share:.3f}" for share in shares), sep="\t", flush=True)


if __name__ == "__main__":
    main()
