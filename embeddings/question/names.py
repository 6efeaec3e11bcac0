"""What a question names (a year, a number, a document's code, a place, a person), to see whether a text names it too.

Scores hardly tell a question from its twin about another year or province; a name that no passage holds does.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.official.document_numbers import find_numbers
from corpus.vietnamese import fold, is_syllable
from embeddings.extraction.place_names import places
from embeddings.index.lexical import FOLDED, MARKED, QUANTITY, pairs
from embeddings.quantities.quantities import quantities
from embeddings.question.asked_parts import asked_part
from embeddings.question.followup import function_words
from embeddings.syllables import CAPITALS, agrees, canonical, is_marked, token_spans, tokens

_PROPER = re.compile(rf"[{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*)*")
_CODE = re.compile(r"(?<!\d)\d+(?:/\d+)*(?:/|-)[^\W\d_]+(?:[/-][^\W\d_]+)*", re.UNICODE)
_NUMBERED = re.compile(
    r"\b(?:số|lần thứ|khóa|khoá|kỳ họp thứ|thứ|quyết định|chỉ thị|nghị quyết|nghị định|kế hoạch|công văn"
    r"|thông báo|hướng dẫn|kết luận|quy định)\s+(?:số\s+)?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PERSON = re.compile(
    r"\b(?:đồng chí|đ/c|ông|bà|anh|chị|bí thư|chủ tịch|thủ tướng|trưởng ban|giám đốc)\s+"
    r"((?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đoàn|trương|đinh|lâm|mai|trịnh|cao|tô|lương|hà)"
    r"(?:\s+[^\W\d_]+){1,3})",
    re.IGNORECASE,
)

_LONGEST_PREFIX = 40
"""Characters before a number that are looked at for what it is the number of."""
_UNIT_WORDS = [
    words.split()
    for words in (
        "tinh", "thanh pho", "tp", "quan", "q", "huyen", "h", "thi xa", "tx", "thi tran", "tt", "phuong", "p", "xa",
        "ap", "thon", "ban", "lang", "buon", "khom", "khu pho", "to dan pho", "khu dan cu",
    )
]  # fmt: skip
"""Folded words that say what a place is; texts leave them out, in tables above all."""
_PLACES_OF_ONE_WORD = (["Huế"], ["Vinh"])
_SURE_NAME = 2
"""Words; a longer run of capitals at the start of a question is a name from its first word on."""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing a question names.

    Attributes:
        text: as it is shown to the person who asked.
        terms: terms of the lexical index (see `lexical.index_terms`) that a text naming it has; of several groups
            one is enough.
    """

    text: str
    terms: tuple[tuple[str, ...], ...]

    def is_in(self, has: Callable[[str], bool]) -> bool:
        """Whether a text names it, `has` telling of a term whether the text has it."""
        return any(all(has(term) for term in group) for group in self.terms)


def named(restored: str, is_word: Callable[[str], bool]) -> list[Named]:
    """What a question names, in its order.

    Args:
        restored: the question with abbreviations written out and marks restored.
        is_word: whether a folded word is an ordinary word of the documents, so that a capital alone makes no name.
    """
    found: dict[str, Named] = {}
    rest = _numbers_and_dates(restored, found)
    words = [rest[start:end] for start, end in token_spans(rest)]
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        starts[fold(word)].append(number)
    for place, wanted, first in _places_in_words():
        if first in starts and any(_agree(words[i : i + len(wanted)], wanted) for i in starts[first]):
            found.setdefault(fold(place), Named(place, _spellings(place)))
    for name in _proper_names(rest, is_word):
        if not any(fold(name) in key for key in found):
            found[fold(name)] = Named(name, _spellings(name))
    return list(found.values())


@lru_cache(maxsize=1)
def _places_in_words() -> tuple[tuple[str, list[str], str], ...]:
    """Every place, its words, and the first of them folded."""
    return tuple((place, words, fold(words[0])) for place in places() if (words := tokens(place)))


def _numbers_and_dates(restored: str, found: dict[str, Named]) -> str:
    """Gather codes, dates, years and numbers of documents; return the question without what is no name in it."""
    rest = restored
    for number in find_numbers(restored):
        code = number.written[next(i for i, c in enumerate(number.written) if c.isdigit()) :]
        if number.is_whole:
            found.setdefault(fold(code), Named(code, (_folded(code),)))
        else:
            found.setdefault(fold(number.written), Named(number.written, (_folded(code),)))
        rest = rest[: number.start] + " " * len(number.written) + rest[number.end :]
    for match in _CODE.finditer(rest):
        code = match.group()
        found.setdefault(fold(code), Named(code, (_folded(code),)))
    rest = _CODE.sub(lambda match: " " * len(match.group()), rest)
    if part := asked_part(rest):  # `Khoản 2 Điều 7` is no name
        rest = rest[: part.start] + "," * (part.end - part.start) + rest[part.end :]
    found |= {key: name for key, name in _quantities(rest).items() if key not in found}
    return rest


def _quantities(text: str) -> dict[str, Named]:
    """Dates, years and the numbers of congresses, terms and documents, known however a text writes them."""
    found: dict[str, Named] = {}
    for quantity in quantities(text):
        said, key = text[quantity.start : quantity.end], quantity.keys[0]
        if quantity.is_date:
            days = [one for one in quantity.keys if "/" in one and not one.startswith("tháng")]
            terms = tuple((QUANTITY + one,) for one in days or quantity.keys[:1])
            found.setdefault(said, Named(said, terms))
            continue
        if _YEAR.fullmatch(key) and said != key and not said[0].isalpha():  # 2.019 people
            continue
        if _YEAR.fullmatch(key):
            found.setdefault(key, Named(f"năm {key}", ((QUANTITY + key,), (FOLDED + key,))))
            continue
        numbered = _NUMBERED.search(text, max(quantity.start - _LONGEST_PREFIX, 0), quantity.start)
        if numbered and key not in found:
            name = text[numbered.start() : quantity.end]
            found.setdefault(fold(name), Named(name, ((QUANTITY + key,), _folded(said), (FOLDED + key,))))
    return found


def _folded(text: str) -> tuple[str, ...]:
    return tuple(FOLDED + fold(word) for word in tokens(text))


def has_name(name: str, has: Callable[[str], bool]) -> bool:
    """Whether a text has a name in any of its spellings, `has` telling of a term whether the text has it."""
    return Named(name, _spellings(name)).is_in(has)


def _spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Terms of a name in all its spellings: also without what it is (`Xã Kim Long`: `Kim Long`), `TP.HCM`."""
    words = name.split()
    unit = next((unit for unit in _UNIT_WORDS if [fold(word).strip(".") for word in words[: len(unit)]] == unit), None)
    rest = words[len(unit) :] if unit else words
    bare = " ".join(rest) if len(rest) > 1 or rest[:1] in _PLACES_OF_ONE_WORD else name
    alike = _alike().get(" ".join(map(fold, tokens(bare))), ())
    return tuple(map(_name_terms, dict.fromkeys((name, bare, *alike))))


@lru_cache(maxsize=1)
def _alike() -> dict[str, tuple[str, ...]]:
    """Folded name -> all spellings of the same place (data/places_alike.txt)."""
    lines = files("embeddings").joinpath("data/places_alike.txt").read_text("utf-8").splitlines()
    groups = [tuple(part.strip() for part in line.split(" = ")) for line in lines if not line.startswith("#")]
    return {" ".join(map(fold, tokens(name))): group for group in groups for name in group}


def _name_terms(name: str) -> tuple[str, ...]:
    """A name's neighbouring pairs, with marks where it was typed with marks."""
    words = tokens(name)
    if len(words) == 1:
        return (FOLDED + fold(words[0]),)
    plain, exact = pairs([fold(w) for w in words]), pairs([canonical(w) for w in words])
    return tuple(
        MARKED + marked if is_marked(pair) else FOLDED + folded
        for folded, marked, pair in zip(plain, exact, pairs(words), strict=True)
    )


def _agree(typed: list[str], wanted: list[str]) -> bool:
    return len(typed) == len(wanted) and all(agrees(a, b) for a, b in zip(typed, wanted, strict=True))


def _proper_names(text: str, is_word: Callable[[str], bool]) -> Iterator[str]:
    """Names with capitals; behind a title like `đồng chí` a family name and what follows it, without them."""
    for match in _PROPER.finditer(text):
        words = match.group().split()
        while words and words[0].isupper() and len(words[0]) > 1:
            words = words[1:]
        if match.start() == 0 and len(words) <= _SURE_NAME and words and is_word(fold(words[0])):
            words = words[1:]
        if match.start() == 0 and len(words) == 1 and is_syllable(words[0].lower()):
            continue  # a sentence begins with a capital
        if len(words) > 1 or (words and len(words[0]) > 1 and not is_word(fold(words[0]))):
            yield " ".join(words)
    for match in _PERSON.finditer(text):
        if match.group(1).islower():
            words = match.group(1).split()
            end = next((i for i, word in enumerate(words) if i and fold(word) in function_words()), len(words))
            if end > 1:
                yield " ".join(words[:end]).title()
