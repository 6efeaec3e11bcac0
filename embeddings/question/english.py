"""Questions in English put into Vietnamese words: enough to search and to read with, not to be shown.

Phrases of data/english.txt are replaced, the longest that fits first; what is not listed stays (names, numbers, codes).
The order of the words is that of English, but for question words, which Vietnamese puts where the answer would stand
and readers understand anywhere.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from corpus.vietnamese import is_syllable
from embeddings.question.english_order import Kind, Piece, in_vietnamese_order
from embeddings.syllables import is_marked

_WORD = re.compile(r"\d+(?:[.,/-]\w+)+|[^\W_]+(?:['’][^\W_]+)?")
_TELLING = frozenset(
    {"what", "who", "whom", "whose", "when", "where", "which", "why", "how", "was", "were", "did", "does", "is", "are"}
    | {"has", "have", "had", "the", "of", "many", "much", "should", "would", "could", "name", "list"}
)
_LEAST_TELLING = 2
_MOST_VIETNAMESE = 0.67
_SECTION = "# -- "
_NOUNS = frozenset(("bodies", "offices", "places", "events and papers", "things"))
"""Sections of the list that have nouns."""
_BRITISH = re.compile(r"iz(?=e|i|a)")
_LASTS = re.compile(r"^(?P<ask>how long .*)\b(?:last|lasts)\b", re.IGNORECASE)
_WHO_IS = re.compile(r"^who(?: is|'s|’s| was) (?P<name>[A-ZĐ]\w+(?: [A-ZĐ]\w+)+)$", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{'|'.join(_MONTHS)})"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<year>(?:19|20)\d\d))?\b",
    re.IGNORECASE,
)
"""A month with its day or year; `may` alone is a verb."""
_NUMBERED = re.compile(r"\bNo\.?\s*(?=\d)", re.IGNORECASE)
_MEASURE = re.compile(
    r"^(?:what|which) (?:is|was|are|were|will be) (?:the |a |an )?(?:\w+ ){0,3}?(?:fees?|prices?|costs?|amount|number"
    r"|rate|allowance|budget|sum|total|percentage|share|level|salary|fine|penalty|tax|area|population|distance|length|value"
    r"|quota|subsidy|deposit|charge|age|size|threshold|limit)\b"
)
"""Questions for a measure, which Vietnamese asks with `bao nhiêu` and English with `what`."""
_HOW_MUCH = re.compile(r"^how much (?:was|were|is|are|did|do|does|has|have|had|will|must|should|can|may)\b")
_IN_YEAR = re.compile(r"\bở (?=(?:19|20)\d\d\b)")
_NOUN_FIRST = re.compile(
    r"^(?P<ask>gì|ai|khi nào và ở đâu|khi nào|ở đâu|vì sao|bao nhiêu|như thế nào|bao lâu một lần|bao lâu)"
    r"\s+(?P<rest>.+)$",
    re.IGNORECASE,
)


def is_english(question: str) -> bool:
    """Whether a question is asked in English: its telling words, and few that could be Vietnamese syllables."""
    words = [match.group().lower() for match in _WORD.finditer(question)]
    letters = [word for word in words if word.isalpha()]
    if not letters or any(is_marked(word) for word in letters):
        return False
    telling = sum(word in _TELLING for word in letters)
    foreign = sum(not is_syllable(word) for word in letters)
    return telling >= _LEAST_TELLING or (telling == 1 and foreign > len(letters) * (1 - _MOST_VIETNAMESE))


def in_vietnamese(question: str, is_word: Callable[[str], bool]) -> str:
    """The question with the phrases of the list in Vietnamese; names, numbers and codes as they are.

    Args:
        question: in English.
        is_word: whether the documents have a word; other words in small letters that are not listed are left out.
    """
    text = _written_as_in_vietnamese(question)
    somebody = _WHO_IS.match(text.strip(" ?.!"))
    if (
        somebody
        and somebody["name"].title() == somebody["name"]
        and not any(word in _phrases()[0] for word in somebody["name"].lower().split())
    ):
        return f"{somebody['name']} là ai"
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [text[start:end].lower().replace("’", "'") for start, end in spans]
    pieces = in_vietnamese_order(list(_pieces(text, spans, words, is_word)))
    if len(pieces) > 1 and pieces[0] == "nào":
        pieces[:2] = [pieces[1], pieces[0]]
    asked = _IN_YEAR.sub("năm ", _asked_last(" ".join(pieces), amount=bool(_HOW_MUCH.match(" ".join(words)))))
    if _MEASURE.match(" ".join(words)) and asked.endswith(" gì"):
        asked = f"{asked.removesuffix(' gì')} là bao nhiêu"
    return asked


def unknown_words(question: str, is_word: Callable[[str], bool]) -> list[str]:
    """The words in small letters that `in_vietnamese` leaves out: neither listed nor in the documents."""
    text = _written_as_in_vietnamese(question)
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [text[start:end].lower().replace("’", "'") for start, end in spans]
    phrases, longest = _phrases()
    unknown: list[str] = []
    place = 0
    while place < len(words):
        found = _listed(phrases, text, spans, words[place : place + longest], place)
        word = text[slice(*spans[place])].removesuffix("'s").removesuffix("’s")
        if found is None and word.islower() and not (is_word(word) or is_marked(word)):
            unknown.append(word)
        place += found[0] if found else 1
    return unknown


def _written_as_in_vietnamese(question: str) -> str:
    """Dates, numbers of papers and `how long ... lasts` put into Vietnamese ahead of the words."""
    return _LASTS.sub(r"\g<ask>kéo dài", _NUMBERED.sub("số ", _MONTH.sub(_date, question)))


def _date(match: re.Match[str]) -> str:
    """A date as Vietnamese writes it; a month without day and year is left as it is."""
    day, month, year = match["day"] or match["after"], _MONTHS.index(match["month"].lower()) + 1, match["year"]
    if not (day or year):
        return match.group()
    return "/".join(part for part in (day, str(month), year) if part)


def _pieces(
    text: str, spans: Sequence[tuple[int, int]], words: Sequence[str], is_word: Callable[[str], bool]
) -> Iterator[Piece]:
    """The words of a question in Vietnamese, in the order of English, neighbouring words of a name together."""
    phrases, longest = _phrases()
    place, name, apart, led = 0, "", False, False
    while place < len(words):
        start, end = spans[place]
        led = apart or (place > 0 and text[spans[place - 1][1] : start].strip("’'s ") != "")
        found = _listed(phrases, text, spans, words[place : place + longest], place)
        word = text[start:end].removesuffix("'s").removesuffix("’s")
        if found is None and word[:1].isupper():
            name, apart = f"{name} {word}".strip(), led if not name else apart
            if not _name_goes_on(phrases, text, spans, words, place):
                yield Piece(name, Kind.NAME, apart)
                name, apart = "", False
            place += 1
            continue
        length, translated, kind = found or (1, "", Kind.OTHER)
        if found is None and (not word.islower() or is_word(word)):
            translated, kind = word, Kind.NUMBER if word[:1].isdigit() else Kind.OTHER
        if translated:
            yield Piece(translated, kind, led)
        apart = not translated
        place += length


def _listed(
    phrases: Mapping[str, tuple[str, Kind]],
    text: str,
    spans: Sequence[tuple[int, int]],
    words: Sequence[str],
    place: int,
) -> tuple[int, str, Kind] | None:
    """How many words the longest phrase that begins at a place has, its Vietnamese and its kind."""
    for length in range(len(words), 0, -1):
        said = " ".join(words[:length])
        for spelt in (said, _BRITISH.sub("is", said)):
            if spelt in phrases and not _is_name(text, spans, place, length):
                return length, *phrases[spelt]
    return None


def _name_goes_on(
    phrases: Mapping[str, tuple[str, Kind]],
    text: str,
    spans: Sequence[tuple[int, int]],
    words: Sequence[str],
    place: int,
) -> bool:
    """Whether the next word belongs to the name that a word belongs to."""
    if place + 1 >= len(words) or text[spans[place][1] : spans[place + 1][0]] != " ":
        return False
    following = text[spans[place + 1][0]]
    ends = text[spans[place][0] : spans[place][1]].endswith(("'s", "’s"))
    return (
        following.isupper()
        and not ends
        and _listed(phrases, text, spans, words[place + 1 : place + 5], place + 1) is None
    )


def _is_name(text: str, spans: Sequence[tuple[int, int]], place: int, length: int) -> bool:
    """Whether a listed word is a part of a name: a capital beside another one, both spelled as syllables."""
    if length > 1 or place == 0:
        return False
    start, end = spans[place]
    word = text[start:end]
    beside = [*spans[place - 1 : place], *spans[place + 1 : place + 2]]
    around = [text[left:right] for left, right in beside]
    return (
        word[0].isupper()
        and is_syllable(word.lower())
        and any(one[0].isupper() and is_syllable(one.lower()) for one in around)
    )


def _asked_last(text: str, *, amount: bool) -> str:
    """`ai` and a few others stay in front; the other question words go to the end, as Vietnamese has them.

    Args:
        text: in Vietnamese words.
        amount: whether `bao nhiêu` asks for an amount (`how much was given`), not for so many things.
    """
    match = _NOUN_FIRST.match(text)
    kept = ("ai", "vì sao") if amount else ("ai", "vì sao", "bao nhiêu")
    if not match or match["ask"].lower() in kept:
        return text
    return f"{match['rest']} {match['ask']}"


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, tuple[str, Kind]], int]:
    found: dict[str, tuple[str, Kind]] = {}
    kind = Kind.OTHER
    for line in files("embeddings").joinpath("data/english.txt").read_text("utf-8").splitlines():
        if line.startswith(_SECTION):
            kind = Kind.NOUN if line.removeprefix(_SECTION) in _NOUNS else Kind.OTHER
        elif line and not line.startswith("#"):
            english, _, vietnamese = line.partition(" = ")
            found[english] = "" if vietnamese == "-" else vietnamese, kind
    return found, max(len(english.split()) for english in found)
