"""What a typed question is turned into before the index is searched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from embeddings.index.lexical import FOLDED, MARKED, LexicalIndex, pairs
from embeddings.question.abbreviations import Abbreviations
from embeddings.question.followup import PREVIOUS_WEIGHT, content_words, dependence, inherit
from embeddings.question.language import Language
from embeddings.question.marks import restore_marks
from embeddings.question.names import named
from embeddings.question.question import Question, Understanding
from embeddings.question.relative_dates import resolve
from embeddings.question.spelling import Speller
from embeddings.syllables import canonical, fold, is_marked, normalise, parts, tokens

LONGEST = 4096
"""Characters of a question that are read."""


@dataclass(frozen=True, slots=True)
class _ReadText:
    """A text normalised; with slips mended and abbreviations written out; with its marks restored."""

    normalised: str
    mended: str
    restored: str
    expanded: dict[str, str]
    dates: dict[str, str]


class QuestionInterpreter:
    """Reads questions against one generation's own language.

    Args:
        texts: titles and passages of the generation.
        lexical: index of the same passages.
        today: tells the date that `năm ngoái` is read against.
    """

    def __init__(self, texts: Sequence[str], lexical: LexicalIndex, today: Callable[[], date] = date.today) -> None:
        self._language = Language(texts)
        self._abbreviations = Abbreviations(texts, self._language)
        self._speller = Speller(self._language, self._abbreviations.knows)
        self._lexical = lexical
        self._today = today

    def understand(self, question: Question) -> Understanding:
        """Read a question, and the one before it where it may depend on that."""
        reading = self._read(question.text)
        inherited, share = "", 0.0
        if question.previous and question.previous.strip():
            share = dependence(reading.restored)
            inherited = inherit(self._read(question.previous).restored, reading.restored)
        names = tuple(named(reading.restored, self._language.knows))
        return Understanding(
            normalised=reading.normalised,
            restored=reading.restored,
            typed=reading.mended,
            expanded=reading.expanded,
            inherited=inherited,
            dependence=share,
            worth=self._worth(reading.mended, inherited, PREVIOUS_WEIGHT * share),
            resolved=reading.dates,
            named=names,
            missing=tuple(name.text for name in names if not name.is_in(self._lexical.__contains__)),
        )

    def _read(self, text: str) -> "_ReadText":
        normalised = normalise(text)[:LONGEST]
        decoded = self._speller.decode(normalised)
        dated, dates = resolve(decoded, self._today())
        written_out, expanded = self._abbreviations.expand(dated)
        mended = self._speller.mend(written_out)
        return _ReadText(normalised, mended, restore_marks(mended, self._language, normalised), expanded, dates)

    def _worth(self, typed: str, inherited: str, share: float) -> dict[str, float]:
        worth = {fold(word): share * self._lexical.rarity(FOLDED + fold(word)) for word in content_words(inherited)}
        return worth | {fold(word): self._lexical.rarity(FOLDED + fold(word)) for word in content_words(typed)}

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
