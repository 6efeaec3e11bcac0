"""Which time a question is about: now, unless it names a year or a day, or asks for what held before."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.dates import find_dates
from corpus.official.document_numbers import find_numbers
from corpus.vietnamese import fold_in_place

_YEAR = re.compile(r"(?<![\w/.,-])((?:19|20)\d\d)(?![\w/-]|[.,]\d)")
_BEFORE = re.compile(r"\b(?:truoc day|truoc kia|truoc do|hoi truoc|da het hieu luc|khong con hieu luc|cu truoc)\b")
_NOW = re.compile(r"\b(?:hien nay|hien tai|hien hanh|bay gio|dang ap dung|dang co hieu luc|moi nhat)\b")


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A span of days (ISO, both included).

    Attributes:
        said: whether the question says so itself.
        before: whether it asks for what held before and does no more.
    """

    first: str
    last: str
    said: bool = False
    before: bool = False


def asked_time(question: str, today: date) -> AskedTime:
    """Read it off a question; a year in a document's number or in the future says nothing.

    Args:
        question: NFC, relative dates resolved.
        today: which day it is.
    """
    now = today.isoformat()
    for number in find_numbers(question):
        question = question.replace(number.written, " " * len(number.written))
    folded = fold_in_place(question)
    dates = find_dates(question)
    if dates:
        return AskedTime(dates[0][2], dates[0][2], said=True)
    years = _YEAR.findall(folded)
    if years and int(years[-1]) < today.year:
        return AskedTime(f"{years[-1]}-01-01", f"{years[-1]}-12-31", said=True)
    return AskedTime(now, now, said=_NOW.search(folded) is not None, before=_BEFORE.search(folded) is not None)
