"""Offices as officials name them, taken apart: rank, what tells it from others of that rank, and its body.

`Phó Chủ tịch Thường trực UBND tỉnh` is a deputy (`phó`) of the rank `chủ tịch`, `thường trực`, in the body
`ủy ban nhân dân tỉnh`; `Trưởng phòng Nội vụ` has the rank `trưởng` and the body `phòng nội vụ`; `Tổ phó` is a deputy
of the rank `trưởng` in a `tổ`. The words are listed in data/offices.toml.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from corpus.vietnamese import fold
from embeddings.syllables import agrees, canonical

CHIEF = "trưởng"
DEPUTY = "phó"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|(?<![\w/.,])\d{1,2}(?![\w/.,]\w)")
_GAP = re.compile(r" +|\s?[-–]\s|\s[-–]\s?|, (?=(?:Thương binh|Thể thao|Chữa cháy|chữa cháy|Giám sát)\b)")
_FORMER = ("nguyên", "cựu")
_ACTING = "quyền"
_ACTING_SIGN = re.compile(r"(?<!\w)Q\. ?$")
_MOST_WORDS = 16
_MOST_RESOLVED = 8
_NO_NAME = frozenset(["gom", "co", "nay", "do", "va", "cua", "se", "da", "khac", "moi"])
"""Folded words that may stand behind a short name (`ban gồm 5 người`) and are no part of a full one."""
_AND = canonical("và")
_STEERING = frozenset({canonical("ban"), canonical("tổ"), canonical("sở")})
_ASKING = (
    *(
        "là",
        "tên",
        "ai",
        "gì",
        "nào",
        "do",
        "hiện",
        "khi",
        "lúc",
        "được",
        "vậy",
        "thế",
        "ở",
        "tại",
        "có",
        "còn",
        "à",
        "ạ",
    ),
    *("nhỉ", "hả", "thì", "mà", "vừa", "đang"),
)
"""Words that end an office in a question."""
_DATED = ("năm", "tháng", "ngày", "khóa", "hồi")
_DATE_BEHIND = re.compile(r"\s+(?:\d|[IVX]+\b|nay|này|ngoái|trước)")
"""What makes one of them end an office in a question."""
_LEVELS = frozenset(canonical(word) for word in ("tỉnh", "huyện", "xã", "phường", "quận", "thôn", "ấp", "buôn"))
_BEHIND_LEVEL = frozenset(canonical(word) for word in ("ủy", "uỷ", "đoàn", "đội", "và", "của", "về", "các"))
_NEAR = 4
_DROPPED = frozenset({"cac", "cua", "va"})


@dataclass(frozen=True, slots=True)
class Office:
    """An office, in a form that does not depend on abbreviations, case and marks.

    Attributes:
        rank: folded head, `truong` for everything that ends or begins with trưởng.
        deputy: whether it is a deputy's.
        modifiers: folded words that tell it from others of that rank: `thuong truc`, `thu nhat`, `quyen` (acting).
        body: folded words of the body or place it is held in, abbreviations written out; empty where it is not said.
        former: whether it is said to be held no more (`nguyên`).
    """

    rank: str
    deputy: bool = False
    modifiers: frozenset[str] = frozenset()
    body: tuple[str, ...] = ()
    former: bool = False

    @property
    def key(self) -> str:
        """What must be equal for two offices to be the same one in some body."""
        return " ".join((*((DEPUTY,) if self.deputy else ()), self.rank, *sorted(self.modifiers)))


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """An office where it stands in a text.

    Attributes:
        body_start: where the name of its body begins; `end` where it has none.
    """

    start: int
    end: int
    office: Office
    body_start: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and its canonical form."""

    start: int
    end: int
    text: str
    form: str


def words_of(text: str) -> list[Word]:
    """The words of a text, and its small numbers (`khu phố 3`)."""
    return [Word(m.start(), m.end(), m.group(), canonical(m.group())) for m in _WORD.finditer(text)]


def offices(text: str, words: Sequence[Word] | None = None) -> list[OfficeWords]:
    """Every office a text names, in its order, none inside another."""
    words = words_of(text) if words is None else words
    found: list[OfficeWords] = []
    place = 0
    while place < len(words):
        office = office_at(text, words, place) if words[place].form in _grammar().first else None
        if office is None:
            place += 1
            continue
        found.append(office)
        while place < len(words) and words[place].start < office.end:
            place += 1
    return found


def office_at(text: str, words: Sequence[Word], place: int, *, unmarked: bool = False) -> OfficeWords | None:
    """The office whose name begins with a word, None if none does.

    Args:
        text: where the words stand.
        words: of the text.
        place: number of the word.
        unmarked: whether marks may have been left out, as in questions.
    """
    grammar = _grammar()
    start = place
    former = _is(words, place, _FORMER, unmarked=unmarked)
    place += former
    modifiers = set()
    if _is(words, place, (_ACTING,), unmarked=unmarked) and not _is(
        words, place + 1, ("lợi", "hạn"), unmarked=unmarked
    ):
        modifiers.add(fold(_ACTING))
        place += 1
    if _ACTING_SIGN.search(text, 0, words[start].start):
        modifiers.add(fold(_ACTING))
    deputy = _is(words, place, (DEPUTY,), unmarked=unmarked)
    place += deputy
    head = grammar.head(words, place, deputy=deputy, unmarked=unmarked)
    if head is None or not _is_run(text, words[start : head.end]):
        return None
    if head.rank in grammar.bodies and _is(words, start - 1, ("ban",), unmarked=unmarked) and _adjoins(words, start):
        return None  # Ban Bí thư
    place = head.end
    place = _take_modifiers(grammar, words, place, modifiers, unmarked=unmarked)
    end = _body_end(text, words, place, unmarked=unmarked)
    body = [*head.body, *(word.text for word in words[place:end])]
    last = words[max(end, place) - 1] if end > place or place > start else words[place - 1]
    office = Office(
        rank=head.rank,
        deputy=deputy or head.deputy,
        modifiers=frozenset(modifiers),
        body=body_words(body),
        former=former,
    )
    named = head.end - len(head.body) if head.body and words[head.end - 1].form == canonical(head.body[-1]) else place
    body_start = words[named].start if named < max(end, head.end) else last.end
    return OfficeWords(words[start].start, last.end, office, body_start)


def body_before(text: str, words: Sequence[Word], place: int, unit: str) -> tuple[str, ...]:
    """The full name of a body that is named in short at a word (`Trưởng ban`), from the nearest place before it.

    Args:
        text: where the words stand.
        words: of the text.
        place: number of the word.
        unit: the short name, folded (`ban`).

    Returns:
        Folded words, empty where it is not named before.
    """
    wanted = unit.split()
    for start in range(place - len(wanted), -1, -1):
        if [fold(word.text) for word in words[start : start + len(wanted)]] != wanted:
            continue
        if start and _is(words, start - 1, (CHIEF, DEPUTY, "ủy", "uỷ"), unmarked=False) and _adjoins(words, start):
            continue  # another short name, or the end of Ủy ban
        behind = start + len(wanted)
        end = min(_body_end(text, words, behind, unmarked=False), behind + _MOST_RESOLVED)
        if end > behind and _adjoins(words, behind) and fold(words[behind].text) not in _NO_NAME:
            name = " ".join(fold(word.text) for word in words[start:end])
            if name.startswith(_grammar().headless):
                continue
            return body_words(word.text for word in words[start:end])
    return ()


def body_words(words: Iterable[str]) -> tuple[str, ...]:
    """Folded words of a body's name with abbreviations written out and without what is left out as often as not."""
    found: list[str] = []
    for word in words:
        long = abbreviations().get(word) if word.isupper() else None
        for part in (long or word).split():
            folded = fold(part).strip(",.")
            if folded in _DROPPED or not folded or (found and folded == found[-1]):
                continue
            found.append(folded)
    text = f" {' '.join(found)} "
    for long, short in _SAME_BODY:
        text = text.replace(long, short)
    return tuple(text.split())


_SAME_BODY = (
    (" viet nam ", " "),
    (" uy ban mat tran ", " mat tran "),
    (" thanh nien cong san ho chi minh ", " "),
    (" doan thanh nien ", " doan "),
    (" lien doan lao dong ", " cong doan "),
    (" bo doi bien phong ", " bien phong "),
    (" hoi lien hiep phu nu ", " hoi phu nu "),
    (" lien hiep phu nu ", " hoi phu nu "),
    (" hoi hoi ", " hoi "),
    (" ban ban ", " ban "),
)


@dataclass(frozen=True, slots=True)
class _Head:
    rank: str
    deputy: bool
    body: tuple[str, ...]
    end: int


_Names = dict[str, list[tuple[str, ...]]]
"""Folded first word -> the names that begin with it, word by word, the longest first."""


class _Grammar:
    """The words of data/offices.toml, by their first word."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.heads = _by_first_word(data["heads"])
        self.units = _by_first_word(data["units"])
        self.trailing = _by_first_word(data["trailing"])
        self.modifiers = _by_first_word(data["modifiers"])
        self.members = frozenset(fold(head) for head in data["members"])
        self.short_names = frozenset(fold(name) for name in (*data["units"], *data["trailing"], *data["short_names"]))
        self.bodies = frozenset(fold(head) for head in data["bodies"])
        self.remembered = frozenset(data["remembered"])
        self.headless = tuple(fold(name) for name in data["headless"])
        starts = (CHIEF, DEPUTY, _ACTING, *_FORMER, *_first_words(self.heads), *_first_words(self.trailing))
        body = data["body"]
        self.stops = frozenset(canonical(word) for word in body["stops"])
        self.stop_pairs = frozenset(_pair(words) for words in body["stop_pairs"])
        self.names_too = frozenset(_pair(words) for words in body["names_too"])
        self.and_stops = frozenset(canonical(word) for word in body["and_stops"])
        self.first = frozenset(canonical(word) for word in starts)

    def head(self, words: Sequence[Word], place: int, *, deputy: bool, unmarked: bool) -> _Head | None:
        """The rank that begins at a word, and the words of the body that belong to it."""
        chief = _is(words, place, (CHIEF,), unmarked=unmarked)
        if chief or deputy:
            unit = _match(self.units, words, place + chief, unmarked=unmarked)
            if unit and _adjoins(words, place + chief):
                return _Head(fold(CHIEF), deputy, unit, place + chief + len(unit))
        trailing = _match(self.trailing, words, place, unmarked=unmarked)
        if trailing:
            behind = place + len(trailing)
            for word, is_deputy in ((CHIEF, False), (DEPUTY, True)):
                found = _is(words, behind, (word,), unmarked=unmarked) and _adjoins(words, behind)
                if found and not (is_deputy and deputy):
                    return _Head(fold(CHIEF), deputy or is_deputy, trailing, behind + 1)
        head = _match(self.heads, words, place, unmarked=unmarked)
        if head:
            return _Head(fold(" ".join(head)), deputy, (), place + len(head))
        return None


def is_member(office: Office) -> bool:
    """Whether many hold such an office at once (`Ủy viên Ban Thường vụ`)."""
    return office.rank in _grammar().members


def is_unit(body: str) -> bool:
    """Whether a folded name is only the short one of some body (`ban`, `tổ`, `đoàn`)."""
    return body in _grammar().short_names


def is_remembered(name: str) -> bool:
    """Whether somebody is named with an office out of history wherever they are quoted."""
    return name in _grammar().remembered


def _take_modifiers(
    grammar: _Grammar, words: Sequence[Word], place: int, modifiers: set[str], *, unmarked: bool
) -> int:
    while found := _match(grammar.modifiers, words, place, unmarked=unmarked):
        modifiers.add(fold(" ".join(found)))
        place += len(found)
    return place


def _body_end(text: str, words: Sequence[Word], place: int, *, unmarked: bool) -> int:
    """The word behind the last one of the body that begins at a word."""
    first = place
    while place < len(words) and place - first < _MOST_WORDS:
        word = words[place]
        if place and not _GAP.fullmatch(_gap(text, words, place)):
            break
        small = word.text[0].islower()
        if small and (_stops(words, place, first, in_text=not unmarked) or (unmarked and _asks(text, word))):
            break
        if place > first and office_starts(words, place, unmarked=unmarked):
            break
        if {"-", "–"} & set(_gap(text, words, place)) and (small or office_starts(words, place, unmarked=unmarked)):
            break
        place += 1
    while place > first and words[place - 1].text.lower() in ("và", "của", "các", "cùng", "với"):
        place -= 1
    return place


def _asks(text: str, word: Word) -> bool:
    """Whether a word of a question ends the name of a body: it asks, or a date begins with it."""
    if any(agrees(word.text, one) for one in _DATED):
        return _DATE_BEHIND.match(text, word.end) is not None
    return any(agrees(word.text, one) for one in _ASKING)


def _gap(text: str, words: Sequence[Word], place: int) -> str:
    return text[words[place - 1].end : words[place].start] if place else ""


def office_starts(words: Sequence[Word], place: int, *, unmarked: bool = False) -> bool:
    """Whether another office may begin at a word."""
    if not unmarked and words[place].form not in _grammar().first:
        return False
    deputy = _is(words, place, (DEPUTY,), unmarked=unmarked)
    return _grammar().head(words, place + deputy, deputy=deputy, unmarked=unmarked) is not None


def _stops(words: Sequence[Word], place: int, first: int, *, in_text: bool) -> bool:
    """Whether a word in small letters is no part of a body's name, which began at `first`.

    Args:
        words: of the text.
        place: number of the word.
        first: number of the body's first word.
        in_text: whether places are written in capitals, as in documents and not in questions.
    """
    grammar, form = _grammar(), words[place].form
    following = words[place + 1 : place + 1 + _NEAR]
    if form == _AND:
        named = any(word.text[0].isupper() for word in following)
        small = bool(following) and following[0].text[0].islower()
        return not named or (small and (following[0].form in grammar.and_stops or following[0].form in grammar.stops))
    if in_text and place > first and words[place - 1].form in _LEVELS and form not in _BEHIND_LEVEL:
        return True
    if following and (form, following[0].form) in grammar.stop_pairs:
        named = words[place - 1].form in _STEERING  # Ban Chỉ đạo, Ban Điều hành
        return not named and ((form, following[0].form) not in grammar.names_too or place > first + 1)
    return form in grammar.stops


def _is(words: Sequence[Word], place: int, wanted: Sequence[str], *, unmarked: bool) -> bool:
    if not 0 <= place < len(words):
        return False
    word = words[place]
    return any(agrees(word.text, one) if unmarked else word.form == canonical(one) for one in wanted)


def _match(names: _Names, words: Sequence[Word], place: int, *, unmarked: bool) -> tuple[str, ...] | None:
    """The longest of the names that stands at a word, its words one blank apart."""
    if not 0 <= place < len(words):
        return None
    for name in names.get(fold(words[place].text), ()):
        if all(
            _is(words, place + i, (part,), unmarked=unmarked) and (i == 0 or _adjoins(words, place + i))
            for i, part in enumerate(name)
        ):
            return name
    return None


def _adjoins(words: Sequence[Word], place: int) -> bool:
    return words[place].start - words[place - 1].end == 1


def _is_run(text: str, words: Sequence[Word]) -> bool:
    return all(text[one.end : other.start].strip(" ") == "" for one, other in pairwise(words))


def _pair(words: str) -> tuple[str, str]:
    first, second = words.split()
    return canonical(first), canonical(second)


def _first_words(names: _Names) -> Iterator[str]:
    for group in names.values():
        yield from (name[0] for name in group)


def _by_first_word(names: Iterable[str]) -> _Names:
    found: _Names = {}
    for name in sorted({tuple(name.split()) for name in names}, key=lambda name: (-len(name), name)):
        found.setdefault(fold(name[0]), []).append(name)
    return found


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    return _Grammar(tomllib.loads(files("embeddings").joinpath("data/offices.toml").read_text("utf-8")))


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, str]:
    """Abbreviations in capitals that have one meaning, as they are written -> what they stand for."""
    data = tomllib.loads(files("embeddings").joinpath("data/abbreviations.toml").read_text("utf-8"))
    return {short: long for short, long in data["single"].items() if short.isupper()}
