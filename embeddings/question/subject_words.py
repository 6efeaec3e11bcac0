"""The words of a question that are not there to ask: what a passage that answers should speak of.

Stricter than `followup.content_words`, which leaves out every syllable that some phrase of asking has (`hội nghị nào`
takes `hội` and `nghị` along): here a phrase is left out where it stands as a whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.vietnamese import fold
from embeddings.index.lexical import FOLDED, MARKED
from embeddings.syllables import canonical, is_marked, tokens


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """Words in the form that they are compared in.

    Attributes:
        rarity: of each word among the passages.
        pairs: neighbouring words, folded; a Vietnamese word is often two syllables.
        marked: whether the question was typed with marks: then words are compared with theirs, else without.
    """

    rarity: dict[str, float]
    pairs: tuple[tuple[str, str], ...] = ()
    marked: bool = False

    def form(self, word: str) -> str:
        """A word as those of `rarity` are written."""
        return canonical(word) if self.marked else fold(word)


NO_WORDS = SubjectWords({})


def subject_words(
    restored: str, typed: str, rarity: Callable[[str], float], others: Sequence[str] = ()
) -> SubjectWords:
    """The words of a question.

    Args:
        restored: the question with its marks.
        typed: the question as it was typed.
        rarity: of a term of the lexical index.
        others: words that were asked and cannot be searched for, such as English ones without a translation.
    """
    marked = is_marked(typed)
    placed = list(_beside_asking(restored))
    pairs = [(fold(one), fold(other)) for (i, one), (j, other) in pairwise(placed) if j == i + 1]
    forms = [canonical(word) if marked else fold(word) for word in (*(word for _, word in placed), *others)]
    prefix = MARKED if marked else FOLDED
    return SubjectWords({form: rarity(prefix + form) for form in forms}, tuple(pairs), marked)


def _beside_asking(question: str) -> Iterator[tuple[int, str]]:
    """Place and word of all that is no part of an asking phrase."""
    words = list(tokens(question))
    marked = [canonical(word) for word in words]
    phrases, longest = _asking()
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            if tuple(marked[place : place + length]) in phrases:
                place += length
                break
        else:
            yield place, words[place]
            place += 1


@lru_cache(maxsize=1)
def _asking() -> tuple[frozenset[tuple[str, ...]], int]:
    lines = files("embeddings").joinpath("data/asking_words.txt").read_text("utf-8").splitlines()
    phrases = frozenset(tuple(map(canonical, line.split())) for line in lines if line and not line.startswith("#"))
    return phrases, max(map(len, phrases))
