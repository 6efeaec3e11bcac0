"""A question as different people would type it."""

import random

from corpus.vietnamese import fold
from embeddings.question.general_language import forms_used
from embeddings.question.keystrokes import compose
from embeddings.syllables import canonical, token_spans

VARIANTS = 5
"""As it was written; without capitals and question mark; without marks; with a slip or a polite opening; with marks
that were left out and restored, some of them wrongly."""
MISREAD = 4
"""Number of the last one."""
SHARES = (0.45, 0.2, 0.05, 0.12, 0.18)
"""How often each is shown."""
_MISREAD = 0.12
"""Of the words of a question typed without marks; with runs of three syllables about 5 of 100, 10 in far-away ones."""

_USUAL = 0.6
"""How often the most usual of the other forms is read."""
_OPENINGS = ("cho em hỏi", "cho tôi hỏi", "xin hỏi", "đồng chí cho biết", "cho mình hỏi chút")


def variants(question: str, language: str, rng: random.Random) -> list[str]:
    """The `VARIANTS` ways in which a question is shown in training; those that make no sense repeat another one."""
    lowered = question.lower().rstrip(" ?") or question
    if language != "vi":
        return [question, lowered, lowered, _slipped(lowered, rng), lowered]
    last = f"{rng.choice(_OPENINGS)} {lowered}" if rng.random() < 0.5 else _slipped(lowered, rng)  # noqa: PLR2004
    return [question, lowered, fold(lowered), last, _misread(lowered, rng)]


def _misread(text: str, rng: random.Random) -> str:
    """Some words in another form of the same letters, as marks are restored wrongly."""
    pieces: list[str] = []
    position = 0
    for start, end in token_spans(text):
        forms = [form for form in forms_used(fold(text[start:end])) if form != canonical(text[start:end])]
        if forms and rng.random() < _MISREAD:
            pieces += [text[position:start], compose(forms[0] if rng.random() < _USUAL else rng.choice(forms))]
            position = end
    return "".join([*pieces, text[position:]])


def _slipped(text: str, rng: random.Random) -> str:
    """One letter doubled, dropped or exchanged with the next."""
    places = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    i = rng.choice(places)
    changed = rng.choice((text[i] * 2 + text[i + 1], text[i + 1], text[i + 1] + text[i]))
    return text[:i] + changed + text[i + 2 :]
