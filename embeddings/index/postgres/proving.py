"""What can be wrong inside a generation in PostgreSQL although no table has changed: found by comparing them."""

from typing import Any

from psycopg import Connection, sql

from embeddings.index.dense import SENTENCE, WHOLE
from embeddings.index.postgres.layout import schema_of

_NAMED = 5
_HOMELESS = """
    SELECT p.id FROM {passages} AS p LEFT JOIN {documents} AS d ON p.document = d.number
    WHERE d.number IS NULL OR (p.content::json)->>'document_id' <> (d.content::json)->>'id'
"""
_ELSEWHERE = """
    SELECT p.id FROM {passages} AS p JOIN {documents} AS d ON p.document = d.number
    WHERE substr(
        (d.content::json)->>'text', ((p.content::json)->>'start')::int + 1,
        ((p.content::json)->>'end')::int - ((p.content::json)->>'start')::int
    ) <> (p.content::json)->>'text'
"""
_WITHOUT_VECTOR = """
    SELECT p.id FROM {passages} AS p
    WHERE NOT EXISTS (SELECT 1 FROM {vectors} AS v WHERE v.passage = p.number AND v.kind = %(whole)s)
    OR NOT EXISTS (SELECT 1 FROM {vectors} AS v WHERE v.passage = p.number AND v.kind = %(sentence)s)
"""
_NO_UNIT = "SELECT v.passage::text FROM {vectors} AS v WHERE abs(vector_norm(v.embedding) - 1) > 0.001"
_QUESTIONS = {
    _HOMELESS: "passage {} has no document",
    _ELSEWHERE: "passage {} does not stand in its document",
    _WITHOUT_VECTOR: "passage {} has no vector for its whole text or for its sentences",
    _NO_UNIT: "a vector of passage number {} is not of length 1",
}


def wrong_contents(connection: Connection[Any], generation: str) -> list[str]:
    """What is wrong, one sentence each; of many of a kind only the first are named."""
    schema = schema_of(generation)
    names = {table: sql.Identifier(schema, table) for table in ("documents", "passages", "vectors")}
    problems = []
    for query, sentence in _QUESTIONS.items():
        rows = connection.execute(
            sql.SQL(query + " LIMIT %(named)s").format(**names),
            {"whole": WHOLE, "sentence": SENTENCE, "named": _NAMED},
        )
        problems += [sentence.format(row[0]) for row in rows]
    return problems
