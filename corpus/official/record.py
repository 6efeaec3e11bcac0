"""What an official document says of itself, read off its title and text whatever file it came from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.dates import find_dates
from corpus.models import Official, Relation, RelationKind
from corpus.official.document_numbers import DocumentNumber, find_numbers, kind_name
from corpus.official.labels import Paragraph, ends_document, paragraphs
from corpus.official.letterhead import Letterhead, find_letterhead, kind_of
from corpus.official.outline import outline
from corpus.official.provisions import read_provisions
from corpus.vietnamese import fold

_OWN = re.compile(r"(?:so\s*:?\s*)?$")
_ISSUING = re.compile(r"(?:ban hanh|thong qua|ky|phe duyet)\s+$")
_LEAD = 600  # characters in which an article tells of the document it is about
_RECIPIENTS = re.compile(r"\W*(?:noi nhan|kinh gui)\s*:?\s*")
_SIGNS_FOR = re.compile(r"(?:t/?m|kt|tl|tuq|q)\s?[./]\s?")
_OFFICE = re.compile(
    r"(?:pho |quyen |q\. ?)?(?:chu tich|giam doc|tong giam doc|bo truong|thu truong|thu tuong|bi thu|truong ban|chanh"
    r"|cuc truong|hieu truong|truong phong|vien truong|chanh an|tong bi thu|truong doan|truong|pho truong)\b.{0,60}"
)
_NAME = re.compile(r"(?:[^\W\d_][\w’'.]*\s+){1,5}[^\W\d_][\w’'.]*")
_BELOW = 14  # lines below the text in which it may be signed
_MOST_RECIPIENTS = 30
_KIND_SHOWN = re.compile(r"\s+")


def read_official(title: str, text: str, published: str | None) -> Official | None:
    """What a document says of itself; None if it is no official document.

    It is one if it has a letterhead, or its title says its kind and number, or says its kind and its first lines tell
    that this was issued under a number.

    Args:
        title: of the document.
        text: of the document.
        published: ISO date of publication, where it does not say its own.
    """
    lines = paragraphs(text)
    head = find_letterhead([line.text for line in lines])
    number, place = _own_number(title, text, lines, head)
    if head is None and number is None:
        return None
    date = (head.date if head else None) or published
    provisions = read_provisions(title, text, date)
    places: list[tuple[str, int, int]] = [("number", *place)] if place else []
    subject = _subject(title, number, head)
    if head and head.subject_lines and (span := _in_lines(text, lines, head.subject_lines, head.subject)):
        places.append(("subject", *span))
    if head and head.date_line is not None and (span := _date_in(lines[head.date_line])):
        places.append(("date", *span))
    for name, at in (("effective", provisions.effective_at), ("expires", provisions.expires_at)):
        if at:
            places.append((name, *at))
    signer, office, signed = _signature(lines)
    if signed is not None:
        places.append(("signer", signed.start, signed.end))
    kind = number.kind if number and number.kind else kind_of(head.kind if head else title)
    return Official(
        number=_written(number) if number else None,
        kind=kind_name(kind),
        subject=subject,
        agency=_agency(lines, head),
        place=head.place or None if head else None,
        date=date,
        signer=signer,
        office=office,
        recipients=_recipients(lines),
        effective=provisions.effective,
        expires=provisions.expires,
        relations=provisions.relations,
        places=tuple(places),
        body=_body(text, lines, head),
        foot=_foot(text, lines),
    )


def own_number(official: Official | None) -> DocumentNumber | None:
    """The number of a document, read; None where it has none."""
    if official is None or not official.number:
        return None
    spelled = f"{official.kind} {official.number}" if official.kind else official.number
    return next(iter(find_numbers(spelled)), None) or next(iter(find_numbers(official.number)), None)


def corrected(official: Official | None, said: Mapping[str, str]) -> Official:
    """What an admin says of a document in the place of what it says of itself.

    Args:
        official: what it says of itself.
        said: `number`, `effective`, `expires`, `replaced_by`; `replaces` names numbers, commas between them.
    """
    official = official or Official()
    if "number" in said:
        found = next(iter(find_numbers(said["number"])), None)
        kind = kind_name(found.kind) if found else None
        official = replace(official, number=_written(found) if found else said["number"], kind=kind or official.kind)
    if "replaces" in said:
        kept = tuple(each for each in official.relations if each.kind is RelationKind.AMENDS)
        others = (Relation(RelationKind.REPLACES, number.strip()) for number in said["replaces"].split(","))
        official = replace(official, relations=(*kept, *others))
    return replace(
        official,
        effective=said.get("effective", official.effective),
        expires=said.get("expires", official.expires),
        replaced_by=said.get("replaced_by", official.replaced_by),
        places=tuple(each for each in official.places if each[0] not in said),
    )


def _own_number(
    title: str, text: str, lines: Sequence[Paragraph], head: Letterhead | None
) -> tuple[DocumentNumber | None, tuple[int, int] | None]:
    """The document's own number, and where its text says it."""
    if head is not None and head.number is not None and head.number_line is not None:
        line = lines[head.number_line]
        return head.number, (line.start + head.number.start, line.start + head.number.end)
    kind = kind_of(title)
    if kind is None:
        return None, None
    named = next((number for number in find_numbers(title) if number.start <= len("Nghị quyết liên tịch số ")), None)
    if named is not None and named.kind in (kind, None):
        return named, None
    for number in find_numbers(text[:_LEAD]):  # an article that tells of the document: `... ban hành Quyết định số ...`
        if number.is_whole and number.kind == kind and _ISSUING.search(fold(text[: number.start])):
            return number, (number.start, number.end)
    return None, None


def _written(number: DocumentNumber) -> str:
    """A number without the kind in front of it."""
    digits = re.search(r"\d", number.written)
    return number.written[digits.start() :] if digits else number.written


def _subject(title: str, number: DocumentNumber | None, head: Letterhead | None) -> str | None:
    if head is not None and head.subject:
        return head.subject
    if number is not None and number.end < len(title) and title[number.start : number.end] == number.written:
        return title[number.end :].strip(" ,.:–-") or None
    return None


def _date_in(line: Paragraph) -> tuple[int, int] | None:
    """Where a line says the date, with the word `ngày`; the whole line where it says only month and year."""
    found = find_dates(line.text)
    if not found:
        return line.start, line.end
    start, end, _ = found[0]
    word = line.text.lower().rfind("ngày", 0, start)
    start = word if word >= 0 and not line.text[word + len("ngày") : start].strip() else start
    return line.start + start, line.start + end


def _body(text: str, lines: Sequence[Paragraph], head: Letterhead | None) -> int:
    """Where what the document says begins: with its kind and subject, behind agency, number, place and date."""
    if head is None:
        return 0
    places = [head.start, head.number_line, head.date_line, *head.agency_lines]
    last = max(place for place in places if place is not None)
    subject = next((place for place in (head.kind_line, *head.subject_lines) if place is not None), last + 1)
    first = min(max(last + 1, subject), len(lines))
    return lines[first].start if first < len(lines) else len(text)


def _foot(text: str, lines: Sequence[Paragraph]) -> int | None:
    """Where recipients and signature begin below the text; None where none do."""
    ends = [unit.end for unit in outline(text)]
    last = max(ends, default=0)
    return next((line.start for line in lines if line.start >= last and ends_document(line.text)), None)


def _in_lines(text: str, lines: Sequence[Paragraph], places: Sequence[int], subject: str) -> tuple[int, int] | None:
    start, end = lines[places[0]].start, lines[places[-1]].end
    within = text.find(subject, start, end)
    return (within, within + len(subject)) if within >= 0 else (start, end)


def _agency(lines: Sequence[Paragraph], head: Letterhead | None) -> str | None:
    if head is None or not head.agency_lines:
        return None
    words = " ".join(lines[place].text for place in head.agency_lines)
    return _KIND_SHOWN.sub(" ", words).strip(" -–*") or None


def _signature(lines: Sequence[Paragraph]) -> tuple[str | None, str | None, Paragraph | None]:
    """Who signed, as what, and the line of the name: below the text, under the office in capitals."""
    for place, line in enumerate(lines):
        folded = fold(line.text)
        if not line.text.isupper() or not (_OFFICE.fullmatch(folded) or _SIGNS_FOR.match(folded)):
            continue
        office = line.text if _OFFICE.fullmatch(folded) else None
        for below in lines[place + 1 : place + 6]:
            below_folded = fold(below.text)
            if below.text.isupper() and _OFFICE.fullmatch(below_folded):
                office = below.text
            elif office and below.text.istitle() and _NAME.fullmatch(below.text):
                return below.text, office.capitalize(), below
    return None, None, None


def _recipients(lines: Sequence[Paragraph]) -> tuple[str, ...]:
    """Whom the document goes to: the items below `Nơi nhận:` or behind `Kính gửi:`."""
    found: list[str] = []
    for place, line in enumerate(lines):
        match = _RECIPIENTS.match(fold(line.text[:20]))
        if match is None:
            continue
        rest = line.text[match.end() :].strip(" :")
        found += [rest] if rest else []
        for below in lines[place + 1 : place + 1 + _MOST_RECIPIENTS]:
            if not below.text.startswith(("-", "–", "+", "•")) or (ends_document(below.text) and len(found) > 0):
                break
            found.append(below.text.lstrip("-–+• ").rstrip(" ;.,"))
    return tuple(dict.fromkeys(found))[:_MOST_RECIPIENTS]
