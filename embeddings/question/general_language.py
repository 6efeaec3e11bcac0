"""How often syllables follow one another in official Vietnamese at large, where the documents are too few to tell.

data/word_pairs_*.npy were counted by `python -m embeddings.training.word_pairs` over this project's own texts with
their questions and over laws.
"""

from functools import lru_cache
from importlib.resources import files

import numpy as np

from embeddings.index.corpus_language import BETWEEN
from embeddings.index.term_keys import TermCounts

NAME = "word_pairs"
_SELDOM = 20
"""What follows a syllable that was counted more seldom is as uncertain as if it had been counted so often."""
_REMEMBERED = 1 << 16


@lru_cache(maxsize=_REMEMBERED)
def follows(form: str, previous: str) -> float:
    """Share of a syllable among those behind another one, 0 to 1, from below; both in canonical form.

    Args:
        form: the syllable.
        previous: the one before it; `corpus_language.START` before a text.
    """
    counts = _counts()
    return counts[BETWEEN.join((previous, form))] / max(counts[previous], _SELDOM)


def is_used(form: str) -> bool:
    """Whether official Vietnamese at large uses a syllable, in canonical form, and not by a slip."""
    return _counts()[form] >= _SELDOM


@lru_cache(maxsize=1)
def _counts() -> TermCounts:
    data = files("embeddings").joinpath("data")
    parts = []
    for part in ("terms", "counts"):
        with data.joinpath(f"{NAME}_{part}.npy").open("rb") as file:
            parts.append(np.load(file))
    return TermCounts(*parts)
