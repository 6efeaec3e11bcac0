"""Restoring the tone marks of a question typed without them, from the language of the documents themselves.

A hidden Markov model over syllables: the forms a typed syllable may stand for are those of the documents that agree
with it (see `vietnamese.agrees`); transitions are bigram counts of the documents; the most probable sequence is found by the Viterbi
algorithm. How likely a mark is to be left out is judged from the question itself: a question with all its marks is
left as it was typed, one without any is restored throughout.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from embeddings.vietnamese import agrees, canonical, fold, is_marked, token_spans, tokens

_START = "<s>"
_BIGRAM_WEIGHT = 0.75
_UNIGRAM_WEIGHT = 0.2
_FLOOR = 0.05


class MarkRestorer:
    """Bigram model over the syllables of a corpus.

    Args:
        texts: the passages, with all their marks.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._unigrams: Counter[str] = Counter()
        self._bigrams: Counter[tuple[str, str]] = Counter()
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in (*texts, *question_phrases()):
            words = tokens(text)
            keys = [canonical(word) for word in words]
            self._unigrams.update([_START, *keys])
            self._bigrams.update(zip([_START, *keys], keys, strict=False))
            for word, key in zip(words, keys, strict=True):
                spellings[key][word] += 1
        self._spelling = {key: max(counts, key=lambda w: (counts[w], w)) for key, counts in spellings.items()}
        for key, word in self._spelling.items():
            self._forms[fold(word)].add(key)
        self._total = sum(self._unigrams.values())

    def knows(self, folded: str) -> bool:
        """Whether any syllable of the corpus folds to this."""
        return folded in self._forms

    def knows_marked(self, word: str) -> bool:
        """Whether the corpus has this very syllable, marks and all."""
        return canonical(word) in self._spelling

    def restore(self, text: str) -> str:
        """The text with its most probable marks; typed marks, case, punctuation and unknown words stay as they are."""
        spans = token_spans(text)
        typed = [text[start:end] for start, end in spans]
        keys = self._viterbi([word.lower() for word in typed])
        pieces: list[str] = []
        position = 0
        for (start, end), word, key in zip(spans, typed, keys, strict=True):
            pieces += [text[position:start], _recase(word, self._spelling.get(key, word)) if key else word]
            position = end
        return "".join([*pieces, text[position:]])

    def _viterbi(self, words: list[str]) -> list[str | None]:
        """Canonical form of each word, None where it should stay as typed."""
        left_out = self._share_left_out(words)
        if left_out is None:
            return [None] * len(words)
        column: dict[str, tuple[float, str | None]] = {_START: (0.0, None)}
        columns = [column]
        for word in words:
            following: dict[str, tuple[float, str | None]] = {}
            for form in self._candidates(word):
                cost = 0.0 if canonical(word) == form else math.log(left_out)
                unigram = _UNIGRAM_WEIGHT * (self._unigrams[form] + 0.1) / self._total
                best, best_previous = -math.inf, None
                for previous, (score, _) in column.items():
                    bigram = _BIGRAM_WEIGHT * self._bigrams[previous, form] / max(self._unigrams[previous], 1)
                    total = score + math.log(bigram + unigram + _FLOOR / self._total)
                    if total > best:
                        best, best_previous = total, previous
                following[form] = (best + cost, best_previous)
            columns.append(following)
            column = following
        form: str | None = max(column, key=lambda key: column[key][0])
        path: list[str | None] = []
        for position in range(len(words), 0, -1):
            assert form is not None
            path.append(form if form != canonical(words[position - 1]) else None)
            form = columns[position][form][1]
        return path[::-1]

    def _candidates(self, word: str) -> list[str]:
        known = [form for form in self._forms.get(fold(word), ()) if agrees(word, self._spelling[form])]
        return known or [canonical(word)]

    def _share_left_out(self, words: list[str]) -> float | None:
        """Estimated share of marks that were not typed; None when the question needs no restoring."""
        marked = sum(is_marked(word) for word in words)
        bare = sum(
            not is_marked(word) and word.isalpha() and bool(forms) and word not in forms
            for word in words
            for forms in [self._forms.get(fold(word), set())]
        )
        if not bare and marked:
            doubtful = [w for w in words if not is_marked(w) and len(self._forms.get(fold(w), ())) > 1]
            if not doubtful or marked >= len(doubtful):
                return None
        return min((bare + 0.3) / (bare + marked + 0.6), 0.999)


@lru_cache(maxsize=1)
def question_phrases() -> tuple[str, ...]:
    """Phrases people ask with (data/question_phrases.txt)."""
    lines = files("embeddings").joinpath("data/question_phrases.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _recase(typed: str, word: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
