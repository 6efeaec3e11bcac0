"""What a generation in PostgreSQL is made of, read back whole or by samples: to move it, to show it, to prove it."""

import json
import random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pgvector.psycopg import register_vector
from psycopg import Connection, sql

from corpus.from_json import document_from_json, passage_from_json
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Encoder, Vectors
from embeddings.headings import heading_of
from embeddings.index.dense import embedded_text
from embeddings.index.generation_facts import VectorCheck
from embeddings.index.postgres.catalogue import StoredGeneration
from embeddings.index.postgres.layout import schema_of
from embeddings.index.verifying import LEAST_COSINE


def read_texts(connection: Connection[Any], generation: str) -> tuple[dict[str, Document], tuple[Passage, ...]]:
    """All documents, by id, and passages of a generation."""
    schema = schema_of(generation)
    columns = [
        [json.loads(row[0]) for row in connection.execute(query)]
        for query in (
            sql.SQL("SELECT content FROM {} ORDER BY number").format(sql.Identifier(schema, table))
            for table in ("documents", "passages")
        )
    ]
    documents = [document_from_json(fields) for fields in columns[0]]
    return {document.id: document for document in documents}, tuple(map(passage_from_json, columns[1]))


def read_vectors(connection: Connection[Any], generation: str) -> tuple[NDArray[np.int32], Vectors]:
    """Which piece of which passage each vector is of, (r, 4), and the vectors, (r, dim)."""
    query = sql.SQL("SELECT passage, first, last, kind, embedding FROM {} ORDER BY number")
    register_vector(connection)
    found = connection.execute(query.format(sql.Identifier(schema_of(generation), "vectors"))).fetchall()
    rows = np.asarray([row[:4] for row in found], np.int32).reshape(-1, 4)
    vectors = [row[4].to_numpy() for row in found] or np.empty((0, 0))
    return rows, np.asarray(vectors, np.float32)


def check_vectors(
    connection: Connection[Any], generation: StoredGeneration, encoder: Encoder, sample: int
) -> VectorCheck:
    """Embed a random sample of a whole generation's texts anew and compare."""
    chosen = sorted(random.sample(range(generation.manifest.vectors), min(sample, generation.manifest.vectors)))
    if not chosen:
        return VectorCheck((), 0, 1.0)
    schema = schema_of(generation.id)
    query = sql.SQL(
        "SELECT d.content, p.content, v.first, v.last, v.embedding FROM {} AS v JOIN {} AS p ON v.passage = "
        "p.number JOIN {} AS d ON v.document = d.number WHERE v.number = ANY(%s) ORDER BY v.number"
    ).format(*(sql.Identifier(schema, table) for table in ("vectors", "passages", "documents")))
    register_vector(connection)
    rows = connection.execute(query, (chosen,)).fetchall()
    passages = [passage_from_json(json.loads(row[1])) for row in rows]
    titles = [heading_of(document_from_json(json.loads(row[0]))) for row in rows]
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
