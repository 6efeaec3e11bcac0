"""The figures over a whole BEIR folder, recomputed from its files by other means.

Opt-in: set XQUAD_VI to a folder with XQuAD-vi as corpus.jsonl, queries.jsonl and qrels.tsv.
"""

import json
import math
import os
from pathlib import Path

import pytest

from bot.answers import Answer, Citation, Status
from bot.evaluation.run import evaluate
from bot.gold.gold_files import read_gold
from corpus.folder.reading_folder import read_folder
from corpus.models import Document, Passage
from corpus.vietnamese import fold
from embeddings.question.question import Question

FOLDER = os.environ.get("XQUAD_VI")


class WordOverlap:
    """Ranks documents by shared words without marks, ties by id; the first hundred characters are the quote."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.words = {document: set(fold(document.text).split()) for document in documents}

    def stands_alone(self, question: Question) -> bool:
        return True

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, None]:
        asked = set(fold(question.text).split())
        ranked = sorted(self.words, key=lambda document: (-len(asked & self.words[document]), document.id))[:top]
        citations = tuple(
            Citation(document, Passage("p", document.id, 0, 0, 9, document.text), document.text[:100], None, 0, rank)
            for rank, document in enumerate(ranked, 1)
        )
        words = document_start(ranked[0])
        return Answer(question.text, Status.ANSWERED, words, citations, 0.5, (), "g", 1.0), None


def document_start(document: Document) -> str:
    return " ".join(document.text.split()[:5])


@pytest.mark.skipif(not FOLDER, reason="XQUAD_VI is not set")
def test_the_figures_equal_those_worked_out_from_the_files() -> None:
    folder = Path(str(FOLDER))
    documents = read_folder(folder).documents
    asker = WordOverlap(documents)
    metrics = evaluate(asker, read_gold(folder)).summary.values("metrics")

    wanted = dict(line.split("\t")[:2] for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:])
    ranks, quotes, f1s = [], [], []
    for line in (folder / "queries.jsonl").read_text("utf-8").splitlines():
        query = json.loads(line)
        answer, _ = asker.explain(Question(query["text"]), 10)
        found = [citation.document.id for citation in answer.citations]
        right = wanted[query["_id"]]
        ranks.append(found.index(right) + 1 if right in found else math.inf)
        quote = f" {answer.citations[0].quote} ".casefold()
        held = any(text.casefold() in quote for text in query["answers"])
        quotes.append(found[0] == right and held)
        f1s.append(max(token_f1(str(answer.text), text) for text in query["answers"]))
    n = len(ranks)
    assert n > 500
    for depth in (1, 3, 5):
        assert metrics[f"recall@{depth}"] == pytest.approx(sum(rank <= depth for rank in ranks) / n)
    assert metrics["mrr@10"] == pytest.approx(sum(1 / rank for rank in ranks) / n)
    assert metrics["ndcg@10"] == pytest.approx(sum(1 / math.log2(1 + rank) for rank in ranks) / n)
    assert metrics["answer_f1"] == pytest.approx(sum(f1s) / n)
    # Parts of words do not count in the program, so that its figure can only be a little lower.
    assert sum(quotes) / n - 0.01 <= (metrics["quote_accuracy"] or 0) <= sum(quotes) / n


def token_f1(found: str, expected: str) -> float:
    """SQuAD's formula, written anew."""
    marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’–—…"
    left, right = ("".join(c for c in s.lower() if c not in marks).split() for s in (found, expected))
    common = sum(min(left.count(token), right.count(token)) for token in set(left))
    return 2 * common / (len(left) + len(right)) if common else 0.0
