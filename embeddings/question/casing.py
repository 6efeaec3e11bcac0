"""Capitals as the documents write them, so that it does not matter whether a question is typed in small letters.

A word is a name where the documents write it with a capital in the middle of a sentence: `thái nguyên` is read as
`Thái Nguyên`, `Năm 2020 là năm gì?` as `năm 2020 là năm gì`; so is what they write in capitals only (`khóa xiii`).
What the documents do not tell stays as it was typed, but for the first word; a question typed in capitals throughout
is read as if in small letters.
"""

from collections.abc import Callable

from embeddings.index.corpus_language import BETWEEN, CAPITAL, CorpusLanguage
from embeddings.syllables import canonical, token_spans

_LEAST_SHOUTED = 3
"""Words; fewer in capitals may be abbreviations."""


class Casing:
    """Which pairs of words the documents write with a capital, first or second word; counted inside sentences only.

    Args:
        counted: what was counted over titles and passages.
    """

    def __init__(self, counted: CorpusLanguage) -> None:
        self._written = counted.cased
        self._acronyms = counted.acronyms

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
            sides.append(f"1{keys[place - 1]}{BETWEEN}{keys[place]}")
        if place + 1 < len(keys):
            sides.append(f"0{keys[place]}{BETWEEN}{keys[place + 1]}")
        told = [case for case in map(self._written.__getitem__, sides) if case]
        if told:
            return word.capitalize() if CAPITAL in told else word.lower()
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
