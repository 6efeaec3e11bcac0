"""A question's words among very many passages: `python -m tests.benchmarks.words_at_size [PASSAGES] [QUESTIONS]`.

Passages are put together from real sentences and titles as `recombining` does it, but never written out: of each only
its length and how often it has the questions' terms is counted, so that a million fit into 2 GB. The way in use is set
against going through every entry twice, once for the scores and once for coverage, which has to find the same.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from embeddings.index.corpus_language import CorpusLanguage
from embeddings.index.lexical import K1, B, LexicalIndex, index_terms
from embeddings.index.postings import Postings
from embeddings.index.scoring import best_places
from embeddings.index.term_keys import key_of
from embeddings.question.understanding import QuestionInterpreter
from tests.benchmarks.benchmark_files import lines
from tests.benchmarks.peers import PRACTICE
from tests.benchmarks.recombining import A_DOCUMENT, A_PASSAGE, first_line, sentences_of

CANDIDATES = 200
ROUNDS = 3
Found = tuple[Any, Any, list[int]]
Terms = Mapping[str, float]


def main(size: int, questions: int) -> None:
    """Print the milliseconds of processor a question of both ways, and whether they found the same."""
    postings, asked = recombined(size, questions)
    index = LexicalIndex(postings)

    def in_use(terms: Terms) -> Found:
        scores, coverage = index.match(terms)
        return scores, coverage, best_places(scores, CANDIDATES)

    def entry_by_entry(terms: Terms) -> Found:
        scores, coverage = twice(index, postings, terms)
        return scores, coverage, np.lexsort((np.arange(size), -scores))[:CANDIDATES].tolist()

    for terms in asked:
        for ours, theirs in zip(in_use(terms), entry_by_entry(terms), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    entries = sum(postings.count(term) for terms in asked for term in terms) / len(asked)
    print(f"{size} passages, {entries:.0f} entries a question, the same found for {len(asked)} questions")
    print(f"every entry twice {_milliseconds(lambda terms: twice(index, postings, terms), asked):8.2f} ms of processor")
    print(f"in use            {_milliseconds(index.match, asked):8.2f} ms")
    scores = index.match(asked[0])[0]
    print(f"the best of them  {_milliseconds(lambda _: best_places(scores, CANDIDATES), asked):8.2f} ms")


def twice(index: LexicalIndex, postings: Postings, terms: Terms) -> tuple[Any, Any]:
    """Scores and coverage, every entry put in its place."""
    damping, scores, covered = postings.damping(K1, B), *np.zeros((2, index.size), np.float32)
    for term, weight in terms.items():
        numbers, often = postings.of(term)
        scores[numbers] += np.float32(weight * index.rarity(term)) * often / (damping[numbers] + often)
    whole = 0.0
    for term, weight in terms.items():
        whole += weight * index.rarity(term)
        covered[postings.of(term)[0]] += weight * index.rarity(term)
    return scores, covered / whole if whole else covered


def recombined(size: int, questions: int) -> tuple[Postings, list[dict[str, float]]]:
    """Postings of so many passages for the terms of some real questions, and these terms with their weights."""
    documents = [(one["title"], one["text"]) for one in lines(PRACTICE / "corpus.jsonl")]
    documents += [(first_line(path), path.read_text("utf-8")) for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt"))]
    titles, sentences = [title for title, _ in documents], [one for _, text in documents for one in sentences_of(text)]
    real = [*titles, *sentences]
    interpreter = QuestionInterpreter(CorpusLanguage.count(real), LexicalIndex.build(real))
    asked = [interpreter.terms(one["question"]) for one in lines(PRACTICE / "questions.jsonl")[:questions]]
    counted = [Counter(index_terms(text)) for text in real]
    chance = np.random.default_rng(size)
    chosen = len(titles) + chance.integers(0, len(sentences), (size, A_PASSAGE))
    under = np.repeat(chance.integers(0, len(titles), -(-size // A_DOCUMENT)), A_DOCUMENT)[:size]

    def in_all(each: Any) -> Any:
        return each[chosen].sum(axis=1) + each[under]

    keys, numbers, counts = [], [np.empty(0, np.int32)], [np.empty(0, np.uint16)]
    for term in sorted({term for terms in asked for term in terms}, key=key_of):
        often = in_all(np.array([bag[term] for bag in counted], np.uint16))
        found = np.flatnonzero(often)
        if len(found):
            keys.append(key_of(term))
            numbers.append(found.astype(np.int32))
            counts.append(often[found].astype(np.uint16))
    starts = np.cumsum([len(found) for found in numbers]).astype(np.int64)
    lengths = in_all(np.array([bag.total() for bag in counted], np.int32)).astype(np.int32)
    joined = np.concatenate(numbers), np.concatenate(counts)
    return Postings(np.array(keys, np.uint64), starts, *joined, lengths), asked


def _milliseconds(work: Callable[[Terms], object], asked: list[dict[str, float]]) -> float:
    started = time.process_time()
    for _ in range(ROUNDS):
        for terms in asked:
            work(terms)
    return 1000 * (time.process_time() - started) / ROUNDS / len(asked)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 60)
