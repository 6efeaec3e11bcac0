"""Vectors by content and model in the database, so that many machines embed each text once between them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from embeddings.encoder.encoder import ModelFacts
from embeddings.encoder.vector_cache import Key, Vector
from embeddings.index.postgres.connecting import Connections
from embeddings.index.postgres.layout import ensure_catalogue

_AT_ONCE = 2000
_LAYOUT = """
CREATE TABLE IF NOT EXISTS danvan_index.cached_vectors (
    model text NOT NULL, key bytea NOT NULL, vector bytea NOT NULL, PRIMARY KEY (model, key)
);
CREATE TABLE IF NOT EXISTS danvan_index.cached_counts (
    model text NOT NULL, key bytea NOT NULL, tokens integer NOT NULL, PRIMARY KEY (model, key)
);
CREATE TABLE IF NOT EXISTS danvan_index.cache_uses (
    generation text PRIMARY KEY, model text NOT NULL, keys bytea NOT NULL
);
"""
_LAYOUT_LOCK = 0x64616E7604


class SharedVectorCache:
    """What a model made of texts, by key of the text; see `encoder.vector_cache.VectorCache`, whose place it takes.

    Args:
        connections: to the database.
        facts: of the model.
        writing: False to read only.

    Raises:
        IndexingError: if the database cannot be used.
    """

    def __init__(self, connections: Connections, facts: ModelFacts, *, writing: bool = True) -> None:
        self._connections, self._writing = connections, writing
        self._model, self._dimension = f"{facts.fingerprint} {facts.dimension}", facts.dimension
        with connections.working() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LAYOUT_LOCK,))
            ensure_catalogue(connection)
            connection.execute(_LAYOUT)

    def vectors(self, keys: Iterable[Key]) -> dict[Key, Vector]:
        """Those of these vectors that are known, each (dimension,) float32."""
        found = self._look_up("SELECT key, vector FROM danvan_index.cached_vectors", keys)
        size = 4 * self._dimension
        return {
            key: np.frombuffer(blob, "<f4").astype(np.float32, copy=False)
            for key, blob in found.items()
            if len(blob) == size
        }

    def counts(self, keys: Iterable[Key]) -> dict[Key, int]:
        """Those of these texts' numbers of tokens that are known."""
        return self._look_up("SELECT key, tokens FROM danvan_index.cached_counts", keys)

    def add_vectors(self, vectors: Mapping[Key, Vector]) -> None:
        """Keep vectors, committed at once."""
        rows = [(self._model, key, np.asarray(vector, "<f4").tobytes()) for key, vector in vectors.items()]
        self._add("cached_vectors (model, key, vector)", "vector", rows)

    def add_counts(self, counts: Mapping[Key, int]) -> None:
        """Keep numbers of tokens, committed at once."""
        rows = [(self._model, key, tokens) for key, tokens in counts.items()]
        self._add("cached_counts (model, key, tokens)", "tokens", rows)

    def keep_only(self, generation: str, keys: Iterable[Key], kept: Sequence[str]) -> None:
        """Note what a generation was built of, and remove what none of the `kept` generations was."""
        if not self._writing:
            return
        with self._connections.working() as connection, connection.transaction():
            connection.execute(
                "INSERT INTO danvan_index.cache_uses VALUES (%s, %s, %s) ON CONFLICT (generation) DO UPDATE "
                "SET model = excluded.model, keys = excluded.keys",
                (generation, self._model, b"".join(sorted(keys))),
            )
            connection.execute(
                "DELETE FROM danvan_index.cache_uses WHERE NOT generation = ANY(%s)", ([generation, *kept],)
            )
            connection.execute("CREATE TEMP TABLE needed (model text, key bytea) ON COMMIT DROP")
            uses = connection.execute("SELECT model, keys FROM danvan_index.cache_uses").fetchall()
            with connection.cursor() as cursor, cursor.copy("COPY needed FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["text", "bytea"])
                for model, joined in uses:
                    for start in range(0, len(joined), 32):
                        copy.write_row((model, joined[start : start + 32]))
            connection.execute("CREATE INDEX ON needed (model, key)")
            for table in ("cached_vectors", "cached_counts"):
                connection.execute(
                    f"DELETE FROM danvan_index.{table} AS c WHERE NOT EXISTS "  # noqa: S608 - one of two names
                    "(SELECT 1 FROM needed WHERE needed.model = c.model AND needed.key = c.key)"
                )

    def close(self) -> None:
        """The connections belong to the store."""

    def _look_up(self, query: Any, keys: Iterable[Key]) -> dict[Key, Any]:
        wanted, found = list(dict.fromkeys(keys)), {}
        with self._connections.working() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                given = (self._model, wanted[start : start + _AT_ONCE])
                rows = connection.execute(query + " WHERE model = %s AND key = ANY(%s)", given, binary=True)
                found.update({bytes(key): value for key, value in rows})
        return found

    def _add(self, target: str, column: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if not self._writing or not rows:
            return
        query: Any = (
            f"INSERT INTO danvan_index.{target} VALUES (%s, %s, %s) "  # noqa: S608 - names of our own
            f"ON CONFLICT (model, key) DO UPDATE SET {column} = excluded.{column}"
        )
        with self._connections.working() as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(query, rows)
