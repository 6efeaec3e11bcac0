"""Passages as they stood when they were cited, for addresses that outlive every change of the documents."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.answers import Citation
from bot.records.database import Database
from bot.records.tables import CitedRow
from corpus.from_json import document_from_json
from corpus.models import Document, Passage

_LONGEST_ID = 200
_KEPT = ("id", "title", "published", "publisher", "author", "url", "snapshot", "groups")


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage as it was cited.

    Attributes:
        document: what it stood in; of its text only the passage is kept.
        passage: the passage, at the very beginning of that text.
        generation: the index it was cited from.
    """

    document: Document
    passage: Passage
    generation: str


class CitedPassages:
    """Cited passages in the database; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, citations: Sequence[Citation], generation: str) -> None:
        """Keep what an answer cites, unless it is kept already."""
        with self._database.writing() as session:
            keep_cited(session, citations, generation)

    def find(self, passage_id: str) -> KeptPassage | None:
        """A passage as it was first cited, None if it never was."""
        with self._database.reading() as session:
            row = session.get(CitedRow, passage_id)
        if row is None:
            return None
        document = document_from_json(row.document | {"text": row.text})
        passage = Passage(row.id, document.id, row.ordinal, 0, len(row.text), row.text, row.page)
        return KeptPassage(document, passage, row.generation)


def keep_cited(session: Session, citations: Sequence[Citation], generation: str) -> None:
    """Keep what an answer cites as part of a transaction."""
    wanted = {one.passage.id: one for one in citations if len(one.document.id) <= _LONGEST_ID}
    known = session.scalars(select(CitedRow.id).where(CitedRow.id.in_(wanted))).all()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for identity in sorted(wanted.keys() - set(known)):  # in one order, so that two programs do not wait for each other
        document, passage = wanted[identity].document, wanted[identity].passage
        row = {
            "id": identity,
            "document_id": document.id,
            "document": {name: value for name, value in asdict(document).items() if name in _KEPT},
            "ordinal": passage.ordinal,
            "page": passage.page,
            "text": passage.text,
            "generation": generation,
            "cited": datetime.now(UTC),
        }
        session.execute(insert(CitedRow).values(row).on_conflict_do_nothing())
