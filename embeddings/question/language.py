"""The language of a corpus: which syllables it has, in which spelling, and which follow which."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.vietnamese import fold
from embeddings.index.corpus_language import BETWEEN, START, CorpusLanguage
from embeddings.index.term_keys import TermCounts
from embeddings.syllables import canonical, tokens

_PHRASE_WEIGHT = 4
_REMEMBERED = 1 << 14
"""Pairs whose counts are kept: questions of one corpus have most of theirs in common."""

Pair = tuple[str, str]


class Language:
    """Counts of syllables and of neighbouring pairs, in canonical form (see `vietnamese.canonical`).

    Args:
        counted: what was counted over titles and passages; the phrases people ask with are counted too.

    Attributes:
        unigrams: canonical form -> count; `START` counts the texts.
        bigrams: two canonical forms -> count.
        folded_pairs: two folded forms -> count.
        total: of all unigrams.
    """

    def __init__(self, counted: CorpusLanguage) -> None:
        spellings = defaultdict(Counter, {key: Counter(counts) for key, counts in counted.spellings.items()})
        bigrams: Counter[Pair] = Counter()
        folded_pairs: Counter[Pair] = Counter()
        phrases = question_phrases()
        for phrase in phrases:
            words = tokens(phrase)
            keys = [canonical(word) for word in words]
            bigrams.update(pairwise([START, *keys]))
            folded_pairs.update(pairwise(fold(word) for word in words))
            for word, key in zip(words, keys, strict=True):
                spellings[key][word] += _PHRASE_WEIGHT
        self.unigrams = Counter({key: counts.total() for key, counts in spellings.items()})
        self.unigrams[START] = counted.texts + _PHRASE_WEIGHT * len(phrases)
        self.bigrams = _PairCounts(counted.pairs, bigrams)
        self.folded_pairs = _PairCounts(counted.folded_pairs, folded_pairs)
        self.total = self.unigrams.total()
        self._spelling = {key: max(counts, key=lambda w: (counts[w], w)) for key, counts in spellings.items()}
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        for key, word in self._spelling.items():
            self._forms[fold(word)].add(key)

    def forms(self, folded: str) -> set[str]:
        """Canonical forms that fold to this."""
        return self._forms.get(folded, set())

    def spelling(self, form: str) -> str:
        """How the corpus most often spells a canonical form it knows."""
        return self._spelling[form]

    def knows(self, folded: str) -> bool:
        """Whether any syllable of the corpus folds to this."""
        return folded in self._forms

    def has(self, form: str) -> bool:
        """Whether the corpus has this very canonical form."""
        return form in self._spelling

    def vocabulary(self) -> list[str]:
        """All folded syllables."""
        return list(self._forms)


class _PairCounts:
    """Counts of pairs: those of the corpus and those of the phrases."""

    def __init__(self, corpus: TermCounts, phrases: Mapping[Pair, int]) -> None:
        self._corpus, self._phrases = corpus, phrases
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._count)

    def __getitem__(self, pair: Pair) -> int:
        return self._remembered(pair)

    def _count(self, pair: Pair) -> int:
        return self._corpus[BETWEEN.join(pair)] + _PHRASE_WEIGHT * self._phrases.get(pair, 0)


@lru_cache(maxsize=1)
def question_phrases() -> tuple[str, ...]:
    """Phrases people ask with (data/question_phrases.txt); documents hardly ever ask."""
    lines = files("embeddings").joinpath("data/question_phrases.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
