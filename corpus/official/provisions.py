"""What an official document says of its own validity and of other documents: from when it holds, what it replaces.

Read off the sentences whose subject is the document itself (`Nghị quyết này có hiệu lực từ ... và thay thế ...`); what
a text tells of other documents is told by those.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.dates import find_dates
from corpus.models import Relation, RelationKind
from corpus.official.document_numbers import KINDS, DocumentNumber, find_numbers
from corpus.vietnamese import fold, fold_in_place

_SENTENCE = re.compile(r"[^\n]+")
_CUT = re.compile(r"(?<=[.;])\s+(?=[^\W\d_a-zà-ỹ])|\n+")
_KIND_WORDS = "|".join(sorted({fold(kind) for kind in KINDS}, key=len, reverse=True))
_THIS = re.compile(rf"\b(?:{_KIND_WORDS}|van ban)\s+nay\b")
_SUBJECT = re.compile(
    rf"^(?:[\d.]+\s*|[a-zđ]\)\s*|dieu\s+\d+\w?[.:]?\s*|-\s*)*(?:{_KIND_WORDS}|van ban)(?!\s+so\b)(?=\s)"
)
_EFFECT = re.compile(r"(?:co\s+)?hieu luc(?:\s+(?:thi hanh|phap luat))?")
_NO_MORE = re.compile(r"(?:het hieu luc|khong con hieu luc|cham dut hieu luc|ngung hieu luc)(?:\s+thi hanh)?")
_FROM_SIGNING = re.compile(r"(?:ke\s+)?tu\s+ngay\s+(?:duoc\s+)?(?:ky|ban hanh|thong qua|cong bo)")
_AFTER_SIGNING = re.compile(r"sau\s+(\d{1,3})\s*(?:\([^)]*\)\s*)?ngay")
_UNTIL = re.compile(r"den\s+(?:het\s+)?(?=ngay\s|\d)")
_VERBS = (
    (RelationKind.REPLACES, re.compile(r"(?<!duoc )(?<!bi )thay the(?:\s+cho)?")),
    (RelationKind.REPEALS, re.compile(r"(?<!bi )(?<!duoc )(?:bai bo|huy bo)")),
    (RelationKind.AMENDS, re.compile(r"(?<!duoc )sua doi(?:\s*,\s*bo sung|\s+va\s+bo sung|\s*,\s*thay the)?")),
)
_ENDS_TARGETS = re.compile(r"(?<!kem )\btheo\b|\b(?:can cu|quy dinh tai)\b")
_A_PART = re.compile(r"\b(?:khoan|diem|dieu|mot so|mot phan|cum tu|noi dung|muc|chuong|phu luc)\b")
_WITHIN = 200  # characters between a number and what is said of its validity


@dataclass(frozen=True, slots=True)
class Provisions:
    """What was read.

    Attributes:
        effective: ISO date, and where it stands.
        expires: the same of the last day.
        relations: to other documents, in the order of the text.
    """

    effective: str | None = None
    effective_at: tuple[int, int] | None = None
    expires: str | None = None
    expires_at: tuple[int, int] | None = None
    relations: tuple[Relation, ...] = ()


def read_provisions(title: str, text: str, issued: str | None) -> Provisions:
    """Read validity and relations off a document.

    Args:
        title: of the document; `sửa đổi, bổ sung một số điều của ...` in it is what the document does.
        text: of the document.
        issued: ISO date of issue, for `có hiệu lực kể từ ngày ký`.
    """
    found = Provisions()
    relations: dict[tuple[RelationKind, str], Relation] = {}
    for relation in _relations(title, 0, is_title=True):
        relations.setdefault((relation.kind, _key(relation)), replace(relation, start=0, end=0))
    for start, end in _sentences(text):
        sentence = text[start:end]
        folded = fold_in_place(sentence)
        if _speaks_of_itself(folded):
            found = _with_dates(found, sentence, folded, start, issued)
            for relation in _relations(sentence, start):
                relations.setdefault((relation.kind, _key(relation)), relation)
        for relation in _no_more(sentence, folded, start):
            relations.setdefault((relation.kind, _key(relation)), relation)
    return replace(found, relations=tuple(relations.values()))


def _key(relation: Relation) -> str:
    number = next(iter(find_numbers(relation.number)), None)
    return f"{number.key if number else relation.number} {relation.date or ''}"


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences and items of lists; a document's number may hold no stop, so stops before capitals end them."""
    for line in _SENTENCE.finditer(text):
        start = line.start()
        for cut in (*_CUT.finditer(text, line.start(), line.end()), None):
            end = cut.start() if cut else line.end()
            if text[start:end].strip():
                yield start, end
            start = cut.end() if cut else end


def _speaks_of_itself(folded: str) -> bool:
    """Whether a sentence's subject is the document it stands in."""
    if _THIS.search(folded):
        return True
    verbs = [match.start() for _, verb in _VERBS if (match := verb.search(folded))]
    effect = _EFFECT.search(folded)
    places = [*verbs, *([effect.start()] if effect else [])]
    if not places:
        return False
    before = folded[: min(places)]
    if any(number.is_whole for number in find_numbers(before)):
        return False  # another document is the subject
    if _SUBJECT.match(folded):
        return True
    return not re.sub(r"dieu\s+\d+\w?\.?|[\d.]+|[a-zđ]\)|[\W_]", "", before)  # `Điều 2. Bãi bỏ Quyết định số ...`


def _with_dates(found: Provisions, sentence: str, folded: str, offset: int, issued: str | None) -> Provisions:
    effect = _EFFECT.search(folded)
    if effect is None or _NO_MORE.search(folded[max(effect.start() - 6, 0) : effect.end()]):
        ended = _NO_MORE.search(folded)
        dates = [each for each in find_dates(sentence) if ended and each[0] >= ended.end()]
        if dates and found.expires is None:
            start, end, iso = dates[0]
            return replace(found, expires=iso, expires_at=(offset + start, offset + end))
        return found
    until = _UNTIL.search(folded, effect.end())
    dates = [each for each in find_dates(sentence) if each[0] >= effect.end()]
    if until and (last := next((each for each in dates if each[0] >= until.end()), None)) and found.expires is None:
        found = replace(found, expires=last[2], expires_at=(offset + last[0], offset + last[1]))
    if found.effective is not None:
        return found
    first = next((each for each in dates if not until or each[0] < until.start()), None)
    signing = _FROM_SIGNING.search(folded, effect.end())
    after = _AFTER_SIGNING.search(folded, effect.end())
    if signing and (first is None or signing.start() < first[0]):
        days = int(after[1]) if after and after.start() < signing.start() else 0
        start = after.start() if days and after else signing.start()
        day = _later(issued, days)
        return replace(found, effective=day, effective_at=(offset + start, offset + signing.end()))
    if first is not None and first[0] - effect.end() <= _WITHIN:
        return replace(found, effective=first[2], effective_at=(offset + first[0], offset + first[1]))
    return found


def _later(issued: str | None, days: int) -> str | None:
    if not issued or len(issued) < len("2024-01-01"):
        return None
    return (date.fromisoformat(issued) + timedelta(days=days)).isoformat()


def _relations(sentence: str, offset: int, *, is_title: bool = False) -> Iterator[Relation]:
    """What a sentence says its document does to others: the whole numbers behind each verb, up to the next one."""
    folded = fold_in_place(sentence)
    verbs = sorted((match.start(), match.end(), kind) for kind, verb in _VERBS for match in verb.finditer(folded))
    numbers = find_numbers(sentence)
    for place, (_, begin, kind) in enumerate(verbs):
        following = verbs[place + 1][0] if place + 1 < len(verbs) else len(sentence)
        stop = _ENDS_TARGETS.search(folded, begin, following)
        end = stop.start() if stop else following
        last = begin
        for number in numbers:
            if not begin <= number.start < end or not (number.is_whole or (is_title and number.year)):
                continue
            partly = kind is not RelationKind.AMENDS and _A_PART.search(folded, last, number.start) is not None
            yield Relation(kind, number.written, _date_behind(sentence, number), partly, offset, offset + len(sentence))
            last = number.end


def _no_more(sentence: str, folded: str, offset: int) -> Iterator[Relation]:
    """What a document ends by its coming (`Nghị quyết số ... hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực`)."""
    ended = _NO_MORE.search(folded)
    if ended is None or not _THIS.search(folded, ended.end()):
        return
    last = 0
    for number in find_numbers(sentence):
        if number.is_whole and number.end <= ended.start():
            partly = _A_PART.search(folded, last, number.start) is not None
            date_said = _date_behind(sentence, number)
            yield Relation(RelationKind.REPEALS, number.written, date_said, partly, offset, offset + len(sentence))
            last = number.end


def _date_behind(sentence: str, number: DocumentNumber) -> str | None:
    """The date that stands right behind a number (`... ngày 12 tháng 7 năm 2018`)."""
    for start, _, iso in find_dates(sentence):
        if start >= number.end and re.fullmatch(r"\W*(?:ngay\s*)?", fold_in_place(sentence[number.end : start])):
            return iso
    return None
