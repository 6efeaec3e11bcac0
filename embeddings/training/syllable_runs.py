"""Counts neighbouring syllables of official Vietnamese: `python -m embeddings.training.syllable_runs --data FOLDER`.

What is counted: the texts of this project with their questions, as far as they are written with marks, and the laws in
FOLDER/laws_vn (see README.md). Marks of questions typed without any are restored with it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.vietnamese import fold
from embeddings.index.corpus_language import START
from embeddings.index.term_keys import TermCounts
from embeddings.question.general_language import NAME, run_of
from embeddings.syllables import canonical, tokens
from embeddings.training.public_sets import read_law_headings
from embeddings.training.training_texts import Text, read_texts

LEAST = 2
"""Runs seen once are left out: nine tenths of the gain for two fifths of the size."""


def count(texts: Iterable[str], least: int = LEAST) -> TermCounts:
    """Syllables in canonical form, pairs and triples of neighbouring ones; all syllables under the empty run."""
    counted: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        forms = [START, START, *map(canonical, tokens(text))]
        counted[START,] += 1
        counted[START, START] += 1
        for place in range(2, len(forms)):
            counted[forms[place],] += 1
            counted[tuple(forms[place - 1 : place + 1])] += 1
            counted[tuple(forms[place - 2 : place + 1])] += 1
    kept = {run_of(*run): number for run, number in counted.items() if number >= least or len(run) == 1}
    kept[run_of()] = sum(number for run, number in counted.items() if len(run) == 1)
    return TermCounts.of(kept)


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
