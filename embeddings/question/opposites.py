"""Opposites that a question offers (`siết hay nới`), and where a text says one of them, in these words or others.

The pairs stand in data/opposites.toml.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from embeddings.extraction.requests import REQUESTS

Span = tuple[int, int]

_NOT = r"(?<!hàng )\b(?:không(?! (?:gian|khí|quân|chỉ|những|ngừng)\b)|chưa(?! (?:chỉ|những)\b)|chẳng)\s+"
_DENIED = re.compile(
    rf"{_NOT}(?:(?:được|bị|còn|hề|thật|thực|sự|tổ chức|họp)\s+){{0,2}}"
    r"(?:(?:[^\W\d_]+\s+){0,2}(?:đầy đủ|kịp thời|nghiêm túc|cụ thể|rõ ràng)(?:,| và)\s+)?$"
)
"""A negation of what stands right behind it, alone or beside another word (`chưa đầy đủ, sâu sắc`)."""
_NEAR_DENIED = re.compile(rf"{_NOT}(?:[^\W\d_]+,?\s+){{0,5}}$")
"""A negation that may be of something else; what stands behind it says neither."""
_REQUESTED = re.compile(rf"\b(?:{REQUESTS}|mong muốn|cần|(?<!không )phải)\b[^.;\n]*$")
"""What is wanted is not what was done."""
_REQUEST_BEFORE = 120
"""Characters in front of a stretch of text in which its request stands."""


@dataclass(frozen=True, slots=True)
class Opposites:
    """Two opposites as a question offers them.

    Attributes:
        told: how documents say either, the one that the question names first before the other.
        rest: the question without them.
    """

    told: tuple[re.Pattern[str], re.Pattern[str]]
    rest: str


def read_opposites(question: str) -> Opposites | None:
    """The opposites that stand around `hay` in a question, None where it offers none that are known.

    Args:
        question: with its marks restored.
    """
    text = question.strip(" ?.!")
    for pattern, told in _pairs():
        found = pattern.search(text)
        if found:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return Opposites(told, " ".join(rest.split()))
    return None


def told_in(opposites: Opposites, text: str, start: int, end: int) -> list[tuple[int, Span]]:
    """Where a stretch of a text says one of them: which, 0 or 1, and the words, a negation before them included.

    Words in a request (`đề nghị ...`) and words that a negation may deny say neither.
    """
    found = []
    lower = text.lower() if len(text.lower()) == len(text) else text
    for side, pattern in enumerate(opposites.told):
        for match in pattern.finditer(lower, start, end):
            before = lower[start : match.start()]
            if _REQUESTED.search(lower[max(start - _REQUEST_BEFORE, 0) : match.start()]):
                continue
            denied = _DENIED.search(before)
            if denied is None and _NEAR_DENIED.search(before):
                continue
            if denied:
                found.append((1 - side, (start + denied.start(), match.end())))
            else:
                found.append((side, match.span()))
    return sorted(found, key=lambda one: one[1])


@lru_cache(maxsize=1)
def _pairs() -> list[tuple[re.Pattern[str], tuple[re.Pattern[str], re.Pattern[str]]]]:
    """What a question says for each pair, in either order, and what texts say."""
    found = []
    for pair in tomllib.loads(files("embeddings").joinpath("data/opposites.toml").read_text("utf-8"))["pair"]:
        sides = pair["one"], pair["other"]
        for first, second in (sides, sides[::-1]):
            asked = (_any([re.escape(one) for one in side["asked"]]) for side in (first, second))
            pattern = re.compile(
                r"\b{}(?: lại| ra| đi)?,? (?:hay|hoặc)(?: là)? (?:được |bị )?{}(?: lại| ra| đi)?\b".format(*asked),
                re.IGNORECASE,
            )
            told = tuple(re.compile(rf"\b{_any(side['told'])}(?!\w)") for side in (first, second))
            found.append((pattern, (told[0], told[1])))
    return found


def _any(patterns: list[str]) -> str:
    return f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"
