"""Provinces and communes merged in 2025: who asks by one name finds documents with the other.

The names are in data/merged_units.tsv. They are exchanged only where no document knows the name that was typed, and
only for names that documents know: dozens of communes share a name, and most documents are about one district.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.vietnamese import fold
from embeddings.syllables import agrees, token_spans, tokens

_UNITS = ("tỉnh", "thành phố", "phường", "xã", "thị trấn", "đặc khu")
_PROVINCES = ("tỉnh", "thành phố")
_LONGEST_NAME = 5
_MOST = 3
"""Counterparts that are searched for; a name with more of them in the documents says nothing."""
_FORMER = re.compile(r"\s*\(?cũ\b\)?", re.IGNORECASE)
_SINCE = "01/07/2025"
SINCE = "-".join(reversed(_SINCE.split("/")))
"""The day, as ISO date."""

HasName = Callable[[str], bool]
"""Whether the documents have a name."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and what it was made of, or is part of now.

    Attributes:
        name: with what it is (`Xã Sông Xoài`).
        counterparts: the units it was made of if it is one of today's, else today's that it went into.
        former: whether it is one of before July 2025.
    """

    name: str
    counterparts: tuple[str, ...]
    former: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """A unit of a question, put in the names that the documents have.

    Attributes:
        start, end: where the question names it.
        names: what the documents call what it went into, or was made of.
        sentence: in Vietnamese, for the person who asked.
        former: whether the question calls it as it was called before; documents of before may speak of another unit
            under today's name then (the table does not tell which names are new).
    """

    start: int
    end: int
    names: tuple[str, ...]
    sentence: str
    former: bool


def renamed(question: str, has_name: HasName) -> list[Renamed]:
    """The units of a question that no document names, with the names they have there, in their order.

    Args:
        question: NFC; units are known with or without marks, by the word before them (`xã`, `tỉnh`).
        has_name: of a name without that word.
    """
    found = []
    for start, end, units in _units_in(question):
        asked = question[start:end]
        if has_name(_bare(units[0].name)):
            continue
        known = {name: unit for unit in units for name in unit.counterparts if has_name(_bare(name))}
        if not 0 < len(known) <= _MOST:
            continue
        former = _FORMER.match(question, end)
        names = tuple(name[0].lower() + name[1:] for name in known)
        sentence = _sentence(asked, names, known)
        is_former = next(iter(known.values())).former
        found.append(Renamed(start, former.end() if former else end, names, sentence, is_former))
    return found


def replaced(text: str, found: list[Renamed], asked: str) -> str:
    """A text with its units in the names that the documents have.

    Args:
        text: a reading of a question.
        found: as `renamed` gave them for another reading of it.
        asked: that reading.
    """
    for one in reversed(found):
        wanted = tokens(asked[one.start : one.end])
        spans = token_spans(text)
        for i in range(len(spans) - len(wanted), -1, -1):
            words = [text[start:end] for start, end in spans[i : i + len(wanted)]]
            if all(fold(word) == fold(other) for word, other in zip(words, wanted, strict=True)):
                end = spans[i + len(wanted) - 1][1]
                text = text[: spans[i][0]] + ", ".join(one.names) + text[end:]
                break
    return text


def _sentence(asked: str, names: tuple[str, ...], known: dict[str, Unit]) -> str:
    unit = next(iter(known.values()))
    now = " và ".join(names)
    name = asked[0].upper() + asked[1:]
    if unit.former:
        return f"{name} nay thuộc {now} (từ ngày {_SINCE}); đã tìm theo tên mới."
    return f"{name} từ ngày {_SINCE} gồm cả {now} trước đây; đã tìm theo tên cũ."


def _units_in(question: str) -> Iterator[tuple[int, int, list[Unit]]]:
    """Where a question names units of the table; the longest name that fits."""
    spans = token_spans(question)
    words = [question[start:end] for start, end in spans]
    taken = -1
    for i, word in enumerate(words):
        if fold(word) not in _first_words():
            continue
        for size in range(min(_LONGEST_NAME + 2, len(words) - i), 0, -1):
            units = _called(words[i : i + size])
            if units and i > taken:
                yield spans[i][0], spans[i + size - 1][1], units
                taken = i + size - 1
                break


def _called(words: list[str]) -> list[Unit]:
    """The units that words name; provinces also without the word for it, where they have capitals."""
    units = [unit for unit in _table().get(_key(" ".join(words)), ()) if _agree(words, tokens(unit.name))]
    if units or not all(word[0].isupper() for word in words):
        return units
    for kind in _PROVINCES:
        whole = [*kind.split(), *words]
        units += [unit for unit in _table().get(_key(" ".join(whole)), ()) if _agree(whole, tokens(unit.name))]
    return units


def _agree(typed: list[str], wanted: list[str]) -> bool:
    return len(typed) == len(wanted) and all(agrees(a, b) for a, b in zip(typed, wanted, strict=True))


def _bare(name: str) -> str:
    """A name without what it is."""
    unit = next(unit for unit in _UNITS if name.lower().startswith(unit + " "))
    return name[len(unit) + 1 :]


@lru_cache(maxsize=1)
def _table() -> dict[str, list[Unit]]:
    """Folded names with what they are -> the units called so."""
    now_of: defaultdict[str, list[str]] = defaultdict(list)
    table: defaultdict[str, list[Unit]] = defaultdict(list)
    for line in files("embeddings").joinpath("data/merged_units.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, _, olds = line.split("\t")
        table[_key(name)].append(Unit(name, tuple(olds.split("|")), former=False))
        for old in olds.split("|"):
            now_of[old].append(name)
    for old, names in now_of.items():
        table[_key(old)].append(Unit(old, tuple(dict.fromkeys(names)), former=True))
    return dict(table)


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """Folded first words of all names, those of provinces also without what they are."""
    bare = (key.removeprefix(f"{fold(kind)} ") for key in _table() for kind in _PROVINCES)
    return frozenset(name.split()[0] for name in (*_table(), *bare))


def _key(name: str) -> str:
    return " ".join(map(fold, tokens(name)))
