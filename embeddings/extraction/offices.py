"""Offices as officials name them, taken apart: rank, what tells it from others of that rank, and its body.

`Phó Chủ tịch Thường trực UBND tỉnh` is a deputy (`phó`) of the rank `chủ tịch`, `thường trực`, in the body
`ủy ban nhân dân tỉnh`; `Trưởng phòng Nội vụ` has the rank `trưởng` and the body `phòng nội vụ`; `Tổ phó` is a deputy
of the rank `trưởng` in a `tổ`. The words are listed in data/offices.toml.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.vietnamese import fold
from embeddings.extraction.body_names import body_words
from embeddings.extraction.office_grammar import ACTING, CHIEF, DEPUTY, FORMER, Grammar, office_starts, the_grammar
from embeddings.extraction.text_words import Word, adjoins, gap_before, is_one_of, is_run, longest_name, words_of
from embeddings.syllables import agrees, canonical

_GAP = re.compile(r" +|\s?[-–]\s|\s[-–]\s?|, (?=(?:Thương binh|Thể thao|Chữa cháy|chữa cháy|Giám sát)\b)")
_ACTING_SIGN = re.compile(r"(?<!\w)Q\. ?$")
_SIGN = 4
"""Characters of it, with a line's end."""
_MOST_WORDS = 16
_MOST_RESOLVED = 8
_NO_NAME = frozenset(["gom", "co", "nay", "do", "va", "cua", "se", "da", "khac", "moi"])
"""Folded words that may stand behind a short name (`ban gồm 5 người`) and are no part of a full one."""
_NO_BODY = frozenset((before, "hoi") for before in ("dai", "xa", "co", "le", "quoc", "da"))
"""Folded pairs of words whose second one names no body: `Đại hội`, `xã hội`."""
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
_CONFIRMS = re.compile(r"(?:đúng|dung)\s+(?:không|khong|ko|k|hk|hông|hong|vậy|vay)(?!\w)", re.IGNORECASE)
"""What asks for a confirmation behind an office (`là Trưởng ban đúng không`); `Yên Dũng` ends with a name."""
_LEVELS = frozenset(canonical(word) for word in ("tỉnh", "huyện", "xã", "phường", "quận", "thôn", "ấp", "buôn"))
_BEHIND_LEVEL = frozenset(canonical(word) for word in ("ủy", "uỷ", "đoàn", "đội", "và", "của", "về", "các"))
_NEAR = 4


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


def offices(text: str, words: Sequence[Word] | None = None) -> list[OfficeWords]:
    """Every office a text names, in its order, none inside another."""
    words = words_of(text) if words is None else words
    found: list[OfficeWords] = []
    place = 0
    while place < len(words):
        office = office_at(text, words, place) if words[place].form in the_grammar().first else None
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
    grammar = the_grammar()
    start = place
    former = is_one_of(words, place, FORMER, unmarked=unmarked)
    place += former
    modifiers = set()
    if is_one_of(words, place, (ACTING,), unmarked=unmarked) and not is_one_of(
        words, place + 1, ("lợi", "hạn"), unmarked=unmarked
    ):
        modifiers.add(fold(ACTING))
        place += 1
    begin = words[start].start
    if _ACTING_SIGN.search(text, max(begin - _SIGN, 0), begin):
        modifiers.add(fold(ACTING))
    deputy = is_one_of(words, place, (DEPUTY,), unmarked=unmarked)
    place += deputy
    head = grammar.head(words, place, deputy=deputy, unmarked=unmarked)
    if head is None or not is_run(text, words[start : head.end]):
        return None
    if (
        head.rank in grammar.bodies
        and is_one_of(words, start - 1, ("ban",), unmarked=unmarked)
        and adjoins(words, start)
    ):
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
        if start and is_one_of(words, start - 1, (CHIEF, DEPUTY, "ủy", "uỷ"), unmarked=False) and adjoins(words, start):
            continue  # another short name, or the end of Ủy ban
        if start and adjoins(words, start) and (fold(words[start - 1].text), wanted[0]) in _NO_BODY:
            continue
        behind = start + len(wanted)
        end = min(_body_end(text, words, behind, unmarked=False), behind + _MOST_RESOLVED)
        if end > behind and adjoins(words, behind) and fold(words[behind].text) not in _NO_NAME:
            name = " ".join(fold(word.text) for word in words[start:end])
            if name.startswith(the_grammar().headless):
                continue
            return body_words(word.text for word in words[start:end])
    return ()


def is_member(office: Office) -> bool:
    """Whether many hold such an office at once (`Ủy viên Ban Thường vụ`)."""
    return office.rank in the_grammar().members


def _take_modifiers(grammar: Grammar, words: Sequence[Word], place: int, modifiers: set[str], *, unmarked: bool) -> int:
    while found := longest_name(grammar.modifiers, words, place, unmarked=unmarked):
        modifiers.add(fold(" ".join(found)))
        place += len(found)
    return place


def _body_end(text: str, words: Sequence[Word], place: int, *, unmarked: bool) -> int:
    """The word behind the last one of the body that begins at a word."""
    first = place
    while place < len(words) and place - first < _MOST_WORDS:
        word = words[place]
        if place and not _GAP.fullmatch(gap_before(text, words, place)):
            break
        small = word.text[0].islower()
        if small and _CONFIRMS.match(text, word.start):
            break
        if small and (_stops(words, place, first, in_text=not unmarked) or (unmarked and _asks(text, word))):
            break
        if place > first and office_starts(words, place, unmarked=unmarked):
            break
        if {"-", "–"} & set(gap_before(text, words, place)) and (
            small or office_starts(words, place, unmarked=unmarked)
        ):
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


def _stops(words: Sequence[Word], place: int, first: int, *, in_text: bool) -> bool:
    """Whether a word in small letters is no part of a body's name, which began at `first`.

    Args:
        words: of the text.
        place: number of the word.
        first: number of the body's first word.
        in_text: whether places are written in capitals, as in documents and not in questions.
    """
    grammar, form = the_grammar(), words[place].form
    following = words[place + 1 : place + 1 + _NEAR]
    if form == _AND:
        named = any(word.text[0].isupper() for word in following)
        small = bool(following) and following[0].text[0].islower()
        return not named or (small and (following[0].form in grammar.and_stops or following[0].form in grammar.stops))
    if in_text and place > first and words[place - 1].form in _LEVELS and form not in _BEHIND_LEVEL:
        return True
    if following and (form, following[0].form) in grammar.stop_pairs:
        doing = (form, following[0].form)
        named = words[place - 1].form in _STEERING and doing in grammar.boards  # Ban Chỉ đạo, Ban Điều hành
        return not named and (doing not in grammar.names_too or place > first + 1)
    return form in grammar.stops
