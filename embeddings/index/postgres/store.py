"""The generations of a PostgreSQL database: built in one transaction, published in another, gone back from."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from psycopg import Connection

from corpus.errors import DanvanError, ForeignIndexError, IndexingError, MissingIndexError, UnreachableIndexError
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Encoder, ModelFacts, Progress
from embeddings.index.building import embed
from embeddings.index.generation_facts import IndexGeneration, VectorCheck
from embeddings.index.generations import RUN, Manifest, as_manifest, refuse_foreign_model
from embeddings.index.parts import Parts
from embeddings.index.postgres import reading_back
from embeddings.index.postgres.catalogue import (
    StoredGeneration,
    give_up_writer_lock,
    known_generations,
    note_published,
    published_generation,
    stored_generation,
    take_writer_lock,
)
from embeddings.index.postgres.connecting import SEARCH_SECONDS, Connections, translated
from embeddings.index.postgres.going_back import one_to_go_back_to
from embeddings.index.postgres.layout import drop_generation, ensure_catalogue, has_catalogue
from embeddings.index.postgres.loading import APPROXIMATE_FROM, digests, load
from embeddings.index.postgres.opening import read_opened
from embeddings.index.postgres.proving import wrong_contents
from embeddings.index.postgres.searching import PostgresIndex
from embeddings.index.postgres.vector_cache import SharedVectorCache
from embeddings.index.protocol import KEPT


class PostgresStore:
    """The generations of one database; see `protocol.IndexStore`.

    One program at a time builds: an advisory lock, which ends with its connection at the latest, is held from the build
    until its generation is published or discarded.

    Args:
        url: of the database; see `Connections`.
        approximate_from: how many vectors get an HNSW index.
        patience: seconds after which a search is given up.
        shards: over how many databases, of which this is one, each generation is divided; see `sharded`.
    """

    def __init__(
        self, url: str, approximate_from: int = APPROXIMATE_FROM, patience: float = SEARCH_SECONDS, shards: int = 1
    ) -> None:
        self.connections = Connections(url, patience)
        self._approximate_from = approximate_from
        self._shards = shards
        self._last_published: str | None = None
        self._writing: tuple[ExitStack, Connection[Any]] | None = None

    def published_id(self) -> str | None:
        """Id of the published generation, None if there is none; the last known one while the database is away."""
        try:
            with self.connections.searching() as connection:
                if not has_catalogue(connection):
                    return None
                row = connection.execute("SELECT generation FROM danvan_index.current").fetchone()
        except UnreachableIndexError:
            return self._last_published
        self._last_published = row[0] if row else None
        return self._last_published

    def published(self) -> StoredGeneration:
        """The published generation.

        Raises:
            MissingIndexError: if nothing was published.
            ForeignIndexError: if another format of this program wrote it.
            UnreachableIndexError: if the database cannot be reached.
        """
        with self.connections.working() as connection:
            found = published_generation(connection)
        if found is None:
            raise MissingIndexError(f"there is no index in the database {self.connections.name} yet; {RUN}")
        return self._fitting(found)

    def generations(self) -> Sequence[StoredGeneration]:
        """All complete generations, oldest first; those of other formats are left out."""
        with self.connections.working() as connection:
            known = [one.generation for one in known_generations(connection)]
        return [one for one in known if one.manifest.shards == self._shards]

    def build(
        self, documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None
    ) -> StoredGeneration:
        """Build a generation beside the published one and check what was written; it is not published yet.

        Raises:
            IndexingError: if there is nothing to index, another program is building, or there is no room.
        """
        connection = self.begin_writing()
        try:
            return self._load(connection, *embed(documents, encoder, on_progress))
        except BaseException:
            self.end_writing()
            raise

    def write_parts(self, generation: IndexGeneration, parts: Parts) -> StoredGeneration:
        """Write a generation of another store, under its id; it is not published yet.

        Raises:
            IndexingError: if it cannot be written.
        """
        return self.write_part(as_manifest(generation), parts)

    def write_part(self, manifest: Manifest, parts: Parts) -> StoredGeneration:
        """As `write_parts`, under a manifest; of a divided generation, what this database holds of it.

        Raises:
            IndexingError: if it cannot be written.
        """
        connection = self.begin_writing()
        try:
            return self._load(connection, manifest, parts)
        except BaseException:
            self.end_writing()
            raise

    def vector_cache(self, facts: ModelFacts, *, writing: bool = True) -> SharedVectorCache:
        """What was embedded before, in the database."""
        return SharedVectorCache(self.connections, facts, writing=writing)

    def read_parts(self, generation: IndexGeneration) -> Parts:
        """All that a generation is made of."""
        documents, passages = self.read_texts(generation)
        with self.connections.working() as connection:
            rows, vectors = reading_back.read_vectors(connection, generation.id)
        manifest = self._ours(generation).manifest
        opened = read_opened(self.connections, generation.id, manifest.dimension, manifest.passages)
        return Parts(list(documents.values()), passages, rows, vectors, opened.derived)

    def _load(self, connection: Connection[Any], manifest: Manifest, parts: Parts) -> StoredGeneration:
        """Write the parts of a generation and check them.

        Raises:
            IndexingError: if they do not read back; nothing of them is left then.
        """
        with translated(self.connections.name):
            whole = load(connection, manifest, parts, self._approximate_from)
            problems = wrong_contents(connection, manifest.id)
        if problems:
            drop_generation(connection, manifest.id)
            raise IndexingError(
                f"the index just written does not read back: {problems[0]}; the published one is unchanged"
            )
        return StoredGeneration(manifest.id, whole)

    def publish(self, generation: IndexGeneration, keep: int = KEPT) -> None:
        """Make a generation the one that answers, in one transaction; then remove the oldest beyond `keep`."""
        with self.connections.working() as connection:
            with connection.transaction():
                note_published(connection, generation.id)
            others = [
                known.generation.id for known in known_generations(connection) if known.generation.id != generation.id
            ]
            for old in others[: max(0, len(others) - (keep - 1))]:
                drop_generation(connection, old)
        self._last_published = generation.id
        self.end_writing()

    def discard(self, generation: IndexGeneration) -> None:
        """Remove a generation that will not be published."""
        with self.connections.working() as connection:
            drop_generation(connection, generation.id)
        self.end_writing()

    def sweep(self) -> int:
        """Remove what was built and never published, unless somebody is about to; how many there were."""
        with self.connections.working() as connection:
            if not has_catalogue(connection) or (self._writing is None and not take_writer_lock(connection)):
                return 0
            query = (
                "SELECT g.id FROM danvan_index.generations AS g WHERE NOT was_published "
                "AND NOT EXISTS (SELECT 1 FROM danvan_index.current WHERE generation = g.id)"
            )
            leftovers = [row[0] for row in connection.execute(query)]
            for identity in leftovers:
                drop_generation(connection, identity)
            give_up_writer_lock(connection)
        self.end_writing()
        return len(leftovers)

    def rollback(self, keep: int = KEPT, fingerprint: str | None = None, to: str | None = None) -> StoredGeneration:
        """Publish again the newest generation before the present one that was not rolled back from, or the one named.

        Raises:
            IndexingError: if there is none, or none of the model with this fingerprint.
        """
        current = self.published_id()
        with self.connections.working() as connection:
            known = [one for one in known_generations(connection) if one.generation.manifest.shards == self._shards]
            chosen = one_to_go_back_to(known, current, fingerprint, to)
            self.publish(chosen, keep)
            connection.execute("UPDATE danvan_index.generations SET was_left = true WHERE id = %s", (current,))
        return chosen

    def verify(self, generation: IndexGeneration) -> list[str]:
        """What is wrong with a generation, one sentence each; empty when it is whole. No model is needed."""
        try:
            with self.connections.working() as connection:
                found = digests(connection, generation.id)
                problems = [
                    f"its table {table} has changed since it was written"
                    for table, expected in generation.manifest.checksums.items()
                    if found.get(table) != expected
                ]
                return problems or wrong_contents(connection, generation.id)
        except UnreachableIndexError:
            raise
        except DanvanError as error:
            return [str(error)]

    def check_vectors(self, generation: IndexGeneration, encoder: Encoder, sample: int) -> VectorCheck:
        """Embed a random sample of a whole generation's texts anew and compare."""
        ours = self._ours(generation)
        with self.connections.working() as connection:
            return reading_back.check_vectors(connection, ours, encoder, sample)

    def open(self, generation: IndexGeneration, fingerprint: str) -> PostgresIndex:
        """Open a generation for questions that are embedded by the model with this fingerprint.

        Raises:
            ForeignIndexError: if it was built with another model.
            DamagedIndexError: if it is not whole.
        """
        refuse_foreign_model(generation, fingerprint)
        manifest = self._ours(generation).manifest
        opened = read_opened(self.connections, generation.id, manifest.dimension, manifest.passages)
        return PostgresIndex(self.connections, opened)

    def read_texts(self, generation: IndexGeneration) -> tuple[dict[str, Document], tuple[Passage, ...]]:
        """All documents, by id, and passages of a generation."""
        with self.connections.working() as connection:
            return reading_back.read_texts(connection, generation.id)

    def close(self) -> None:
        """Close the connections."""
        self.end_writing()
        self.connections.close()

    def _ours(self, generation: IndexGeneration) -> StoredGeneration:
        if isinstance(generation, StoredGeneration):
            return self._fitting(generation)
        with self.connections.working() as connection:
            return self._fitting(stored_generation(connection, generation.id))

    def _fitting(self, generation: StoredGeneration) -> StoredGeneration:
        """A generation that is divided as the settings say: a part of one is never taken for the whole.

        Raises:
            ForeignIndexError: if it is divided otherwise.
        """
        if generation.manifest.shards == self._shards:
            return generation
        raise ForeignIndexError(
            f"the index {generation.id} is divided over {generation.manifest.shards} databases, the settings name "
            f"{self._shards}: set DANVAN_INDEX_SHARDS as it was, or {RUN}"
        )

    def begin_writing(self) -> Connection[Any]:
        """Become the one who builds, until a generation is published or discarded.

        Raises:
            IndexingError: if another program is building.
        """
        if self._writing is None:
            stack = ExitStack()
            connection = stack.enter_context(self.connections.working())
            self._writing = stack, connection
            ensure_catalogue(connection)
            if not take_writer_lock(connection):
                self.end_writing()
                raise IndexingError("another program is indexing into this database; try again when it is done")
        return self._writing[1]

    def end_writing(self) -> None:
        """Let others build."""
        if self._writing is not None:
            (stack, connection), self._writing = self._writing, None
            give_up_writer_lock(connection)
            stack.close()
