"""Filling a generation in PostgreSQL: everything by COPY in one transaction, indexes after it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from pgvector import Vector
from pgvector.psycopg import register_vector
from psycopg import Connection, sql

from corpus.models import Document, Passage
from embeddings.headings import heading_of
from embeddings.index.dense import titled
from embeddings.index.generations import Manifest
from embeddings.index.parts import Parts
from embeddings.index.postgres.layout import create_generation, create_indexes, schema_of
from embeddings.index.postgres.postings import blocks, invert

APPROXIMATE_FROM = 20_000
"""Vectors; fewer are all compared with each question, which takes some milliseconds and misses none."""

_DIGESTS = {
    "documents": "SELECT count(*), coalesce(sum(hashtextextended(id || content, number)), 0) FROM {}",
    "passages": "SELECT count(*), coalesce(sum(hashtextextended(id || content, number)), 0) FROM {}",
    "vectors": "SELECT count(*), coalesce(sum(hashtextextended(concat_ws(' ', document, passage, first, last, kind, "
    "encode(vector_send(embedding), 'hex')), number)), 0) FROM {}",
    "postings": "SELECT count(*), coalesce(sum(hashtextextended(concat_ws(' ', term, frequency, encode(passages, "
    "'hex'), encode(counts, 'hex')), part)), 0) FROM {}",
    "files": "SELECT count(*), coalesce(sum(hashtextextended(name || encode(content, 'base64'), 0)), 0) FROM {}",
}


def load(
    connection: Connection[Any], manifest: Manifest, parts: Parts, approximate_from: int = APPROXIMATE_FROM
) -> Manifest:
    """Write a generation and its row in the catalogue, all or nothing.

    Args:
        connection: outside of a transaction.
        manifest: without checksums.
        parts: what it is made of.
        approximate_from: how many vectors get an HNSW index.

    Returns:
        The manifest, with checksums.
    """
    documents, passages, rows = parts.documents, parts.passages, parts.rows
    numbers = {document.id: number for number, document in enumerate(documents)}
    titles = {document.id: heading_of(document) for document in documents}
    register_vector(connection)
    with connection.transaction():
        create_generation(connection, manifest.id, manifest.dimension, len(rows))
        _copy(connection, manifest.id, "documents", _documents(documents))
        _copy(
            connection,
            manifest.id,
            "passages",
            ((i, one.id, numbers[one.document_id], _json(one)) for i, one in enumerate(passages)),
        )
        owners = [numbers[one.document_id] for one in passages]
        _copy(
            connection,
            manifest.id,
            "vectors",
            (
                (i, owners[passage], passage, first, last, kind, Vector(vector))
                for i, ((passage, first, last, kind), vector) in enumerate(
                    zip(rows.tolist(), parts.vectors, strict=True)
                )
            ),
            ("int4", "int4", "int4", "int4", "int4", "int2", "vector"),
        )
        inverted, lengths = invert(titled(titles[one.document_id], one.text) for one in passages)
        _copy(connection, manifest.id, "postings", blocks(inverted), ("text", "int4", "int4", "bytea", "bytea"))
        _copy(
            connection,
            manifest.id,
            "files",
            [("lengths", lengths.astype("<i4").tobytes()), *parts.derived.to_files().items()],
        )
        create_indexes(connection, manifest.id, manifest.dimension, approximate=len(rows) >= approximate_from)
        whole = replace(manifest, checksums=digests(connection, manifest.id))
        connection.execute(
            "INSERT INTO danvan_index.generations (id, manifest) VALUES (%s, %s)",
            (manifest.id, json.dumps(asdict(whole))),
        )
    return whole


def digests(connection: Connection[Any], generation: str) -> dict[str, str]:
    """Of each table of a generation how many rows it has, and a sum over what they hold."""
    found = {}
    for table, query in _DIGESTS.items():
        name = sql.Identifier(schema_of(generation), table)
        row = connection.execute(sql.SQL(query).format(name)).fetchone()
        found[table] = f"{row[0]} rows, {row[1]}" if row else ""
    return found


def _copy(
    connection: Connection[Any],
    generation: str,
    table: str,
    rows: Iterable[Sequence[Any]],
    types: Sequence[str] | None = None,
) -> None:
    form = sql.SQL("COPY {} FROM STDIN" + (" (FORMAT BINARY)" if types else ""))
    name = sql.Identifier(schema_of(generation), table)
    with connection.cursor() as cursor, cursor.copy(form.format(name)) as copy:
        if types:
            copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def _documents(documents: Sequence[Document]) -> Iterable[Sequence[Any]]:
    for number, one in enumerate(documents):
        yield (
            number, _plain(one.id), _plain(one.title), one.published, one.publisher and _plain(one.publisher),
            list(one.groups), _json(one),
        )  # fmt: skip


def _json(item: Document | Passage) -> str:
    """One line that says all of it; what PostgreSQL's text cannot hold is escaped."""
    return json.dumps(asdict(item), ensure_ascii=False)


def _plain(text: str) -> str:
    return text.replace("\0", "")
