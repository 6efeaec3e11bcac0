"""Questions that found no answer and whose askers want to be told once there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from bot.records.database import Database
from bot.records.exchanges import Exchange, exchanges_of
from bot.records.tables import AnswerRow, AwaitedRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for its answer."""

    question_id: int
    exchange: Exchange


class Awaited:
    """Who waits for what; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wait(self, answer_id: int) -> bool:
        """Let the asker of a question wait for a better answer than this one; False if they do already."""
        with self._database.writing() as session:
            row = session.get(AnswerRow, answer_id)
            if row is None or session.get(AwaitedRow, row.question_id) is not None:
                return False
            session.add(AwaitedRow(question_id=row.question_id, since=datetime.now(UTC), tried=row.generation))
        return True

    def untried(self, generation: str) -> Sequence[Waiting]:
        """The questions that wait and have not been put to this generation, longest waiting first."""
        rows = select(AwaitedRow.question_id).where(AwaitedRow.told.is_(None), AwaitedRow.tried != generation)
        with self._database.reading() as session:
            found = session.scalars(rows.order_by(AwaitedRow.since)).all()
            exchanges = exchanges_of(session, found)
        return [Waiting(identity, exchanges[identity]) for identity in found if identity in exchanges]

    def tried(self, question_id: int, generation: str) -> None:
        """Note that this generation has no answer either."""
        with self._database.writing() as session:
            row = session.get(AwaitedRow, question_id)
            if row is not None:
                row.tried = generation

    def told(self, question_id: int) -> None:
        """Note that the asker has been told: nobody is told twice."""
        with self._database.writing() as session:
            row = session.get(AwaitedRow, question_id)
            if row is not None:
                row.told = datetime.now(UTC)
