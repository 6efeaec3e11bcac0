"""What a typed question is turned into before the index is searched."""

from collections.abc import Sequence

from embeddings.abbreviations import Abbreviations
from embeddings.followup import dependence
from embeddings.language import Language
from embeddings.lexical import FOLDED, MARKED, LexicalIndex, pairs
from embeddings.marks import restore_marks
from embeddings.models import Question, Understanding
from embeddings.spelling import Speller
from embeddings.vietnamese import canonical, fold, is_marked, normalise, parts, tokens

LONGEST = 4096
"""Characters of a question that are read."""


class Reader:
    """Reads questions against one generation's own language.

    Args:
        texts: titles and passages of the generation.
    """

    def __init__(self, texts: Sequence[str], lexical: LexicalIndex) -> None:
        self._language = Language(texts)
        self._abbreviations = Abbreviations(texts, self._language)
        self._speller = Speller(self._language, self._abbreviations.knows)
        self._lexical = lexical

    def understand(self, question: Question) -> Understanding:
        """Normalise and restore a question."""
        normalised, typed, restored, meanings = self._read(question.text)
        inherited, share = "", 0.0
        if question.previous and question.previous.strip():
            share = dependence(restored)
            inherited = self._read(question.previous)[2]
        return Understanding(
            normalised=normalised,
            restored=restored,
            typed=typed,
            searched=restored,
            expanded=meanings,
            inherited=inherited,
            dependence=share,
        )

    def _read(self, text: str) -> tuple[str, str, str, dict[str, str]]:
        """A text normalised, mended, with its marks restored; and the abbreviations written out in it."""
        normalised = normalise(text)[:LONGEST]
        decoded = self._speller.decode(normalised)
        expanded, meanings = self._abbreviations.expand(decoded)
        mended = self._speller.mend(expanded)
        return normalised, mended, restore_marks(mended, self._language, decoded), meanings

    def terms(self, typed: str) -> dict[str, float]:
        """Weighted terms of the lexical index for a text; see `lexical.index_terms`."""
        words = tokens(typed)
        folded, marked = [fold(word) for word in words], [canonical(word) for word in words]
        weights: dict[str, float] = {}
        for plain, exact, word in zip(folded, marked, words, strict=True):
            _add(weights, self._choose(plain, exact, typed=is_marked(word)))
            for piece in parts(word):
                _add(weights, FOLDED + fold(piece))
        for plain, exact, pair in zip(pairs(folded), pairs(marked), pairs(words), strict=True):
            _add(weights, self._choose(plain, exact, typed=is_marked(pair)))
        return weights

    def _choose(self, plain: str, exact: str, *, typed: bool) -> str:
        return MARKED + exact if typed and MARKED + exact in self._lexical else FOLDED + plain


def _add(weights: dict[str, float], term: str, weight: float = 1.0) -> None:
    weights[term] = weights.get(term, 0.0) + weight
