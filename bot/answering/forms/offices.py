"""Who holds an office, and which offices somebody holds: looked up in what was read at indexing, matched whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.document_words import DocumentWords
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.occasions import (
    asks_for_former,
    fits_occasion,
    is_beside_another_place,
    is_of_years,
    is_told_elsewhere,
    of_the_occasion,
    of_the_year,
)
from bot.answers import AnswerKind, Status
from bot.phrases import phrases
from corpus.vietnamese import fold
from embeddings.extraction.office_grammar import is_singular
from embeddings.extraction.office_matching import is_same_body, is_same_office, place_of
from embeddings.extraction.offices import Office
from embeddings.index.office_records import OfficeRecord
from embeddings.question.office_question import OfficeAsked, OfficeClaim, OfficeQuestion, read_office_question

SURE = 0.9
"""Share of answers from the directory that are right where they name one person; see docs/decisions/forms.md."""
_SEVERAL = 0.75
_UNSURE = 0.3
_MOST_RECORDS = 2000
"""Looked at one by one; of more only those in documents that were found."""
_NEAR_OFFERED = 2
_BEFORE_THAT = re.compile(r"\btrước (?:khi|lúc|đó)\b", re.IGNORECASE)
_OCCASION = 2
"""Words that tell of an occasion."""
_NO_OCCASION = frozenset(
    (
        *("quy", "thang", "nam", "ngay", "dau", "giua", "cuoi", "nhiem", "ky", "khoa", "giai", "doan", "co", "day"),
        *("du", "ghe", "ngoi", "cuong", "vi", "nguoi", "giu", "dung", "tung", "biet"),
    )
)
_SAME_BODY_FROM = 2
"""Words of a question that the name of a body has, from which that body is meant."""


def answer_office(asked: Asked, question: OfficeQuestion | None = None) -> Draft | None:
    """Answer a question for an office or its holder; None if it is no such question or nobody is known by that name."""
    question = question or _asked_in(asked)
    if question is None:
        return None
    if question.asked is OfficeAsked.HOLDER:
        return _holders(asked, _in_context(asked, question))
    return _offices_of(asked, question)


def answer_office_alone(asked: Asked) -> Draft | None:
    """Who holds the office of a body that is all that a question names, which asks for no documents on it."""
    question = _asked_in(asked)
    if question is None or not question.alone or question.office is None or question.several:
        return None
    office, inherited = question.office.office, asked.search.understanding.inherited
    meant = place_of(office.body) or is_singular(office.rank)  # `chủ tịch UBND xã` of no place is a subject
    return answer_office(asked, question) if meant and not inherited else None


def _asked_in(asked: Asked) -> OfficeQuestion | None:
    """The question with the marks that it was understood with, else without: names may have been given wrong ones."""
    understanding, known = asked.search.understanding, asked.retriever.offices
    restored = read_office_question(understanding.restored, known)
    return restored or (read_office_question(understanding.typed, known) if understanding.typed.isascii() else None)


def find_claimed(asked: Asked, claim: OfficeClaim) -> tuple[OfficeRecord | None, OfficeRecord | None]:
    """The record that affirms a claim, and one that contradicts it: another office in the same body or of that rank."""
    words = DocumentWords(asked.retriever)
    wanted = claim.office.office
    records = [record for name in claim.persons for record in asked.retriever.offices.of_person(name)]
    if len({fold(record.name) for record in records}) != 1:
        return None, None
    fitting = _newest_first([record for record in records if is_of_years(asked, record, claim.years)])
    for record in fitting:
        if is_same_office(wanted, record.taken_apart, words.around(record)):
            return record, None
    for record in fitting:
        body = record.taken_apart.body
        same_body = bool(wanted.body) and is_same_body(wanted.body, body, words.around(record))
        if same_body or (record.taken_apart.key == wanted.key and wanted.body and body):
            return None, record
    return None, None


def _in_context(asked: Asked, question: OfficeQuestion) -> OfficeQuestion:
    """A question that names an office alone (`còn phó bí thư là ai`), in the body that the one before it named."""
    inherited = asked.search.understanding.inherited
    if question.office is None or question.office.office.body or not inherited:
        return question
    before = read_office_question(inherited, asked.retriever.offices)
    if before is None or before.office is None or not before.office.office.body:
        return question
    office = replace(question.office.office, body=before.office.office.body)
    return replace(question, office=replace(question.office, office=office), years=question.years or before.years)


def _holders(asked: Asked, question: OfficeQuestion) -> Draft | None:
    if question.office is None:
        return None
    words = DocumentWords(asked.retriever)
    wanted = question.office.office
    known = [
        record
        for record in _considered(asked, asked.retriever.offices.of_key(wanted.key))
        if fold(record.name) not in question.persons
    ]
    same = _most_fully_named(wanted.body, _under(asked, wanted, known, words))
    fits = fits_occasion(asked, question, words)
    fitting = [record for record in of_the_year(asked, question.years, same) if fits(record)]
    if not fitting:
        return _refusal(asked, question, [record for record in same if record not in fitting], words)
    chosen = of_the_occasion(asked, question, fitting)
    if _is_of_another_occasion(asked, question, chosen):
        return _refusal(asked, question, chosen, words)
    people = list(_newest_of_each(chosen))
    pieces = tuple(_named(asked, record) for record in people)
    sure = SURE if len(people) == 1 else _SEVERAL
    notes = () if len(people) == 1 or question.several else (phrases(asked.language).several_holders,)
    return Draft(AnswerKind.OFFICE, Status.ANSWERED, sure, pieces, asked.search.hits, notes=notes)


def _is_of_another_occasion(asked: Asked, question: OfficeQuestion, records: Sequence[OfficeRecord]) -> bool:
    """Whether the occasion that a question tells of, more than a time, is that of another document, found first."""
    occasion = [word for word in question.rest if word.isalpha() and word not in _NO_OCCASION]
    first = asked.search.hits[0].passage.document_id
    return (
        len(occasion) >= _OCCASION
        and not asks_for_former(asked)
        and all(record.document != first for record in records)
    )


def _under(asked: Asked, wanted: Office, known: Sequence[OfficeRecord], words: DocumentWords) -> list[OfficeRecord]:
    """Those who are named under an office; who once held it, where that is asked for.

    Where nobody is told to have held it once, all who held it over the years did; one alone holds it still.
    """
    once = asks_for_former(asked)
    for office in (replace(wanted, former=True), wanted) if once else (wanted,):
        found = [
            record
            for record in known
            if is_same_office(office, record.taken_apart, words.around(record))
            and not is_told_elsewhere(office, record, known, words)
            and not is_beside_another_place(asked, office, record, words)
        ]
        if found and (not once or office.former or len({fold(record.name) for record in found}) > 1):
            return found
    return []


def _most_fully_named(body: Sequence[str], records: Sequence[OfficeRecord]) -> list[OfficeRecord]:
    """Of a document that names somebody under more of a body's name, nobody whom it names under less of it.

    (`Bí thư Đảng ủy, Giám đốc Sở Y tế` beside `Bí thư Đảng ủy Khối`.)
    """
    told = [(record, set(body) & set(record.taken_apart.body)) for record in records]
    return [
        record
        for record, words in told
        if not any(words < more and other.document == record.document for other, more in told)
    ]


def _offices_of(asked: Asked, question: OfficeQuestion) -> Draft | None:
    records = [record for name in question.persons for record in asked.retriever.offices.of_person(name)]
    found = {hit.passage.document_id for hit in asked.search.hits}
    if len(question.persons) > 1:  # a given name only: whoever stands in what was found
        records = [record for record in records if record.document in found]
        names = {fold(record.name) for record in records}
        if len(names) != 1:
            return None
    fitting = [record for record in records if is_of_years(asked, record, question.years)]
    if not fitting:
        return _elsewhere(asked, records) if records else None
    once = question.asked is OfficeAsked.OFFICE and (
        asks_for_former(asked) or _BEFORE_THAT.search(asked.search.understanding.restored) is not None
    )
    present: Sequence[OfficeRecord] = [record for record in fitting if record.former is once] or fitting
    if question.asked is OfficeAsked.BODY and question.office:
        wanted = question.office.office
        present = [record for record in present if record.taken_apart.key == wanted.key]
        if not present:
            return None
    present, single = _of_the_body(question, present)
    single = single or asked.form.counts  # `giữ mấy chức vụ`: each is one of them
    pieces: list[Piece] = []
    said: set[str] = set()
    for record in _newest_first(present):
        if question.asked is OfficeAsked.BODY:
            piece = _body(asked, record)
        else:
            piece = _alone(asked, record) if single else _stretch(asked, record)
        if fold(piece.text) not in said and not any(fold(piece.text) in one for one in said):
            said.add(fold(piece.text))
            pieces.append(piece)
    return Draft(AnswerKind.OFFICE, Status.ANSWERED, SURE, tuple(pieces), asked.search.hits)


def _of_the_body(question: OfficeQuestion, records: Sequence[OfficeRecord]) -> tuple[Sequence[OfficeRecord], bool]:
    """Records without an office that the question names itself (`ngoài Trưởng ban còn giữ chức gì`), and of the body.

    Returns:
        The records, and whether each office is to be shown by itself, not with those beside it.
    """
    if question.asked is not OfficeAsked.OFFICE:
        return records, False
    if question.office is not None:
        key = question.office.office.key
        others = [record for record in records if record.taken_apart.key != key]
        return others or records, bool(others)
    named = [set(record.body).difference(place_of(record.body)) for record in records]
    shared = [sum(word in body for word in question.rest) for body in named]
    most = max(shared, default=0)
    if most < _SAME_BODY_FROM:
        return records, False
    return [record for record, count in zip(records, shared, strict=True) if count == most], True


def _refusal(asked: Asked, question: OfficeQuestion, elsewhere: Sequence[OfficeRecord], words: DocumentWords) -> Draft:
    """Nobody is named under that very office: refused, and what comes near is offered as such."""
    near = list(_newest_of_each(elsewhere)) or list(_near(asked, question, words))
    text = phrases(asked.language)
    notes = tuple(
        text.only_near.format(office=record.office, name=record.name, date=_date(record, text.dated))
        for record in near[:_NEAR_OFFERED]
    )
    hits = tuple(asked.hit_of(asked.retriever.passages[record.passage]) for record in near[:_NEAR_OFFERED])
    rest = tuple(hit for hit in asked.search.hits if hit.passage.id not in {one.passage.id for one in hits})
    status = Status.NOT_FOUND if asked.status is Status.NOT_FOUND and not near else Status.RELATED
    return Draft(AnswerKind.OFFICE, status, min(asked.confidence, _UNSURE), hits=(*hits, *rest), notes=notes)


def _elsewhere(asked: Asked, records: Sequence[OfficeRecord]) -> Draft:
    """The person is known, but not from the year that is asked for."""
    text = phrases(asked.language)
    newest = _newest_first(records)[0]
    note = text.only_near.format(office=newest.office, name=newest.name, date=_date(newest, text.dated))
    confidence = min(asked.confidence, _UNSURE)
    return Draft(AnswerKind.OFFICE, Status.RELATED, confidence, hits=asked.search.hits, notes=(note,))


def _near(asked: Asked, question: OfficeQuestion, words: DocumentWords) -> Iterator[OfficeRecord]:
    """Others in the same body, in the documents that were found: the deputy where the chief is asked for."""
    if question.office is None or not question.office.office.body:
        return
    found = {hit.passage.document_id for hit in asked.search.hits}
    wanted = question.office.office
    seen: set[tuple[str, str]] = set()
    for hit in asked.search.hits:
        for record in asked.retriever.offices.of_passage(asked.retriever.number_of(hit.passage)):
            key = (fold(record.name), fold(record.office))
            body = record.taken_apart.body
            if record.document in found and body and key not in seen:
                seen.add(key)
                shares_rank = wanted.rank == record.rank
                if shares_rank and is_same_body(wanted.body, body, words.around(record)):
                    yield record


def _considered(asked: Asked, records: Sequence[OfficeRecord]) -> Sequence[OfficeRecord]:
    if len(records) <= _MOST_RECORDS:
        return records
    found = {hit.passage.document_id for hit in asked.search.hits}
    return [record for record in records if record.document in found]


def _newest_first(records: Sequence[OfficeRecord]) -> list[OfficeRecord]:
    return sorted(records, key=lambda record: (record.date or "", -record.passage), reverse=True)


def _newest_of_each(records: Sequence[OfficeRecord]) -> Iterator[OfficeRecord]:
    """The newest record of each person, the newest of all first."""
    seen: set[str] = set()
    for record in _newest_first(records):
        name = fold(record.name)
        if name not in seen:
            seen.add(name)
            yield record


def _named(asked: Asked, record: OfficeRecord) -> Piece:
    hit = asked.hit_of(asked.retriever.passages[record.passage])
    return Piece(hit, *record.name_span, office=record.stretch_span)


def _stretch(asked: Asked, record: OfficeRecord) -> Piece:
    return Piece(asked.hit_of(asked.retriever.passages[record.passage]), *record.stretch_span)


def _alone(asked: Asked, record: OfficeRecord) -> Piece:
    return Piece(asked.hit_of(asked.retriever.passages[record.passage]), *record.office_span)


def _body(asked: Asked, record: OfficeRecord) -> Piece:
    start = record.body_start if record.body_start < record.office_span[1] else record.office_span[0]
    return Piece(asked.hit_of(asked.retriever.passages[record.passage]), start, record.office_span[1])


def _date(record: OfficeRecord, dated: str) -> str:
    return dated.format(date="/".join(reversed(record.date.split("-")))) if record.date else ""
