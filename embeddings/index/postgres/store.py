"""The generations of a PostgreSQL database: built in one transaction, published in another, gone back from."""

import json
import random
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from pgvector.psycopg import register_vector
from psycopg import Connection, sql

from corpus.errors import (
    DamagedIndexError,
    DanvanError,
    ForeignIndexError,
    IndexingError,
    MissingIndexError,
    UnreachableIndexError,
)
from corpus.from_json import document_from_json, passage_from_json
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Encoder, ModelFacts, Progress
from embeddings.index.building import SHAPE, new_id, passages_of, versions
from embeddings.index.dense import embedded_text, rows_of, title_of
from embeddings.index.derived import Derived
from embeddings.index.generations import FORMAT, RUN, Manifest, as_manifest, refuse_foreign_model
from embeddings.index.parts import Parts
from embeddings.index.postgres.connecting import SEARCH_SECONDS, Connections, translated
from embeddings.index.postgres.layout import (
    WRITER_LOCK,
    drop_generation,
    ensure_catalogue,
    has_catalogue,
    schema_of,
    switch_views,
)
from embeddings.index.postgres.loading import APPROXIMATE_FROM, digests, load
from embeddings.index.postgres.proving import wrong_contents
from embeddings.index.postgres.searching import PostgresIndex, read_opened
from embeddings.index.postgres.vector_cache import SharedVectorCache
from embeddings.index.protocol import KEPT, IndexGeneration, VectorCheck
from embeddings.index.verifying import LEAST_COSINE

_READ = "SELECT id, manifest, was_published, was_left FROM danvan_index.generations ORDER BY manifest->>'created', id"


@dataclass(frozen=True, slots=True)
class StoredGeneration:
    """A generation in the database; see `protocol.IndexGeneration`."""

    id: str
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class _Known:
    generation: StoredGeneration
    was_published: bool
    was_left: bool


class PostgresStore:
    """The generations of one database; see `protocol.IndexStore`.

    One program at a time builds: an advisory lock, which ends with its connection, is held from the build until its
    generation is published or discarded.

    Args:
        url: of the database; see `Connections`.
        approximate_from: how many vectors get an HNSW index.
        patience: seconds after which a search is given up.
    """

    def __init__(self, url: str, approximate_from: int = APPROXIMATE_FROM, patience: float = SEARCH_SECONDS) -> None:
        self.connections = Connections(url, patience)
        self._approximate_from = approximate_from
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
            row = None
            if has_catalogue(connection):
                row = connection.execute(
                    "SELECT g.id, manifest FROM danvan_index.generations AS g "
                    "JOIN danvan_index.current ON generation = g.id"
                ).fetchone()
        if row is None:
            raise MissingIndexError(f"there is no index in the database {self.connections.name} yet; {RUN}")
        return StoredGeneration(row[0], _manifest(row[0], row[1]))

    def generations(self) -> Sequence[StoredGeneration]:
        """All complete generations, oldest first; those of other formats are left out."""
        with self.connections.working() as connection:
            return [known.generation for known in _known(connection)]

    def build(
        self, documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None
    ) -> StoredGeneration:
        """Build a generation beside the published one and check what was written; it is not published yet.

        Raises:
            IndexingError: if there is nothing to index, another program is building, or there is no room.
        """
        passages = passages_of(documents)
        titles = {document.id: title_of(document) for document in documents}
        named, texts = [titles[one.document_id] for one in passages], [one.text for one in passages]
        connection = self._begin_writing()
        try:
            rows = rows_of(named, texts, encoder)
            pieces = [embedded_text(named, texts, row) for row in rows.tolist()]
            vectors = encoder.encode_documents(pieces, on_progress)
            created = datetime.now(UTC)
            manifest = Manifest(
                id=new_id(created),
                created=created.isoformat(timespec="microseconds"),
                fingerprint=encoder.fingerprint,
                dimension=encoder.dimension,
                documents=len(documents),
                passages=len(passages),
                vectors=len(rows),
                versions=versions(),
                checksums={},
                shape=dict(SHAPE),
            )
            derived = Derived.read_out(documents, passages)
            return self._load(connection, manifest, Parts(documents, passages, rows, vectors, derived))
        except BaseException:
            self._end_writing()
            raise

    def write_parts(self, generation: IndexGeneration, parts: Parts) -> StoredGeneration:
        """Write a generation of another store, under its id; it is not published yet.

        Raises:
            IndexingError: if it cannot be written.
        """
        connection = self._begin_writing()
        try:
            return self._load(connection, as_manifest(generation), parts)
        except BaseException:
            self._end_writing()
            raise

    def vector_cache(self, facts: ModelFacts, *, writing: bool = True) -> SharedVectorCache:
        """What was embedded before, in the database."""
        return SharedVectorCache(self.connections, facts, writing=writing)

    def read_parts(self, generation: IndexGeneration) -> Parts:
        """All that a generation is made of."""
        documents, passages = self.read_texts(generation)
        schema = schema_of(generation.id)
        query = "SELECT passage, first, last, kind, embedding FROM {} ORDER BY number"
        with self.connections.working() as connection:
            register_vector(connection)
            found = connection.execute(sql.SQL(query).format(sql.Identifier(schema, "vectors"))).fetchall()
        rows = np.asarray([row[:4] for row in found], np.int32).reshape(-1, 4)
        vectors = np.stack([row[4].to_numpy() for row in found]).astype(np.float32)
        manifest = self._manifest_of(generation)
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
                _publish(connection, generation.id)
            others = [known.generation.id for known in _known(connection) if known.generation.id != generation.id]
            for old in others[: max(0, len(others) - (keep - 1))]:
                drop_generation(connection, old)
        self._last_published = generation.id
        self._end_writing()

    def discard(self, generation: IndexGeneration) -> None:
        """Remove a generation that will not be published."""
        with self.connections.working() as connection:
            drop_generation(connection, generation.id)
        self._end_writing()

    def sweep(self) -> int:
        """Remove what was built and never published, unless somebody is about to; how many there were."""
        with self.connections.working() as connection:
            if not has_catalogue(connection) or (self._writing is None and not _lock(connection)):
                return 0
            query = (
                "SELECT g.id FROM danvan_index.generations AS g WHERE NOT was_published "
                "AND NOT EXISTS (SELECT 1 FROM danvan_index.current WHERE generation = g.id)"
            )
            leftovers = [row[0] for row in connection.execute(query)]
            for identity in leftovers:
                drop_generation(connection, identity)
        self._end_writing()
        return len(leftovers)

    def rollback(self, keep: int = KEPT, fingerprint: str | None = None) -> StoredGeneration:
        """Publish again the newest generation before the present one that was not rolled back from.

        Raises:
            IndexingError: if there is none, or none of the model with this fingerprint.
        """
        current = self.published_id()
        with self.connections.working() as connection:
            known = _known(connection)
            place = next((i for i, one in enumerate(known) if one.generation.id == current), len(known))
            earlier = [one for one in reversed(known[:place]) if one.was_published]
            fitting = [one for one in earlier if fingerprint in (None, one.generation.manifest.fingerprint)]
            chosen = next((one.generation for one in fitting if not one.was_left), None)
            if chosen is not None:
                self.publish(chosen, keep)
                connection.execute("UPDATE danvan_index.generations SET was_left = true WHERE id = %s", (current,))
                return chosen
        if earlier and not fitting:
            raise IndexingError(
                f"the earlier generations are of another model ({earlier[0].generation.manifest.fingerprint!r}, the "
                f"settings name {fingerprint!r}): set DANVAN_MODEL to that one to go back to them"
            )
        raise IndexingError(
            "there is no earlier generation to go back to"
            + (" but such as were rolled back from themselves" if fitting else "")
        )

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
        chosen = sorted(random.sample(range(generation.manifest.vectors), min(sample, generation.manifest.vectors)))
        if not chosen:
            return VectorCheck((), 0, 1.0)
        schema = schema_of(generation.id)
        query = sql.SQL(
            "SELECT d.content, p.content, v.first, v.last, v.embedding FROM {} AS v JOIN {} AS p ON v.passage = "
            "p.number JOIN {} AS d ON v.document = d.number WHERE v.number = ANY(%s) ORDER BY v.number"
        ).format(*(sql.Identifier(schema, table) for table in ("vectors", "passages", "documents")))
        with self.connections.working() as connection:
            register_vector(connection)
            rows = connection.execute(query, (chosen,)).fetchall()
        passages = [passage_from_json(json.loads(row[1])) for row in rows]
        titles = [title_of(document_from_json(json.loads(row[0]))) for row in rows]
        texts = [passage.text for passage in passages]
        anew = encoder.encode_documents([embedded_text(titles, texts, (i, *row[2:4], 0)) for i, row in enumerate(rows)])
        cosines = np.einsum("ij,ij->i", anew, np.stack([row[4].to_numpy() for row in rows]))
        wrong = [
            f"the vector of passage {passage.id}, characters {row[2]} to {row[3]}, is not that of its text "
            f"(cosine {cosine:.3f})"
            for passage, row, cosine in zip(passages, rows, cosines.tolist(), strict=True)
            if not cosine >= LEAST_COSINE
        ]
        return VectorCheck(tuple(wrong), len(rows), float(cosines.min()))

    def open(self, generation: IndexGeneration, fingerprint: str) -> PostgresIndex:
        """Open a generation for questions that are embedded by the model with this fingerprint.

        Raises:
            ForeignIndexError: if it was built with another model.
            DamagedIndexError: if it is not whole.
        """
        refuse_foreign_model(generation, fingerprint)
        manifest = self._manifest_of(generation)
        opened = read_opened(self.connections, generation.id, manifest.dimension, manifest.passages)
        return PostgresIndex(self.connections, opened)

    def read_texts(self, generation: IndexGeneration) -> tuple[dict[str, Document], tuple[Passage, ...]]:
        """All documents, by id, and passages of a generation."""
        schema = schema_of(generation.id)
        with self.connections.working() as connection:
            columns = [
                [json.loads(row[0]) for row in connection.execute(query)]
                for query in (
                    sql.SQL("SELECT content FROM {} ORDER BY number").format(sql.Identifier(schema, table))
                    for table in ("documents", "passages")
                )
            ]
        documents = [document_from_json(fields) for fields in columns[0]]
        return {document.id: document for document in documents}, tuple(map(passage_from_json, columns[1]))

    def close(self) -> None:
        """Close the connections."""
        self._end_writing()
        self.connections.close()

    def _manifest_of(self, generation: IndexGeneration) -> Manifest:
        if isinstance(generation, StoredGeneration):
            return generation.manifest
        with self.connections.working() as connection:
            query = "SELECT manifest FROM danvan_index.generations WHERE id = %s"
            row = connection.execute(query, (generation.id,)).fetchone()
        if row is None:
            raise DamagedIndexError(f"the index {generation.id} is not in the database; {RUN}")
        return _manifest(generation.id, row[0])

    def _begin_writing(self) -> Connection[Any]:
        if self._writing is None:
            stack = ExitStack()
            connection = stack.enter_context(self.connections.working())
            self._writing = stack, connection
            ensure_catalogue(connection)
            if not _lock(connection):
                self._end_writing()
                raise IndexingError("another program is indexing into this database; try again when it is done")
        return self._writing[1]

    def _end_writing(self) -> None:
        if self._writing is not None:
            (stack, _), self._writing = self._writing, None
            stack.close()


def _publish(connection: Connection[Any], identity: str) -> None:
    connection.execute(
        "UPDATE danvan_index.generations SET was_published = true, was_left = false WHERE id = %s", (identity,)
    )
    connection.execute(
        "INSERT INTO danvan_index.current (generation) VALUES (%s) "
        "ON CONFLICT (id) DO UPDATE SET generation = excluded.generation",
        (identity,),
    )
    switch_views(connection, identity)


def _lock(connection: Connection[Any]) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (WRITER_LOCK,)).fetchone()
    return bool(row and row[0])


def _known(connection: Connection[Any]) -> list[_Known]:
    if not has_catalogue(connection):
        return []
    found = []
    for identity, fields, was_published, was_left in connection.execute(_READ):
        try:
            found.append(_Known(StoredGeneration(identity, _manifest(identity, fields)), was_published, was_left))
        except IndexingError:
            continue
    return found


def _manifest(identity: str, fields: dict[str, Any]) -> Manifest:
    if fields.get("format") != FORMAT:
        raise ForeignIndexError(
            f"the index {identity} has format {fields.get('format')}, this program reads format {FORMAT}; {RUN}"
        )
    try:
        return Manifest(**fields)
    except TypeError as error:
        raise DamagedIndexError(f"the manifest of the index {identity} cannot be read; {RUN}") from error
