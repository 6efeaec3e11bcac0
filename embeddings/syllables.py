"""Vietnamese syllables: reading them out of text, stripping and comparing their marks.

A syllable is compared in a canonical form that takes its tone mark off the vowel and puts it behind the letters,
so that the two customary placements (`hoà`, `hòa`; `Uỷ`, `Ủy`) are one syllable: both give `hoa` + grave.
"""

import re
import unicodedata
from functools import lru_cache

from corpus.vietnamese import fold
from embeddings.remembered import remembered

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Combining grave, acute, tilde, hook and dot below: huyền, sắc, ngã, hỏi, nặng."""

CAPITALS = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c.lower() != c)
"""Capital letters for a regular expression's class; in Unicode they alternate with the small ones."""

_TOKEN = re.compile(
    r"""
    \d+(?:[/-]\w+)*/[^\W\d_]+(?:-[^\W\d_]+)*\d*   # a document's number: 18/2000/CT-TTg, 05-CT/TU, 112/KH-UBND
    | \d+(?:[./-]\d+)+                            # a date or a grouped number: 15/11/2017, 3.300
    | \d+,\d+                                     # a decimal: 7,5
    | [^\W_]+(?:'[^\W_]+)*                        # a syllable, a word, a plain number
    """,
    re.VERBOSE,
)
_PARTS = re.compile(r"[^\W_]+")
_LONGEST_SYLLABLE = 32


def normalise(text: str) -> str:
    """NFC, invisible characters dropped, every run of white space one space; what questions are reduced to first."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c if c.isspace() or unicodedata.category(c) not in _INVISIBLE else "" for c in text)
    return " ".join(text.split())


_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@lru_cache(maxsize=65536)
def canonical(syllable: str) -> str:
    """Lower case, letters with their own marks (ă â ê ô ơ ư đ) in place, the tone mark moved to the end."""
    decomposed = unicodedata.normalize("NFD", syllable.lower())
    tone = "".join(c for c in decomposed if c in TONES)
    letters = "".join(c for c in decomposed if c not in TONES)
    return unicodedata.normalize("NFC", letters) + tone


def is_marked(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark or is `đ`."""
    return not text.isascii() and any(c in "đĐ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", text))


@remembered(16384, longest=_LONGEST_SYLLABLE)
def agrees(typed: str, word: str) -> bool:
    """Whether `word` can be what was meant by `typed`: what is not typed matches anything, what is typed binds.

    `duong` agrees with `đường` and `Dương`; `đuong` only with the first; `đường` with neither `Dương` nor `đương`.
    """
    if fold(typed) != fold(word):
        return False
    mine, theirs = _letters(typed), _letters(word)
    if mine[1] and mine[1] != theirs[1]:
        return False
    return all(not a.strip("-") or a == b for a, b in zip(mine[0], theirs[0], strict=True))


@lru_cache(maxsize=65536)
def _letters(syllable: str) -> tuple[tuple[str, ...], str]:
    """Marks on each letter (tone apart) and the tone."""
    marks: list[str] = []
    tone = ""
    for c in unicodedata.normalize("NFD", syllable.lower()):
        if c in TONES:
            tone += c
        elif unicodedata.combining(c) and marks:
            marks[-1] += c
        else:
            marks.append("đ" if c == "đ" else "")
    return tuple(marks), tone


def tokens(text: str) -> list[str]:
    """Words of a text in order, lower case, marks kept; document numbers, dates and amounts stay whole."""
    return [word.lower() for word in _TOKEN.findall(unicodedata.normalize("NFC", text))]


@remembered(2048)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of `tokens` without their marks."""
    return tuple(map(fold, tokens(text)))


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of `tokens` stand in an NFC text."""
    return [match.span() for match in _TOKEN.finditer(text)]


def parts(token: str) -> list[str]:
    """Pieces of a compound token (`18/2000/ct-ttg` -> `18 2000 ct ttg`); a simple one has none."""
    pieces = _PARTS.findall(token)
    return pieces if len(pieces) > 1 else []
