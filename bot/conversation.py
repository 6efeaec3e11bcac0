"""A conversation: greetings answered as a person would, questions understood in the light of the one before."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.answering.look_alikes import fold_look_alikes
from bot.answers import Answer, Status
from bot.records.database import DatabaseError
from bot.records.exchanges import Exchange
from bot.records.history import Asking, History
from bot.small_talk import Remark, SmallTalk, remark, small_talk
from embeddings.question.question import Question

log = logging.getLogger(__name__)


class Answers(Protocol):
    """Whatever answers one question, such as `bot.answering.answerer.Answerer`."""

    def answer(self, question: Question, top: int = 3) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says next: an answer, small talk, or something about an earlier answer; only one of them.

    Attributes:
        remark: what was said about the answer given last, see `about`.
        answer_id: under which the answer is kept; None for small talk and for what cannot be asked.
        sent_as: the message that carries an answer to the same message already: it is to be edited.
        settled: whether that message says this very thing, since the question had been answered before.
        uncertain: whether the answer was sent before and may have arrived: it is to be offered, not sent.
    """

    answer: Answer | None = None
    small_talk: SmallTalk | None = None
    remark: Remark | None = None
    about: Exchange | None = None
    answer_id: int | None = None
    sent_as: str | None = None
    settled: bool = False
    uncertain: bool = False


class Conversation:
    """Answers one message after the other; safe to use from several threads."""

    def __init__(self, answers_for: Callable[[str | None], Answers], history: History) -> None:
        """Answer and remember.

        Args:
            answers_for: gives at any moment what answers a person from the documents they may see; for None, where
                others read along, from those everybody may see.
            history: remembers.
        """
        self._answers_for = answers_for
        self._history = history

    def reply(
        self, asking: Asking, replying_to: str | None = None, *, alone: bool = False, remarks: bool = False
    ) -> Reply:
        """Answer what was said. Blocking: the model works here.

        Args:
            asking: who said what where.
            replying_to: the message it replies to, if any: the question answered there is the context then.
            alone: whether it is to be understood without the questions before it, whatever it sounds like.
            remarks: whether remarks on the answer given last are told apart; else they are looked up like questions.
        """
        before = self._history.asked_before(asking)
        sent_as = before.sent_as if before else None
        if before and before.question == asking.text and not alone:
            if sent_as:
                return Reply(answer_id=before.answer_id, sent_as=sent_as, settled=True)
            if before.uncertain:
                return Reply(answer_id=before.answer_id, uncertain=True)
        said = self._without_looking_up(asking, replying_to, sent_as, remarks=remarks)
        if said is not None:
            return said
        previous = None if alone else self._history.previous_question(asking, replying_to)
        answers = self._answers_for(None if asking.is_public else asking.person)
        answer = fold_look_alikes(answers.answer(Question(asking.text, previous)))
        if answer.status is Status.INVALID:
            return Reply(answer=answer, sent_as=sent_as)
        topic = answer.topic or asking.text
        return Reply(answer=answer, answer_id=self._recorded(asking, previous, answer, topic, sent_as), sent_as=sent_as)

    def _without_looking_up(
        self, asking: Asking, replying_to: str | None, sent_as: str | None, *, remarks: bool
    ) -> Reply | None:
        """What is said to small talk and to remarks on the answer given last; None for anything else."""
        kind = small_talk(asking.text)
        if kind is not None:
            return Reply(small_talk=kind, sent_as=sent_as)
        remarked = remark(asking.text) if remarks else None
        if remarked is None:
            return None
        about = self._history.last_exchange(asking, replying_to)
        if about is None:
            nothing = SmallTalk.ACKNOWLEDGEMENT if remarked is Remark.GOOD else SmallTalk.NOTHING_YET
            return Reply(small_talk=nothing, sent_as=sent_as)
        return Reply(remark=remarked, about=about, sent_as=sent_as)

    def _recorded(
        self, asking: Asking, previous: str | None, answer: Answer, topic: str, sent_as: str | None
    ) -> int | None:
        """Keep the exchange; None if that cannot be done now: an answer is worth more than its record."""
        try:
            answer_id = self._history.record(asking, previous, answer, topic)
            if sent_as:
                self._history.sent(answer_id, sent_as)
        except DatabaseError as error:
            log.warning("an answer could not be recorded; it is given all the same: %s", error)
            return None
        return answer_id
