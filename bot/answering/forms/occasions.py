"""The occasion that a question for an office tells of: who held it elsewhere, or in another quarter, is no answer."""

import re
from collections.abc import Callable, Sequence

from bot.answering.document_words import DocumentWords
from bot.answering.drafts import Asked
from corpus.vietnamese import fold
from embeddings.extraction.office_matching import is_same_body
from embeddings.extraction.offices import Office
from embeddings.index.office_records import OfficeRecord
from embeddings.quantities.ordinals import YEAR, ordinals
from embeddings.question.office_question import OfficeQuestion
from embeddings.syllables import CAPITALS

_PLACE = re.compile(
    r"\b(?:tỉnh|huyện|xã|phường|thành phố|thị xã|thị trấn|thôn|bản|ở|tại) "
    rf"(?P<name>[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)+)"
)
_CODE = re.compile(r"\d+(?:[/-]\w+)*/[^\W\d_]+(?:-[^\W\d_]+)*\d*")
_WAS = re.compile(
    r"\b(?:đã từng|từng (?:là|giữ|làm|đảm nhiệm)|(?:trước đây|hồi trước) (?:là|giữ|làm))\b", re.IGNORECASE
)


def fits_occasion(asked: Asked, question: OfficeQuestion, words: DocumentWords) -> Callable[[OfficeRecord], bool]:
    """Says of a record whether its document tells of the places and numbers that the question has beside the office.

    Args:
        asked: the question, searched for.
        question: the same as a question for an office.
        words: of documents.
    """
    text = _without_office(asked.search.understanding.restored, question)
    codes = [fold(match.group()) for match in _CODE.finditer(text)]
    places = [[fold(word) for word in match["name"].split()] for match in _PLACE.finditer(text)]
    numbered = frozenset(one for one in ordinals(text) if one[0] != YEAR)

    def fits(record: OfficeRecord) -> bool:
        around = words.around(record)
        if not all(around.has([code]) for code in codes) or not all(around.has(place) for place in places):
            return False
        document = asked.retriever.documents[record.document]
        return not numbered or numbered <= ordinals(f"{document.title}\n{document.text}")

    return fits


def asks_for_former(asked: Asked) -> bool:
    """Whether a question asks for who once held an office (`ai từng là ...`)."""
    return _WAS.search(asked.search.understanding.restored) is not None


def is_told_elsewhere(
    wanted: Office, record: OfficeRecord, records: Sequence[OfficeRecord], words: DocumentWords
) -> bool:
    """Whether the document names the same person under more of the body's name, and that is another body.

    (`CHỦ TỊCH CÔNG ĐOÀN` under the minutes of a `Chủ tịch Công đoàn cơ sở`.)
    """
    held = set(record.taken_apart.body)
    return any(
        other.document == record.document
        and fold(other.name) == fold(record.name)
        and other.taken_apart.key == record.taken_apart.key
        and held < set(other.taken_apart.body)
        and not is_same_body(wanted.body, other.taken_apart.body, words.around(record))
        for other in records
    )


def _without_office(text: str, question: OfficeQuestion) -> str:
    """A question without its office; nothing of it where the office was read in another spelling of the question."""
    office = question.office
    if office is None or office.office.rank.split()[-1] not in fold(text[office.start : office.end]):
        return ""
    return f"{text[: office.start]} . {text[office.end :]}"
