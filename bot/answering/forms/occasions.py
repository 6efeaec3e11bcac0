"""The occasion that a question for an office tells of: who held it elsewhere, or in another quarter, is no answer."""

import re
from collections.abc import Callable, Sequence

from bot.answering.document_words import DocumentWords
from bot.answering.drafts import Asked
from corpus.vietnamese import fold
from embeddings.extraction.office_matching import is_same_body, place_of
from embeddings.extraction.offices import Office
from embeddings.extraction.persons import persons
from embeddings.index.office_records import OfficeRecord
from embeddings.quantities.ordinals import YEAR, ordinals
from embeddings.quantities.quantities import quantities
from embeddings.question.office_question import OfficeQuestion
from embeddings.syllables import CAPITALS

_PLACE = re.compile(
    r"\b(?:tỉnh|huyện|xã|phường|thành phố|thị xã|thị trấn|thôn|bản|ở|tại) "
    rf"(?P<name>[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)+)"
)
_CAPITALISED = rf"(?P<name>[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)*)"
_LOCAL = {
    **{fold(level): level for level in ("huyện", "quận", "xã", "phường", "thôn", "bản", "xóm", "buôn", "ấp")},
    "tran": "thị trấn",
}
"""Levels of which one document names many places: the last folded word of each -> as it is written."""
_LOOKED_BACK = 2000
"""Characters before a record."""
_CODE = re.compile(r"\d+(?:[/-]\w+)*/[^\W\d_]+(?:-[^\W\d_]+)*\d*")
_WAS = re.compile(
    r"\b(?:đã từng|từng (?:là|giữ|làm|đảm nhiệm)|(?:trước đây|hồi trước) (?:là|giữ|làm))\b", re.IGNORECASE
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PERIOD = re.compile(
    r"(?<![\d/])(?<!năm học )(?:19|20)\d\d(?:\s*[-–—]\s*|\s+(?:đến|tới)\s+(?:năm\s+)?)(?:19|20)\d\d(?![\d/])"
    r"|\b(?:đến|tới) (?:hết )?năm (?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
"""Years from and to, or a year until which something is planned."""
_LEAD = 400
"""Characters at the beginning of a document that tell when it happened."""


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
        if not all(around.has([code]) for code in codes) or not all(around.has_name(place) for place in places):
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


def is_beside_another_place(asked: Asked, wanted: Office, record: OfficeRecord, words: DocumentWords) -> bool:
    """Whether the place named last before a record is another one of the level that is asked for.

    (`Chủ tịch UBND phường Lê An` where the text has told of `phường Chợ Đầm` and asked for is that of `phường Ga Mới`.)
    A document that is of the place asked for may speak of others.
    """
    place = place_of(wanted.body)
    level = _LOCAL.get(wanted.body[-len(place) - 1]) if place else None
    if level is None or place_of(record.taken_apart.body) or words.around(record).letterhead().has_name(place):
        return False
    passage = asked.retriever.passages[record.passage]
    before = asked.retriever.documents[record.document].text[: passage.start + record.office_span[0]][-_LOOKED_BACK:]
    people = list(persons(before))
    named = [
        fold(found["name"]).split()
        for found in re.finditer(rf"(?<!văn )(?<!biên )\b(?:{level}) {_CAPITALISED}", before)
        if not any(start < found.end() and found.start("name") < end for start, end in people)
    ]
    return bool(named) and named[-1][: len(place)] != list(place)


def of_the_occasion(asked: Asked, question: OfficeQuestion, records: Sequence[OfficeRecord]) -> Sequence[OfficeRecord]:
    """Records of the document that was found first, where the question tells of an occasion; else all."""
    if not question.rest and not question.years:
        return records
    order: dict[str, int] = {}
    for hit in asked.search.hits:
        order.setdefault(hit.passage.document_id, hit.rank)
    ranked = [record for record in records if record.document in order]
    if not ranked:
        return records
    best = min(order[record.document] for record in ranked)
    return [record for record in ranked if order[record.document] == best]


def is_of_years(asked: Asked, record: OfficeRecord, years: Sequence[str]) -> bool:
    """Whether a record is of one of the years: of its publication, its title, its passage or the document's lead.

    A term or a period (`nhiệm kỳ 2015 - 2020`) says of none of its years who held an office then.
    """
    if not years:
        return True
    document = asked.retriever.documents[record.document]
    passage = asked.retriever.passages[record.passage].text
    said = " ".join((document.published or "", document.title, document.text[:_LEAD], passage))
    told = set(_ANY_YEAR.findall(said if len(years) > 1 else _PERIOD.sub(" ", said)))
    return any(year in told for year in years)


def of_the_year(asked: Asked, years: Sequence[str], records: Sequence[OfficeRecord]) -> list[OfficeRecord]:
    """Records of the years asked for: those published then, if there are any, before those that only tell of them."""
    if not years:
        return list(records)
    documents = asked.retriever.documents
    published = [one for one in records if (documents[one.document].published or "")[:4] in years]
    return _nearest(asked, published) or [record for record in records if is_of_years(asked, record, years)]


def _nearest(asked: Asked, records: Sequence[OfficeRecord]) -> list[OfficeRecord]:
    """Of records of the year those nearest to the month that a question names; all where it names none."""
    found = (
        re.fullmatch(r"(?:\d{1,2}/)?(\d{1,2})/(\d{4})", one.keys[0])
        for one in quantities(asked.search.understanding.restored)
        if one.is_date
    )
    month = next((int(one[2]) * 12 + int(one[1]) for one in found if one), None)
    if month is None or not records:
        return list(records)

    def distance(record: OfficeRecord) -> int:
        year, _, rest = (record.date or "").partition("-")
        return abs(int(year) * 12 + int(rest[:2] or 1) - month)

    least = min(map(distance, records))
    return [record for record in records if distance(record) == least]


def _without_office(text: str, question: OfficeQuestion) -> str:
    """A question without its office; nothing of it where the office was read in another spelling of the question."""
    office = question.office
    if office is None or office.office.rank.split()[-1] not in fold(text[office.start : office.end]):
        return ""
    return f"{text[: office.start]} . {text[office.end :]}"
