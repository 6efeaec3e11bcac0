"""What each part of the ranking brings: Recall@1 and @3 of variants, side by side.

    python -m tests.benchmarks.ranking_variants DOCUMENTS=GOLD... [--split dev]

Every variant is computed from the same channels, so that the differences are the variants' alone. The first row is
the ranking as it is shipped, before the reader sets the first passages anew. A gold set may also be a BEIR folder,
named on both sides of the `=`.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.gold.gold_files import read_gold
from bot.gold.gold_items import GoldItem, Split, collapse
from corpus.folder.reading_folder import read_folder
from corpus.models import Passage
from corpus.vietnamese import fold
from embeddings.encoder.encoder import Encoder, load_encoder
from embeddings.fusion import fuse, stretch
from embeddings.index.building import build
from embeddings.index.generations import read
from embeddings.index.lexical import FOLDED, LexicalIndex, pairs
from embeddings.question.followup import PREVIOUS_WEIGHT
from embeddings.question.question import Question
from embeddings.question.understanding import QuestionInterpreter
from embeddings.retriever import DENSE_WEIGHT, TRANSLATED_WEIGHT, Retriever
from embeddings.syllables import tokens

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Channels:
    """All scores of all passages for one question, (n,) float32 each."""

    shipped: Scores
    whole: Scores
    whole_untitled: Scores
    sentence: Scores
    lexical: Scores
    folded: Scores
    coverage: Scores
    translated: Scores
    right: NDArray[np.bool_]


def _adaptive(c: Channels) -> Scores:
    share = float(np.clip(DENSE_WEIGHT + 0.8 * (0.4 - c.coverage.max()), 0.3, 0.8))
    return fuse(_meaning(c), _words(c), share)


def _translated(c: Channels) -> Scores:
    return np.asarray((1 - TRANSLATED_WEIGHT) * _adaptive(c) + TRANSLATED_WEIGHT * c.translated, dtype=np.float32)


def _meaning(c: Channels) -> Scores:
    return (stretch(c.whole) + stretch(c.sentence)) / np.float32(2)


def _words(c: Channels) -> Scores:
    return np.float32(0.6) * stretch(c.lexical) + np.float32(0.4) * c.coverage


def _reciprocal_ranks(c: Channels) -> Scores:
    def reciprocal(scores: Scores) -> Scores:
        ranks = np.empty(len(scores), dtype=np.float32)
        ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
        return np.asarray(1 / (60 + ranks), dtype=np.float32)

    return reciprocal(_meaning(c)) + reciprocal(c.lexical)


VARIANTS: dict[str, Callable[[Channels], Scores]] = {
    "as shipped, without the reader": lambda c: c.shipped,
    "without the fit of what is asked for": _translated,
    "and without what words stand for": _adaptive,
    "and one share for all questions": lambda c: fuse(_meaning(c), _words(c), DENSE_WEIGHT),
    "and without coverage": lambda c: fuse(_meaning(c), c.lexical, 0.55),
    "and BM25 folded throughout": lambda c: fuse(_meaning(c), c.folded, 0.55),
    "and without sentence vectors": lambda c: fuse(c.whole, c.folded, 0.6),
    "and without titles in the vectors": lambda c: fuse(c.whole_untitled, c.folded, 0.6),
    "reciprocal ranks in place of scores": _reciprocal_ranks,
    "dense alone, whole passages": lambda c: c.whole,
    "dense alone, sentences": lambda c: c.sentence,
    "BM25 alone": lambda c: c.lexical,
}


def channels(documents: Path, gold: Path, split: Split | None, encoder: Encoder) -> Iterator[Channels]:
    """Ask every answerable question and keep what each channel says of each passage."""
    with tempfile.TemporaryDirectory() as folder:
        generation = build(Path(folder), read_folder(documents).documents, encoder)
        retriever = Retriever(generation, encoder)
        contents = read(generation, encoder.fingerprint)
        reader = QuestionInterpreter(contents.language, contents.lexical)
        untitled = encoder.encode_documents([passage.text for passage in contents.passages])
        numbers = list(range(len(contents.passages)))
        place = {passage.id: number for number, passage in enumerate(contents.passages)}
        for item in read_gold(gold).items:
            if not item.answerable or (split and item.split is not split):
                continue
            question = Question(item.question, item.context)
            search = retriever.look_up(question, len(numbers))
            shipped = np.zeros(len(numbers), dtype=np.float32)
            for hit in search.hits:
                shipped[place[hit.passage.id]] = hit.score
            read_as = search.understanding
            joined = read_as.dependence > 0.5
            text = f"{read_as.inherited}. {read_as.restored}" if joined else read_as.restored
            terms = reader.terms(read_as.typed)
            for term, weight in reader.terms(read_as.inherited).items() if joined else ():
                terms[term] = terms.get(term, 0.0) + PREVIOUS_WEIGHT * weight
            vector = encoder.encode_questions([text])
            dense = contents.dense.scores(vector, numbers)
            yield Channels(
                shipped=shipped,
                whole=dense.whole,
                whole_untitled=untitled @ vector[0],
                sentence=dense.sentence,
                lexical=contents.lexical.scores(terms),
                folded=_folded_scores(contents.lexical, text),
                coverage=contents.lexical.coverage(terms),
                translated=contents.lexical.coverage(reader.translated(text)),
                right=np.array([_is_right(item, passage) for passage in contents.passages]),
            )


def _folded_scores(index: LexicalIndex, text: str) -> Scores:
    words = [fold(word) for word in tokens(text)]
    return index.scores({FOLDED + term: 1.0 for term in (*words, *pairs(words))})


def _is_right(item: GoldItem, passage: Passage) -> bool:
    if item.relevant is not None:
        return passage.document_id in item.relevant
    text = collapse(passage.text)
    return any(collapse(evidence) in text for evidence in item.evidence)


def main() -> None:
    """Print one table a gold set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", metavar="DOCUMENTS=GOLD")
    parser.add_argument("--split", type=Split)
    arguments = parser.parse_args()
    encoder = load_encoder()
    for pair in arguments.pairs:
        documents, _, gold = pair.partition("=")
        found = [c for c in channels(Path(documents), Path(gold), arguments.split, encoder) if c.right.any()]
        print(f"\n{gold}: {len(found)} questions")
        for name, variant in VARIANTS.items():
            scores = [(variant(c), c.right) for c in found]
            ranks = np.array([int((s > s[right].max()).sum()) + 1 for s, right in scores])
            print(f"  {name:40} {np.mean(ranks <= 1):.3f}  {np.mean(ranks <= 3):.3f}")


if __name__ == "__main__":
    main()
