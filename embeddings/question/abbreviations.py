"""What officials' abbreviations stand for: a list (data/abbreviations.toml) and what the documents themselves explain.

A document that writes "Ủy ban nhân dân (UBND)" teaches the abbreviation for the whole corpus. Of several meanings
the words around decide, then how often the documents use the long form.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from corpus.vietnamese import fold
from embeddings.index.corpus_language import PERSON, CorpusLanguage
from embeddings.question.language import Language
from embeddings.syllables import is_marked, tokens

_WRITTEN = re.compile(r"[^\W_]+(?:[./&-][^\W_]+)*")
_UNITS = {"tinh", "huyen", "pho", "xa", "quan", "phuong", "tp"}
_PERSONS = re.compile(r"(?:^|\s)(?:đồng chí|dong chi|[đd]/c|[đd]\.c|ông|ong|bà) $", re.IGNORECASE)
_COMMON_WORDS = ("dat ", "thanh nam", "thanh tuyen")
"""Other names that begin as ordinary phrases do; a preposition stands in front of them."""
_PREPOSITION = re.compile(r"(?:^|\s)(?:o|tai|ve|tu|cua|den|toi|len|xuong|ra|vao|tren) $")
_SHORTEST_INITIALS = 2
_AROUND = 80
"""Characters on each side that are looked at for what an abbreviation means."""
_WORDS = {"tu", "du", "uv", "bcs"}
"""Folded abbreviations that are words, or parts of others, when typed in small letters."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    long: str
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class _Abbreviation:
    meanings: tuple[_Meaning, ...]
    upper: bool = False


class Abbreviations:
    """Reads abbreviations in the language of one corpus.

    Args:
        counted: what the titles and passages explain and name.
        language: of the same corpus.
    """

    def __init__(self, counted: CorpusLanguage, language: Language) -> None:
        self._language = language
        self._places = counted.places
        self._known = dict(_listed())
        for short, long, is_word in counted.explained:
            entry = self._known.get(short)
            if entry is None:
                self._known[short] = _Abbreviation((_Meaning(long),), upper=is_word)
            elif all(fold(meaning.long) != fold(long) for meaning in entry.meanings):
                self._known[short] = _Abbreviation((_Meaning(long), *entry.meanings), entry.upper)

    def expand(self, text: str) -> tuple[str, dict[str, str]]:
        """Replace abbreviations by what they stand for.

        Returns:
            the text with long forms in their places, and each abbreviation, as written, with its long form as a person
            is told it.
        """
        text, found = self._by_the_documents_names(text)
        pieces: list[str] = []
        position = 0
        for match in _WRITTEN.finditer(text):
            long = self._meaning(text, match)
            if long:
                found[match.group()] = as_officials_write(long)
                pieces += [text[position : match.start()], long]
                position = match.end()
        return "".join([*pieces, text[position:]]), found

    def _by_the_documents_names(self, text: str) -> tuple[str, dict[str, str]]:
        """A text with people and places called as the documents call them, with marks or without."""
        found: dict[str, str] = {}
        marked = is_marked(text)
        for pattern, spelling, name in self._names:
            match = pattern.search(text)
            if match and _is_called_so(match, spelling, marked=marked):
                found[match.group()] = name
                text = f"{text[: match.start()]}{name}{text[match.end() :]}"
        return text, found

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], str, str]]:
        """The other names of those whom the documents name and do not call so: how one is found, it, and their name."""
        told = [
            (called, name)
            for called, name in _data()["names"].items()
            if not self._frequency(called) and self._frequency(name)
        ]
        only_marked = set(_data()["with_marks"]["names"])
        return [
            (re.compile(rf"(?<!\w){re.escape(spelling)}(?!\w)", re.IGNORECASE), spelling, name)
            for called, name in told
            for spelling in ((called,) if called in only_marked else (called, fold(called)))
        ]

    def knows(self, word: str) -> bool:
        """Whether a word is written like one of the abbreviations."""
        return self._entry(word) is not None

    def knows_in_small_letters(self, word: str) -> bool:
        """Whether a word is one of the abbreviations even where it is typed in small letters."""
        entry = self._entry(word)
        return entry is not None and not entry.upper

    def _meaning(self, text: str, match: re.Match[str]) -> str | None:
        written = match.group()
        in_number = any(c.isdigit() for c in written) or _in_number(text, match)
        entry = None if in_number else self._entry(written)
        if in_number or (entry is None and not _may_be_initials(written)):
            return None
        behind = fold(text[match.end() : match.end() + _AROUND]).strip(" .,?!:;")
        before = fold(text[max(match.start() - _AROUND, 0) : match.start()])
        place = self._place(written, before) or (self._person(text, match) if entry is None else None)
        if place or entry is None:
            return place
        for meaning in entry.meanings:
            if meaning.after and re.search(meaning.after, behind):
                return meaning.long
            if meaning.before and re.search(r"(?:^|\s)" + meaning.before, before):
                return meaning.long
        if entry.upper and not written.isupper():
            return None
        best = max(entry.meanings, key=lambda meaning: self._frequency(meaning.long))
        return best.long if self._frequency(best.long) else entry.meanings[0].long

    def _entry(self, written: str) -> _Abbreviation | None:
        exact = written.lower().replace(".", "")
        return (
            (_phone().get(written) if written.islower() else None)
            or self._known.get(exact)
            or self._known.get(fold(exact))
        )

    def _place(self, written: str, before: str) -> str | None:
        """The place of the documents that initials behind a word like `tỉnh` stand for."""
        unit = before.split()[-1:] if before.endswith(" ") else []
        if not _may_be_initials(written) or not unit or unit[0] not in _UNITS:
            return None
        return self._places.get((unit[0], fold(written)))

    def _person(self, text: str, match: re.Match[str]) -> str | None:
        """The person of the documents that initials behind `đồng chí`, `ông` or `bà` stand for."""
        if not _may_be_initials(match.group()) or not _PERSONS.search(text[: match.start()]):
            return None
        return self._places.get((PERSON, fold(match.group())))

    def _frequency(self, long: str) -> int:
        """How often the documents say it: the rarest of its neighbouring pairs."""
        words = [fold(word) for word in tokens(long)]
        return min((self._language.folded_pairs[pair] for pair in pairwise(words)), default=0)


def _is_called_so(match: re.Match[str], spelling: str, *, marked: bool) -> bool:
    """Whether what is written like another name is meant as one: "cụ Hồ" and no "cụ Hồ Thị Lan", no "đất tổ chức"."""
    before, behind = match.string[: match.start()], match.string[match.end() :].lstrip()
    if behind[:1].isupper() and not behind.split(" ")[0].isupper():
        return False
    if marked and any(a.islower() and b.isupper() for a, b in zip(match.group(), spelling, strict=True)):
        return False
    return not fold(spelling).startswith(_COMMON_WORDS) or _PREPOSITION.search(fold(before)) is not None


def as_officials_write(long: str) -> str:
    """A long form with the capitals of the organs and offices in it ("ủy ban mặt trận tổ quốc")."""
    return _shown().sub(lambda found: _data_shown()[found.group().lower()], long)


def _may_be_initials(written: str) -> bool:
    return len(written) >= _SHORTEST_INITIALS and written.isupper()


def _in_number(text: str, match: re.Match[str]) -> bool:
    """Whether the match is the tail of a document's number (`15-CT/TU`) and stays part of it."""
    return (match.start() > 0 and text[match.start() - 1] in "/-") or text[match.end() : match.end() + 1] == "/"


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(files("embeddings").joinpath("data/abbreviations.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _data_shown() -> dict[str, str]:
    """Long form in small letters -> with its capitals."""
    return {form.lower(): form for form in _data()["shown"]["forms"]}


@lru_cache(maxsize=1)
def _shown() -> re.Pattern[str]:
    longest_first = sorted(_data_shown(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _listed() -> dict[str, _Abbreviation]:
    """Lower-case spellings, and folded ones where no other abbreviation is spelled like that."""
    entries = {
        short: _Abbreviation((_Meaning(long),), upper=fold(short.replace(".", "")) in _WORDS)
        for short, long in _data()["single"].items()
    }
    for entry in _data()["several"]:
        meanings = tuple(_Meaning(**meaning) for meaning in entry["meanings"])
        entries[entry["short"]] = _Abbreviation(meanings, upper=entry.get("upper", False))
    exact = {short.lower().replace(".", ""): entry for short, entry in entries.items()}
    return {fold(short): entry for short, entry in exact.items()} | exact


@lru_cache(maxsize=1)
def _phone() -> dict[str, _Abbreviation]:
    return {short: _Abbreviation((_Meaning(long),)) for short, long in _data()["phone"].items()}
