"""How many cells of made tables are answered by row and column: `python -m tests.benchmarks.table_cells [SEEDS]`.

The whole program is asked, with its own models: seven documents a seed (tests/tables.py), portal pages and DOCX.
"""

import os
import platform
import sys
import tempfile
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import Status
from corpus.folder.reading_folder import read_folder
from embeddings.encoder.encoder import load_encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever
from tests.tables import share, write_tables


def main(seeds: int) -> None:
    """Print the share of right cells and every question that was answered otherwise."""
    encoder, look = load_encoder("bundled"), Reranking(load_reader("bundled"))
    asked, wrong = [], []
    for seed in range(seeds):
        with tempfile.TemporaryDirectory() as folder:
            documents = Path(folder) / "documents"
            documents.mkdir()
            questions = write_tables(documents, seed)
            generation = build(Path(folder), list(read_folder(documents).documents), encoder)
            answerer = Answerer(Retriever(generation, encoder), Links(), look)
            for one in questions:
                answer = answerer.answer(Question(one.question))
                asked.append(one)
                right = answer.text == one.cell and answer.citations[0].document.id == one.document
                if answer.status is not Status.ANSWERED or not right:
                    wrong.append(f"{one.question} | {one.cell} | {answer.status} {answer.text} {answer.confidence:.2f}")
    print(f"{platform.machine()}, {os.cpu_count()} processors: {share(asked, wrong):.1%} of {len(asked)} cells")
    print("\n".join(wrong))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
