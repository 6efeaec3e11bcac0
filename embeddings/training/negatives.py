"""Questions that a paragraph does not answer, made from ones that it does."""

import random
import re
from collections.abc import Sequence

from embeddings.training.training_texts import Asked, Text

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-ỸĐА-ЯΑ-Ω][\w'-]+(?:\s+[A-ZÀ-ỸĐА-ЯΑ-Ω][\w'-]+)*")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_YEAR_STEPS = (-30, -12, -7, -5, -3, -2, -1, 1, 2, 3, 4, 6, 9, 15)


def names_of(texts: Sequence[Text]) -> list[str]:
    """Capitalised runs inside sentences, to put in each other's place."""
    found = {m.group() for text in texts for paragraph in text.paragraphs for m in _NAME.finditer(paragraph.text)}
    return sorted(found)


def swapped(asked: Asked, passage: str, names: Sequence[str], rng: random.Random) -> Asked | None:
    """An answered question with another year, number or name in it, None if it has none that could be changed.

    What was the answer is what tempts now.

    Args:
        asked: the answered question.
        passage: what answers it, with the heading above it.
        names: to put in place of a name.
        rng: draws.
    """
    question = asked.question
    choices = [("number", m) for m in _NUMBER.finditer(question)]
    choices += [("name", m) for m in _NAME.finditer(question) if m.group() in passage]
    if not choices:
        return None
    sort, match = rng.choice(choices)
    was = match.group()
    if sort == "name":
        now = rng.choice(names) if names else was
    elif _YEAR.fullmatch(was):
        sort, now = "year", str(int(was) + rng.choice(_YEAR_STEPS))
    else:
        now = str(rng.randrange(1, 99)) if len(was) <= 2 else _changed(was, rng)  # noqa: PLR2004
    if now == was or now in passage:
        return None
    changed = question[: match.start()] + now + question[match.end() :]
    tempting = asked.answers[0] if asked.answers else None
    return Asked(changed, sort, (), asked.previous, tempting, asked.styles)


def _changed(number: str, rng: random.Random) -> str:
    last = int(number[-1])
    return number[:-1] + str((last + rng.randrange(1, 9)) % 10)
