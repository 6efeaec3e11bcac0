"""The tables of an index in PostgreSQL: a catalogue of generations, and a schema of its own for each of them.

danvan_index.generations    one row a generation; danvan_index.current names the published one
danvan_index.*              views of the published generation's tables, for other programs; switched with `current`
danvan_ID.documents, passages, vectors (partitioned by hash of the document), postings, files
"""

from psycopg import Connection, sql

CATALOGUE = "danvan_index"
TABLES = ("documents", "passages", "vectors", "postings", "files")
VECTORS_A_PARTITION = 2_000_000
WRITER_LOCK = 0x64616E7601
"""Key of the advisory lock that one builder holds from before a build until its generation is published."""

_CATALOGUE = """
CREATE SCHEMA IF NOT EXISTS danvan_index;
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE IF NOT EXISTS danvan_index.generations (
    id text PRIMARY KEY,
    manifest jsonb NOT NULL,
    was_published boolean NOT NULL DEFAULT false,
    was_left boolean NOT NULL DEFAULT false
);
CREATE TABLE IF NOT EXISTS danvan_index.current (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    generation text NOT NULL REFERENCES danvan_index.generations
);
"""
_GENERATION = """
CREATE SCHEMA {schema};
CREATE TABLE {schema}.documents (
    number integer NOT NULL, id text COLLATE "C" NOT NULL, title text NOT NULL, published text, publisher text,
    groups text[] NOT NULL, content text NOT NULL
);
CREATE TABLE {schema}.passages (
    number integer NOT NULL, id text COLLATE "C" NOT NULL, document integer NOT NULL, content text NOT NULL
);
CREATE TABLE {schema}.vectors (
    number integer NOT NULL, document integer NOT NULL, passage integer NOT NULL, first integer NOT NULL,
    last integer NOT NULL, kind smallint NOT NULL, embedding vector({dimension}) NOT NULL
) PARTITION BY HASH (document);
CREATE TABLE {schema}.postings (
    term text COLLATE "C" NOT NULL, part integer NOT NULL, frequency integer NOT NULL, passages bytea NOT NULL,
    counts bytea NOT NULL
);
CREATE TABLE {schema}.files (name text PRIMARY KEY, content bytea NOT NULL);
ALTER TABLE {schema}.postings ALTER passages SET STORAGE EXTERNAL, ALTER counts SET STORAGE EXTERNAL;
"""
_INDEXES = """
CREATE UNIQUE INDEX ON {schema}.documents (number);
CREATE UNIQUE INDEX ON {schema}.documents (id);
CREATE UNIQUE INDEX ON {schema}.passages (number);
CREATE INDEX ON {schema}.passages (id);
CREATE INDEX ON {schema}.passages (document);
CREATE INDEX ON {schema}.vectors (passage);
CREATE INDEX ON {schema}.vectors (document);
CREATE UNIQUE INDEX ON {schema}.postings (term, part);
"""
_HNSW = """
CREATE INDEX ON {schema}.vectors USING hnsw ((embedding::halfvec({dimension})) halfvec_ip_ops)
    WITH (m = 16, ef_construction = 96);
"""
_PLAIN_STORAGE_DIMENSION = 1900
"""Up to which a vector stays in its row: beside it there is nothing to read."""


def schema_of(generation: str) -> str:
    """The schema of a generation."""
    return f"danvan_{generation.lower().replace('-', '_')}"


def ensure_catalogue(connection: Connection) -> None:
    """Create what all generations share, where it is missing."""
    if not has_catalogue(connection):
        connection.execute(_CATALOGUE)


def has_catalogue(connection: Connection) -> bool:
    """Whether there may be generations at all."""
    row = connection.execute("SELECT to_regclass('danvan_index.current') IS NOT NULL").fetchone()
    return bool(row and row[0])


def create_generation(connection: Connection, generation: str, dimension: int, vectors: int) -> None:
    """Create the empty tables of a generation, for about so many vectors."""
    schema = sql.Identifier(schema_of(generation))
    connection.execute(sql.SQL(_GENERATION).format(schema=schema, dimension=sql.Literal(dimension)))
    if dimension <= _PLAIN_STORAGE_DIMENSION:
        connection.execute(sql.SQL("ALTER TABLE {}.vectors ALTER embedding SET STORAGE PLAIN").format(schema))
    count = max(1, -(-vectors // VECTORS_A_PARTITION))
    for place in range(count):
        connection.execute(
            sql.SQL("CREATE TABLE {schema}.{name} PARTITION OF {schema}.vectors FOR VALUES WITH {values}").format(
                schema=schema,
                name=sql.Identifier(f"vectors_{place}"),
                values=sql.SQL(f"(MODULUS {count}, REMAINDER {place})"),
            )
        )


def create_indexes(connection: Connection, generation: str, dimension: int, *, approximate: bool) -> None:
    """Create the indexes of a generation once it is loaded.

    Args:
        connection: in the transaction that loaded it.
        generation: its id.
        dimension: of its vectors.
        approximate: whether there are so many vectors that comparing all of them takes too long.
    """
    schema = sql.Identifier(schema_of(generation))
    connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
    connection.execute(sql.SQL(_INDEXES).format(schema=schema))
    if approximate:
        connection.execute(sql.SQL(_HNSW).format(schema=schema, dimension=sql.Literal(dimension)))
    for table in TABLES:
        connection.execute(sql.SQL("ANALYZE {}.{}").format(schema, sql.Identifier(table)))


def switch_views(connection: Connection, generation: str) -> None:
    """Have the views of the catalogue show a generation."""
    for table in TABLES:
        view = sql.Identifier(CATALOGUE, table)
        connection.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(view))
        source = sql.Identifier(schema_of(generation), table)
        connection.execute(sql.SQL("CREATE VIEW {} AS SELECT * FROM {}").format(view, source))


def drop_generation(connection: Connection, generation: str) -> None:
    """Remove a generation that is not published."""
    with connection.transaction():
        connection.execute("DELETE FROM danvan_index.generations WHERE id = %s", (generation,))
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema_of(generation))))
