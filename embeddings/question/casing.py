"""Capitals as the documents write them, so that it does not matter whether a question is typed in small letters.

A word is a name where the documents write it with a capital in the middle of a sentence: `thái nguyên` is read as
`Thái Nguyên`, `Năm 2020 là năm gì?` as `năm 2020 là năm gì`; so is what they write in capitals only (`khóa xiii`).
What the documents do not tell stays as it was typed, but for the first word; a question typed in capitals throughout
is read as if in small letters.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from embeddings.syllables import canonical, token_spans

_LEAST_SHOUTED = 3
"""Words; fewer in capitals may be abbreviations."""
_LONGEST_ACRONYM = 6
_OPENING = "“\"'‘(["

Pair = tuple[str, str]


class Casing:
    """Which pairs of words the documents write with a capital, first or second word; counted inside sentences only.

    Args:
        texts: titles and passages of the documents.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        small: Counter[tuple[Pair, int]] = Counter()
        capital: Counter[tuple[Pair, int]] = Counter()
        acronyms: set[str] = set()
        others: set[str] = set()
        for text in texts:
            if text.isupper():
                continue
            spans = token_spans(text)
            words = [text[start:end] for start, end in spans]
            keys = [canonical(word) for word in words]
            for word, key in zip(words, keys, strict=True):
                (acronyms if _is_acronym(word) else others).add(key)
            for i, (first, second) in enumerate(pairwise(spans)):
                if text[first[1] : second[0]].strip():
                    continue
                pair = keys[i], keys[i + 1]
                _count(capital if words[i + 1][:1].isupper() else small, (pair, 1), words[i + 1])
                if _inside(text, first[0]):
                    _count(capital if words[i][:1].isupper() else small, (pair, 0), words[i])
        self._capital = {key for key, count in capital.items() if count > small[key]}
        self._known = self._capital.union(small)
        self._acronyms = acronyms - others

    def apply(self, text: str) -> str:
        """The text with the capitals of the documents; abbreviations in capitals stay."""
        spans = token_spans(text)
        words = [text[start:end] for start, end in spans]
        keys = [canonical(word) for word in words]
        pieces: list[str] = []
        position = 0
        for i, ((start, end), word) in enumerate(zip(spans, words, strict=True)):
            pieces += [text[position:start], self._cased(i, word, keys)]
            position = end
        return "".join([*pieces, text[position:]])

    def _cased(self, place: int, word: str, keys: list[str]) -> str:
        if not word.isalpha() or (word.isupper() and len(word) > 1):
            return word
        if keys[place] in self._acronyms:
            return word.upper()
        sides = []
        if place > 0:
            sides.append(((keys[place - 1], keys[place]), 1))
        if place + 1 < len(keys):
            sides.append(((keys[place], keys[place + 1]), 0))
        told = [side in self._capital for side in sides if side in self._known]
        if told:
            return word.capitalize() if any(told) else word.lower()
        return word.lower() if place == 0 else word


def calm(text: str, is_abbreviation: Callable[[str], bool]) -> str:
    """A text typed in capitals throughout in small letters, but for its abbreviations; any other text as it is."""
    spans = token_spans(text)
    shouted = [text[start:end].isupper() for start, end in spans if text[start:end].isalpha()]
    if len(shouted) < _LEAST_SHOUTED or not all(shouted):
        return text
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        word = text[start:end]
        kept = not word.isalpha() or is_abbreviation(word)
        pieces += [text[position:start], word if kept else word.lower()]
        position = end
    return "".join([*pieces, text[position:]])


def _is_acronym(word: str) -> bool:
    """Whether a word is written like `KPI` or `XIII`."""
    return word.isascii() and word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM


def _count(counter: Counter[tuple[Pair, int]], key: tuple[Pair, int], word: str) -> None:
    if word[:1].isalpha() and not (word.isupper() and len(word) > 1):
        counter[key] += 1


def _inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence, where only names have capitals."""
    before = text[:start].rstrip().rstrip(_OPENING).rstrip()
    return bool(before) and before[-1] not in ".!?:;…–-" and "\n" not in text[len(before) : start]
