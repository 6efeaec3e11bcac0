"""BM25 over syllables and pairs of syllables, each with and without its marks.

Every text is indexed under four kinds of term: folded syllables (`~duong`), folded pairs (`~dan van`), and both again
with their marks in canonical form (`=đường`). A question chooses among them word by word: what it types with marks
is looked up with marks, what it types without is looked up folded. Numbers and dates have terms of their own, the same
however they are written (`#3300`, `#20/2/2014`), also together with the word behind them (`#2 khau`).
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.vietnamese import fold
from embeddings.index.postings import Postings
from embeddings.quantities.quantities import quantities
from embeddings.syllables import canonical, parts, tokens

Scores = NDArray[np.float32]

LEXICAL_VERSION = 2
"""To be raised when a text is found by other terms or scored otherwise: indexes are then built anew."""
FOLDED = "~"
MARKED = "="
QUANTITY = "#"
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
K1 = 1.2
B = 0.6


def index_terms(text: str) -> list[str]:
    """All terms a text is found by."""
    words = tokens(text)
    folded = [fold(word) for word in words]
    marked = [canonical(word) for word in words]
    pieces = [FOLDED + fold(piece) for word in words for piece in parts(word)]
    return [
        *(FOLDED + word for word in folded),
        *(FOLDED + pair for pair in pairs(folded)),
        *(MARKED + word for word in marked),
        *(MARKED + pair for pair in pairs(marked)),
        *pieces,
        *quantity_terms(text),
    ]


def quantity_terms(text: str) -> list[str]:
    """Terms of the numbers and dates of a text: every key, and the most exact with the word behind it."""
    terms = []
    for quantity in quantities(text):
        terms += [QUANTITY + key for key in quantity.keys]
        following = word_behind(text, quantity.end)
        if following:
            terms.append(f"{QUANTITY}{quantity.keys[0]} {following}")
    return terms


def word_behind(text: str, place: int) -> str:
    """The folded word right behind a place, "" if something else stands there."""
    match = _NEXT_WORD.match(text, place)
    return fold(match.group(1)) if match else ""


def pairs(words: Sequence[str]) -> list[str]:
    """Neighbouring words, joined by a space."""
    return [f"{first} {second}" for first, second in pairwise(words)]


class LexicalIndex:
    """BM25 (Robertson's, with Lucene's IDF) scores of all texts for weighted terms; see `postings.Postings`."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self.size = len(postings.lengths)
        self._damping = postings.damping(K1, B)

    @classmethod
    def build(cls, texts: Iterable[str]) -> "LexicalIndex":
        """Index texts."""
        return cls(Postings.invert(map(index_terms, texts)))

    def save(self, folder: Path) -> None:
        """Write the index below a folder, which is created."""
        self._postings.save(folder)

    @classmethod
    def load(cls, folder: Path, size: int) -> "LexicalIndex":
        """Open what `save` wrote for `size` texts; the files stay on disk and are mapped.

        Raises:
            OSError, ValueError: if it does not read back.
        """
        index = cls(Postings.load(folder))
        if index.size != size:
            raise ValueError(f"words of {index.size} texts, {size} were expected")
        return index

    def __contains__(self, term: str) -> bool:
        return self._postings.count(term) > 0

    def match(self, terms: Mapping[str, float]) -> tuple[Scores, Scores]:
        """Scores and coverage of every text for weighted terms, going through the entries of each term once.

        A term that a good part of all texts have is gone through as one number for each text: no entry has to be put in
        its place then. Terms are added up in the order given, so that texts with the same words come out equal.

        Args:
            terms: term (see `index_terms`) -> weight; unknown ones count nothing but that they are not covered.

        Returns:
            (size,) float32, sums of BM25, 0 or more for weights of 0 or more; (size,) float32 in 0..1, the share of the
            question's weighted terms that each text has, rare terms counting more. Unlike BM25 it takes no account of
            how often or in how long a text a term stands.
        """
        scores, covered = np.zeros((2, self.size), dtype=np.float32)
        whole = 0.0
        for term, weight in terms.items():
            worth = weight * self.rarity(term)
            whole += worth
            share = np.float32(worth)
            column = self._postings.column(term)
            if column is not None:
                often = column.astype(np.float32)
                scores += share * often / (self._damping + often)
                covered += share * (column > 0)
                continue
            entries, counts = self._postings.of(term)
            if len(entries):
                numbers = entries.astype(np.intp)
                scores[numbers] += share * counts / (self._damping[numbers] + counts)
                covered[numbers] += share
        return scores, covered / whole if whole else covered

    def scores(self, terms: Mapping[str, float]) -> Scores:
        """The scores alone; see `match`."""
        return self.match(terms)[0]

    def coverage(self, terms: Mapping[str, float]) -> Scores:
        """The coverage alone; see `match`."""
        return self.match(terms)[1]

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term, 0 for one in every text, highest for an unknown one."""
        return self._rarity(self._postings.count(term))

    def _rarity(self, count: int) -> float:
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))

    def look_ahead(self, terms: Iterable[str]) -> None:
        """Nothing: all terms are at hand."""

    def rarities(self, terms: Sequence[str]) -> dict[str, float]:
        """The rarity of those of many terms that any text has."""
        counted = zip(terms, self._postings.counts(terms).tolist(), strict=True)
        return {term: self._rarity(count) for term, count in counted if count}
