"""The language of a corpus: which syllables it has, in which spelling, and which follow which."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.vietnamese import fold
from embeddings.syllables import canonical, tokens

START = "<s>"
_PHRASE_WEIGHT = 4


class Language:
    """Counts of syllables and of neighbouring pairs, in canonical form (see `vietnamese.canonical`).

    Args:
        texts: titles and passages, with all their marks; the phrases people ask with are counted too.

    Attributes:
        unigrams: canonical form -> count; `START` counts the texts.
        bigrams: two canonical forms -> count.
        folded_pairs: two folded forms -> count.
        total: of all unigrams.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.unigrams: Counter[str] = Counter()
        self.bigrams: Counter[tuple[str, str]] = Counter()
        self.folded_pairs: Counter[tuple[str, str]] = Counter()
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in (*texts, *question_phrases() * _PHRASE_WEIGHT):
            words = tokens(text)
            keys = [canonical(word) for word in words]
            self.unigrams.update([START, *keys])
            self.bigrams.update(pairwise([START, *keys]))
            self.folded_pairs.update(pairwise(fold(word) for word in words))
            for word, key in zip(words, keys, strict=True):
                spellings[key][word] += 1
        self.total = sum(self.unigrams.values())
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


@lru_cache(maxsize=1)
def question_phrases() -> tuple[str, ...]:
    """Phrases people ask with (data/question_phrases.txt); documents hardly ever ask."""
    lines = files("embeddings").joinpath("data/question_phrases.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
