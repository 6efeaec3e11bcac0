"""Who is named under which office in the documents: read at indexing, kept with the generation, looked up by either."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from corpus.vietnamese import fold
from embeddings.extraction.holdings import holdings
from embeddings.extraction.offices import Office

FILE = "offices.jsonl"
OFFICES_VERSION = 6
"""To be raised when other persons or offices are read out of the same text: indexes are then built anew."""


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """One person under one office in one passage.

    Attributes:
        name: as it is written there, without a form of address.
        office: likewise.
        passage: its number in the index.
        document: id of its document.
        date: ISO date the document was published, None if it is not known.
        name_span, office_span: where they stand in the passage.
        body_start: where in the passage the name of the office's body begins; the office's end where it has none.
        stretch_span: from the first to the last of the offices that stand beside each other there.
        rank, deputy, modifiers, body, former: see `extraction.offices.Office`.
    """

    name: str
    office: str
    passage: int
    document: str
    date: str | None
    name_span: tuple[int, int]
    office_span: tuple[int, int]
    body_start: int
    stretch_span: tuple[int, int]
    rank: str
    deputy: bool
    modifiers: tuple[str, ...]
    body: tuple[str, ...]
    former: bool

    @property
    def taken_apart(self) -> Office:
        """The office in the form that offices are compared in."""
        return Office(self.rank, self.deputy, frozenset(self.modifiers), self.body, self.former)


class OfficeDirectory:
    """All records of a generation.

    Args:
        records: in the order of the passages.
    """

    def __init__(self, records: Iterable[OfficeRecord]) -> None:
        self.records: Sequence[OfficeRecord] = tuple(records)
        self._by_key: dict[str, list[OfficeRecord]] = defaultdict(list)
        self._by_name: dict[str, list[OfficeRecord]] = defaultdict(list)
        self._by_given_name: dict[str, set[str]] = defaultdict(set)
        self._by_passage: dict[int, list[OfficeRecord]] = defaultdict(list)
        for record in self.records:
            name = fold(record.name)
            self._by_key[record.taken_apart.key].append(record)
            self._by_name[name].append(record)
            self._by_passage[record.passage].append(record)
            self._by_given_name[name.split()[-1]].add(name)

    @classmethod
    def read_out(cls, passages: Iterable[tuple[str, str, str | None]]) -> "OfficeDirectory":
        """Read the records out of texts, given as (document id, text, date) in the order of the index."""
        return cls(_records(passages))

    def only(self, numbers: Sequence[int]) -> "OfficeDirectory":
        """The records of these passages alone, which are numbered anew in the order given."""
        places = {number: place for place, number in enumerate(numbers)}
        return OfficeDirectory(
            replace(record, passage=places[record.passage]) for record in self.records if record.passage in places
        )

    def of_key(self, key: str) -> Sequence[OfficeRecord]:
        """Records of offices with this key (see `Office.key`), whatever the body."""
        return self._by_key.get(key, ())

    def of_person(self, name: str) -> Sequence[OfficeRecord]:
        """Records of a person, the name in folded letters."""
        return self._by_name.get(name, ())

    def full_names(self, given: str) -> frozenset[str]:
        """Folded full names of all persons with this folded given name."""
        return frozenset(self._by_given_name.get(given, ()))

    def of_passage(self, number: int) -> Sequence[OfficeRecord]:
        """Records of one passage."""
        return self._by_passage.get(number, ())

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps({"version": OFFICES_VERSION, "records": len(self.records)}) + "\n")
            file.writelines(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in self.records)

    @classmethod
    def load(cls, folder: Path) -> "OfficeDirectory":
        """Read them from a folder.

        Raises:
            OSError, ValueError, KeyError, TypeError: if they do not read back.
        """
        with (folder / FILE).open(encoding="utf-8", newline="\n") as file:
            count = json.loads(file.readline())["records"]
            directory = cls(_from_json(json.loads(line)) for line in file)
        if len(directory.records) != count:
            raise ValueError(f"{FILE} has {len(directory.records)} records of {count}")
        return directory


def _records(passages: Iterable[tuple[str, str, str | None]]) -> Iterator[OfficeRecord]:
    for number, (document, text, date) in enumerate(passages):
        for held in holdings(text):
            office = held.office.office
            yield OfficeRecord(
                name=" ".join(text[held.name[0] : held.name[1]].split()),
                office=" ".join(text[held.office.start : held.office.end].split()),
                passage=number,
                document=document,
                date=date,
                name_span=held.name,
                office_span=(held.office.start, held.office.end),
                body_start=held.office.body_start,
                stretch_span=held.stretch,
                rank=office.rank,
                deputy=office.deputy,
                modifiers=tuple(sorted(office.modifiers)),
                body=office.body,
                former=office.former,
            )


def _from_json(fields: Mapping[str, Any]) -> OfficeRecord:
    lists = ("name_span", "office_span", "stretch_span", "modifiers", "body")
    return OfficeRecord(**{**fields, **{name: tuple(fields[name]) for name in lists}})
