"""The part of a generation that one database holds, and how that database follows what the first has published."""

from embeddings.index.generation_facts import IndexGeneration
from embeddings.index.postgres.catalogue import StoredGeneration, known_generations, note_published, stored_generation
from embeddings.index.postgres.layout import drop_generation, has_catalogue
from embeddings.index.postgres.store import PostgresStore


def part_of(store: PostgresStore, generation: IndexGeneration) -> StoredGeneration:
    """The part of a generation that a database holds.

    Raises:
        IndexingError: if it holds none.
        UnreachableIndexError: if it cannot be reached.
    """
    with store.connections.working() as connection:
        return stored_generation(connection, generation.id)


def follow(store: PostgresStore, current: str | None, kept: set[str], *, removing: bool) -> None:
    """Publish what the first database has published, where this one has its part.

    Args:
        store: of this database.
        current: what is published there; None for nothing.
        kept: what is still there.
        removing: whether to remove what is not.

    Raises:
        UnreachableIndexError: if the database cannot be reached.
    """
    with store.connections.working() as connection:
        if not has_catalogue(connection):
            return
        there = {known.generation.id for known in known_generations(connection)}
        if current in there:
            with connection.transaction():
                note_published(connection, current)
        for identity in there - kept if removing else ():
            drop_generation(connection, identity)
