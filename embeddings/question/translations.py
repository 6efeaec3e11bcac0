"""Words of the documents that the words of a question stand for: "cầm trịch" for "chủ trì", "góp lời" for "phản biện".

data/translations.tsv was learned by `python -m embeddings.training.translations` from this project's own questions.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType

from embeddings.syllables import canonical, tokens

FILE = "translations.tsv"
_REMEMBERED = 4096


def terms_of(text: str) -> list[str]:
    """Syllables of a text in canonical form, and pairs of neighbouring ones joined by a space."""
    words = [canonical(word) for word in tokens(text)]
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def translations(text: str) -> dict[str, float]:
    """What the terms of a text stand for, each with the largest of its probabilities; none of the text's own terms."""
    own = dict.fromkeys(terms_of(text))
    found: dict[str, float] = {}
    for term in own:
        for other, share in _of(term):
            if other not in own and share > found.get(other, 0.0):
                found[other] = share
    return found


def stands_for(word: str, beside: Iterable[str], terms: frozenset[str]) -> float:
    """How probably a word of a question stands for something that a text says.

    Args:
        word: in canonical form.
        beside: pairs of neighbouring words that it is one of, as in `terms_of`.
        terms: of the text; see `terms_of`.

    Returns:
        The largest share among the text's terms; 0 where it stands for none of them.
    """
    return max((share for term in (word, *beside) for other, share in _of(term) if other in terms), default=0.0)


@lru_cache(maxsize=_REMEMBERED)
def _of(term: str) -> tuple[tuple[str, float], ...]:
    fields = _table().get(term, "").split("\t")
    return tuple(zip(fields[::2], map(float, fields[1::2]), strict=False))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, str]:
    return MappingProxyType(dict(_rows(files("embeddings").joinpath("data", FILE).read_text("utf-8").splitlines())))


def _rows(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        term, _, others = line.partition("\t")
        yield term, others
