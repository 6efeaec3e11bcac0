"""The generations of an index that is divided over several databases, of which the first says what is published."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from corpus.errors import DanvanError, IndexingError, UnreachableIndexError
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Encoder, ModelFacts, Progress
from embeddings.index.building import embed
from embeddings.index.generation_facts import IndexGeneration, VectorCheck
from embeddings.index.generations import Manifest, as_manifest, refuse_foreign_model
from embeddings.index.parts import Parts
from embeddings.index.postgres.catalogue import StoredGeneration, known_generations
from embeddings.index.postgres.searching import PostgresIndex
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.postgres.vector_cache import SharedVectorCache
from embeddings.index.protocol import KEPT
from embeddings.index.sharded.asking import Shards
from embeddings.index.sharded.dividing import Numbering, divide, join
from embeddings.index.sharded.following import follow, part_of
from embeddings.index.sharded.searching import ShardedIndex
from embeddings.index.sharded.whole import read_manifest, read_whole, write_whole, wrong_whole

log = logging.getLogger(__name__)

T = TypeVar("T")


class ShardedStore:
    """The generations of several databases; see `protocol.IndexStore`.

    A generation has one id and a part in each database. The first database decides: what it has published is
    published, and since every reader opens the parts by their id, all see all of the old or all of the new. The others
    follow it; one that was away when something was published follows at the next publication or sweep.

    Args:
        stores: of the databases, each made for as many shards as there are.
    """

    def __init__(self, stores: Sequence[PostgresStore]) -> None:
        self._stores, self._first = stores, stores[0]
        self._shards = Shards([store.connections.name for store in stores], self._is_there)
        self._lacking: frozenset[int] = frozenset()

    def published_id(self) -> str | None:
        """Id of the published generation, None if there is none.

        While a database is still away that was so when the generation was opened, the id says so: who answers from
        the generation opens it anew when that database is back.
        """
        identity = self._first.published_id()
        lacking = self._lacking & self._shards.away
        return identity if identity is None or not lacking else self._named(identity, lacking)

    def published(self) -> StoredGeneration:
        """The published generation; see `PostgresStore.published`."""
        return self._ours(self._first.published())

    def generations(self) -> Sequence[StoredGeneration]:
        """All complete generations, oldest first; those that are divided otherwise are left out."""
        found = []
        for generation in self._first.generations():
            try:
                found.append(self._ours(generation))
            except UnreachableIndexError:
                raise
            except IndexingError:
                continue
        return found

    def build(
        self, documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None
    ) -> StoredGeneration:
        """Build a generation beside the published one and check what was written; it is not published yet.

        Raises:
            IndexingError: if there is nothing to index, another program is building, or there is no room.
        """
        self._begin_writing()
        try:
            return self._write(*embed(documents, encoder, on_progress))
        except BaseException:
            self._end_writing()
            raise

    def write_parts(self, generation: IndexGeneration, parts: Parts) -> StoredGeneration:
        """Write a generation of another store, under its id; it is not published yet.

        Raises:
            IndexingError: if it cannot be written.
        """
        self._begin_writing()
        try:
            return self._write(as_manifest(generation), parts)
        except BaseException:
            self._end_writing()
            raise

    def publish(self, generation: IndexGeneration, keep: int = KEPT) -> None:
        """Make a generation the one that answers, in one transaction; then remove the oldest beyond `keep`."""
        self._of_each(lambda store: part_of(store, generation))
        self._first.publish(part_of(self._first, generation), keep)
        self._have_others_follow(removing=True)
        self._end_writing()

    def discard(self, generation: IndexGeneration) -> None:
        """Remove a generation that will not be published."""
        for store in reversed(self._stores):
            store.discard(generation)

    def sweep(self) -> int:
        """Remove what was built and never published, unless somebody is about to; how many there were."""
        try:
            self._first.begin_writing()
        except UnreachableIndexError:
            raise
        except IndexingError:
            return 0
        swept = self._first.sweep()
        self._first.begin_writing()
        self._have_others_follow(removing=True)
        self._first.end_writing()
        return swept

    def rollback(self, keep: int = KEPT, fingerprint: str | None = None, to: str | None = None) -> StoredGeneration:
        """Publish again the newest generation before the present one that was not rolled back from, or the one named.

        Raises:
            IndexingError: if there is none, or none of the model with this fingerprint.
        """
        chosen = self._first.rollback(keep, fingerprint, to)
        self._have_others_follow(removing=False)
        return self._ours(chosen)

    def verify(self, generation: IndexGeneration) -> list[str]:
        """What is wrong with a generation, one sentence each; empty when it is whole. No model is needed."""
        try:
            with self._first.connections.working() as connection:
                problems = wrong_whole(connection, generation.id)
        except UnreachableIndexError:
            raise
        except DanvanError as error:
            return [str(error)]
        for store in self._stores:
            try:
                found = store.verify(part_of(store, generation))
            except UnreachableIndexError:
                raise
            except DanvanError as error:
                found = [str(error)]
            problems += [f"in the database {store.connections.name}: {problem}" for problem in found]
        return problems

    def check_vectors(self, generation: IndexGeneration, encoder: Encoder, sample: int) -> VectorCheck:
        """Embed a random sample of a whole generation's texts anew and compare."""
        parts = [part_of(store, generation) for store in self._stores]
        every = sum(part.manifest.vectors for part in parts)
        checks = [
            store.check_vectors(part, encoder, -(-sample * part.manifest.vectors // max(1, every)))
            for store, part in zip(self._stores, parts, strict=True)
        ]
        problems = tuple(problem for check in checks for problem in check.problems)
        return VectorCheck(problems, sum(check.checked for check in checks), min(check.least for check in checks))

    def open(self, generation: IndexGeneration, fingerprint: str) -> ShardedIndex:
        """Open a generation for questions that are embedded by the model with this fingerprint.

        A database that cannot be reached is done without, and named by every search; the first one is needed.

        Raises:
            ForeignIndexError: if it was built with another model.
            DamagedIndexError: if it is not whole.
            UnreachableIndexError: if the first database, or every one, is away.
        """
        ours = self._ours(generation)
        refuse_foreign_model(ours, fingerprint)
        with self._first.connections.working() as connection:
            whole = read_whole(connection, generation.id)

        def opened(shard: int) -> PostgresIndex:
            store = self._stores[shard]
            return store.open(part_of(store, ours), fingerprint)

        every = range(len(self._stores))
        found = self._shards.ask(opened, every)
        self._lacking = frozenset(every) - found.keys()
        if self._lacking:
            whole = replace(whole, generation=self._named(whole.generation, self._lacking))
        return ShardedIndex(self._shards, found, whole)

    def read_texts(self, generation: IndexGeneration) -> tuple[dict[str, Document], tuple[Passage, ...]]:
        """All documents, by id, and passages of a generation."""
        documents, passages = self._numberings(generation)
        texts = self._of_each(lambda store: store.read_texts(part_of(store, generation)))
        found = documents.merged({shard: iter(one[0].items()) for shard, one in enumerate(texts)})
        return dict(found), tuple(passages.merged({shard: iter(one[1]) for shard, one in enumerate(texts)}))

    def read_parts(self, generation: IndexGeneration) -> Parts:
        """All that a generation is made of."""
        documents, passages = self._numberings(generation)
        with self._first.connections.working() as connection:
            derived = read_whole(connection, generation.id).derived
        parts = self._of_each(lambda store: store.read_parts(part_of(store, generation)))
        return join(parts, documents, passages, derived)

    def vector_cache(self, facts: ModelFacts, *, writing: bool = True) -> SharedVectorCache:
        """What was embedded before, in the first database."""
        return self._first.vector_cache(facts, writing=writing)

    def close(self) -> None:
        """Close the connections."""
        self._shards.close()
        for store in self._stores:
            store.close()

    def _write(self, manifest: Manifest, parts: Parts) -> StoredGeneration:
        manifest = replace(manifest, shards=len(self._stores))
        divided = dict(zip(self._stores, divide(parts, manifest.shards), strict=True))

        def write(store: PostgresStore) -> None:
            part = divided[store]
            counts = (len(part.documents), len(part.passages), len(part.rows))
            mine = replace(manifest, documents=counts[0], passages=counts[1], vectors=counts[2])
            store.write_part(mine, part)

        try:
            self._of_each(write)
            with self._first.connections.working() as connection:
                return write_whole(connection, manifest, parts)
        except BaseException:
            for store in self._stores:
                try:
                    store.discard(StoredGeneration(manifest.id, manifest))
                except DanvanError as error:
                    log.warning("%s", error)
            raise

    def _have_others_follow(self, *, removing: bool) -> None:
        """Have the other databases publish what the first has, and remove what it no longer has."""
        with self._first.connections.working() as connection:
            kept = {known.generation.id for known in known_generations(connection)}
        current = self._first.published_id()
        for store in self._stores[1:]:
            try:
                follow(store, current, kept, removing=removing)
            except DanvanError as error:
                log.warning("%s; it follows when something is published next", error)

    def _of_each(self, step: Callable[[PostgresStore], T]) -> list[T]:
        """What a step finds in all databases, asked at the same time."""
        with ThreadPoolExecutor(len(self._stores)) as threads:
            return list(threads.map(step, self._stores))

    def _begin_writing(self) -> None:
        try:
            for store in self._stores:
                store.begin_writing()
        except BaseException:
            self._end_writing()
            raise

    def _end_writing(self) -> None:
        for store in self._stores:
            store.end_writing()

    def _ours(self, generation: IndexGeneration) -> StoredGeneration:
        """A generation with the manifest of the whole."""
        with self._first.connections.working() as connection:
            return read_manifest(connection, generation.id)

    def _numberings(self, generation: IndexGeneration) -> tuple[Numbering, Numbering]:
        with self._first.connections.working() as connection:
            whole = read_whole(connection, generation.id)
        return whole.documents, whole.passages

    def _named(self, identity: str, lacking: frozenset[int]) -> str:
        return f"{identity} without {', '.join(self._shards.names[shard] for shard in sorted(lacking))}"

    def _is_there(self, shard: int) -> None:
        with self._stores[shard].connections.working() as connection:
            connection.execute("SELECT 1")
