"""The lexical channel in PostgreSQL by three layouts: `python -m tests.benchmarks.lexical_layouts [PASSAGES]`.

packed    arrays of 16,384 postings a row, weighed by NumPy in the front end (what `embeddings/index/postgres` does)
rows      a row a posting, BM25 in SQL
tsvector  the passages' own tokens as a tsvector with a GIN index, BM25 in SQL over the positions

Words are drawn (Zipf's law, 50,000 different, 60 a passage), questions are eight words of a passage. All three have to
find the same ten best. A PostgreSQL server is set up in a temporary folder.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
import psycopg

from embeddings.index.lexical import K1, B
from embeddings.index.postgres.postings import Postings, Statistics, blocks, match, unpacked
from tests.postgres_server import Server, servers

WORDS, LENGTH, ASKED, QUESTIONS, CANDIDATES = 50_000, 60, 8, 20, 200
_WEIGHT = f"({K1} * (1 - {B} + {B} * l.length / %(usual)s) + {{often}})"
_ROWS = f"""
SELECT r.passage FROM rows AS r JOIN lengths AS l ON l.passage = r.passage
JOIN unnest(%(terms)s::text[], %(idf)s::float8[]) AS t(term, idf) ON t.term = r.term
GROUP BY r.passage ORDER BY sum(t.idf * r.often / {_WEIGHT.format(often="r.often")}) DESC, r.passage LIMIT %(count)s
"""
_TSVECTOR = f"""
SELECT v.passage FROM tsvectors AS v JOIN lengths AS l ON l.passage = v.passage, unnest(v.words) AS u
JOIN unnest(%(terms)s::text[], %(idf)s::float8[]) AS t(term, idf) ON t.term = u.lexeme
WHERE v.words @@ %(query)s::tsquery
GROUP BY v.passage
ORDER BY sum(t.idf * cardinality(u.positions) / {_WEIGHT.format(often="cardinality(u.positions)")}) DESC, v.passage
LIMIT %(count)s
"""


def main(count: int) -> None:
    """Load, ask, compare, print."""
    random = np.random.default_rng(18)
    chances = 1 / np.arange(1, WORDS + 1)
    drawn = random.choice(WORDS, (count, LENGTH), p=chances / chances.sum())
    texts = [Counter(f"w{word}" for word in row) for row in drawn.tolist()]
    inverted: dict[str, list[tuple[int, int]]] = {}
    for number, words in enumerate(texts):
        for word, often in words.items():
            inverted.setdefault(word, []).append((number, often))
    frequencies = {word: len(found) for word, found in inverted.items()}
    statistics = Statistics(count, count * LENGTH, frequencies)
    asked = [list(dict.fromkeys(f"w{word}" for word in drawn[i][:ASKED].tolist())) for i in range(QUESTIONS)]
    lengths = np.full(count, LENGTH, np.int32)
    with servers() as folder:
        server = Server.set_up(folder / "one").start(fsync="on", work_mem="64MB", shared_buffers="512MB")
        with psycopg.connect(server.conninfo(server.new_database()), autocommit=True) as connection:
            load(connection, texts, inverted)

            def packed(terms: list[str], at_hand: dict[str, Postings]) -> list[int]:
                missing = [term for term in terms if term not in at_hand]
                query = "SELECT term, passages, counts FROM packed WHERE term = ANY(%s) ORDER BY term, part"
                parts: dict[str, list[tuple[bytes, bytes]]] = {}
                if missing:
                    for term, passages, counts in connection.cursor(binary=True).execute(query, (missing,)):
                        parts.setdefault(term, []).append((passages, counts))
                at_hand |= {term: unpacked(found) for term, found in parts.items()}
                return list(match(dict.fromkeys(terms, 1.0), at_hand, lengths, statistics, CANDIDATES).candidates)

            def by(query: str) -> Callable[[list[str]], list[int]]:
                def ask(terms: list[str]) -> list[int]:
                    given = {
                        "terms": terms,
                        "idf": [statistics.rarity(term) for term in terms],
                        "usual": LENGTH,
                        "query": " | ".join(terms),
                        "count": CANDIDATES,
                    }
                    return [row[0] for row in connection.execute(query, given)]

                return ask

            kept: dict[str, Postings] = {}
            expected = measure("packed, fetched", asked, lambda terms: packed(terms, {}))
            for terms in asked:
                packed(terms, kept)
            measure("packed, at hand", asked, lambda terms: packed(terms, kept), expected)
            measure("rows", asked, by(_ROWS), expected)
            measure("tsvector", asked, by(_TSVECTOR), expected)
            for table in ("packed", "rows", "tsvectors"):
                size = connection.execute("SELECT pg_total_relation_size(%s)", (table,)).fetchone()
                print(f"{table:<16} {size[0] / 2**20 if size else 0:.0f} MB")
        server.stop()


def load(
    connection: "psycopg.Connection[tuple[object, ...]]",
    texts: list[Counter[str]],
    inverted: dict[str, list[tuple[int, int]]],
) -> None:
    """Fill the three layouts by COPY, indexes after it, and say how long each took."""
    connection.execute("CREATE TABLE lengths (passage integer PRIMARY KEY, length integer)")
    connection.execute(f"INSERT INTO lengths SELECT i, {LENGTH} FROM generate_series(0, {len(texts) - 1}) AS i")
    started = time.perf_counter()
    connection.execute(
        'CREATE TABLE packed (term text COLLATE "C", part integer, frequency integer, passages bytea, counts bytea)'
    )
    with connection.cursor() as cursor, cursor.copy("COPY packed FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(("text", "int4", "int4", "bytea", "bytea"))
        for row in blocks(inverted):
            copy.write_row(row)
    connection.execute("CREATE UNIQUE INDEX ON packed (term, part)")
    started = _said("packed", started)
    connection.execute('CREATE TABLE rows (term text COLLATE "C", passage integer, often smallint)')
    _copy(
        connection,
        "rows",
        ("".join(f"{term}\t{number}\t{often}\n" for number, often in inverted[term]) for term in sorted(inverted)),
    )
    connection.execute("CREATE INDEX ON rows (term)")
    started = _said("rows", started)
    connection.execute("CREATE TABLE tsvectors (passage integer, words tsvector)")
    _copy(connection, "tsvectors", (f"{number}\t{_tsvector(words)}\n" for number, words in enumerate(texts)))
    connection.execute("CREATE INDEX ON tsvectors USING gin (words)")
    _said("tsvector", started)
    connection.execute("ANALYZE")


def measure(
    name: str, asked: list[list[str]], ask: Callable[[list[str]], list[int]], expected: list[list[int]] | None = None
) -> list[list[int]]:
    """Ask everything, say how long a question took, and on how many the ten best are others than expected."""
    seconds, found = [], []
    for terms in asked:
        started = time.perf_counter()
        found.append(ask(terms)[:10])
        seconds.append(1000 * (time.perf_counter() - started))
    others = sum(set(a) != set(b) for a, b in zip(found, expected or found, strict=True))
    print(
        f"{name:<16} p50 {np.median(seconds):.1f} ms, p95 {np.quantile(seconds, 0.95):.1f} ms, other ten best {others}",
        flush=True,
    )
    return found


def _tsvector(words: Counter[str]) -> str:
    place, found = 1, []
    for word, often in words.items():
        found.append(f"{word}:" + ",".join(str(place + i) for i in range(often)))
        place += often
    return " ".join(found)


def _copy(connection: "psycopg.Connection[tuple[object, ...]]", table: str, lines: Iterable[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for line in lines:
            copy.write(line)


def _said(name: str, started: float) -> float:
    now = time.perf_counter()
    print(f"{name:<16} loaded in {now - started:.1f} s", flush=True)
    return now


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
