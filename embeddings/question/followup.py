"""Whether a question stands alone or lives on the one before it, and how much of that one to search with.

"ở đâu?", "còn năm 2019?", "ông ấy lưu ý điều gì?" name no subject of their own; "Chỉ thị 18/2000/CT-TTg về việc gì"
does. A logistic model over four counts of the question tells them apart; its weights were fitted on the practice and
dev questions, each standalone question paired with an unrelated one before it (docs/decisions/).
"""

import math
import re
from functools import lru_cache

from corpus.vietnamese import fold
from embeddings.question.language import question_phrases
from embeddings.syllables import tokens

PREVIOUS_WEIGHT = 0.3
"""Weight of the previous question's words beside those of a question that depends on it."""

_REFERENCE = re.compile(
    r"^(?:còn|thế|vậy|rồi|và|ngoài ra|thế còn|vậy còn)\b"
    r"|\bthì sao\b|\b(?:đó|này|ấy|kia|nói trên|họ)\b"
)
_YEAR = re.compile(r"(?:\bnăm )?(?<![\w/.-])(?:19|20)\d{2}(?![\w/-])")
_BIAS = 7.9
_REFERS = 3.8
_CONTENT_WORD = -0.35
_NUMBER = -2.4
_WORD = -0.9
_MOST = 700.0
"""What `math.exp` still takes; a question of thousands of words scores below."""


def dependence(question: str) -> float:
    """Probability that a question can only be understood with the one before it.

    Args:
        question: with its marks restored.
    """
    words = tokens(question)
    content = [word for word in words if fold(word) not in function_words()]
    numbers = sum(any(c.isdigit() for c in word) for word in content)
    refers = _REFERENCE.search(question.lower()) is not None
    score = _BIAS + _REFERS * refers + _CONTENT_WORD * len(content) + _NUMBER * numbers + _WORD * len(words)
    return 1 / (1 + math.exp(min(-score, _MOST)))


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
