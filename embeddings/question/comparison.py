"""Questions that compare: two years or dates, two things measured, or which of two something is said of.

What is asked of each side is put into a question of its own, so that each can be answered, or refused, by itself.
"""

import re
from dataclasses import dataclass

from corpus.vietnamese import fold
from embeddings.question.offered_names import read_offered_names
from embeddings.syllables import CAPITALS, is_marked

_UNIT = r"(?:năm|nam|tháng|thang|quý|quy|dịp|dip|ngày|ngay|khóa|khoa)"
_TIME = rf"(?:(?:đầu|cuối|giữa|trong|dịp|hồi|dau|cuoi) )?{_UNIT} (?:[^\W\d]+ )?[\d/IVX]+(?: (?:năm|nam) \d{{4}})?"
_YEAR = r"(?:[^\W\d]+ [^\W\d]+ )?(?:19|20)\d\d"
_WITH = r"(?:và|va|với|voi|so với|so voi|hay|hoặc|đến|sang|lên)"
_TIMES = re.compile(
    rf"(?<![\w/])(?P<first>{_TIME}|(?:19|20)\d\d)\s*,?\s*{_WITH}(?: ở| của| trong)*\s+"
    rf"(?P<second>{_TIME}|{_YEAR})(?![\w/-])",
    re.IGNORECASE,
)
_APART = re.compile(
    rf"^(?:so với|khác với|so voi) (?P<first>.*?{_TIME}) (?:thì|thi) (?P<second>{_TIME}) (?P<rest>.+)$", re.IGNORECASE
)
_COMPARES = re.compile(
    r"\b(?:khac|giong nhau|so voi|tang hay giam|giam hay tang|tang tu|doi tu|thay doi|chenh|hon|lan luot)\b"
)
_SMALL = r"(?:ít|thấp|nhỏ|nhẹ|kém|ngắn|it)"
_OF_DEGREE = rf"(?-i:{_SMALL}|nhiều|cao|lớn|nặng|đông|dài|nhieu|lon)"
_MORE = re.compile(
    rf"\b(?P<degree>{_OF_DEGREE}) (?:(?:hay|tiền|người|đơn vị)\s+)*"
    rf"(?P<unit>(?:(?!{_OF_DEGREE} )\S+ ){{0,4}}?)(?:hơn|hon)\b",
    re.IGNORECASE,
)
_SMALLER = re.compile(_SMALL, re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:giữa|giua)\s+", re.IGNORECASE)
_EARLIER = re.compile(
    r"(?:^|(?<!năm)(?<!tháng)(?<!lần)(?<!ngày)(?<!kỳ)\s)"
    r"(?:(?P<before>trước(?: hơn)?|sớm hơn|cũ hơn)|sau(?: hơn)?|muộn hơn|trễ hơn|mới hơn)$",
    re.IGNORECASE,
)
"""At the end of what is said of a side: which of two was first, or last."""
_BARE_MORE = _MORE.pattern[2:-2].replace("?P<unit>", "?:").replace("?P<degree>", "?:")
_TAIL = re.compile(
    rf",?\s*\b(?:có )?(?:khác(?: gì)?(?: nhau)?|giống(?: nhau)?|thay đổi|đổi|chênh(?: nhau| lệch)?|tăng hay giảm"
    rf"|giảm hay tăng|tang hay giam|(?:tăng|đổi|giảm|tang) (?:từ|tu) .+? (?:lên|sang|xuống|len|còn) \S+(?: nh\S+)?"
    rf"|{_BARE_MORE}(?: hay \S+ hơn)?)\b"
    r"(?:\s+(?:ra sao|thế nào|như thế nào|gì|chỗ nào|bao nhiêu|không|ở điểm nào))*(?:\s+nhau)?",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"^(?P<first>.+?)\s+(?P<joint>hay là|hay|hoặc|với|voi|và|va)\s+(?P<second>.+?)(?:,?\s+(?:(?:thì|thi) )?"
    r"(?:ai|cái nào|bên nào|nơi nào|văn bản nào|tài liệu nào|người nào|đơn vị nào|ông nào|bà nào|cai nao|ben nao)"
    r"|,\s+(?:thì )?(?:[^\W\d_]+ )?[^\W\d_]+ nào"
    r"|\s+(?P<bare>phường|xã|huyện|tỉnh|thành phố|thôn|năm|quý|đội|đoàn) nào)\s+"
    r"(?P<rest>.+)$",
    re.IGNORECASE,
)
_OFFERED = re.compile(r"^(?P<first>.+?)\s+(?:hay là|hay|hoặc là|hoặc)\s+(?P<right>.+)$", re.IGNORECASE)
_NAME = re.compile(rf"(?:[{CAPITALS}][^\s,]*)(?:\s+[{CAPITALS}][^\s,]*)*")
_ENDS_IN_NAME = re.compile(rf"^{_NAME.pattern}$|\s(?:[{CAPITALS}][^\s,]*\s+)+[{CAPITALS}][^\s,]*$")
_VERB = re.compile(r"\s(?=(?:là|có|được|bị|đã|sẽ|do|của|thuộc|ở|giữ|làm|chủ trì|phát biểu|đề dẫn)\s)", re.IGNORECASE)
_UP_TO_YEAR = re.compile(r"(?:[^\W\d]+ )*?(?:[\d/]+/)?(?:19|20)\d\d\b", re.IGNORECASE)
_BARE_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LAST = re.compile(
    r"^(?P<said>.+)\s+(?P<lead>(?:là )?(?:của|ở|trong|tại|theo|hồi|vào))\s+(?:bài\s+)?(?P<first>.+?)\s+(?:hay|hoặc)"
    r"(?: là)?\s+(?:của\s+|ở\s+|trong\s+|tại\s+|theo\s+)?(?:bài\s+)?(?P<second>.+)$",
    re.IGNORECASE,
)
_NO_SIDE = re.compile(
    r"\b(?:không|chưa|khong|chua|ko)$|\b(?:hay|hoặc)(?: là)? (?:không|chưa|khong|chua)\b", re.IGNORECASE
)
"""`... hay không`."""
_NAMED = re.compile(rf"^(?!.*\b(?:hơn|tăng|giảm|là)\b)(?:[{CAPITALS}]|.*\d)")
"""A side that is named or dated, no property (`nông hay sâu`)."""
_SOME = re.compile(r"^(?:mấy|những|các)\s", re.IGNORECASE)
_SETTING = re.compile(r"^(?:ở|tại|trong|theo|năm)\s", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:ai|gi|nao|dau|sao|bao nhieu|may|bao gio)\b")
_ASKS_MARKED = re.compile(r"\b(?:ai|gì|nào|đâu|sao|bao nhiêu|mấy|bao giờ)\b")
_ONE_YEAR = re.compile(r"^(?:(?!năm |nam |tháng |quý )[^\W\d]+ )*((?:19|20)\d\d)$")
_BOTH = re.compile(
    rf"^(?P<first>.+?) {_BARE_MORE},? (?:hay|hoặc)(?: là)? (?P<second>.+?) {_BARE_MORE}$",
    re.IGNORECASE,
)
_WHICH_MORE = re.compile(
    rf"^(?P<first>.+?)\s+(?:hay là|hay|hoặc)\s+(?P<second>.+?),?\s+(?:(?:thì|là|bên nào|cái nào|đâu|có)\s+)*"
    rf"{_OF_DEGREE} (?:hơn|hon)(?P<where>\s+(?:ở|tại|trong)\s.+)?$",
    re.IGNORECASE,
)
_OR = re.compile(r"\s(?:hay|hoặc)\s", re.IGNORECASE)
_ENDS_IN_MORE = re.compile(rf"\b{_BARE_MORE}$", re.IGNORECASE)
_WHICH = re.compile(r",?\s+(?:thì\s+)?(?:năm|tháng|quý|kỳ|khóa|lần|bên|cái) nào\b", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:so|muc|luong|kinh phi|ty le|tien|tong|doanh thu|gia)\b")
_BEFORE_NAMES = frozenset(
    ("huyen", "xa", "tinh", "phuong", "quan", "thi", "thanh", "pho", "tran", "thon", "ban", "so", "phong", "khu", "to")
)
"""Folded words that belong to the name behind them."""
_SEVERAL = frozenset(("những", "các", "mấy", "nhung", "cac", "may"))
_SHORTEST_NAMED = 2
"""Words of what is compared, at most, where only its last words change from side to side."""
_LONGEST_SIDE = 9
"""Words."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question that compares, taken apart.

    Attributes:
        sides: what is compared, as typed.
        questions: what is asked of each side.
        chooses: whether one of the sides is the answer; else what is said of each.
        said: what is said of the one that is asked for, "" where nothing is chosen.
        last: whether the sides stand at the end (`... là của A hay B`), where they may be less than they seem.
        by_number: whether the side is asked for that has the larger (1) or smaller (-1) number, or the later or earlier
            date; 0 where it is not.
        by_date: whether that is a date.
    """

    sides: tuple[str, str]
    questions: tuple[str, str]
    chooses: bool
    by_number: int = 0
    said: str = ""
    last: bool = False
    by_date: bool = False


def read_comparison(question: str) -> Comparison | None:
    """Take a question apart that compares two sides; None if it does not.

    Args:
        question: with its marks restored.
    """
    text = _BETWEEN.sub("", question.strip(" ?.!"))
    return (
        _both(text)
        or _times(text)
        or _which_more(text)
        or _names_last(text)
        or _choice(text)
        or _offered(text)
        or _offered_last(text)
    )


def _names_last(text: str) -> Comparison | None:
    """`Bí thư là A hay B`."""
    found = read_offered_names(text)
    return Comparison(found.names, found.questions, chooses=True, said=found.said) if found else None


def _both(text: str) -> Comparison | None:
    """`năm 2021 A nhiều hơn hay B nhiều hơn`."""
    found = _BOTH.match(text)
    if found is None:
        return None
    when = re.match(rf"{_TIME}\s+", found["first"], re.IGNORECASE)
    second = f"{when.group() if when else ''}{found['second']}"
    questions = [f"{side} là bao nhiêu" for side in (found["first"], second)]
    sides = (found["first"], found["second"])
    return Comparison(sides, (questions[0], questions[1]), chooses=False, by_number=_direction(text))


def _which_more(text: str) -> Comparison | None:
    """`số hộ nghèo hay hộ cận nghèo nhiều hơn`: the second side stands for the last words of the first."""
    found = _WHICH_MORE.match(text)
    if found is None or _asks(found["first"]) or _asks(found["second"]):
        return None
    first, second = found["first"].split(), found["second"].split()
    same = next((place for place, word in enumerate(first) if place and word.lower() == second[0].lower()), None)
    kept = same if same is not None else max(len(first) - min(len(second), _SHORTEST_NAMED), 0)
    while kept and fold(first[kept - 1]) in _BEFORE_NAMES:
        kept -= 1
    where = found["where"] or ""
    questions = [f"{' '.join(side)}{where} là bao nhiêu" for side in (first, [*first[:kept], *second])]
    sides = (" ".join(first[kept:]), found["second"])
    return Comparison(sides, (questions[0], questions[1]), chooses=False, by_number=_direction(text))


def _direction(text: str) -> int:
    """Whether the larger number is asked for (1) or the smaller one (-1), by the last word that compares."""
    degrees = [one["degree"] for one in _MORE.finditer(text)]
    return -1 if degrees and _SMALLER.fullmatch(degrees[-1]) else 1


def _times(text: str) -> Comparison | None:
    """`... năm 2021 so với năm 2022 khác nhau thế nào`: the same of either time."""
    apart = _APART.match(text)
    if apart:
        sides = (apart["first"], apart["second"])
        questions = [_asking(f"{apart['rest']} {side}") for side in sides]
        return Comparison(sides, (questions[0], questions[1]), chooses=False)
    found = _TIMES.search(text)
    if found is None or not (_COMPARES.search(fold(text)) or _asks(text[found.end() :])):
        return None
    first, second = (_ONE_YEAR.sub(r"năm \1", one) for one in (found["first"], found["second"]))
    rest = _WHICH.sub("", text[found.end() :])
    questions = [_asking(f"{text[: found.start()]}{side}{rest}") for side in (first, second)]
    which = _ENDS_IN_MORE.search(text) and (_OR.search(found.group()) or _WHICH.search(text[found.end() :]))
    by_number = _direction(text) if which else 0
    return Comparison((first, second), (questions[0], questions[1]), chooses=False, by_number=by_number)


def _asks(text: str) -> bool:
    """Whether words ask for something; with their marks where they have any (`đầu năm` is no `đâu`)."""
    return bool((_ASKS_MARKED if is_marked(text) else _ASKS).search(text.lower() if is_marked(text) else fold(text)))


def _asking(text: str) -> str:
    """A question for one side, without the words that compare; what is to be told of it is asked for in their place."""
    plain = " ".join(_TAIL.sub("", text).split()).strip(" ,")
    if _asks(plain) or plain == text:
        return plain
    if _MORE.search(text):
        return f"{plain} bao nhiêu"
    return f"{plain} là bao nhiêu" if _COUNTED.search(fold(plain)) else f"{plain} là gì"


def _choice(text: str) -> Comparison | None:
    """`A với B, cái nào ...`."""
    found = _CHOICE.match(text)
    sides = (found["first"], found["second"]) if found else ()
    if found is None or any(len(side.split()) > _LONGEST_SIDE or _asks(side) for side in sides):
        return None
    if found["second"].strip(" ,").lower() in _SEVERAL:  # `phối hợp với những ai`
        return None
    if found["first"][-1].isdigit() and found["second"][0].isdigit():  # `ngày 25 và 26/8 họp bầu ai`
        return None
    if found["bare"] and found["joint"] in ("và", "va"):  # `Hội Nông dân và Hội Phụ nữ xã nào ...`
        return None
    return _of_sides(found["first"], found["second"].strip(" ,"), found["rest"])


def _offered(text: str) -> Comparison | None:
    """`A hay B là ...`: B goes as far as a name does, or to what is said of it."""
    found = _OFFERED.match(text)
    if found is None or _asks(text) or len(found["first"].split()) > _LONGEST_SIDE:
        return None
    right, (_, first) = found["right"], _apart(found["first"])
    name = _NAME.match(right) if _ENDS_IN_NAME.search(first) else None
    name = name or (_UP_TO_YEAR.match(right) if _UP_TO_YEAR.fullmatch(first) else None)
    verb = None if name else _VERB.search(right)
    if name is None and verb is None:
        return None
    end = name.end() if name else verb.start() if verb else 0
    second, rest = right[:end].strip(" ,"), right[end:].strip(" ,")
    if not rest or not second or len(second.split()) > _LONGEST_SIDE:
        return None
    return _of_sides(found["first"], second, rest)


def _apart(side: str) -> tuple[str, str]:
    """What stands in front of a first side (`ở hội nghị tổng kết, A hay B chủ trì`), "" if nothing, and the side."""
    setting, _, own = side.rpartition(",")
    return (setting.strip(), own.strip()) if _SETTING.match(setting) else ("", side)


def _offered_last(text: str) -> Comparison | None:
    """`... được nhắc trong A hay B`: a year alone stands for the whole side (`năm dân vận 2014 hay 2019`)."""
    found = _LAST.match(text)
    if found is None or _NO_SIDE.search(text):
        return None
    first, second, said = found["first"], found["second"], found["said"]
    if any(_asks(part) for part in (first, second, _SOME.sub("", said))):
        return None
    if any(len(side.split()) > _LONGEST_SIDE or not _NAMED.search(side) for side in (first, second)):
        return None
    if _BARE_YEAR.fullmatch(second) and _BARE_YEAR.search(first):
        second = _BARE_YEAR.sub(second, first)
    questions = (f"{said} {found['lead']} {first}", f"{said} {found['lead']} {second}")
    return Comparison((first, second), questions, chooses=True, said=said, last=True)


def _of_sides(first: str, second: str, rest: str) -> Comparison:
    more, earlier = _MORE.search(rest), _EARLIER.search(rest)
    if more:
        asked = " ".join(_TAIL.sub("", rest).split())
        return _measured(first, second, f"{asked} bao nhiêu {more['unit']}", _direction(rest))
    if earlier:
        direction = -1 if earlier["before"] else 1
        return _measured(first, second, f"{rest[: earlier.start()]} ngày nào", direction, by_date=True)
    setting, first = _apart(first)
    rest = f"{rest} {setting}".strip()
    return Comparison((first, second), (f"{first} {rest}", f"{second} {rest}"), chooses=True, said=rest)


def _measured(first: str, second: str, asked: str, direction: int, *, by_date: bool = False) -> Comparison:
    """Sides with what is asked of each; the second may stand for the last words of the first (`tiền của Tổ Hai`)."""
    words, last = first.split(), second.split()
    start = next((place for place in range(len(words) - 1, 0, -1) if words[place].lower() == last[0].lower()), 0)
    same = start if len(words) - start <= len(last) + 1 else 0
    lead = words[:same]
    questions = [" ".join([*side, *asked.split()]) for side in (words, [*lead, *last])]
    sides = (" ".join(words[same:]), second)
    return Comparison(sides, (questions[0], questions[1]), chooses=False, by_number=direction, by_date=by_date)
