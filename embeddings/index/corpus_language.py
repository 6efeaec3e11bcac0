"""What the documents teach about their language, counted at indexing: words, pairs, capitals, abbreviations, places.

Questions are read against it (`embeddings.question`): marks are restored, slips mended, abbreviations written out.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.vietnamese import fold
from embeddings.index.term_keys import TermCounts
from embeddings.syllables import CAPITALS, canonical, token_spans, tokens

LANGUAGE_VERSION = 2
"""To be raised when other things are counted: indexes are then built anew."""
START = "<s>"
BETWEEN = "\t"
"""Stands between the words of a pair; no word has it."""
SMALL, CAPITAL = 1, 2
_FILE = "language.json"
_LONGEST_ACRONYM = 6
_LOOKED_BACK = 2000
"""Characters before a bracket; eight words are hardly ever longer."""
_LETTERS = re.compile(r"[^\W\d_]+")
_OPENING = "“\"'‘(["
_EXPLAINED = re.compile(r"\(\s*(?:gọi tắt là|viết tắt là|sau đây gọi là)?\s*([^\W\d_]{2,8})\s*\)")
_PLACE = re.compile(
    r"\b([Tt]ỉnh|[Hh]uyện|[Tt]hành phố|[Tt]hị xã|[Qq]uận|[Xx]ã|[Pp]hường)"
    rf" ([{CAPITALS}][^\W\d_]+(?: [{CAPITALS}][^\W\d_]+){{1,3}})"
)

_PERSON = re.compile(
    r"(?:\b[Đđ]ồng chí|\b[Ôô]ng|\b[Bb]à|\b[Đđ]/[Cc])[ :]+"
    rf"([{CAPITALS}][^\W\d_]+(?: [{CAPITALS}][^\W\d_]+){{2,3}})(?!\s[{CAPITALS}])"
)
PERSON = "nguoi"
"""The unit under which persons stand among the places."""

Explained = tuple[str, str, bool]
"""An abbreviation in small letters, what it stands for, whether it is a word of the documents too."""


@dataclass(frozen=True, slots=True)
class CorpusLanguage:
    """Counts over the titles and passages of a generation, with all their marks.

    Attributes:
        texts: how many they are.
        spellings: canonical form (see `syllables.canonical`) -> how it is spelled -> how often.
        pairs: two canonical forms joined by `BETWEEN` -> how often they are neighbours; `START` stands before a text.
        folded_pairs: the same of folded forms.
        cased: place of the word in its pair (0 or 1) and the pair -> `SMALL` or `CAPITAL`, as the documents mostly
            write it inside their sentences; 0 where they do not tell.
        acronyms: canonical forms that are only written in capitals.
        explained: abbreviations that the documents explain, the most usual last.
        places: (folded unit, folded initials) -> the name most often written behind that unit: (`tinh`, `tn`) ->
            `Thái Nguyên`; under `PERSON` the names of three and four words behind "đồng chí", "ông" and "bà", where
            nobody else has the initials.
    """

    texts: int
    spellings: dict[str, dict[str, int]]
    pairs: TermCounts
    folded_pairs: TermCounts
    cased: TermCounts
    acronyms: frozenset[str]
    explained: tuple[Explained, ...]
    places: dict[tuple[str, str], str]

    @classmethod
    def count(cls, texts: Iterable[str]) -> "CorpusLanguage":
        """Count over texts."""
        number = 0
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        pairs: Counter[str] = Counter()
        folded_pairs: Counter[str] = Counter()
        capitals = _Capitals()
        explained: Counter[tuple[str, str]] = Counter()
        places: Counter[tuple[str, str, str]] = Counter()
        written: set[str] = set()
        for text in texts:
            number += 1
            words = tokens(text)
            keys = [canonical(word) for word in words]
            pairs.update(_joined([START, *keys]))
            folded_pairs.update(_joined([fold(word) for word in words]))
            for word, key in zip(words, keys, strict=True):
                spellings[key][word] += 1
            capitals.count(text)
            explained.update(_explained(text))
            places.update(_places(text))
            written.update(_LETTERS.findall(text))
        ordinary = {fold(word) for word in written if not word.isupper()}
        return cls(
            number,
            {key: dict(counts) for key, counts in spellings.items()},
            TermCounts.of(pairs),
            TermCounts.of(folded_pairs),
            TermCounts.of(capitals.told()),
            frozenset(capitals.acronyms - capitals.others),
            tuple((short, long, fold(short) in ordinary) for (short, long), _ in reversed(explained.most_common())),
            _by_initials(places),
        )

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        told = {
            "texts": self.texts,
            "spellings": self.spellings,
            "acronyms": sorted(self.acronyms),
            "explained": self.explained,
            "places": [[*key, name] for key, name in self.places.items()],
        }
        (folder / _FILE).write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        self.pairs.save(folder, "pairs")
        self.folded_pairs.save(folder, "folded_pairs")
        self.cased.save(folder, "cased")

    @classmethod
    def load(cls, folder: Path) -> "CorpusLanguage":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError, KeyError, TypeError: if it does not read back.
        """
        told = json.loads((folder / _FILE).read_text("utf-8"))
        return cls(
            int(told["texts"]),
            told["spellings"],
            TermCounts.load(folder, "pairs"),
            TermCounts.load(folder, "folded_pairs"),
            TermCounts.load(folder, "cased"),
            frozenset(told["acronyms"]),
            tuple((short, long, bool(is_word)) for short, long, is_word in told["explained"]),
            {(unit, initials): name for unit, initials, name in told["places"]},
        )


class _Capitals:
    """Which pairs of words the documents write with a capital, first or second word; counted inside sentences only."""

    def __init__(self) -> None:
        self.small: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        self.acronyms: set[str] = set()
        self.others: set[str] = set()

    def count(self, text: str) -> None:
        """Count in one text; one that is capitals throughout tells nothing."""
        if text.isupper():
            return
        spans = token_spans(text)
        words = [text[start:end] for start, end in spans]
        keys = [canonical(word) for word in words]
        for word, key in zip(words, keys, strict=True):
            (self.acronyms if _is_acronym(word) else self.others).add(key)
        for i, (first, second) in enumerate(pairwise(spans)):
            if text[first[1] : second[0]].strip():
                continue
            pair = f"{keys[i]}{BETWEEN}{keys[i + 1]}"
            self._add(f"1{pair}", words[i + 1])
            if _inside(text, first[0]):
                self._add(f"0{pair}", words[i])

    def told(self) -> dict[str, int]:
        """See `CorpusLanguage.cased`."""
        often = {key: CAPITAL for key, count in self.capital.items() if count > self.small[key]}
        return dict.fromkeys(self.small, SMALL) | often

    def _add(self, key: str, word: str) -> None:
        case = _case(word)
        if case:
            (self.capital if case == CAPITAL else self.small)[key] += 1


@lru_cache(maxsize=65536)
def _case(word: str) -> int:
    """`CAPITAL` or `SMALL`; 0 for a word that does not begin with a letter or is all capitals."""
    if not word[:1].isalpha() or (word.isupper() and len(word) > 1):
        return 0
    return CAPITAL if word[:1].isupper() else SMALL


def _joined(words: Sequence[str]) -> list[str]:
    return [f"{first}{BETWEEN}{second}" for first, second in pairwise(words)]


def _is_acronym(word: str) -> bool:
    """Whether a word is written like `KPI` or `XIII`."""
    return word.isascii() and word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM


def _inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence, where only names have capitals."""
    end = _before_blanks(text, start)
    while end and text[end - 1] in _OPENING:
        end -= 1
    end = _before_blanks(text, end)
    return end > 0 and text[end - 1] not in ".!?:;…–-" and "\n" not in text[end:start]


def _before_blanks(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _explained(text: str) -> Iterable[tuple[str, str]]:
    """Abbreviations that a text explains: the words before the bracket whose initials it spells."""
    for match in _EXPLAINED.finditer(text):
        short = match.group(1)
        words = _LETTERS.findall(text[max(match.start() - _LOOKED_BACK, 0) : match.start()])[-len(short) :]
        if short[:2].isupper() and "".join(fold(word[0]) for word in words) == fold(short):
            yield short.lower(), " ".join(words)


def _by_initials(counts: Counter[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """The most usual place of those with the same initials; a person only where no other one has them."""
    persons = Counter((unit, initials) for unit, initials, _ in counts)
    return {
        (unit, initials): name
        for (unit, initials, name), _ in reversed(counts.most_common())
        if unit != PERSON or persons[unit, initials] == 1
    }


def _places(text: str) -> Iterable[tuple[str, str, str]]:
    """Unit, initials and name of the places and persons that a text names."""
    places = ((fold(unit), name) for unit, name in _PLACE.findall(text))
    for unit, name in (*places, *((PERSON, name) for name in _PERSON.findall(text))):
        yield unit, "".join(fold(word[0]) for word in name.split()), name
