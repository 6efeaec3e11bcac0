"""Whether a question stands alone or lives on the one before it, and how much of that one to search with.

"ở đâu?", "còn năm 2019?", "ông ấy lưu ý điều gì?" name no subject of their own; "Chỉ thị 18/2000/CT-TTg về việc gì"
does. A logistic model tells them apart by how many words a question has, what it names and how rare its rarest word
is among the documents; its weights were fitted on the practice and dev questions (docs/decisions/).
"""

import math
import re
from functools import lru_cache

from corpus.vietnamese import fold
from embeddings.question.language import question_phrases
from embeddings.syllables import CAPITALS, tokens

PREVIOUS_WEIGHT = 0.3
"""Weight of the previous question's words beside those of a question that depends on it."""

DEPENDENT = 0.5
"""A question that needs the one before it less probably is read as if nothing had been asked before."""

_REFERENCE = re.compile(
    r"^(?:còn|thế|vậy|rồi|và|ngoài ra|thế còn|vậy còn)\b"
    r"|\bthì sao\b|\b(?:đó|này|ấy|kia|nói trên)\b",
    re.IGNORECASE,
)
_THEY = re.compile(rf"\b[Hh]ọ\b(?!\s+[{CAPITALS}])")
"""`họ`, unless a family's name follows."""
_YEAR = re.compile(r"(?:\bnăm )?(?<![\w/.-])(?:19|20)\d{2}(?![\w/-])")
_BIAS = 8.04
_REFERS = 6.6
_NUMBER = -1.18
_NAME = -1.96
_RAREST = -4.51
_WORD = -0.85
_MOST = 700.0
"""What `math.exp` still takes; a question of thousands of words scores below."""


def dependence(question: str, names: int = 0, rarest: float = 0.0) -> float:
    """Probability that a question can only be understood with the one before it.

    Args:
        question: with its marks and capitals restored.
        names: how many things it names (see `names.named`).
        rarest: rarity of its rarest content word, 0 to 1 for a word that no document has.
    """
    words = tokens(question)
    numbers = sum(any(c.isdigit() for c in word) for word in content_words(question))
    score = (
        _BIAS
        + _REFERS * refers_back(question)
        + _NUMBER * numbers
        + _NAME * names
        + _RAREST * rarest
        + _WORD * len(words)
    )
    return 1 / (1 + math.exp(min(-score, _MOST)))


def refers_back(question: str) -> bool:
    """Whether a question points at something said before, in so many words ("còn …", "người đó")."""
    return _REFERENCE.search(question) is not None or _THEY.search(question) is not None


def inherit(previous: str, question: str) -> str:
    """What a question takes over from the one before it: all but the years, where it names a year of its own."""
    return " ".join(_YEAR.sub(" ", previous).split()) if _YEAR.search(question) else previous


def content_words(question: str) -> list[str]:
    """Words of a question that are not only there to ask."""
    return [word for word in tokens(question) if fold(word) not in function_words()]


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Folded words of the phrases people ask with."""
    return frozenset(fold(word) for phrase in question_phrases() for word in phrase.split())
