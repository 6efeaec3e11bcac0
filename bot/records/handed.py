"""Questions handed to the officer in charge: who was shown them, what was answered, whether that arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.records.database import Database
from bot.records.exchanges import Exchange, exchanges_of
from bot.records.tables import AnswerRow, HandedRow, ShownRow


@dataclass(frozen=True, slots=True)
class Handed:
    """A question that was handed on.

    Attributes:
        id: by which it is answered.
        exchange: the question, and what the documents gave.
        answer: the officer's own words; None until there are some, and where it was declined.
    """

    id: int
    exchange: Exchange
    answer: str | None


class HandedQuestions:
    """What was handed on; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hand(self, answer_id: int) -> Handed | None:
        """Hand a question on; None if that was done before, or its answer has been forgotten."""
        with self._database.writing() as session:
            row = session.get(AnswerRow, answer_id)
            if row is None:
                return None
            known = session.scalars(select(HandedRow.id).where(HandedRow.question_id == row.question_id)).first()
            if known is not None:
                return None
            handed = HandedRow(question_id=row.question_id, asked=datetime.now(UTC))
            session.add(handed)
            session.flush()
            return _handed(session, handed)

    def shown(self, identity: int, place: str, message: str) -> None:
        """Note a message that shows the question to an officer: a reply to it is the answer."""
        with self._database.writing() as session:
            session.merge(ShownRow(place=place, message=message, handed_id=identity))

    def shown_in(self, place: str, message: str) -> int | None:
        """The question that a message shows, None if it shows none."""
        with self._database.reading() as session:
            row = session.get(ShownRow, (place, message))
            return row.handed_id if row is not None else None

    def close(self, identity: int, by: str, answer: str | None) -> Handed | None:
        """Answer a question, or decline it with None; None is returned if somebody has done so before."""
        with self._database.writing() as session:
            row = session.get(HandedRow, identity)
            if row is None or row.closed is not None:
                return None
            row.answer, row.answered_by, row.closed = answer, by, datetime.now(UTC)
            session.flush()
            return _handed(session, row)

    def sent(self, identity: int) -> None:
        """Note that the asker got to know."""
        with self._database.writing() as session:
            row = session.get(HandedRow, identity)
            if row is not None:
                row.sent = datetime.now(UTC)

    def is_unsent(self, identity: int) -> bool:
        """Whether the asker still has to get to know."""
        with self._database.reading() as session:
            row = session.get(HandedRow, identity)
            return row is not None and row.closed is not None and row.sent is None

    def unsent(self) -> Sequence[Handed]:
        """What was answered or declined and has not reached the asker yet."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(HandedRow).where(HandedRow.closed.is_not(None), HandedRow.sent.is_(None))
            ).all()
            found = [_handed(session, row) for row in rows]
        return [one for one in found if one is not None]


def _handed(session: Session, row: HandedRow) -> Handed | None:
    exchange = exchanges_of(session, [row.question_id]).get(row.question_id)
    return Handed(row.id, exchange, row.answer) if exchange is not None else None
