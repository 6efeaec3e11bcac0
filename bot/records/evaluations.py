"""How generations did on gold sets: the figures of every evaluation of the documents that are served."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from bot.records.database import Database
from bot.records.tables import EvaluationRow

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation.

    Attributes:
        generation: that was asked.
        gold: name of the gold set.
        n: questions asked.
        figures: by name, such as `recall@1`; only those that could be measured.
    """

    at: datetime
    generation: str
    gold: str
    n: int
    figures: Mapping[str, float]


class Evaluations:
    """Keeps and tells them; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, generation: str, gold: str, n: int, figures: Mapping[str, float | None]) -> None:
        """Keep the figures of an evaluation that was made now."""
        measured = {name: value for name, value in figures.items() if value is not None}
        row = EvaluationRow(
            at=datetime.now(UTC), generation=generation, gold=gold[:_LONGEST_NAME], n=n, figures=measured
        )
        with self._database.writing() as session:
            session.add(row)

    def last(self, count: int) -> Sequence[Evaluation]:
        """The newest, oldest of them first."""
        with self._database.reading() as session:
            rows = session.scalars(select(EvaluationRow).order_by(EvaluationRow.id.desc()).limit(count)).all()
        return [Evaluation(row.at, row.generation, row.gold, row.n, row.figures) for row in reversed(rows)]
