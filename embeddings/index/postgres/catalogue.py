"""Which generations a database has, which of them is published, and who may build: rows of the catalogue."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, Error

from corpus.errors import DamagedIndexError, ForeignIndexError, IndexingError
from embeddings.index.generations import FORMAT, RUN, Manifest
from embeddings.index.postgres.layout import WRITER_LOCK, has_catalogue, switch_views

_READ = "SELECT id, manifest, was_published, was_left FROM danvan_index.generations ORDER BY manifest->>'created', id"


@dataclass(frozen=True, slots=True)
class StoredGeneration:
    """A generation in the database; see `generation_facts.IndexGeneration`."""

    id: str
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class KnownGeneration:
    """A generation, whether it ever was published, and whether it was rolled back from."""

    generation: StoredGeneration
    was_published: bool
    was_left: bool


def known_generations(connection: Connection[Any]) -> list[KnownGeneration]:
    """All generations, oldest first; those of other formats are left out."""
    if not has_catalogue(connection):
        return []
    found = []
    for identity, fields, was_published, was_left in connection.execute(_READ):
        try:
            generation = StoredGeneration(identity, manifest_of(identity, fields))
        except IndexingError:
            continue
        found.append(KnownGeneration(generation, was_published, was_left))
    return found


def published_generation(connection: Connection[Any]) -> StoredGeneration | None:
    """The published one, None if there is none.

    Raises:
        ForeignIndexError, DamagedIndexError: if it cannot be read.
    """
    if not has_catalogue(connection):
        return None
    query = "SELECT g.id, manifest FROM danvan_index.generations AS g JOIN danvan_index.current ON generation = g.id"
    row = connection.execute(query).fetchone()
    return StoredGeneration(row[0], manifest_of(row[0], row[1])) if row else None


def stored_generation(connection: Connection[Any], identity: str) -> StoredGeneration:
    """The generation of this id.

    Raises:
        DamagedIndexError: if the database has none.
        ForeignIndexError: if another format of this program wrote it.
    """
    row = None
    if has_catalogue(connection):
        row = connection.execute("SELECT manifest FROM danvan_index.generations WHERE id = %s", (identity,)).fetchone()
    if row is None:
        raise DamagedIndexError(f"the index {identity} is not in the database; {RUN}")
    return StoredGeneration(identity, manifest_of(identity, row[0]))


def note_published(connection: Connection[Any], identity: str) -> None:
    """Make a generation the one that answers; in a transaction."""
    connection.execute(
        "UPDATE danvan_index.generations SET was_published = true, was_left = false WHERE id = %s", (identity,)
    )
    connection.execute(
        "INSERT INTO danvan_index.current (generation) VALUES (%s) "
        "ON CONFLICT (id) DO UPDATE SET generation = excluded.generation",
        (identity,),
    )
    switch_views(connection, identity)


def take_writer_lock(connection: Connection[Any]) -> bool:
    """Become the one who builds, until `give_up_writer_lock` or the connection's end; False if somebody else is."""
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (WRITER_LOCK,)).fetchone()
    return bool(row and row[0])


def give_up_writer_lock(connection: Connection[Any]) -> None:
    """Let others build now: a server notices only a little later that a connection has been closed."""
    with contextlib.suppress(Error):  # the connection is lost, and the lock with it
        connection.execute("SELECT pg_advisory_unlock_all()")


def manifest_of(identity: str, fields: Mapping[str, Any]) -> Manifest:
    """A manifest as it is kept in the catalogue.

    Raises:
        ForeignIndexError: if another format of this program wrote it.
        DamagedIndexError: if it cannot be read.
    """
    if fields.get("format") != FORMAT:
        raise ForeignIndexError(
            f"the index {identity} has format {fields.get('format')}, this program reads format {FORMAT}; {RUN}"
        )
    try:
        return Manifest(**fields)
    except TypeError as error:
        raise DamagedIndexError(f"the manifest of the index {identity} cannot be read; {RUN}") from error
