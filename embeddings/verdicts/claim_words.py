"""A yes-or-no question as a claim: its words with and without their marks, and the words that deny or limit one."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.vietnamese import fold
from embeddings.extraction.body_names import abbreviations
from embeddings.syllables import canonical

_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"[,;:](?!\d)")
_COUNT = re.compile(r"\d{1,2}|hai|ba|bốn|bon|năm|sáu|bảy|tám|chín|mười")
_AT_END = frozenset(("không", "khong", "chưa"))
"""Words that deny nothing at the end of a question."""
_OF_LIMITS = frozenset(map(canonical, ("chỉ", "quá", "dưới", "kém", "hơn", "vượt", "ít")))
"""Words with which a negation is none: `không chỉ`, `không quá`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A yes-or-no question as a claim.

    Attributes:
        text: the question without what makes a question of it, marks and case as they are.
        folded: its folded words.
        words: the same with their marks, as `canonical` spells them.
        worth: folded content words and their rarity.
        sure: whether it asks for a confirmation (`phải không`), not for something new (`có ... không`).
        done: whether it claims that something has happened (`đã ... chưa`).
    """

    text: str
    folded: tuple[str, ...]
    words: tuple[str, ...]
    worth: Mapping[str, float]
    sure: bool
    done: bool = False


def read_claim(question: str, worth: Mapping[str, float]) -> Claim:
    """The claim in a yes-or-no question, with its marks restored."""
    text = question.strip(" ?.!,")
    plain = fold(text)
    sure = re.search(r"\b(?:phai|dung)\b", plain) is not None or plain.endswith((" a", " ha", " sao"))
    for pattern in claim_words().markers:
        plain = fold(text)
        match = pattern.search(plain)
        if match and len(plain) == len(text):
            text = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,")
    done = bool(claim_words().done.intersection(spoken_words(question)))
    said = spoken_words(text)
    words = tuple(map(fold, said))
    valued = {word: value for word, value in worth.items() if word in words}
    return Claim(text, words, tuple(said), valued, sure, done)


def negations(spoken: Sequence[str]) -> list[int]:
    """Places of the words that deny something, as `canonical` spells them."""
    words = claim_words()
    around = ["", *spoken, ""]
    return [
        place
        for place, word in enumerate(spoken)
        if word in words.negations
        and not {f"{around[place]} {word}", f"{word} {around[place + 2]}"} & words.no_negations
    ]


def one_denies(head: str, question: str) -> bool:
    """Whether a head or a question denies words that both have, and the other denies nothing.

    (`Các trường hợp không được hưởng`, `những trường hợp nào được hưởng`.)
    """
    asked = spoken_words(question)
    question = question if not asked or asked[-1] not in _AT_END else question.rstrip(" ?.!").rpartition(" ")[0]
    return _denies_of(head, question) or _denies_of(question, head)


def _denies_of(text: str, other: str) -> bool:
    """Whether words of another text, which denies nothing, stand behind a negation in its clause here."""
    said = spoken_words(other)
    if _denials(said):
        return False
    clauses = [spoken_words(clause) for clause in _CLAUSE.split(text)]
    behind = [one[place + 1 :] for one in clauses for place in _denials(one)]
    denied = {fold(word) for words in behind if words and words[0] not in _OF_LIMITS for word in words}
    return bool(denied & set(map(fold, said)))


def _denials(spoken: Sequence[str]) -> list[int]:
    """Places of negations that are not counted (`ba không`)."""
    return [place for place in negations(spoken) if not place or not _COUNT.fullmatch(spoken[place - 1])]


def spoken_words(text: str) -> list[str]:
    """The words of a text as `canonical` spells them, its abbreviations in capitals written out."""
    return [word for word, _ in spoken_spans(text)]


def spoken_spans(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The same, each with the place where it, or its abbreviation, stands."""
    found: list[tuple[str, tuple[int, int]]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        long = abbreviations().get(word) if word.isupper() else None
        found += [(canonical(part), match.span()) for part in (long or word).split()]
    return found


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """What data/claims.toml has, words as `canonical` spells them."""

    markers: tuple[re.Pattern[str], ...]
    negations: frozenset[str]
    no_negations: frozenset[str]
    done: frozenset[str]
    not_done: tuple[str, ...]
    conditions: frozenset[str]
    not_denying: frozenset[str]
    partial: tuple[str, ...]
    whole: tuple[str, ...]
    opposites: tuple[tuple[str, str], ...]
    particles: frozenset[str]


@lru_cache(maxsize=1)
def claim_words() -> ClaimWords:
    """The words that come with the program."""
    data = tomllib.loads(files("embeddings").joinpath("data/claims.toml").read_text("utf-8"))
    return ClaimWords(
        markers=tuple(re.compile(pattern) for pattern in data["markers"]),
        negations=frozenset(_spelt(data["negations"])),
        no_negations=frozenset(_spelt(data["no_negations"])),
        done=frozenset(_spelt(data["done"])),
        not_done=tuple(_spelt(data["not_done"])),
        conditions=frozenset(_spelt(data["conditions"])),
        not_denying=frozenset(_spelt(data["not_denying"])),
        partial=tuple(_spelt(data["partial"])),
        whole=tuple(_spelt(data["whole"])),
        opposites=tuple((one, other) for one, other in map(_spelt, data["opposites"])),
        particles=frozenset(_spelt(data["particles"])),
    )


def _spelt(phrases: Sequence[str]) -> list[str]:
    """Phrases with every word as `canonical` spells it."""
    return [" ".join(map(canonical, phrase.split())) for phrase in phrases]
