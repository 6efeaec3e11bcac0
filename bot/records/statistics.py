"""What the history says in sum: use, speed, and the questions that found no answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from sqlalchemy import func, select

from bot.answers import Status
from bot.records.database import Database
from bot.records.exchanges import Exchange, newest_exchanges
from bot.records.tables import AnswerRow, FeedbackRow, HandedRow, QuestionRow
from corpus.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures over the last `days` days.

    Attributes:
        people: how many different people asked.
        median_ms, p95_ms: time from question to answer; 0 where there were none.
    """

    days: int
    questions: int
    people: int
    answered: int
    related: int
    not_found: int
    helpful: int
    unhelpful: int
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was refused or marked as unhelpful, as most recently asked, and how often.

    Attributes:
        officer: what the officer in charge answered when it was handed on; None where nobody did.
    """

    question: str
    previous: str | None
    status: Status
    times: int
    officer: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """How much was asked on one day (UTC), and how much of it was answered."""

    day: date
    questions: int
    answered: int


def by_day(database: Database, days: int = 30) -> Sequence[Day]:
    """The last days one by one, oldest first, those without a question too."""
    today = datetime.now(UTC).date()
    first = today - timedelta(days=days - 1)
    with database.reading() as session:
        exchanges = newest_exchanges(session, datetime.combine(first, time.min, UTC))
    asked = Counter(exchange.asked.date() for exchange in exchanges)
    answered = Counter(exchange.asked.date() for exchange in exchanges if exchange.status is Status.ANSWERED)
    all_days = [first + timedelta(days=number) for number in range(days)]
    return [Day(day, asked[day], answered[day]) for day in all_days]


class Figures:
    """All of this over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def statistics(self, days: int) -> Statistics:
        """Sum up the last days."""
        return statistics(self._database, days)

    def by_day(self, days: int) -> Sequence[Day]:
        """The last days one by one."""
        return by_day(self._database, days)

    def misses(self, days: int) -> Sequence[Miss]:
        """Questions of the last days that were refused or marked as unhelpful."""
        return misses(self._database, days)


def statistics(database: Database, days: int = 7) -> Statistics:
    """Sum up the last days."""
    since = datetime.now(UTC) - timedelta(days=days)
    with database.reading() as session:
        exchanges = newest_exchanges(session, since)
        elapsed = session.scalars(select(AnswerRow.elapsed_ms).where(AnswerRow.answered >= since)).all()
        people = session.scalar(select(func.count(func.distinct(QuestionRow.person))).where(QuestionRow.asked >= since))
        verdicts = session.scalars(select(FeedbackRow.helpful).where(FeedbackRow.given >= since)).all()
    by_status = Counter(exchange.status for exchange in exchanges)
    median, p95 = np.percentile(elapsed, [50, 95]) if elapsed else (0.0, 0.0)
    return Statistics(
        days=days,
        questions=len(exchanges),
        people=people or 0,
        answered=by_status[Status.ANSWERED],
        related=by_status[Status.RELATED],
        not_found=by_status[Status.NOT_FOUND],
        helpful=sum(verdicts),
        unhelpful=len(verdicts) - sum(verdicts),
        median_ms=float(median),
        p95_ms=float(p95),
    )


def misses(database: Database, days: int = 30) -> Sequence[Miss]:
    """Questions of the last days that were refused or marked as unhelpful, newest first, the same ones counted."""
    since = datetime.now(UTC) - timedelta(days=days)
    with database.reading() as session:
        disliked = frozenset(session.scalars(select(FeedbackRow.answer_id).where(FeedbackRow.helpful.is_(False))))
        found = [
            exchange
            for exchange in newest_exchanges(session, since)
            if exchange.status in (Status.NOT_FOUND, Status.RELATED) or exchange.answer_id in disliked
        ]
        answered = select(AnswerRow.id, HandedRow.answer).join(
            HandedRow, HandedRow.question_id == AnswerRow.question_id
        )
        rows = session.execute(answered.where(HandedRow.answer.is_not(None))).all()
        officers = {answer_id: said for answer_id, said in rows}  # noqa: C416 - rows are typed pair by pair
    times = Counter(fold(exchange.question) for exchange in found)
    newest: dict[str, Exchange] = {}
    for exchange in found:
        newest.setdefault(fold(exchange.question), exchange)
    return [
        Miss(one.question, one.previous, one.status, times[key], officers.get(one.answer_id))
        for key, one in newest.items()
    ]
