"""How much of a text is plausible Vietnamese: what is broken is refused or doubted, never taken for text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.vietnamese import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0]")
_CODED = re.compile(r"(?<![\w/])[A-Za-z0-9+/=]{60,}(?![\w/])")
_RUN = re.compile(r"([^\W\d_])\1{3,}")
_ROW = re.compile(r"^.* \| .*$", re.MULTILINE)
_CODE = re.compile(r"(?<!\w)(?:\w{1,2}|\w*\d\w*)(?!\w)")
"""Cells are full of codes and crosses, which are no broken words."""
_STRETCH = 2000
"""Characters that are judged together, about a page."""
_LEAST_WORDS = 30
_LEAST_OF_FEW = 8

# Measured on 2,040 articles of 17 laws, on XQuAD in ten languages and on both spoilt in eight ways
# (docs/decisions/documents.md): laws have at least 2.9 letters a word and at most .07 pieces, a text whose accented
# letters stand apart has 1.9 and .32.
_PIECES, _SHORT_WORDS = 0.12, 2.8
_PLAUSIBLE, _DOUBTFUL = 0.6, 0.85
_ODD = 0.06
_UNMARKED, _UNMARKED_SYLLABLES = 0.05, 0.8
_FOREIGN = 0.5
_CODED_SHARE = 0.2
_RUNS = 0.02
_PART = 0.3
"""Share of the stretches from which a text that is broken in places is refused as a whole."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be thought of a text.

    Attributes:
        refusal: why it must not be used, a clause that follows "it is skipped: "; "" if it may be.
        doubts: what is doubtful about it, one sentence each.
    """

    refusal: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Figures:
    """Shares of the words of a stretch, capitals such as UBND left out."""

    words: int
    syllables: float
    marked: float
    odd: float
    pieces: float
    mean: float
    vietnamese: bool

    @property
    def broken(self) -> bool:
        if self.pieces >= _PIECES and self.mean <= _SHORT_WORDS:
            return True
        return self.vietnamese and self.syllables < _PLAUSIBLE and self.odd >= 2 * _ODD

    @property
    def doubtful(self) -> bool:
        return self.vietnamese and self.syllables < _DOUBTFUL and (self.odd >= _ODD or self.pieces >= _PIECES)


def judge(text: str, pages: Sequence[tuple[int, int]] = ()) -> Verdict:
    """Judge a text by its syllables, marks, word lengths, repeated letters and codes.

    Args:
        text: of a document.
        pages: (character offset, page number) where the file has pages, to say where it is doubtful.
    """
    coded = sum(len(code) for code in _CODED.findall(text))
    if coded > _CODED_SHARE * len(text):
        return Verdict("it holds codes (base64) in place of text; save what they stand for as a file of its own")
    text = _ROW.sub(lambda row: _CODE.sub(lambda code: " " * len(code[0]), row[0]), text)
    stretches = [(start, figures) for start, part in _stretches(text, pages) if (figures := _figures(part)) is not None]
    if not stretches:
        return Verdict()
    broken = [start for start, figures in stretches if figures.broken]
    if broken and len(broken) >= _PART * len(stretches):
        return Verdict(
            "its words are broken to pieces or their letters wrong; save it anew, or have it recognised (OCR)"
        )
    doubts = []
    doubtful = [start for start, figures in stretches if figures.broken or figures.doubtful]
    if doubtful:
        where = _places(doubtful, pages) or f"in {len(doubtful)} of {len(stretches)} parts of it"
        doubts.append(f"Many of its words are no words, {where}; compare it with the paper.")
    whole = _figures(text)
    if whole is not None and not doubtful:
        if whole.marked < _UNMARKED and whole.syllables >= _UNMARKED_SYLLABLES:
            doubts.append("Its words have no Vietnamese marks: they were lost, or it was typed without.")
        elif whole.syllables < _FOREIGN:
            doubts.append("Hardly any of its words are Vietnamese.")
    if len(_RUN.findall(text)) > _RUNS * max(len(_WORD.findall(text)), 1):
        doubts.append("Letters in it are repeated again and again; compare it with the paper.")
    return Verdict(doubts=tuple(doubts))


def _stretches(text: str, pages: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """Parts of about a page, with where they begin: the pages of the file, or as much text as one holds."""
    if len(pages) > 1:
        edges = [*(offset for offset, _ in pages), len(text)]
    else:
        edges = [0]
        while len(text) - edges[-1] > 1.5 * _STRETCH:
            cut = text.find("\n", edges[-1] + _STRETCH)
            if cut < 0:
                break
            edges.append(cut)
        edges.append(len(text))
    return [(start, text[start:end]) for start, end in pairwise(edges)]


def _figures(text: str) -> _Figures | None:
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    words = [word.lower() for word in found if not (word.isupper() and len(word) > 1)]
    if len(words) < _LEAST_OF_FEW or (len(words) < _LEAST_WORDS and not _looks_spoilt(words)):
        return None
    count = len(words)
    syllables = [is_syllable(word) for word in words]
    return _Figures(
        words=count,
        syllables=sum(syllables) / count,
        marked=sum(not word.isascii() for word in words) / count,
        odd=sum(not good and not word.isascii() for word, good in zip(words, syllables, strict=True)) / count,
        pieces=sum(not good and len(word) <= 2 for word, good in zip(words, syllables, strict=True)) / count,  # noqa: PLR2004
        mean=sum(map(len, words)) / count,
        vietnamese=_VIETNAMESE.search(text) is not None,
    )


def _looks_spoilt(words: Sequence[str]) -> bool:
    """Whether so few words are so bad that they tell all the same."""
    return sum(map(is_syllable, words)) * 2 < len(words) and sum(map(len, words)) < _SHORT_WORDS * len(words)


def _places(starts: Sequence[int], pages: Sequence[tuple[int, int]]) -> str:
    numbers = [number for offset, number in pages if offset in starts]
    if len(pages) < 2 or not numbers:  # noqa: PLR2004
        return ""
    named = ", ".join(map(str, numbers[:10])) + (" and others" if len(numbers) > 10 else "")  # noqa: PLR2004
    return f"on page {named}"
