"""The words that offices are made of, as data/offices.toml lists them: ranks, units, what ends a body's name."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from corpus.vietnamese import fold
from embeddings.extraction.text_words import (
    Word,
    adjoins,
    by_first_word,
    first_words,
    is_one_of,
    longest_name,
    pair,
)
from embeddings.syllables import canonical

CHIEF = "trưởng"
DEPUTY = "phó"
FORMER = ("nguyên", "cựu")
ACTING = "quyền"


@dataclass(frozen=True, slots=True)
class Head:
    """The rank that begins at a word.

    Attributes:
        rank: folded.
        deputy: whether it is a deputy's.
        body: the words of the body that belong to it (`phòng` of `trưởng phòng`), as data/offices.toml has them.
        end: number of the word behind it.
    """

    rank: str
    deputy: bool
    body: tuple[str, ...]
    end: int


class Grammar:
    """The words of data/offices.toml, by their first word."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.heads = by_first_word(data["heads"])
        self.units = by_first_word(data["units"])
        self.trailing = by_first_word(data["trailing"])
        self.modifiers = by_first_word(data["modifiers"])
        self.members = frozenset(fold(head) for head in data["members"])
        self.short_names = frozenset(fold(name) for name in (*data["units"], *data["trailing"], *data["short_names"]))
        self.bodies = frozenset(fold(head) for head in data["bodies"])
        self.singular = frozenset(fold(rank) for rank in data["singular"])
        self.remembered = frozenset(data["remembered"])
        self.headless = tuple(fold(name) for name in data["headless"])
        starts = (CHIEF, DEPUTY, ACTING, *FORMER, *first_words(self.heads), *first_words(self.trailing))
        body = data["body"]
        self.stops = frozenset(canonical(word) for word in body["stops"])
        self.stop_pairs = frozenset(pair(words) for words in body["stop_pairs"])
        self.names_too = frozenset(pair(words) for words in body["names_too"])
        self.boards = frozenset(pair(words) for words in body["boards"])
        self.and_stops = frozenset(canonical(word) for word in body["and_stops"])
        self.first = frozenset(canonical(word) for word in starts)

    def head(self, words: Sequence[Word], place: int, *, deputy: bool, unmarked: bool) -> Head | None:
        """The rank that begins at a word, and the words of the body that belong to it."""
        chief = is_one_of(words, place, (CHIEF,), unmarked=unmarked)
        if chief or deputy:
            unit = longest_name(self.units, words, place + chief, unmarked=unmarked)
            if unit and adjoins(words, place + chief):
                return Head(fold(CHIEF), deputy, unit, place + chief + len(unit))
        trailing = longest_name(self.trailing, words, place, unmarked=unmarked)
        if trailing:
            behind = place + len(trailing)
            for word, is_deputy in ((CHIEF, False), (DEPUTY, True)):
                found = is_one_of(words, behind, (word,), unmarked=unmarked) and adjoins(words, behind)
                if found and not (is_deputy and deputy):
                    return Head(fold(CHIEF), deputy or is_deputy, trailing, behind + 1)
        head = longest_name(self.heads, words, place, unmarked=unmarked)
        if head:
            return Head(fold(" ".join(head)), deputy, (), place + len(head))
        return None


@lru_cache(maxsize=1)
def the_grammar() -> Grammar:
    """The words of data/offices.toml, read once."""
    return Grammar(tomllib.loads(files("embeddings").joinpath("data/offices.toml").read_text("utf-8")))


def office_starts(words: Sequence[Word], place: int, *, unmarked: bool = False) -> bool:
    """Whether another office may begin at a word."""
    if not unmarked and words[place].form not in the_grammar().first:
        return False
    deputy = is_one_of(words, place, (DEPUTY,), unmarked=unmarked)
    return the_grammar().head(words, place + deputy, deputy=deputy, unmarked=unmarked) is not None


def is_unit(body: str) -> bool:
    """Whether a folded name is only the short one of some body (`ban`, `tổ`, `đoàn`)."""
    return body in the_grammar().short_names


def is_singular(rank: str) -> bool:
    """Whether there is one office of a folded rank in the country (`thu tuong`)."""
    return rank in the_grammar().singular


def is_remembered(name: str) -> bool:
    """Whether somebody is named with an office out of history wherever they are quoted."""
    return name in the_grammar().remembered
