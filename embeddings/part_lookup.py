"""A part of a document asked for by its number is looked up, not searched for: which document, which of its parts."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.models import Document, Level, Unit
from corpus.official.document_numbers import DocumentNumber, find_numbers, kind_code
from corpus.official.record import own_number
from corpus.vietnamese import fold
from embeddings.index.structure import Structure
from embeddings.question.asked_parts import AskedPart, asked_part
from embeddings.question.followup import function_words
from embeddings.syllables import tokens

_ASKING = frozenset(
    re.split(
        r"\s+",
        "quy dinh noi dung gi ve viec ghi neu la nhu the nao cua trong theo tai thuoc o co nhung cac cho biet xem doc "
        "trich nguyen van hay xin hoi minh toi em anh chi voi nhe dieu khoan muc chuong phan diem tiet so gom bao de "
        "cap den can cu ra sao a u ban nay do thi va duoc cai day du toan kem con sao roi "
        "nhi vay",
    )
)
"""Folded words that only ask what stands somewhere."""
_INNER = (Level.CLAUSE, Level.POINT)
_OF_UNIT = 0.7
_OF_TITLE = 0.2
_CERTAIN = 0.5
_LEAD = 0.15
_NAMES_DOCUMENT = 0.6
_SAME_KIND = 0.2
_OWN_NUMBER = 1.0

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class FoundPart:
    """The part that a question asks for.

    Attributes:
        document_id: the document it stands in.
        path: the part and all that it stands in, outermost first.
        for_content: whether the question only asks what stands there; else it asks for something in it.
        rivals: documents (ids) that have a part of this number too and may as well be meant, the likeliest first.
    """

    document_id: str
    path: tuple[Unit, ...]
    for_content: bool
    rivals: tuple[str, ...] = ()

    @property
    def unit(self) -> Unit:
        """The part itself."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part that the document which is named does not have.

    Attributes:
        asked: level and number of what is missing, the innermost.
        numbers: what the document has at that level, in reading order.
    """

    document_id: str
    asked: tuple[Level, str]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartFinder:
    """Looks parts up in one generation.

    Attributes:
        documents: by id.
        structure: their parts.
        rarity: of a folded word among the passages, higher for rarer ones.
    """

    documents: Mapping[str, Document]
    structure: Structure
    rarity: Rarity

    def find(self, question: str, previous: str = "") -> FoundPart | MissingPart | None:
        """What a question asks for by number, None where it names no part, or one that no document has.

        Args:
            question: NFC, abbreviations written out.
            previous: the question it may go on from, "" for none; asked only where this one names no document.
        """
        asked = asked_part(question)
        if asked is None:
            return None
        asked = _completed(asked, previous)
        named = self._named(_without_part(question))
        if previous and not named.title and not named.numbers and not self._names_any(named.words):
            named = self._named(_without_part(previous))
        kind = _kind_behind(question[asked.end :])
        candidates = self._candidates(asked, named, kind)
        missing = self._missing(asked, named, candidates[0].name if candidates else 0.0)
        if missing is not None:
            return missing
        if not candidates:
            return None
        best = candidates[0]
        same = [each for each in candidates if each.document_id == best.document_id and each.score == best.score]
        if len(same) > 1 and asked.parts[0][0] in _INNER:
            return None  # khoản 2, but of which Điều?
        others = tuple(dict.fromkeys(each.document_id for each in candidates if each.document_id != best.document_id))
        rivals = () if self._is_clear(best, candidates) else others
        unsaid = [word for word in named.words if word not in best.heading]
        return FoundPart(best.document_id, best.path, not unsaid, rivals)

    def _named(self, text: str) -> "_Named":
        """What a question says beside the part: a title of a document in full, the longest, numbers and other words."""
        numbers = find_numbers(text)
        said = _said(text, numbers)
        spaced = f" {' '.join(said)} "
        titles = (_naming(document.title) for document in self.documents.values())
        title = max((each for each in titles if len(each) > 1 and f" {' '.join(each)} " in spaced), key=len, default=())
        if title:
            said = spaced.replace(f" {' '.join(title)} ", " ").split()
        words = [word for word in dict.fromkeys(said) if word not in _ASKING and word not in function_words()]
        return _Named(title, tuple(numbers), tuple(words))

    def _names_any(self, words: Sequence[str]) -> bool:
        """Whether some of the words stand in a document's title."""
        return any(not set(words).isdisjoint(_folded(document.title)) for document in self.documents.values())

    def _candidates(self, asked: AskedPart, named: "_Named", kind: str | None) -> list["_Candidate"]:
        found = []
        for identity in self.structure.units:
            paths = self.structure.find(identity, asked.parts)
            document = self.documents.get(identity) if paths else None
            if document is None:
                continue
            numbered = _has_number(document, named.numbers)
            if named.numbers and not numbered:
                continue
            fits = numbered or named.is_title(document.title)
            for path in paths:
                attached = next((unit for unit in path if unit.level is Level.ATTACHMENT), None)
                title = attached.title if attached and attached.title else document.title
                heading = frozenset((*_folded(title), *_folded(document.title)))
                name = self._covered(named.words, heading)
                inside = frozenset(map(fold, tokens(document.text[path[-1].start : path[-1].end])))
                unnamed = [word for word in named.words if word not in heading]
                score = name + _OF_UNIT * (1 - name) * self._covered(unnamed, inside)
                score += _OWN_NUMBER * fits + _OF_TITLE * self._covered(_naming(title), frozenset(named.words))
                score += _SAME_KIND * (kind is not None and kind == _kind_of(title))
                found.append(_Candidate(identity, path, heading, name + fits, score))
        return sorted(found, key=lambda each: -each.score)

    def _missing(self, asked: AskedPart, named: "_Named", known: float) -> MissingPart | None:
        """The document that a question names better than any that has the part, if it is divided at that level."""
        level, number = asked.parts[-1]
        best: tuple[float, str] | None = None
        for identity in self.structure.units:
            document = self.documents.get(identity)
            if document is None:
                continue
            name = self._covered(named.words, frozenset(_folded(document.title)))
            name += _has_number(document, named.numbers) or named.is_title(document.title)
            if name >= _NAMES_DOCUMENT and name > known + _LEAD and (best is None or name > best[0]):
                best = (name, identity)
        if best is None or self.structure.find(best[1], asked.parts):
            return None
        outer = asked.parts[0]
        if self.structure.find(best[1], [outer]):
            return MissingPart(best[1], (level, number), ())
        return MissingPart(best[1], outer, tuple(self.structure.numbers(best[1], outer[0])))

    def _covered(self, words: Sequence[str], said: frozenset[str]) -> float:
        total = sum(map(self.rarity, words))
        return sum(self.rarity(word) for word in words if word in said) / total if total else 0.0

    @staticmethod
    def _is_clear(best: "_Candidate", candidates: Sequence["_Candidate"]) -> bool:
        second = max((each.score for each in candidates if each.document_id != best.document_id), default=None)
        return second is None or (best.score >= _CERTAIN and best.score >= second + _LEAD)


@dataclass(frozen=True, slots=True)
class _Named:
    """How a question names a document: its whole title (folded words), numbers, other words, each once."""

    title: tuple[str, ...]
    numbers: tuple[DocumentNumber, ...]
    words: tuple[str, ...]

    def is_title(self, title: str) -> bool:
        return bool(self.title) and _naming(title) == self.title


@dataclass(frozen=True, slots=True)
class _Candidate:
    document_id: str
    path: tuple[Unit, ...]
    heading: frozenset[str]
    name: float
    score: float


def _completed(asked: AskedPart, previous: str) -> AskedPart:
    """The part with what it stands in as the question before named it, where this one names a khoản or điểm alone."""
    before = asked_part(previous) if previous and asked.parts[0][0] in _INNER else None
    if before is None:
        return asked
    order = list(Level)
    outer = tuple(part for part in before.parts if order.index(part[0]) < order.index(asked.parts[0][0]))
    return AskedPart((*outer, *asked.parts), asked.start, asked.end)


def _without_part(question: str) -> str:
    asked = asked_part(question)
    return f"{question[: asked.start]} {question[asked.end :]}" if asked else question


def _said(text: str, numbers: Sequence[DocumentNumber]) -> list[str]:
    """The folded words of a text without documents' numbers."""
    for number in numbers:
        text = text.replace(number.written, " ")
    return list(_folded(text))


@lru_cache(maxsize=65536)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(map(fold, tokens(text)))


@lru_cache(maxsize=65536)
def _naming(title: str) -> tuple[str, ...]:
    """The folded words of a title as people say it: without its number and year."""
    return tuple(word for word in _said(title, find_numbers(title)) if not word[0].isdigit())


def _has_number(document: Document, numbers: Sequence[DocumentNumber]) -> bool:
    own = own_number(document.official)
    return own is not None and any(number.fits(own) for number in numbers)


def _kind_behind(text: str) -> str | None:
    """The kind of document that is named right behind a part (`Điều 3 của Quy chế ...`)."""
    words = [word for word in map(fold, tokens(text)[:6]) if word not in ("cua", "trong", "tai", "thuoc", "ban")]
    return next((code for length in (3, 2, 1) if (code := kind_code(" ".join(words[:length])))), None)


def _kind_of(title: str) -> str | None:
    words = list(map(fold, tokens(title)[:3]))
    return next((code for length in (3, 2, 1) if (code := kind_code(" ".join(words[:length])))), None)
