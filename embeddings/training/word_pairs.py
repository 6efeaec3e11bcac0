"""Counts neighbouring syllables of official Vietnamese: `python -m embeddings.training.word_pairs --data FOLDER`.

What is counted: the texts of this project with their questions, as far as they are written with marks, and the laws in
FOLDER/laws_vn (see README.md). Marks of questions typed without any are restored with it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.vietnamese import fold
from embeddings.index.corpus_language import BETWEEN, START
from embeddings.index.term_keys import TermCounts
from embeddings.question.general_language import NAME
from embeddings.syllables import canonical, tokens
from embeddings.training.public_sets import read_law_headings
from embeddings.training.training_texts import Text, read_texts

LEAST = 2
"""Pairs seen once are left out: nine tenths of the gain for two fifths of the size."""


def count(texts: Iterable[str], least: int = LEAST) -> TermCounts:
    """Pairs of neighbouring syllables in canonical form, and how often each syllable has another one behind it."""
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        previous = START
        for word in tokens(text):
            form = canonical(word)
            pairs[previous, form] += 1
            previous = form
    firsts: Counter[str] = Counter()
    for (first, _), number in pairs.items():
        firsts[first] += number
    kept = {BETWEEN.join(pair): number for pair, number in pairs.items() if number >= least}
    return TermCounts.of(kept | firsts)


def written(texts: Iterable[Text]) -> Iterator[str]:
    """Titles, paragraphs and questions with marks."""
    for text in texts:
        yield text.title
        for paragraph in text.paragraphs:
            yield paragraph.text
            for asked in paragraph.asked:
                if "en" not in asked.styles and fold(asked.question) != asked.question.lower():
                    yield asked.question


def main() -> int:
    """Write the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the published sets")
    parser.add_argument("--write", type=Path, default=Path("embeddings/data"))
    given = parser.parse_args()
    laws = (part for article in read_law_headings(given.data) for part in article)
    counted = count([*written(read_texts()), *laws])
    counted.save(given.write, NAME)
    sizes = sum((given.write / f"{NAME}_{part}.npy").stat().st_size for part in ("terms", "counts"))
    sys.stdout.write(f"{given.write / NAME}: {sizes} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
