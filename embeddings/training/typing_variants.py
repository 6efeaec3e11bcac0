"""A question as different people would type it."""

import random

from corpus.vietnamese import fold

VARIANTS = 4
"""As it was written; without capitals and question mark; without marks; with a slip or a polite opening."""
SHARES = (0.5, 0.2, 0.15, 0.15)
"""How often each is shown."""

_OPENINGS = ("cho em hỏi", "cho tôi hỏi", "xin hỏi", "đồng chí cho biết", "cho mình hỏi chút")


def variants(question: str, language: str, rng: random.Random) -> list[str]:
    """The `VARIANTS` ways in which a question is shown in training; those that make no sense repeat another one."""
    lowered = question.lower().rstrip(" ?") or question
    if language != "vi":
        return [question, lowered, lowered, _slipped(lowered, rng)]
    last = f"{rng.choice(_OPENINGS)} {lowered}" if rng.random() < 0.5 else _slipped(lowered, rng)  # noqa: PLR2004
    return [question, lowered, fold(lowered), last]


def _slipped(text: str, rng: random.Random) -> str:
    """One letter doubled, dropped or exchanged with the next."""
    places = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    i = rng.choice(places)
    changed = rng.choice((text[i] * 2 + text[i + 1], text[i + 1], text[i + 1] + text[i]))
    return text[:i] + changed + text[i + 2 :]
