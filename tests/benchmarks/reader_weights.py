"""How much of a say the reader should have in the order of the passages: right first, by its weight.

    python -m tests.benchmarks.reader_weights DOCUMENTS=GOLD... [--split dev] [--most QUESTIONS]

Every question is searched and its first passages are read once; then the order is made with each weight, and with each
margin from which on passages are not read for hope of it, behind which stands how many are read for a question. A gold
set may also be a BEIR folder, named on both sides of the `=`.
"""

import argparse
import math
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
MARGINS = (math.inf, 4.0, 2.0, 1.0, 0.8, 0.0, -1.0)


class RememberingReader:
    """A reader that reads nothing twice."""

    def __init__(self, reader: SpanReader) -> None:
        self.name = reader.name
        self.highest_margin = reader.highest_margin
        self.asked = 0
        """Passages, whether they were read before or not."""
        self._reader = reader
        self._read: dict[tuple[str, str, str], Reading] = {}

    def sees(self, question: str) -> bool:
        """See `SpanReader`."""
        return self._reader.sees(question)

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """See `SpanReader`."""
        self.asked += len(passages)
        unread = [one for one in passages if (question, *one) not in self._read]
        for one, reading in zip(unread, self._reader.read(question, unread) if unread else (), strict=True):
            self._read[question, *one] = reading
        return [self._read[question, *one] for one in passages]


def right_first(
    documents: Path, gold: Path, split: Split | None, most: int | None, encoder: Encoder
) -> tuple[list[float], list[tuple[float, float]]]:
    """The share of answerable questions whose first passage is right.

    Returns:
        One for each weight; for each margin one and the passages read for a question.
    """
    loaded = load_reader("bundled")
    assert loaded
    reader = RememberingReader(loaded)
    reading = Reranking(reader)
    asked = [item for item in read_gold(gold).items if item.answerable and (split is None or item.split is split)][
        :most
    ]
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(build(Path(folder), read_folder(documents).documents, encoder), encoder)
        searches = [retriever.look_up(Question(item.question, item.context)) for item in asked]

        def share() -> float:
            right = 0
            for item, search in zip(asked, searches, strict=True):
                passage = reading.apply(search, retriever.documents).hits[0].passage
                citation = Citation(retriever.documents[passage.document_id], passage, "", None, score=0.0, rank=1)
                right += is_right(item, citation)
            return right / len(asked)

        by_margin = []
        for reader.highest_margin in MARGINS:
            reader.asked = 0
            by_margin.append((share(), reader.asked / len(asked)))
        reader.highest_margin = loaded.highest_margin
        by_weight = []
        for reranking.READER_WEIGHT in WEIGHTS:
            by_weight.append(share())
        reranking.READER_WEIGHT = SHIPPED
    return by_weight, by_margin


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+", metavar="DOCUMENTS=GOLD")
    parser.add_argument("--split", type=Split)
    parser.add_argument("--most", type=int, help="questions of each set")
    arguments = parser.parse_args()
    encoder = load_encoder()
    print("weight of the reader", *(f"{weight}{'*' if weight == SHIPPED else ''}" for weight in WEIGHTS), sep="\t")
    print("margin not exceeded", *MARGINS, sep="\t")
    for name in arguments.sets:
        documents, _, gold = name.partition("=")
        weights, margins = right_first(Path(documents), Path(gold), arguments.split, arguments.most, encoder)
        print(gold, *(f"{share:.3f}" for share in weights), sep="\t", flush=True)
        print(gold, *(f"{share:.3f} ({read:.2f})" for share, read in margins), sep="\t", flush=True)


if __name__ == "__main__":
    main()
