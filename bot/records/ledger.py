"""The ledger: who was answered what from which index, each line sealed by a hash over the line before it.

What somebody has forgotten leaves its line behind, which then says so and nothing of what was asked. A line that was
changed, an answer that was removed past the program, or a line that is missing in between shows as a gap. Lines cut
off at the end show only against an earlier export, whose last seal is no longer there then.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select, text, update
from sqlalchemy.orm import Session, aliased

from bot.records.database import Database
from bot.records.tables import AnswerRow, LedgerRow, QuestionRow

FIRST_SEAL = "0" * 64
PORTION = 500
SEAL_LOCK = 0x64616E7603


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as the ledger has it.

    Attributes:
        number: of the line, from 1 without gaps.
        person, question, status, generation: None once the answer was forgotten.
        seal: hash (hex) over this line and the seal before it.
        gap: what is wrong with it: `changed`, `removed` or `missing` lines before it; None where all is as written.
    """

    number: int
    answer_id: int
    at: datetime
    person: str | None
    question: str | None
    status: str | None
    generation: str | None
    citations: tuple[str, ...]
    forgotten: datetime | None
    seal: str
    gap: str | None


class Ledger:
    """Reads the ledger; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self) -> Iterator[Line]:
        """All lines, oldest first, each checked against what the database holds now."""
        before, seal, number = 0, FIRST_SEAL, 0
        while True:
            with self._database.reading() as session:
                rows = session.execute(_lines().where(LedgerRow.id > number).limit(PORTION)).all()
            for row, question, answer, newest in rows:
                yield _checked(row, question, answer, newest=newest, before=before, seal=seal)
                before, seal, number = row.id, row.seal, row.id
            if len(rows) < PORTION:
                return

    def last(self, count: int) -> list[Line]:
        """The newest lines, newest first, each checked; the seal of the first is taken as it is."""
        with self._database.reading() as session:
            rows = session.execute(_lines(newest_first=True).limit(count + 1)).all()
        shown = []
        for place, (row, question, answer, newest) in enumerate(rows[:count]):
            previous = rows[place + 1][0] if place + 1 < len(rows) else None
            before, seal = (previous.id, previous.seal) if previous else (0, FIRST_SEAL)
            shown.append(_checked(row, question, answer, newest=newest, before=before, seal=seal))
        return shown

    def gaps(self) -> list[Line]:
        """The lines with which something is wrong."""
        return [line for line in self.lines() if line.gap]


def seal_answer(session: Session, question: QuestionRow, answer: AnswerRow) -> None:
    """Write the line of an answer within the transaction that keeps it."""
    newest = select(LedgerRow).order_by(LedgerRow.id.desc()).limit(1)
    is_shared = session.get_bind().dialect.name == "postgresql"
    if is_shared:  # lines are written one after the other, and numbered here: a sequence leaves gaps
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SEAL_LOCK})
    last = session.scalars(newest).first()
    row = LedgerRow(
        id=(last.id if last else 0) + 1 if is_shared else None,
        answer_id=answer.id,
        at=answer.answered.replace(microsecond=0),
        answer_digest=_digest(_answer_words(question, answer)),
        question_digest=_digest(question.text),
        forgotten=None,
        seal="",
    )
    row.seal = _seal(last.seal if last else FIRST_SEAL, row)
    session.add(row)


def note_forgotten(session: Session, gone: Select[Any]) -> None:
    """Note on their lines that answers are about to be forgotten: those to the questions whose ids `gone` selects."""
    answers = select(AnswerRow.id).where(AnswerRow.question_id.in_(gone))
    session.execute(
        update(LedgerRow)
        .where(LedgerRow.answer_id.in_(answers), LedgerRow.forgotten.is_(None))
        .values(forgotten=datetime.now(UTC))
    )


def _lines(*, newest_first: bool = False) -> Select[Any]:
    """Lines with their question and answer, where there still are any, and the newest answer to that question."""
    other = aliased(AnswerRow)
    newest = select(func.max(other.id)).where(other.question_id == AnswerRow.question_id).scalar_subquery()
    return (
        select(LedgerRow, QuestionRow, AnswerRow, newest)
        .outerjoin(AnswerRow, AnswerRow.id == LedgerRow.answer_id)
        .outerjoin(QuestionRow, QuestionRow.id == AnswerRow.question_id)
        .order_by(LedgerRow.id.desc() if newest_first else LedgerRow.id)
    )


def _checked(  # noqa: PLR0913 - one row of the query, and what it follows
    row: LedgerRow,
    question: QuestionRow | None,
    answer: AnswerRow | None,
    *,
    newest: int | None,
    before: int,
    seal: str,
) -> Line:
    gap = None
    if row.id != before + 1:
        gap = "missing"
    elif row.seal != _seal(seal, row) or _was_changed(row, question, answer, newest):
        gap = "changed"
    elif answer is None and not row.forgotten:
        gap = "removed"
    return Line(
        number=row.id,
        answer_id=row.answer_id,
        at=row.at,
        person=question.person if question else None,
        question=question.text if question else None,
        status=answer.status if answer else None,
        generation=answer.generation if answer else None,
        citations=tuple(one["passage"] for one in answer.citations) if answer else (),
        forgotten=row.forgotten,
        seal=row.seal,
        gap=gap,
    )


def _was_changed(row: LedgerRow, question: QuestionRow | None, answer: AnswerRow | None, newest: int | None) -> bool:
    """Whether an answer that is still there is another by now; a question may be edited until it is answered anew."""
    if question is None or answer is None:
        return False
    asked_otherwise = newest == answer.id and row.question_digest != _digest(question.text)
    return asked_otherwise or row.answer_digest != _digest(_answer_words(question, answer))


def _answer_words(question: QuestionRow, answer: AnswerRow) -> list[Any]:
    """What must not be changed of an answer once it was given."""
    return [answer.id, question.person, answer.status, answer.text, answer.notes, answer.citations, answer.generation]


def _seal(before: str, row: LedgerRow) -> str:
    return _digest([before, row.answer_id, row.at.isoformat(), row.answer_digest, row.question_digest])


def _digest(words: Any) -> str:
    written = json.dumps(words, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
