"""What a question asks of a document that it names by number: from when it holds, who signed it, what replaces it.

Such facts were read off the documents (`corpus.official.record`): they are looked up, and shown where the text says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Document, Official, RelationKind
from corpus.official.document_numbers import DocumentNumber, find_numbers
from corpus.official.record import own_number
from corpus.official.standing import Standing
from corpus.vietnamese import fold, fold_in_place
from embeddings.question.followup import function_words
from embeddings.syllables import tokens


class Fact(StrEnum):
    """What may be asked of a document."""

    EFFECTIVE = "effective"
    EXPIRES = "expires"
    SUBJECT = "subject"
    SIGNER = "signer"
    DATE = "date"
    REPLACES = "replaces"
    REPLACED_BY = "replaced_by"
    IN_FORCE = "in_force"


_WHICH = (
    r"(?:van ban|quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|luat|quy dinh|quy che)?\s*(?:so\s+)?(?:nao|gi|may)"
)
_WHEN = (
    r"(?:khi nao|bao gio|luc nao|hoi nao|(?:ke\s+)?tu (?:ngay |khi |thang |nam |luc |bao )?(?:nao|gio)"
    r"|ngay (?:nao|may|bao nhieu))"
)
_WHAT = r"(?:(?:viec|noi dung|van de|cai|chuyen) )?gi"
_ASKS = {
    Fact.IN_FORCE: r"\bcon (?:hieu luc|ap dung|duoc ap dung)\b|\b(?:da )?het hieu luc chua\b",
    Fact.EXPIRES: rf"\bhet hieu luc (?:vao )?{_WHEN}|\bhieu luc den (?:het )?(?:{_WHEN}|dau)",
    Fact.EFFECTIVE: (
        rf"\bhieu luc(?: thi hanh)?(?: vao| ke)?\s+{_WHEN}|\b(?:ngay|thoi diem)(?: co)? hieu luc\b"
        rf"|{_WHEN} (?:thi )?co hieu luc"
    ),
    Fact.REPLACED_BY: (
        rf"\b(?:bi|duoc) (?:thay the|bai bo|thay)\s*(?:boi|bang|theo)?\s*{_WHICH}|{_WHICH} (?:da )?thay the$"
    ),
    Fact.REPLACES: rf"\b(?:thay the|bai bo)(?: cho)? {_WHICH}",
    Fact.SIGNER: r"\b(?:ai ky|nguoi ky|do ai ky|ai la nguoi ky|ky boi ai)\b",
    Fact.DATE: rf"\b(?:ban hanh|ky|ra doi)(?: vao)? {_WHEN}|\bngay (?:ban hanh|ky)\b|{_WHEN} ban hanh",
    Fact.SUBJECT: rf"\b(?:noi |quy dinh |ban hanh )?(?:ve|noi|quy dinh|la) {_WHAT}\b|\bco noi dung gi\b|\btrich yeu\b",
}
"""Fact -> folded words that ask for it; the first that fits is meant."""
_PATTERNS = {fact: re.compile(pattern) for fact, pattern in _ASKS.items()}
_LEFT = frozenset(
    re.split(
        r"\s+",
        "van ban so la do duoc bi co cua va ve theo thi vay a nhi nhe cho hoi xin minh toi em anh chi biet nam ngay "
        "thang chinh phu tinh huyen xa hdnd ubnd uy ban nhan dan hoi dong thu tuong ttg cp nay da hien",
    )
)


@dataclass(frozen=True, slots=True)
class FoundFact:
    """What was looked up.

    Attributes:
        fact: what is asked.
        about: the document that is named.
        document_id: the document whose text says it.
        span: the words that say it, in characters of that text.
    """

    fact: Fact
    about: str
    document_id: str
    span: tuple[int, int]


def find_fact(question: str, documents: Mapping[str, Document], standings: Mapping[str, Standing]) -> FoundFact | None:
    """What a question asks of the one document it names by number; None if it asks something else, or it is not known.

    Args:
        question: NFC, numbers as the corpus writes them.
        documents: by id.
        standings: of the official ones.
    """
    numbers = find_numbers(question)
    if len(numbers) != 1:
        return None
    fact = _asked(question, numbers)
    fitting = [identity for identity, document in documents.items() if _is(document, numbers[0])]
    if fact is None and len(fitting) == 1 and _asks_what_of_subject(question, numbers, documents[fitting[0]]):
        fact = Fact.SUBJECT
    if fact is None:
        return None
    newest = sorted(fitting, key=lambda identity: documents[identity].published or "", reverse=True)
    if len(newest) > 1 and not numbers[0].is_whole:
        return None
    found = (_look_up(fact, identity, documents, standings) for identity in newest)
    return next((each for each in found if each is not None), None)


def _asked(question: str, numbers: Sequence[DocumentNumber]) -> Fact | None:
    for number in numbers:
        question = question.replace(number.written, " ")
    folded = " ".join(fold_in_place(question).replace("?", " ").split())
    for fact, pattern in _PATTERNS.items():
        match = pattern.search(folded)
        if match is not None:
            rest = f"{folded[: match.start()]} {folded[match.end() :]}"
            words = [word for word in map(fold, tokens(rest)) if word not in _LEFT and word not in function_words()]
            return fact if not words else None
    return None


def _asks_what_of_subject(question: str, numbers: Sequence[DocumentNumber], document: Document) -> bool:
    """Whether a question only asks what in words that the document's subject has (`thành lập tổ gì`)."""
    for number in numbers:
        question = question.replace(number.written, " ")
    subject = document.official.subject if document.official else None
    asked = list(map(fold, tokens(question)))
    if not subject or not asked or asked[-1] not in ("gi", "nao"):
        return False
    words = [word for word in asked if word not in _LEFT and word not in function_words()]
    return bool(words) and set(words) <= set(map(fold, tokens(subject)))


def _is(document: Document, number: DocumentNumber) -> bool:
    own = own_number(document.official)
    return own is not None and own.fits(number)


def _look_up(
    fact: Fact, identity: str, documents: Mapping[str, Document], standings: Mapping[str, Standing]
) -> FoundFact | None:
    official = documents[identity].official
    standing = standings.get(identity)
    if official is None or standing is None:
        return None
    if fact in (Fact.REPLACED_BY, Fact.IN_FORCE):
        return _replacement(fact, identity, official, standing, documents)
    if fact is Fact.REPLACES:
        for relation in official.relations:
            if relation.kind is not RelationKind.AMENDS and not relation.partly and relation.end:
                within = documents[identity].text.find(relation.number, relation.start, relation.end)
                said = (within, within + len(relation.number)) if within >= 0 else (relation.start, relation.end)
                return FoundFact(fact, identity, identity, said)
        return None
    span = official.place_of(fact.value)
    return FoundFact(fact, identity, identity, span) if span else None


def _replacement(
    fact: Fact, identity: str, official: Official, standing: Standing, documents: Mapping[str, Document]
) -> FoundFact | None:
    """Where a newer document says that it takes the place of this one; else, if it holds, where it says from when."""
    for newer in standing.by:
        said = documents[newer].official
        own = own_number(official)
        for relation in said.relations if said else ():
            number = next(iter(find_numbers(relation.number)), None)
            if relation.end and own and number and own.fits(number):
                return FoundFact(fact, identity, newer, (relation.start, relation.end))
    if fact is Fact.IN_FORCE:
        span = official.place_of("expires") or official.place_of("effective")
        return FoundFact(fact, identity, identity, span) if span else None
    return None
