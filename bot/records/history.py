"""What was asked and answered, what people thought of it, and forgetting it again. Nothing here is ever logged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from bot.answers import Answer
from bot.records.cited_passages import keep_cited
from bot.records.database import Database
from bot.records.exchanges import Exchange, as_exchange, exchanges, first_exchange, form_as_json
from bot.records.ledger import note_forgotten, seal_answer
from bot.records.tables import AnswerRow, FactRow, FeedbackRow, QuestionRow, ReceivedRow

DAYS_OPEN = 7
"""An update that nobody finished for so long is deleted by a purge, however short the rest is kept."""
CONVERSATION_HOURS = 12
"""A question asked longer ago is no context for the next one."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks what where.

    Attributes:
        place: the conversation.
        origin: the message in it.
        again: whether the same message may have been answered before: it was edited, or is worked on after a restart.
        is_public: whether others read along, so that only what everybody may see can be answered from.
    """

    person: str
    place: str
    origin: str
    text: str
    again: bool = False
    is_public: bool = False


class History:
    """Questions, answers and feedback in the database; blocking, safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def asked_before(self, asking: Asking) -> Exchange | None:
        """The exchange that the same message started earlier, if it did."""
        if not asking.again:
            return None
        with self._database.reading() as session:
            return first_exchange(
                session, exchanges().where(QuestionRow.place == asking.place, QuestionRow.origin == asking.origin)
            )

    def previous_question(self, asking: Asking, replying_to: str | None = None) -> str | None:
        """What was asked before and `asking` may be a follow-up to: a question, with those it lives on itself.

        Args:
            asking: the new question.
            replying_to: the message replied to; if it carries an answer, its question is meant.
        """
        with self._database.reading() as session:
            if replying_to is not None:
                chat = asking.place.rpartition("/")[0]
                meant = session.scalars(
                    select(QuestionRow.topic)
                    .join(AnswerRow)
                    .where(QuestionRow.place.startswith(f"{chat}/", autoescape=True), AnswerRow.sent_as == replying_to)
                ).first()
                if meant is not None:
                    return meant
            own = select(QuestionRow.id).where(QuestionRow.place == asking.place, QuestionRow.origin == asking.origin)
            mine = session.scalars(own).first() if asking.again else None
            since = datetime.now(UTC) - timedelta(hours=CONVERSATION_HOURS)
            query = select(QuestionRow.topic).where(
                QuestionRow.place == asking.place, QuestionRow.closed.is_(False), QuestionRow.asked >= since
            )
            if mine is not None:
                query = query.where(QuestionRow.id < mine)
            return session.scalars(query.order_by(QuestionRow.id.desc()).limit(1)).first()

    def record(self, asking: Asking, previous: str | None, answer: Answer, topic: str | None = None) -> int:
        """Keep a question with its answer, or a new answer to an edited one.

        Args:
            asking: who asked what where.
            previous: the topic it was understood by.
            answer: what was answered.
            topic: what the next question may live on, if that is more than the question's own text.

        Returns:
            The answer's id.
        """
        now = datetime.now(UTC)
        with self._database.writing() as session:
            question = session.scalars(
                select(QuestionRow).where(QuestionRow.place == asking.place, QuestionRow.origin == asking.origin)
            ).first()
            if question is not None and not asking.again:  # a channel that counts its messages anew
                question.origin = f"{question.origin}~{question.id}"
                session.flush()
                question = None
            if question is None:
                question = QuestionRow(place=asking.place, origin=asking.origin, asked=now, closed=False)
                session.add(question)
            question.person, question.text, question.previous = asking.person, asking.text, previous
            question.topic = topic or asking.text
            session.flush()
            row = AnswerRow(
                question_id=question.id,
                status=answer.status,
                text=answer.text,
                confidence=answer.confidence,
                notes=list(answer.notes),
                citations=[
                    {
                        "passage": citation.passage.id,
                        "document": citation.document.id,
                        "quote": citation.quote,
                        "further": list(citation.further_quotes),
                        "link": citation.link,
                        "score": citation.score,
                    }
                    for citation in answer.citations
                ],
                generation=answer.generation,
                elapsed_ms=answer.elapsed_ms,
                answered=now,
                form=form_as_json(answer),
            )
            session.add(row)
            keep_cited(session, answer.citations, answer.generation)
            session.flush()
            seal_answer(session, question, row)
            return row.id

    def sent(self, answer_id: int, message: str) -> None:
        """Note which message carries an answer."""
        with self._database.writing() as session:
            session.execute(update(AnswerRow).where(AnswerRow.id == answer_id).values(sent_as=message, uncertain=False))

    def sent_uncertainly(self, answer_id: int) -> None:
        """Note that an answer was sent without a word whether it arrived."""
        with self._database.writing() as session:
            session.execute(update(AnswerRow).where(AnswerRow.id == answer_id).values(uncertain=True))

    def move(self, channel: str, old: int, new: int) -> None:
        """Let the conversations of a chat go on under the chat's new number.

        Args:
            channel: of the chat.
            old: its number until now.
            new: its number from now on.
        """
        before, after = f"{channel}:{old}/", f"{channel}:{new}/"
        with self._database.writing() as session:
            mine = QuestionRow.place.startswith(before, autoescape=True)
            for row in session.scalars(select(QuestionRow).where(mine)).all():
                row.place = after + row.place.removeprefix(before)
                row.origin = f"{row.origin}~{row.id}"  # messages are counted anew there
                session.execute(update(AnswerRow).where(AnswerRow.question_id == row.id).values(sent_as=None))

    def exchange(self, answer_id: int) -> Exchange | None:
        """The exchange an answer belongs to, None if it has been forgotten."""
        with self._database.reading() as session:
            return first_exchange(session, exchanges().where(AnswerRow.id == answer_id))

    def conversation(self, place: str, most: int) -> Sequence[Exchange]:
        """The last exchanges of a conversation since it was started afresh, oldest first."""
        query = exchanges().where(QuestionRow.place == place, QuestionRow.closed.is_(False))
        with self._database.reading() as session:
            rows = session.execute(query.order_by(QuestionRow.id.desc()).limit(most)).all()
        return [as_exchange(question, answer) for question, answer in reversed(rows)]

    def last_exchange(self, asking: Asking, replying_to: str | None = None) -> Exchange | None:
        """What a remark is about: the answer it replies to, else the last one of its conversation; None for none.

        Args:
            asking: the remark.
            replying_to: the message replied to.
        """
        with self._database.reading() as session:
            if replying_to is not None:
                chat = asking.place.rpartition("/")[0]
                here = QuestionRow.place.startswith(f"{chat}/", autoescape=True)
                meant = first_exchange(session, exchanges().where(here, AnswerRow.sent_as == replying_to))
                if meant is not None:
                    return meant
            since = datetime.now(UTC) - timedelta(hours=CONVERSATION_HOURS)
            mine = exchanges().where(
                QuestionRow.place == asking.place, QuestionRow.closed.is_(False), QuestionRow.asked >= since
            )
            return first_exchange(session, mine.order_by(QuestionRow.id.desc()).limit(1))

    def rate(
        self, answer_id: int, person: str, *, helpful: bool, reason: str | None = None, citation: int | None = None
    ) -> bool:
        """Keep a person's verdict in place of their earlier one; False if the answer has been forgotten.

        Args:
            answer_id: of the answer.
            person: whose verdict it is.
            helpful: the verdict.
            reason: what was wrong, in a word, where they said.
            citation: which citation they saw (0-based), where that is known.
        """
        with self._database.writing() as session:
            if session.get(AnswerRow, answer_id) is None:
                return False
            session.merge(
                FeedbackRow(
                    answer_id=answer_id,
                    person=person,
                    helpful=helpful,
                    given=datetime.now(UTC),
                    reason=reason,
                    citation=citation,
                )
            )
        return True

    def verdicts(self, person: str, answer_ids: Collection[int]) -> dict[int, bool]:
        """Which of some answers a person found helpful, or not; those they said nothing of are left out."""
        query = select(FeedbackRow.answer_id, FeedbackRow.helpful).where(
            FeedbackRow.person == person, FeedbackRow.answer_id.in_(answer_ids)
        )
        with self._database.reading() as session:
            return dict(session.execute(query).tuples().all())

    def ratings(self, answer_id: int) -> tuple[int, int]:
        """How many found an answer helpful, and how many did not."""
        with self._database.reading() as session:
            found = session.scalars(select(FeedbackRow.helpful).where(FeedbackRow.answer_id == answer_id)).all()
        return sum(found), len(found) - sum(found)

    def restart(self, place: str) -> None:
        """Start a conversation afresh: nothing asked in it so far is context any more."""
        with self._database.writing() as session:
            session.execute(update(QuestionRow).where(QuestionRow.place == place).values(closed=True))

    def forget(self, person: str) -> int:
        """Delete everything a person asked, was answered and thought of answers; how many questions there were."""
        with self._database.writing() as session:
            session.execute(delete(FeedbackRow).where(FeedbackRow.person == person))
            gone = session.scalars(select(QuestionRow.id).where(QuestionRow.person == person)).all()
            note_forgotten(session, select(QuestionRow.id).where(QuestionRow.person == person))
            session.execute(delete(QuestionRow).where(QuestionRow.person == person))
        return len(gone)

    def purge(self, days: int) -> int:
        """Delete what is older than `days` days, and the payloads of updates nobody finished; how many questions."""
        before = datetime.now(UTC) - timedelta(days=days)
        with self._database.writing() as session:
            gone = session.scalars(select(QuestionRow.id).where(QuestionRow.asked < before)).all()
            note_forgotten(session, select(QuestionRow.id).where(QuestionRow.asked < before))
            session.execute(delete(QuestionRow).where(QuestionRow.asked < before))
            given_up = min(before, datetime.now(UTC) - timedelta(days=DAYS_OPEN))
            session.execute(delete(ReceivedRow).where(ReceivedRow.received < given_up))
        return len(gone)

    def note(self, key: str, value: str) -> None:
        """Note something for other programs, such as the bot's user name."""
        with self._database.writing() as session:
            session.merge(FactRow(key=key, value=value))

    def renote(self, key: str, value: str) -> str | None:
        """Note something in the place of what was noted before; what that was, which only one of several is told."""
        with self._database.writing() as session:
            row = session.get(FactRow, key, with_for_update=True)
            before = row.value if row is not None else None
            session.merge(FactRow(key=key, value=value))
        return before

    def noted(self, key: str) -> str | None:
        """What was noted under this key."""
        with self._database.reading() as session:
            row = session.get(FactRow, key)
            return row.value if row is not None else None
