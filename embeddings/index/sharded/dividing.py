"""Which document is in which database, and how the whole is numbered over all of them.

A document's shard follows from its id alone. Passages keep the numbers that they would have in one database, so that a
divided index ranks, and breaks ties, as an undivided one does.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.models import Document, Passage
from embeddings.index.derived import Derived
from embeddings.index.parts import Parts

T = TypeVar("T")

Numbers = NDArray[np.int32]
MOST_SHARDS = 255


def shard_of(document_id: str, shards: int) -> int:
    """The number of the shard that a document is in."""
    digest = hashlib.blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) % shards


def shards_of(documents: Sequence[Document], passages: Sequence[Passage], shards: int) -> tuple[bytes, bytes]:
    """For each document and each passage, in the order of the index, the number of its shard."""
    places = {document.id: shard_of(document.id, shards) for document in documents}
    return bytes(places.values()), bytes(places[passage.document_id] for passage in passages)


def divide(parts: Parts, shards: int) -> list[Parts]:
    """What each shard holds of a generation; a shard may be left without any document."""
    of_document, of_passage = (
        np.frombuffer(found, np.uint8) for found in shards_of(parts.documents, parts.passages, shards)
    )
    divided = []
    for shard in range(shards):
        documents = [parts.documents[i] for i in np.flatnonzero(of_document == shard).tolist()]
        numbers = np.flatnonzero(of_passage == shard)
        passages = [parts.passages[i] for i in numbers.tolist()]
        chosen = np.flatnonzero(of_passage[parts.rows[:, 0]] == shard)
        rows = parts.rows[chosen].copy()
        rows[:, 0] = np.searchsorted(numbers, rows[:, 0])
        texts = [*(one.title for one in documents), *(one.text for one in passages)]
        derived = parts.derived.only({one.id for one in documents}, numbers.tolist(), texts)
        divided.append(Parts(documents, passages, rows, parts.vectors[chosen], derived))
    return divided


class Numbering:
    """Numbers of things over all shards, from 0, and where each of them is.

    Args:
        keys: for each shard the places in the whole of what it holds, ascending; no place twice.
    """

    def __init__(self, keys: Sequence[Numbers]) -> None:
        self.keys = keys
        every = np.concatenate([*keys, np.empty(0, np.int32)])
        order = np.argsort(every, kind="stable")
        self._shards = np.repeat(np.arange(len(keys), dtype=np.uint8), [len(each) for each in keys])[order]
        self._local = np.concatenate([*(np.arange(len(each)) for each in keys), np.empty(0, np.int64)])[order]
        self._global = [np.searchsorted(every[order], each) for each in keys]

    @classmethod
    def of(cls, shards: bytes, count: int) -> "Numbering":
        """Of all things of a generation; see `shards_of`."""
        found = np.frombuffer(shards, np.uint8)
        return cls([np.flatnonzero(found == shard).astype(np.int32) for shard in range(count)])

    def __len__(self) -> int:
        return len(self._shards)

    def only(self, visible: Mapping[int, Numbers | None]) -> "Numbering":
        """The same of some things alone: for each shard that takes part the numbers in it, None for all of them."""
        none = np.empty(0, np.int32)
        return Numbering(
            [
                (none if shard not in visible else keys if (chosen := visible[shard]) is None else keys[chosen])
                for shard, keys in enumerate(self.keys)
            ]
        )

    def everywhere(self, shard: int, numbers: Sequence[int]) -> list[int]:
        """The numbers over all shards of things with these numbers in one."""
        return self._global[shard][np.asarray(numbers, np.int64)].tolist()  # type: ignore[no-any-return]

    def by_shard(self, numbers: Sequence[int]) -> dict[int, tuple[list[int], list[int]]]:
        """For each shard that has some of these: their places among those given, and their numbers in the shard."""
        wanted = np.asarray(numbers, np.int64)
        shards, local = self._shards[wanted], self._local[wanted]
        places = {int(shard): np.flatnonzero(shards == shard) for shard in np.unique(shards)}
        return {shard: (found.tolist(), local[found].tolist()) for shard, found in places.items()}

    def merged(self, streams: Mapping[int, Iterator[T]]) -> Iterator[T]:
        """What the shards hold, each in its own order, in the order of the whole; shards without a stream are left out.

        Raises:
            ValueError: if a shard holds less than it should.
        """
        for shard in self._shards.tolist():
            if shard in streams:
                try:
                    yield next(streams[shard])
                except StopIteration as error:
                    raise ValueError(f"shard {shard} has lost something") from error


def join(parts: Sequence[Parts], documents: Numbering, passages: Numbering, derived: Derived) -> Parts:
    """The whole of what was divided.

    Args:
        parts: of each shard.
        documents: which of the whole each shard has, and in which order.
        passages: likewise.
        derived: what was read out of the whole.
    """
    rows, vectors = [], []
    for shard, one in enumerate(parts):
        if len(one.rows):
            numbered = one.rows.copy()
            numbered[:, 0] = passages.everywhere(shard, one.rows[:, 0].tolist())
            rows.append(numbered)
            vectors.append(one.vectors)
    joined = np.concatenate(rows)
    order = np.argsort(joined[:, 0], kind="stable")
    return Parts(
        list(documents.merged({shard: iter(one.documents) for shard, one in enumerate(parts)})),
        tuple(passages.merged({shard: iter(one.passages) for shard, one in enumerate(parts)})),
        joined[order],
        np.concatenate(vectors)[order],
        derived,
    )
