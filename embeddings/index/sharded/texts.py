"""Documents and passages of a divided index, in the order of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from corpus.errors import UnreachableIndexError
from corpus.models import Document, Passage
from embeddings.index.postgres.searching import PostgresIndex
from embeddings.index.sharded.asking import Shards
from embeddings.index.sharded.dividing import Numbering, shard_of


class DividedDocuments(Mapping[str, Document]):
    """Documents by id.

    Args:
        shards: to ask.
        opened: shard -> what is searched of it; a shard that was away when the index was opened is not among them.
        numbering: of the documents.
    """

    def __init__(self, shards: Shards, opened: Mapping[int, PostgresIndex], numbering: Numbering) -> None:
        self._shards, self._opened, self._numbering = shards, opened, numbering

    def __getitem__(self, key: str) -> Document:
        shard = shard_of(key, len(self._shards.names))
        if shard not in self._opened:
            raise UnreachableIndexError(f"a part of the index cannot be reached ({self._shards.names[shard]})")
        found = self._shards.ask_all(lambda each: self._opened[each].documents.get(key), [shard])[shard]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        listed = self._shards.ask_all(lambda each: list(self._opened[each].documents), self._opened)
        return self._numbering.merged({shard: iter(ids) for shard, ids in listed.items()})

    def __len__(self) -> int:
        return sum(self._shards.ask_all(lambda each: len(self._opened[each].documents), self._opened).values())

    def values(self) -> Any:
        """All documents, fetched in portions."""
        listed = self._shards.ask_all(lambda each: list(self._opened[each].documents.values()), self._opened)
        return list(self._numbering.merged({shard: iter(found) for shard, found in listed.items()}))

    def items(self) -> Any:
        """All documents with their ids, fetched in portions."""
        return [(document.id, document) for document in self.values()]


class DividedPassages(Sequence[Passage]):
    """Passages by number; see `DividedDocuments`."""

    def __init__(self, shards: Shards, opened: Mapping[int, PostgresIndex], numbering: Numbering) -> None:
        self._shards, self._opened, self._numbering = shards, opened, numbering

    def __len__(self) -> int:
        return len(self._numbering)

    @overload
    def __getitem__(self, index: int) -> Passage: ...

    @overload
    def __getitem__(self, index: slice) -> list[Passage]: ...

    def __getitem__(self, index: int | slice) -> Passage | list[Passage]:
        places = range(len(self))[index]
        return self.at([places])[0] if isinstance(places, int) else self.at(places)

    def __iter__(self) -> Iterator[Passage]:
        return self._numbering.merged({shard: iter(one.passages) for shard, one in self._opened.items()})

    def at(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages with these numbers, in this order.

        Raises:
            UnreachableIndexError: if the shard of one of them is away.
        """
        wanted = self._numbering.by_shard(numbers)
        if not wanted.keys() <= self._opened.keys():
            raise UnreachableIndexError("a part of the index cannot be reached; try again in a moment")
        fetched = self._shards.ask_all(lambda each: self._opened[each].passages_at(wanted[each][1]), wanted)
        found: dict[int, Passage] = {}
        for shard, passages in fetched.items():
            found |= zip(wanted[shard][0], passages, strict=True)
        return [found[place] for place in range(len(numbers))]
