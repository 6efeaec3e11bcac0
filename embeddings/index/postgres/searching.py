"""One generation in PostgreSQL being searched: candidates by HNSW or by comparing all, words by postings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from pgvector import HalfVector, Vector
from psycopg import Connection, sql

from corpus.groups import Groups, may_see
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Vectors
from embeddings.index.dense import SENTENCE, WHOLE
from embeddings.index.narrowing import Narrowing
from embeddings.index.postgres.connecting import Connections
from embeddings.index.postgres.layout import schema_of
from embeddings.index.postgres.opening import Opened, View
from embeddings.index.postgres.postings import (
    Numbers,
    Postings,
    Statistics,
    key_of,
    match,
    unpacked,
)
from embeddings.index.postgres.stored_texts import AtHand, StoredDocuments, StoredPassages, numbers_of
from embeddings.index.protocol import Lexicon
from embeddings.index.scoring import ArrayMatch, DenseScores

_RESCORED = 2
"""Times as many rows are taken by their halved vectors as are asked for, and then compared exactly."""
_LEAST_SEARCHED = 100
_MOST_SEARCHED = 1000
"""pgvector's own limit of `hnsw.ef_search`."""
_FEW_DOCUMENTS = 2000
"""Where a search is narrowed to so few, all their vectors are compared."""
_POSTINGS_AT_HAND = 128 * 2**20
"""Bytes; the usual words of all questions are among them."""
_FREQUENCIES_AT_HAND = 200_000
_OVERHEAD = 300
"""Bytes in memory that arrays take besides what they hold."""


@dataclass(slots=True)
class _Terms:
    """Postings of the terms that were asked for last, and how many passages have others."""

    postings: AtHand[str, Postings] = field(
        default_factory=lambda: AtHand(_POSTINGS_AT_HAND, lambda one: one.size + _OVERHEAD)
    )
    frequencies: AtHand[str, int] = field(default_factory=lambda: AtHand(_FREQUENCIES_AT_HAND))


class PostgresIndex:
    """A generation in PostgreSQL; see `protocol.OpenIndex`. Passages are numbered among those that are visible."""

    def __init__(self, connections: Connections, opened: Opened, view: View | None = None) -> None:
        self._connections, self._opened, self._view = connections, opened, view
        self.generation_id = opened.generation
        self._stored = StoredPassages(
            connections, opened.generation, opened.passages, None if view is None else view.passages
        )
        self.documents: Mapping[str, Document] = StoredDocuments(
            connections, opened.generation, None if view is None else view.documents
        )
        self.passages: Sequence[Passage] = self._stored
        self.lexicon: Lexicon = _StoredLexicon(self)
        self._schema = schema_of(opened.generation)
        self._lengths = opened.lengths if view is None else opened.lengths[view.passages]
        self._terms = _Terms()
        derived = opened.derived
        if view is not None:
            derived = derived.only(frozenset(self.documents), view.passages.tolist(), list(self.texts()))
        self.structure, self.spellings, self.offices = derived.structure, derived.spellings, derived.offices
        self.document_numbers = derived.document_numbers
        self.language = derived.language

    @property
    def away(self) -> tuple[str, ...]:
        """Nothing: a database that cannot be reached is an error."""
        return ()

    @cached_property
    def group_sets(self) -> frozenset[tuple[str, ...]]:
        """The different sets of groups that its documents belong to."""
        if self._view is None:
            return self._opened.group_sets
        return frozenset(document.groups for document in self.documents.values())

    @property
    def visible_documents(self) -> Numbers | None:
        """Numbers, in the database, of the only documents that are searched, ascending; None for all."""
        return None if self._view is None else self._view.documents

    @property
    def visible_passages(self) -> Numbers | None:
        """Likewise of the passages."""
        return None if self._view is None else self._view.passages

    def begin(self) -> None:
        """Nothing is counted: a database that cannot be reached is an error."""

    def texts(self) -> Iterable[str]:
        """Titles, then passages."""
        yield from (document.title for document in self.documents.values())
        yield from (passage.text for passage in self.passages)

    def nearest(self, question: Vectors, count: int, narrowing: Narrowing | None = None) -> list[int]:
        """Numbers of the passages that own the `count` vectors nearest to a question's (1, dim), nearest first."""
        return list(dict.fromkeys(number for number, _ in self.nearest_scored(question, count, narrowing)))

    def nearest_scored(
        self, question: Vectors, count: int, narrowing: Narrowing | None = None
    ) -> list[tuple[int, float]]:
        """For each of the `count` nearest vectors the number of its passage and its distance, nearest first."""
        with self._connections.searching() as connection:
            among = self._among(connection, narrowing)
            if among is not None and not len(among):
                return []
            rows = self._nearest_rows(connection, question[0], count, among)
        places = self._stored.places([number for number, _ in rows])
        return [(place, distance) for place, (_, distance) in zip(places, rows, strict=True)]

    def vector_scores(self, question: Vectors, numbers: Sequence[int]) -> DenseScores:
        """Exact scores of the passages with these numbers for a question vector (1, dim)."""
        query = sql.SQL(
            "SELECT passage, first, last, kind, -(embedding <#> %(vector)s) FROM {} "
            "WHERE passage = ANY(%(numbers)s) ORDER BY number"
        ).format(self._table("vectors"))
        wanted = self._stored.numbers(numbers)
        rows_of: dict[int, list[tuple[int, int, int, float]]] = {number: [] for number in wanted}
        with self._connections.searching() as connection:
            for passage, *row in connection.execute(query, {"vector": Vector(question[0]), "numbers": wanted}):
                rows_of[passage].append(tuple(row))
        whole = [max(row[3] for row in rows_of[number] if row[2] == WHOLE) for number in wanted]
        sentences = [[(first, last, x) for first, last, kind, x in rows_of[n] if kind == SENTENCE] for n in wanted]
        best = [max(cosine for _, _, cosine in each) for each in sentences]
        return DenseScores(np.asarray(whole, np.float32), np.asarray(best, np.float32), sentences)

    def match_words(self, terms: Mapping[str, float], count: int, narrowing: Narrowing | None = None) -> ArrayMatch:
        """Look weighted terms up; at most `count` candidates."""
        return self.match_with(self.statistics(terms), terms, count, narrowing)

    def match_with(
        self, statistics: Statistics, terms: Mapping[str, float], count: int, narrowing: Narrowing | None = None
    ) -> ArrayMatch:
        """As `match_words`, with words weighed over more passages than these."""
        among = None
        if narrowing:
            with self._connections.searching() as connection:
                documents = self._among(connection, narrowing)
                query = sql.SQL("SELECT number FROM {} WHERE document = ANY(%(documents)s)")
                given = {"documents": [] if documents is None else documents.tolist()}
                numbers = numbers_of(connection, query.format(self._table("passages")), given)
            among = np.asarray(self._stored.places(numbers.tolist()), np.int32)
        return match(terms, self._postings(terms), self._lengths, statistics, count, among)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What BM25 has to know of these passages for some terms."""
        frequencies = self.frequencies(list(terms))
        return Statistics(len(self._lengths), self._all_lengths, frequencies)

    @cached_property
    def _all_lengths(self) -> int:
        return int(self._lengths.sum(dtype=np.int64))

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """How many passages have each of some terms."""
        if self._view is not None:
            return {term: len(postings.numbers) for term, postings in self._postings(terms).items()}
        known = self._terms.frequencies.take(terms)
        missing = {key_of(term): term for term in terms if term not in known}
        if missing:
            query = sql.SQL("SELECT term, frequency FROM {} WHERE term = ANY(%s) AND part = 0")
            with self._connections.searching() as connection:
                found = dict(connection.execute(query.format(self._table("postings")), (list(missing),)).fetchall())
            fresh = {term: found.get(key, 0) for key, term in missing.items()}
            self._terms.frequencies.lay(fresh)
            known |= fresh
        return known

    def passages_at(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages with these numbers, in this order."""
        return self._stored.at(numbers)

    def number_of(self, passage_id: str) -> int | None:
        """The number of a passage, None if there is none of this id."""
        query = sql.SQL("SELECT number FROM {} WHERE id = %s ORDER BY number").format(self._table("passages"))
        with self._connections.searching() as connection:
            numbers = [row[0] for row in connection.execute(query, (passage_id.replace("\0", ""),))]
        return next(iter(self._stored.places(numbers)), None)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        query = sql.SQL("SELECT p.number FROM {} AS p JOIN {} AS d ON p.document = d.number WHERE d.id = %s ORDER BY 1")
        query_ = query.format(self._table("passages"), self._table("documents"))
        with self._connections.searching() as connection:
            numbers = [row[0] for row in connection.execute(query_, (document_id.replace("\0", ""),))]
        passages = self._stored.at(self._stored.places(numbers))
        return tuple(sorted(passages, key=lambda passage: passage.ordinal))

    def visible_to(self, groups: Groups | None) -> "PostgresIndex":
        """The same over the documents that members of these groups may see, everything counted over them alone."""
        if all(may_see(each, groups) for each in self.group_sets):
            return self
        given = {"groups": sorted(groups or ())}
        visible = sql.SQL("SELECT number FROM {} WHERE groups = '{{}}' OR groups && %(groups)s::text[]").format(
            self._table("documents")
        )
        query = sql.SQL("SELECT number FROM {} WHERE document IN ({})").format(self._table("passages"), visible)
        with self._connections.searching() as connection:
            documents, passages = numbers_of(connection, visible, given), numbers_of(connection, query, given)
        if self._view is not None:  # a view of a view
            documents = np.intersect1d(documents, self._view.documents)
            passages = np.intersect1d(passages, self._view.passages)
        view = View(documents, passages)
        return PostgresIndex(self._connections, self._opened, view)

    def close(self) -> None:
        """The connections belong to the store."""

    def _nearest_rows(
        self, connection: Connection[Any], question: Any, count: int, among: Numbers | None
    ) -> list[tuple[int, float]]:
        """The passages of the nearest vectors and their distances, nearest first."""
        given: dict[str, Any] = {"vector": Vector(question), "half": HalfVector(question), "count": count}
        where: sql.Composable = sql.SQL("")
        if among is not None:
            where, given["among"] = sql.SQL("WHERE document = ANY(%(among)s)"), among.tolist()
        table = self._table("vectors")
        if not self._opened.approximate or (among is not None and len(among) <= _FEW_DOCUMENTS):
            query = sql.SQL(
                "SELECT passage, distance FROM "
                "(SELECT passage, number, embedding <#> %(vector)s AS distance FROM {} {}) AS all_ "
                "ORDER BY distance, number LIMIT %(count)s"
            ).format(table, where)
            return connection.execute(query, given).fetchall()
        given["taken"] = _RESCORED * count
        query = sql.SQL(
            "SELECT passage, embedding <#> %(vector)s AS distance FROM (SELECT passage, number, embedding FROM {} {} "
            "ORDER BY embedding::halfvec({}) <#> %(half)s LIMIT %(taken)s) AS taken "
            "ORDER BY distance, number LIMIT %(count)s"
        ).format(table, where, sql.Literal(self._opened.dimension))
        searched = min(max(given["taken"], _LEAST_SEARCHED), _MOST_SEARCHED)
        with connection.transaction():
            connection.execute(f"SET LOCAL hnsw.ef_search = {searched}")
            return connection.execute(query, given).fetchall()

    def _among(self, connection: Connection[Any], narrowing: Narrowing | None) -> Numbers | None:
        """Numbers of the documents that are searched; None for all."""
        if not narrowing:
            return None if self._view is None else self._view.documents
        query = sql.SQL(
            "SELECT number FROM {} WHERE (%(documents)s::text[] IS NULL OR id = ANY(%(documents)s)) "
            "AND (%(publisher)s::text IS NULL OR publisher = %(publisher)s) "
            'AND (%(since)s::text IS NULL OR published COLLATE "C" >= left(%(since)s, length(published))) '
            'AND (%(until)s::text IS NULL OR published COLLATE "C" <= %(until)s)'
        ).format(self._table("documents"))
        given = {
            "documents": sorted(narrowing.documents) or None,
            "publisher": narrowing.publisher or None,
            "since": narrowing.since or None,
            "until": narrowing.until or None,
        }
        found = numbers_of(connection, query, given)
        return found if self._view is None else np.intersect1d(found, self._view.documents)

    def _postings(self, terms: Iterable[str]) -> dict[str, Postings]:
        wanted = list(dict.fromkeys(terms))
        known = self._terms.postings.take(wanted)
        missing = {key_of(term): term for term in wanted if term not in known}
        if not missing:
            return known
        query = sql.SQL("SELECT term, passages, counts FROM {} WHERE term = ANY(%s) ORDER BY term, part")
        parts: dict[str, list[tuple[bytes, bytes]]] = {key: [] for key in missing}
        with self._connections.searching() as connection:
            cursor = connection.cursor(binary=True)
            for key, passages, counts in cursor.execute(query.format(self._table("postings")), (list(missing),)):
                parts[key].append((passages, counts))
        fresh = {missing[key]: unpacked(blocks) for key, blocks in parts.items()}
        if self._view is not None:
            fresh = {term: postings.among(self._view.passages) for term, postings in fresh.items()}
        self._terms.postings.lay(fresh)
        return known | fresh

    def _table(self, name: str) -> sql.Identifier:
        return sql.Identifier(self._schema, name)


class _StoredLexicon:
    """The terms of an index; see `protocol.Lexicon`."""

    def __init__(self, index: PostgresIndex) -> None:
        self._index = index

    def __contains__(self, term: str) -> bool:
        return self._index.frequencies([term])[term] > 0

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term, 0 for one in every text, highest for an unknown one."""
        return self._index.statistics([term]).rarity(term)

    def rarities(self, terms: Sequence[str]) -> dict[str, float]:
        """The rarity of those of many terms that any passage has, looked up at once."""
        return self._index.statistics(terms).rarities(terms)

    def look_ahead(self, terms: Iterable[str]) -> None:
        """Look up in one query what will be asked for term by term, and keep it."""
        if self._index.visible_passages is None:  # a view counts a term by all its postings: only those that it needs
            self._index.frequencies(list(dict.fromkeys(terms)))
