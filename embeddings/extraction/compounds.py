"""Pairs of syllables that are one word nearly wherever they meet (`sáng tạo`, `xã hội`), so that no answer cuts them.

Run as `python -m embeddings.extraction.compounds TEXTS > embeddings/data/compounds.txt`, TEXTS being JSON lines with a
`text`, gzip or not: official Vietnamese, since what is one word there is counted.
"""

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

_LEAST_SEEN = 5
_LEAST_BOUND = 0.5
"""Normalised pointwise mutual information (Bouma 2009) from which a pair counts as one word."""
_CLAUSE = re.compile(r"[^\w\s]|\n")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_BEFORE, _BEHIND = re.compile(r"([^\W\d_]+) $"), re.compile(r"[^\W\d_]+")
_LEADING = frozenset(
    ("bằng", "bị", "bởi", "các", "cho", "chưa", "có", "của", "do", "dưới", "đã", "đang", "được", "không", "là")
)
_LEADING |= frozenset(
    ("mọi", "một", "như", "những", "ở", "phải", "sẽ", "tại", "theo", "trên", "trong", "từ", "và", "về", "với")
)
"""Words that lead to what stands behind them, and are no part of it."""
_OF_A_PARTY = frozenset(
    ("Tỉnh", "Huyện", "Thành", "Thị", "Quận", "Đảng", "Khu", "tỉnh", "huyện", "thành", "thị", "quận", "đảng")
)
_COMMITTEE = frozenset(("ủy", "uỷ", "Ủy", "Uỷ"))
"""`Tỉnh ủy` and the like: one word, whatever its capitals."""
_LONGEST = 8
"""Letters of a syllable, the blank counted."""


def cuts_a_word(text: str, place: int) -> bool:
    """Whether a place between two syllables lies inside a word.

    Args:
        text: what is cut.
        place: where a syllable begins.
    """
    before, behind = _BEFORE.search(text, max(place - _LONGEST, 0), place), _BEHIND.match(text, place)
    if before is None or behind is None:
        return False
    return f"{before[1]} {behind[0]}" in _compounds() or (before[1] in _OF_A_PARTY and behind[0] in _COMMITTEE)


def compounds_of(texts: Iterable[str]) -> Iterator[str]:
    """The pairs of small syllables that texts bind, in the order of the alphabet.

    Args:
        texts: with their marks.
    """
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for clause in _CLAUSE.split(text):
            syllables = _SYLLABLE.findall(clause)
            alone.update(syllables)
            together.update((one, other) for one, other in pairwise(syllables) if one.islower() and other.islower())
    total = sum(alone.values())
    for (one, other), seen in sorted(together.items()):
        if seen >= _LEAST_SEEN and one not in _LEADING:
            share = seen / total
            bound = math.log(share * total * total / (alone[one] * alone[other])) / -math.log(share)
            if bound >= _LEAST_BOUND:
                yield f"{one} {other}"


@lru_cache(maxsize=1)
def _compounds() -> frozenset[str]:
    lines = files("embeddings").joinpath("data/compounds.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


if __name__ == "__main__":
    sys.stdout.write(
        "# Pairs of syllables that are one word in official Vietnamese; see embeddings/extraction/compounds.py.\n"
        "# Counted out of articles of 17 laws, which bear no copyright, and tests/gold/practice/corpus.jsonl.\n"
    )
    sys.stdout.writelines(f"{pair}\n" for pair in compounds_of(t for name in sys.argv[1:] for t in _texts(Path(name))))
