"""The numbered parts of all documents, to look one up: khoản 2 of Điều 7, Chương III."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.models import Document, Level, Unit
from corpus.official.outline import outline, path_at, path_to

STRUCTURE_VERSION = 3
"""To be raised when a text is divided, or documents' numbers are read, otherwise; indexes are then built anew."""
_FILE = "structure.json"

Wanted = Sequence[tuple[Level, str]]
"""A part as it is asked for: levels and numbers, in any order, as many as were said."""

_SAME = {
    Level.SECTION: (Level.SECTION, Level.PART, Level.CLAUSE),
    Level.PART: (Level.PART, Level.SECTION),
    Level.CLAUSE: (Level.CLAUSE,),
    Level.POINT: (Level.POINT, Level.CLAUSE),
}
"""Levels that are called by one another's names where a document has no Điều: `mục 2` of a plan, `điểm 1 mục II`."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of each document (see `corpus.official.outline`), by its id; documents without parts are not in it."""

    units: Mapping[str, tuple[Unit, ...]]

    @classmethod
    def build(cls, documents: Iterable[Document]) -> "Structure":
        """Read the parts off the documents' texts."""
        divided = ((document.id, outline(document.text)) for document in documents)
        return cls({identity: units for identity, units in divided if units})

    def save(self, folder: Path) -> None:
        """Write `structure.json` into a folder."""
        divided = {identity: [asdict(unit) for unit in units] for identity, units in self.units.items()}
        content = {"version": STRUCTURE_VERSION, "documents": divided}
        (folder / _FILE).write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Structure":
        """Read what `save` wrote; nothing where an earlier version of this program has built the index.

        Raises:
            ValueError, KeyError, TypeError: if the file is not what `save` writes.
        """
        try:
            divided = json.loads((folder / _FILE).read_text("utf-8"))["documents"]
        except FileNotFoundError:
            return cls({})
        return cls({identity: tuple(map(_unit, units)) for identity, units in divided.items()})

    def path_at(self, document_id: str, offset: int) -> tuple[Unit, ...]:
        """The parts that hold a place of a document's text, outermost first; none where it is not divided."""
        return path_at(self.units.get(document_id, ()), offset)

    def find(self, document_id: str, wanted: Wanted) -> list[tuple[Unit, ...]]:
        """The parts of a document that are asked for, each as its path, outermost first.

        A part fits if the innermost level asked for is its own, and the others are among those it stands in. With
        several that fit (khoản 2 of a document whose Điều is not said) all are given.
        """
        units = self.units.get(document_id, ())
        if not wanted or not units:
            return []
        has_articles = any(unit.level is Level.ARTICLE for unit in units)
        order = list(Level)
        inner = max(wanted, key=lambda part: order.index(part[0]))
        found = []
        for place, unit in enumerate(units):
            if not _is(unit, inner, exactly=has_articles):
                continue
            path = path_to(units, place)
            if all(any(_is(each, part, exactly=has_articles) for each in path) for part in wanted):
                found.append(path)
        return _closest(found, inner[0])

    def numbers(self, document_id: str, level: Level) -> list[str]:
        """The numbers a document has at a level, in reading order."""
        return [unit.number for unit in self.units.get(document_id, ()) if unit.level is level]

    def problems(self, documents: Mapping[str, Document]) -> Iterator[str]:
        """What is wrong with the parts, a sentence each: one outside its document's text."""
        for identity, units in self.units.items():
            length = len(documents[identity].text) if identity in documents else -1
            if any(not 0 <= unit.start <= unit.body <= unit.end <= length for unit in units):
                yield f"a part of the document {identity} is said to stand outside its text"


def _is(unit: Unit, part: tuple[Level, str], *, exactly: bool) -> bool:
    level, number = part
    levels = (level,) if exactly or level not in _SAME else _SAME[level]
    return unit.level in levels and unit.number == number


def _closest(paths: list[tuple[Unit, ...]], level: Level) -> list[tuple[Unit, ...]]:
    """Of parts that fit, those of the very level that was said, where there are such."""
    exact = [path for path in paths if path[-1].level is level]
    return exact or paths


def _unit(fields: Mapping[str, object]) -> Unit:
    return Unit(**{**fields, "level": Level(str(fields["level"]))})  # type: ignore[arg-type]
