"""Which documents hold: who replaced, repealed or amended whom, as all of them together say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from corpus.models import Document, Relation, RelationKind
from corpus.official.document_numbers import DocumentNumber, find_numbers
from corpus.official.record import own_number


class Status(StrEnum):
    """Whether a document holds on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    REPLACED = "replaced"
    REPEALED = "repealed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one document's validity.

    Attributes:
        effective: ISO date from which it holds, None if that is not known.
        ended: ISO date from which it holds no more, None if it does not end or the day is not known.
        over: what has ended it, or will; None if nothing does.
        by: documents (ids) that replaced or repealed it.
        by_number: number of the one that did, where no document of this library did.
        amended_by: documents (ids) that amended it, or repealed a part of it.
        replaces: documents (ids) that it replaced or repealed.
    """

    effective: str | None = None
    ended: str | None = None
    over: Status | None = None
    by: tuple[str, ...] = ()
    by_number: str | None = None
    amended_by: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    def on(self, day: str) -> Status:
        """Whether the document holds on a day (ISO); one of which nothing else is known does."""
        if self.over is not None and (self.ended is None or self.ended <= day):
            return self.over
        if self.effective is not None and self.effective > day:
            return Status.NOT_YET
        return Status.IN_FORCE


def standings(documents: Iterable[Document]) -> dict[str, Standing]:
    """The standing of every official document, by id."""
    official = {document.id: document for document in documents if document.official is not None}
    ended: defaultdict[str, list[tuple[str, RelationKind]]] = defaultdict(list)
    amended: defaultdict[str, list[str]] = defaultdict(list)
    replaces: defaultdict[str, list[str]] = defaultdict(list)
    for identity, kind, other in _relations(official):
        if kind is RelationKind.AMENDS:
            amended[other].append(identity)
        else:
            ended[other].append((identity, kind))
            replaces[identity].append(other)
    return {
        identity: _standing(document, ended[identity], amended[identity], replaces[identity], official)
        for identity, document in official.items()
    }


def documents_with_number(number: DocumentNumber, documents: Iterable[Document]) -> list[str]:
    """Documents (ids) whose own number fits one that is written somewhere."""
    own = ((document.id, own_number(document.official)) for document in documents)
    return [identity for identity, each in own if each is not None and each.fits(number)]


def _standing(
    document: Document,
    ended: list[tuple[str, RelationKind]],
    amended: list[str],
    replaces: list[str],
    official: Mapping[str, Document],
) -> Standing:
    said = document.official
    if said is None:
        return Standing()
    over, day, number = None, None, None
    if ended:
        over = Status.REPEALED if all(kind is RelationKind.REPEALS for _, kind in ended) else Status.REPLACED
        days = [start for identity, _ in ended if (start := _start(official[identity]))]
        day = min(days, default=None)
    elif said.replaced_by:
        over, number = Status.REPLACED, said.replaced_by
    if said.expires and (day is None or said.expires < day):
        if over is None:
            over = Status.EXPIRED
        day = _day_after(said.expires)
    return Standing(
        effective=said.effective,
        ended=day,
        over=over,
        by=tuple(dict.fromkeys(identity for identity, _ in ended)),
        by_number=number,
        amended_by=tuple(dict.fromkeys(amended)),
        replaces=tuple(dict.fromkeys(replaces)),
    )


def _relations(official: Mapping[str, Document]) -> Iterator[tuple[str, RelationKind, str]]:
    """(document, what it does, to which other), for relations whose other document is in the library."""
    numbers = {identity: own_number(document.official) for identity, document in official.items()}
    by_serial: defaultdict[int, list[str]] = defaultdict(list)
    for identity, number in numbers.items():
        if number is not None:
            by_serial[number.number].append(identity)
    for identity, document in official.items():
        if document.official is None:
            continue
        for relation in document.official.relations:
            for other in _meant(relation, identity, official, numbers, by_serial):
                kind = RelationKind.AMENDS if relation.partly else relation.kind
                yield identity, kind, other
        for other in _said_to_replace(document.official.replaced_by or "", official, numbers):
            if other != identity:
                yield other, RelationKind.REPLACES, identity


def _said_to_replace(
    name: str, official: Mapping[str, Document], numbers: Mapping[str, DocumentNumber | None]
) -> list[str]:
    """The documents an admin names, by id or number."""
    if name in official:
        return [name]
    found = next(iter(find_numbers(name)), None)
    return [identity for identity, number in numbers.items() if found and number and number.fits(found)]


def _meant(
    relation: Relation,
    identity: str,
    official: Mapping[str, Document],
    numbers: Mapping[str, DocumentNumber | None],
    by_serial: Mapping[int, list[str]],
) -> list[str]:
    """The documents a relation may mean: those of the number, and of the date where both say one; never a newer one.

    Numbers begin anew every year; one without a year means a document only if just one fits.
    """
    number = next(iter(find_numbers(relation.number)), None)
    if number is None:
        return []
    mine = _date(official[identity])
    found = []
    for other in by_serial.get(number.number, []):
        own, theirs = numbers[other], _date(official[other])
        if other == identity or own is None or not own.fits(number):
            continue
        if relation.date and theirs and relation.date != theirs[: len(relation.date)]:
            continue
        if mine and theirs and theirs > mine:
            continue
        found.append(other)
    unsure = number.year is None and relation.date is None
    return [] if unsure and len(found) > 1 else found


def _date(document: Document) -> str | None:
    return (document.official.date if document.official else None) or document.published


def _start(document: Document) -> str | None:
    return (document.official.effective if document.official else None) or _date(document)


def _day_after(iso: str) -> str:
    return (date.fromisoformat(iso) + timedelta(days=1)).isoformat() if len(iso) == len("2024-01-01") else iso
