"""One stretch of words: a name, a place, a date, a number with what it counts."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answering.forms.lists import answer_list
from bot.answers import AnswerKind, Status
from corpus.vietnamese import fold
from embeddings.extraction.offices import offices
from embeddings.extraction.persons import persons
from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Kind, candidates
from embeddings.question.question import Question

_MEASURE = re.compile(
    r"(?:hơn|trên|gần|khoảng|dưới|từ|tối đa|tối thiểu|không quá|ít nhất|nhiều nhất|chừng|tròn|đúng)\s+$"
)
_OFTEN = re.compile(r"(?:mỗi|hằng|hàng)\s+(?:ngày|tuần|tháng|quý|năm)\s+(?:ít nhất\s+)?$", re.IGNORECASE)
_TIMES = re.compile(r"(?:\d+|[^\W\d_]+)\s+(?:lần|buổi|kỳ|phiên)\b")
_NEXT_TOLD = re.compile(r",\s|\s(?:với|trong đó|trên tổng số)\s")
"""Between a number and what another one counts."""
_NEXT = re.compile(r"\s([^\W\d_]+)")
_UNITS = frozenset(
    {
        "dong",
        "ty",
        "trieu",
        "nghin",
        "ngan",
        "phan",
        "ha",
        "km",
        "m",
        "kg",
        "tan",
        "ta",
        "lit",
        "gio",
        "phut",
        "ngay",
        "thang",
    }
    | {
        "nam",
        "tuan",
        "tuoi",
        "diem",
        "lan",
        "nguoi",
        "ho",
        "xa",
        "cuoc",
        "vu",
        "mo",
        "can",
        "phieu",
        "suat",
        "luot",
        "buoi",
    }
)
_NAMED = frozenset((Kind.OTHER, Kind.NAME))
_TITLE = re.compile(r"\s+“[^“”\n]{2,160}”")
_TITLE_REST = re.compile(r"[^“”\n]{0,160}”")
_SHARE = re.compile(r"(?:%|\bphần trăm)$", re.IGNORECASE)
_PERSONS_COUNTED = re.compile(r"\b(?:mấy|bao nhiêu)\s+(?:người|vị|đồng chí|ông|bà|lãnh đạo)\b", re.IGNORECASE)
_ATTENDED = re.compile(r"\b(?:dự|tham dự|tham gia|có mặt|đến|tới|tập trung)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS = 6
_WHICH_BODY = re.compile(
    r"\b(?:đứng đầu|phụ trách|lãnh đạo|quản lý)\s+"
    r"(?:ban|phòng|sở|bộ|đơn vị|cơ quan|hội|khối|ngành|huyện|xã|tỉnh)\s+nào\b"
)
_OF_TIME = re.compile(
    r"\d|\b(?:năm|tháng|ngày|quý|kỳ|khi|lúc|hồi|trước|sau|từ|đến|đầu|cuối|giữa|nay|sớm|muộn|vừa|mới|gần đây)\b",
    re.IGNORECASE,
)
_COUNT_FROM = 0.35
_SURE_ENOUGH = 0.3


def answer_span(asked: Asked) -> Draft:
    """The words in the first quote that answer best."""
    quoted = asked.quoter.quote(asked.search.hits[0])
    span = asked.quoter.answer(quoted)
    if span and asked.search.expected.kind is Kind.NUMBER:
        text = quoted.hit.passage.text
        span = with_unit(text, _first_number(text, span), asked.search.expected.known)
    if span and _WHICH_BODY.search(asked.search.expected.question.lower()):
        span = _body_alone(quoted.hit.passage.text, span)
    if span and asked.search.expected.kind is Kind.TIME and asked.search.expected.grain == "năm":
        span = _year_alone(asked, quoted.hit.passage.text, span)
    if span and asked.search.expected.kind in _NAMED:
        span = with_title(quoted.hit.passage.text, span)
    pieces = (Piece(quoted.hit, *with_period(quoted.hit.passage.text, span)),) if span else ()
    status = asked.status
    marked = asked.search.expected.kind is Kind.NUMBER or asked.search.expected.grain == "năm"
    if not pieces and quoted.hit.reading and marked and status is Status.ANSWERED:
        status = Status.RELATED  # a reader saw no other number than the question's own, or no year
    return Draft(AnswerKind.SPAN, status, asked.confidence, pieces, asked.search.hits)


def _year_alone(asked: Asked, text: str, span: Span) -> Span | None:
    """The one year in long words that were read, where a year is asked for; None where they tell of no time at all."""
    words = text[slice(*span)]
    found = candidates(asked.search.expected, words)
    if not found and not _OF_TIME.search(words):
        return None
    long = len(words.split()) > _MOST_WORDS
    return (span[0] + found[0][0], span[0] + found[0][1]) if long and len(found) == 1 else span


def _body_alone(text: str, span: Span) -> Span:
    """The body of an office, where it is asked which one somebody leads (`đứng đầu ban nào`: `Ban Dân vận`)."""
    words = text[slice(*span)]
    held = next((office for office in offices(words) if office.start == 0 and office.office.body), None)
    return (span[0] + held.body_start, span[0] + held.end) if held and held.end == len(words) else span


def answer_count(asked: Asked, answer: Callable[[Asked], Draft]) -> Draft:
    """The number that a passage tells; where it names the things only, all of them, to be counted.

    Args:
        asked: the question, searched for.
        answer: another question; persons are counted by who they are (`mấy người chủ trì` -> `những ai chủ trì`).
    """
    draft = answer_span(asked)
    told = any(quantities(piece.text) for piece in draft.pieces)
    if told or not asked.search.expected.counted or asked.confidence < _SURE_ENOUGH:
        return draft
    question = asked.search.understanding.restored
    counted = _PERSONS_COUNTED.search(question)
    if counted and not _ATTENDED.search(question):  # who comes to a meeting is never told whole
        named = f"{question[: counted.start()]}những ai{question[counted.end() :]}"
        people = answer(asked.ask(Question(named, asked.question.previous)))
        are_named = bool(people.pieces) and all(any(persons(piece.text)) for piece in people.pieces)
        return replace(people, certain=True) if are_named else draft
    listed = answer_list(asked)
    return draft if listed is None or listed.confidence < _COUNT_FROM else listed


def with_title(text: str, span: Span) -> Span:
    """`Tọa đàm` with the title in quotation marks right behind it, and a title that was begun to its end."""
    start, end = span
    title = _TITLE.match(text, end)
    if title and not text[start:end].count("“"):
        return start, title.end()
    rest = _TITLE_REST.match(text, end)
    return (start, rest.end()) if rest and text.count("“", start, end) > text.count("”", start, end) else span


def with_period(text: str, span: Span) -> Span:
    """`mỗi tháng` in front of `một lần` belongs to it."""
    start, end = span
    before = _OFTEN.search(text[max(start - 24, 0) : start]) if _TIMES.match(text, start, end) else None
    return (start - len(before.group()), end) if before else span


def _first_number(text: str, span: Span) -> Span:
    """Words up to the comma or `với` behind their first number, where another is told behind (`211 giỏi, 304 khá`)."""
    start, end = span
    told = quantities(text[start:end])
    cut = _NEXT_TOLD.search(text, start + told[0].end, start + told[1].start) if len(told) > 1 else None
    return (start, cut.start()) if cut else span


def with_unit(text: str, span: Span, known: frozenset[str]) -> Span:
    """A number with what stands before it (`hơn`) and, where it is bare, what it counts (`3.300 hội nghị phản biện`).

    Args:
        text: where it stands.
        span: of the number.
        known: folded words of the question; a share is shown without what it is of, since that is asked about.
    """
    start, end = span
    before = _MEASURE.search(text[max(start - 16, 0) : start])
    if before:
        start -= len(before.group())
    if _SHARE.search(text, start, end) or _WORD.search(text, *span):
        return start, end
    for number in range(_MOST_WORDS):
        following = _NEXT.match(text, end)
        if following is None:
            break
        word = fold(following.group(1))
        if (
            word not in known
            and not (number == 0 and word in _UNITS)
            and not (number == 1 and word in ("dong", "tram"))
        ):
            break
        end = following.end()
    return start, end
