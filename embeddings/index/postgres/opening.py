"""What of a generation in PostgreSQL is read once, when it is opened, and kept at hand."""

from dataclasses import dataclass

import numpy as np
from psycopg import sql

from corpus.errors import DamagedIndexError
from embeddings.index.derived import Derived
from embeddings.index.postgres.connecting import Connections
from embeddings.index.postgres.layout import schema_of
from embeddings.index.postgres.postings import Lengths, Numbers


@dataclass(frozen=True, slots=True)
class Opened:
    """What is read once when a generation is opened.

    Attributes:
        lengths: (n,) terms of each passage.
        approximate: whether its vectors have an HNSW index.
    """

    generation: str
    dimension: int
    passages: int
    approximate: bool
    lengths: Lengths
    derived: Derived
    group_sets: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class View:
    """What somebody may see of a generation: numbers, ascending, of its documents and passages."""

    documents: Numbers
    passages: Numbers


def read_opened(connections: Connections, generation: str, dimension: int, passages: int) -> Opened:
    """Read what is needed at hand of a generation.

    Raises:
        DamagedIndexError: if it does not read back.
    """
    schema = schema_of(generation)
    with connections.searching() as connection:
        connection.execute("SET statement_timeout = 0")
        try:
            query = sql.SQL("SELECT name, content FROM {}").format(sql.Identifier(schema, "files"))
            files = dict(connection.execute(query).fetchall())
            query = sql.SQL("SELECT DISTINCT groups FROM {}").format(sql.Identifier(schema, "documents"))
            groups = frozenset(tuple(row[0]) for row in connection.execute(query))
            hnsw = "SELECT 1 FROM pg_indexes WHERE schemaname = %s AND indexdef LIKE '%%USING hnsw%%' LIMIT 1"
            approximate = connection.execute(hnsw, (schema,)).fetchone() is not None
        finally:
            connection.execute("RESET statement_timeout")
    try:
        lengths = np.frombuffer(files.pop("lengths"), "<i4").astype(np.int32, copy=False)
        derived = Derived.from_files(files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"the index {generation} does not read back; run: danvan reindex") from error
    if len(lengths) != passages:
        raise DamagedIndexError(f"the index {generation} has lost passages; run: danvan reindex")
    return Opened(generation, dimension, passages, approximate, lengths, derived, groups)
