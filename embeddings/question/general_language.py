"""How often syllables follow one another in official Vietnamese at large, where the documents are too few to tell.

data/syllable_runs_*.npy were counted by `python -m embeddings.training.syllable_runs` over this project's own texts
with their questions and over laws.
"""

from functools import lru_cache
from importlib.resources import files
from itertools import product

import numpy as np

from corpus.vietnamese import fold
from embeddings.index.corpus_language import BETWEEN
from embeddings.index.term_keys import TermCounts
from embeddings.question.keystrokes import compose, looks_vietnamese
from embeddings.syllables import TONES, canonical

NAME = "syllable_runs"
_SELDOM, _SELDOM_PAIR = 20, 5
"""What follows a syllable, or a pair, that was counted more seldom is as uncertain as if it were counted so often."""
_OF_ALL, _AFTER_PAIR = 0.2, 1.5
"""Weights of the share among all syllables and of that behind two, beside that behind one."""
_REMEMBERED = 1 << 16
_LETTERS = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
_LONGEST = len("nghieng")
_STOPS = ("c", "p", "t", "ch")
"""Behind them every syllable has a tone mark."""
_FEWEST = 4
_MOST_FORMS = 8
_LEAST_SHARE = 0.015
"""Of the most usual form's count; what is counted less often beside it is mostly that form with a mark left out."""


@lru_cache(maxsize=_REMEMBERED)
def follows(form: str, previous: str, before: str) -> float:
    """How likely a syllable is behind two others: weighted shares among those behind both, behind one, and among all.

    Args:
        form: the syllable, in canonical form as the others.
        previous: the one before it; `corpus_language.START` before a text.
        before: the one before that one.
    """
    share, side_by_side = _behind_one(form, previous)
    if not side_by_side:
        return share
    triple = _counts()[run_of(before, previous, form)]
    return share + _AFTER_PAIR * (triple / max(_counted(before, previous), _SELDOM_PAIR)) if triple else share


@lru_cache(maxsize=_REMEMBERED)
def _behind_one(form: str, previous: str) -> tuple[float, bool]:
    """The weighted shares of a syllable behind one other and among all; whether the two stand side by side at all."""
    alone = _counted(form) / _counted()
    pair = _counts()[run_of(previous, form)]
    if not pair:
        return _OF_ALL * alone, False
    return _OF_ALL * alone + pair / max(_counted(previous), _SELDOM), True


@lru_cache(maxsize=_REMEMBERED)
def _counted(*forms: str) -> int:
    return _counts()[run_of(*forms)]


def lacks_tone(word: str) -> bool:
    """Whether a syllable is written without the tone mark that its ending asks for: `viêc`."""
    return fold(word).endswith(_STOPS) and canonical(word)[-1] not in TONES and looks_vietnamese(fold(word))


def run_of(*forms: str) -> str:
    """Under what a run of syllables was counted."""
    return BETWEEN.join(forms)


def is_used(form: str) -> bool:
    """Whether official Vietnamese at large uses a syllable, in canonical form: whether it is among `forms_used`."""
    return form in forms_used(fold(compose(form)))


@lru_cache(maxsize=_REMEMBERED)
def forms_used(folded: str) -> tuple[str, ...]:
    """The canonical forms of a syllable without marks that official Vietnamese at large uses, the usual ones first."""
    if len(folded) > _LONGEST or not looks_vietnamese(folded):
        return ()
    tones = TONES if folded.endswith(_STOPS) else ("", *TONES)
    letters = [_LETTERS.get(c, c) if place == 0 or c != "d" else c for place, c in enumerate(folded)]
    found = {
        form: counted for form in map("".join, product(*letters, tones)) if (counted := _counts()[form]) >= _FEWEST
    }
    usual = sorted(found, key=lambda form: -found[form])[:_MOST_FORMS]
    return tuple(form for form in usual if found[form] >= _LEAST_SHARE * found[usual[0]])


@lru_cache(maxsize=1)
def _counts() -> TermCounts:
    data = files("embeddings").joinpath("data")
    parts = []
    for part in ("terms", "counts"):
        with data.joinpath(f"{NAME}_{part}.npy").open("rb") as file:
            parts.append(np.load(file))
    return TermCounts(*parts)
