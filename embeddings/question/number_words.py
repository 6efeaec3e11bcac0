"""Numbers and dates of a question put in the documents' own spelling: `ba nghìn ba trăm` -> `3.300`.

Meaning and reading depend on words that look alike; the lexical index does not need this (see `lexical.QUANTITY`).
"""

from collections.abc import Callable

from corpus.vietnamese import fold
from embeddings.index.lexical import word_behind
from embeddings.index.number_spellings import NumberSpellings
from embeddings.quantities.quantities import Quantity, quantities
from embeddings.syllables import tokens

Pairs = Callable[[str, str], int]

_LONG = 4
"""Digits from which a number is usually grouped."""


def respell(text: str, spellings: NumberSpellings, pairs: Pairs) -> str:
    """The text with its numbers as the documents write them; those that no document has stay as they are.

    Args:
        text: as typed.
        spellings: of the documents.
        pairs: how often the documents have two folded words next to each other.
    """
    for quantity in reversed(quantities(text)):
        text = text[: quantity.start] + _usual(text, quantity, spellings, pairs) + text[quantity.end :]
    return text


def _usual(text: str, quantity: Quantity, spellings: NumberSpellings, pairs: Pairs) -> str:
    """The spelling that the documents put before the same next word; else the usual one, but a few digits stay."""
    typed = text[quantity.start : quantity.end]
    same = quantity.keys[: 1 if quantity.is_date else 2]  # a date's further keys are coarser: its month, its year
    known = next((words for key in same if (words := spellings.of(key))), [])
    following = word_behind(text, quantity.end)

    def beside(spelled: str) -> int:
        last = tokens(spelled)
        return pairs(fold(last[-1]), following) if following and last else 0

    best = max(known, key=beside, default=typed)
    if beside(best) > beside(typed):
        return best
    kept = (typed.isdigit() and len(typed) < _LONG) or any(fold(spelled) == fold(typed) for spelled in known)
    return typed if kept or not known else known[0]
