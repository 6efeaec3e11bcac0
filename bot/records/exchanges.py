"""Questions with their newest answers, as they are read out of the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from bot.answers import Answer, Status
from bot.records.tables import AnswerRow, QuestionRow


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A citation as it is kept: by ids, so that a removed document's words are not kept alive here."""

    passage: str
    document: str
    quote: str
    link: str | None
    score: float
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its newest answer.

    Attributes:
        sent_as: the message that carries the answer, None if none does yet.
        uncertain: whether it was sent without a word whether it arrived.
        form: of the answer, as the contract has it; {} where that was not kept.
    """

    answer_id: int
    place: str
    origin: str
    person: str
    question: str
    previous: str | None
    status: Status
    text: str | None
    confidence: float
    notes: tuple[str, ...]
    generation: str
    citations: tuple[CitedPassage, ...]
    asked: datetime
    sent_as: str | None
    uncertain: bool
    form: Mapping[str, Any]


def exchanges() -> Select[QuestionRow, AnswerRow]:
    """Questions with their newest answers."""
    other = aliased(AnswerRow)
    newest = select(func.max(other.id)).where(other.question_id == QuestionRow.id).scalar_subquery()
    return select(QuestionRow, AnswerRow).join(AnswerRow).where(AnswerRow.id == newest)


def first_exchange(session: Session, query: Select[QuestionRow, AnswerRow]) -> Exchange | None:
    """The first exchange that a query finds, None if it finds none."""
    row = session.execute(query).first()
    return None if row is None else as_exchange(row[0], row[1])


def as_exchange(question: QuestionRow, answer: AnswerRow) -> Exchange:
    """Two rows as one exchange."""
    return Exchange(
        answer_id=answer.id,
        place=question.place,
        origin=question.origin,
        person=question.person,
        question=question.text,
        previous=question.previous,
        status=Status(answer.status),
        text=answer.text,
        confidence=answer.confidence,
        notes=tuple(answer.notes),
        generation=answer.generation,
        citations=tuple(
            CitedPassage(**{**citation, "further": tuple(citation.get("further", ()))}) for citation in answer.citations
        ),
        asked=question.asked,
        sent_as=answer.sent_as,
        uncertain=answer.uncertain,
        form=answer.form or {},
    )


def exchanges_of(session: Session, questions: Collection[int]) -> dict[int, Exchange]:
    """The exchanges of some questions, by the question's number."""
    rows = session.execute(exchanges().where(QuestionRow.id.in_(questions))).all()
    return {question.id: as_exchange(question, answer) for question, answer in rows}


def newest_exchanges(session: Session, since: datetime) -> Sequence[Exchange]:
    """Exchanges since a moment, newest first."""
    rows = session.execute(exchanges().where(QuestionRow.asked >= since).order_by(QuestionRow.id.desc())).all()
    return [as_exchange(question, answer) for question, answer in rows]


def form_as_json(answer: Answer) -> dict[str, Any]:
    """The form of an answer, as the contract has it."""
    return {
        "kind": answer.kind.value,
        "answers": [asdict(text) for text in answer.answers],
        "verdict": answer.verdict.value if answer.verdict else None,
        "parts": list(answer.parts),
        "goes_on": answer.goes_on,
        "language": answer.language.value,
        "follows": answer.follows,
    }
