"""Documents and passages that are fetched from the database when they are asked for, the newest asked kept at hand."""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from psycopg import Connection, sql

from corpus.from_json import document_from_json, passage_from_json
from corpus.models import Document, Passage
from embeddings.index.postgres.connecting import Connections
from embeddings.index.postgres.layout import schema_of
from embeddings.index.postgres.postings import Numbers

_PORTION = 1000
_DOCUMENTS_AT_HAND = 2000
_PASSAGES_AT_HAND = 20_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class AtHand(Generic[Key, Value]):
    """The values that were used last; safe to use from several threads.

    Args:
        most: what all of them together may weigh.
        weigh: says what one weighs; 1 each if not given.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._most, self._weigh, self._weight = most, weigh, 0
        self._lock = threading.Lock()

    def take(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Those of some keys' values that are at hand."""
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
            return found

    def lay(self, values: Mapping[Key, Value]) -> None:
        """Have more values at hand, in the place of those not used for longest."""
        with self._lock:
            for key, value in values.items():
                if key not in self._values:
                    self._values[key] = value
                    self._weight += self._weigh(value)
            while self._weight > self._most:
                self._weight -= self._weigh(self._values.popitem(last=False)[1])


class StoredDocuments(Mapping[str, Document]):
    """Documents by id, in the order of the index.

    Args:
        connections: to the database.
        generation: id of theirs.
        numbers: of the only ones there are for whoever looks; None for all.
    """

    def __init__(self, connections: Connections, generation: str, numbers: Numbers | None = None) -> None:
        self._connections = connections
        self._table = sql.Identifier(schema_of(generation), "documents")
        self._numbers = None if numbers is None else numbers.tolist()
        self._at_hand: AtHand[str, Document | None] = AtHand(_DOCUMENTS_AT_HAND)
        self._ids: list[str] | None = None

    def __getitem__(self, key: str) -> Document:
        found = self._at_hand.take([key])
        if key not in found:
            query = sql.SQL("SELECT content FROM {} WHERE id = %(id)s {}").format(self._table, self._only("AND"))
            with self._connections.searching() as connection:
                row = connection.execute(query, {"id": key.replace("\0", ""), "numbers": self._numbers}).fetchone()
            found = {key: document_from_json(json.loads(row[0])) if row else None}
            self._at_hand.lay(found)
        document = found[key]
        if document is None:
            raise KeyError(key)
        return document

    def __iter__(self) -> Iterator[str]:
        if self._ids is None:
            query = sql.SQL("SELECT id FROM {} {} ORDER BY number").format(self._table, self._only("WHERE"))
            with self._connections.searching() as connection:
                self._ids = [row[0] for row in connection.execute(query, {"numbers": self._numbers})]
        return iter(self._ids)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def values(self) -> Any:
        """All documents, fetched in portions."""
        return list(self._all())

    def items(self) -> Any:
        """All documents with their ids, fetched in portions."""
        return [(document.id, document) for document in self._all()]

    def _all(self) -> Iterator[Document]:
        query = sql.SQL("SELECT number, content FROM {} WHERE number > %(after)s {} ORDER BY number LIMIT %(portion)s")
        query_ = query.format(self._table, self._only("AND"))
        after = -1
        while True:
            given = {"after": after, "portion": _PORTION, "numbers": self._numbers}
            with self._connections.searching() as connection:
                rows = connection.execute(query_, given).fetchall()
            yield from (document_from_json(json.loads(content)) for _, content in rows)
            if len(rows) < _PORTION:
                return
            after = rows[-1][0]

    def _only(self, word: str) -> sql.Composable:
        return sql.SQL("" if self._numbers is None else f"{word} number = ANY(%(numbers)s)")


class StoredPassages(Sequence[Passage]):
    """Passages by their number, or by their place among those that are visible.

    Args:
        connections: to the database.
        generation: id of theirs.
        count: how many there are in the generation.
        visible: numbers of those that are visible, ascending; None for all.
    """

    def __init__(self, connections: Connections, generation: str, count: int, visible: Numbers | None = None) -> None:
        self._connections = connections
        self._table = sql.Identifier(schema_of(generation), "passages")
        self._visible = visible
        self._count = count if visible is None else len(visible)
        self._at_hand: AtHand[int, Passage] = AtHand(_PASSAGES_AT_HAND)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Passage: ...

    @overload
    def __getitem__(self, index: slice) -> list[Passage]: ...

    def __getitem__(self, index: int | slice) -> Passage | list[Passage]:
        places = range(self._count)[index]
        return self.at([places])[0] if isinstance(places, int) else self.at(places)

    def __iter__(self) -> Iterator[Passage]:
        for start in range(0, self._count, _PORTION):
            yield from self._fetched(range(start, min(start + _PORTION, self._count))).values()

    def at(self, places: Sequence[int]) -> list[Passage]:
        """The passages at these places, in this order."""
        wanted = [int(place) for place in places]
        found = self._at_hand.take(wanted)
        missing = [place for place in wanted if place not in found]
        if missing:
            fetched = self._fetched(missing)
            self._at_hand.lay(fetched)
            found |= fetched
        return [found[place] for place in wanted]

    def _fetched(self, places: Sequence[int]) -> dict[int, Passage]:
        numbers = self.numbers(places)
        query = sql.SQL("SELECT number, content FROM {} WHERE number = ANY(%s)").format(self._table)
        with self._connections.searching() as connection:
            rows = dict(connection.execute(query, (numbers,)).fetchall())
        return {
            place: passage_from_json(json.loads(rows[number])) for place, number in zip(places, numbers, strict=True)
        }

    def numbers(self, places: Sequence[int]) -> list[int]:
        """The numbers, in the database, of the passages at these places."""
        if self._visible is None:
            return [int(place) for place in places]
        return self._visible[np.asarray(places, np.int64)].tolist()  # type: ignore[no-any-return]

    def places(self, numbers: Sequence[int]) -> list[int]:
        """The places of passages with these numbers in the database, without those that are not visible."""
        if self._visible is None:
            return [int(number) for number in numbers]
        wanted = np.asarray(numbers, np.int32)
        found = np.searchsorted(self._visible, wanted)
        found[found == len(self._visible)] = 0
        seen = self._visible[found] == wanted if len(self._visible) else np.zeros(len(found), bool)
        return found[seen].tolist()  # type: ignore[no-any-return]


def numbers_of(connection: Connection[Any], query: sql.Composed, given: Mapping[str, Any]) -> Numbers:
    """The first column of a query's rows as an array, ascending."""
    return np.asarray(sorted(row[0] for row in connection.execute(query, given)), np.int32)
