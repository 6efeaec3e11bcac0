"""The words of a text, and names found among them word by word, as they are written or without marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.vietnamese import fold
from embeddings.syllables import agrees, canonical

Names = dict[str, list[tuple[str, ...]]]
"""Folded first word -> the names that begin with it, word by word, the longest first."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|(?<![\w/.,])\d{1,2}(?![\w/.,]\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and its canonical form."""

    start: int
    end: int
    text: str
    form: str


def words_of(text: str) -> list[Word]:
    """The words of a text, and its small numbers (`khu phố 3`)."""
    return [Word(m.start(), m.end(), m.group(), canonical(m.group())) for m in _WORD.finditer(text)]


def is_one_of(words: Sequence[Word], place: int, wanted: Sequence[str], *, unmarked: bool) -> bool:
    """Whether the word of that number is one of those wanted; `unmarked` where its marks may be missing."""
    if not 0 <= place < len(words):
        return False
    word = words[place]
    return any(agrees(word.text, one) if unmarked else word.form == canonical(one) for one in wanted)


def longest_name(names: Names, words: Sequence[Word], place: int, *, unmarked: bool) -> tuple[str, ...] | None:
    """The longest of the names that stands at a word, its words one blank apart."""
    if not 0 <= place < len(words):
        return None
    for name in names.get(fold(words[place].text), ()):
        if all(
            is_one_of(words, place + i, (part,), unmarked=unmarked) and (i == 0 or adjoins(words, place + i))
            for i, part in enumerate(name)
        ):
            return name
    return None


def adjoins(words: Sequence[Word], place: int) -> bool:
    """Whether one character stands between a word and the one before it."""
    return words[place].start - words[place - 1].end == 1


def gap_before(text: str, words: Sequence[Word], place: int) -> str:
    """What stands between a word and the one before it, "" before the first."""
    return text[words[place - 1].end : words[place].start] if place else ""


def is_run(text: str, words: Sequence[Word]) -> bool:
    """Whether nothing but blanks stands between words."""
    return all(text[one.end : other.start].strip(" ") == "" for one, other in pairwise(words))


def pair(words: str) -> tuple[str, str]:
    """Two words with a blank between them, in canonical form."""
    first, second = words.split()
    return canonical(first), canonical(second)


def first_words(names: Names) -> Iterator[str]:
    """The first words of names, as they are written."""
    for group in names.values():
        yield from (name[0] for name in group)


def by_first_word(names: Iterable[str]) -> Names:
    """Names by their first word, folded, the longest first."""
    found: Names = {}
    for name in sorted({tuple(name.split()) for name in names}, key=lambda name: (-len(name), name)):
        found.setdefault(fold(name[0]), []).append(name)
    return found
