"""A conversation: greetings answered as a person would, questions understood in the light of the one before."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.answering.look_alikes import fold_look_alikes
from bot.answers import Answer, Status
from bot.records.database import DatabaseError
from bot.records.history import Asking, History
from corpus.vietnamese import fold
from embeddings.hits import Search
from embeddings.question.question import Question

log = logging.getLogger(__name__)


class SmallTalk(StrEnum):
    """What people say to an assistant that is not a question for the documents."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    IDENTITY = "identity"
    ACKNOWLEDGEMENT = "acknowledgement"


DEPENDENT = 0.5
"""A question that needs the one before it at least so probably hands that one on, too."""

TOPIC_LIMIT = 600


class Answers(Protocol):
    """Whatever answers one question, such as `bot.answering.answerer.Answerer`."""

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, Search | None]:
        """Answer one question and tell how it was understood."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says next: an answer or small talk, never both.

    Attributes:
        answer_id: under which the answer is kept; None for small talk and for what cannot be asked.
        sent_as: the message that carries an answer to the same message already: it is to be edited.
        settled: whether that message says this very thing, since the question had been answered before.
        uncertain: whether the answer was sent before and may have arrived: it is to be offered, not sent.
    """

    answer: Answer | None = None
    small_talk: SmallTalk | None = None
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

    def reply(self, asking: Asking, replying_to: str | None = None) -> Reply:
        """Answer what was said. Blocking: the model works here.

        Args:
            asking: who said what where.
            replying_to: the message it replies to, if any: the question answered there is the context then.
        """
        before = self._history.asked_before(asking)
        sent_as = before.sent_as if before else None
        if before and before.question == asking.text:
            if sent_as:
                return Reply(answer_id=before.answer_id, sent_as=sent_as, settled=True)
            if before.uncertain:
                return Reply(answer_id=before.answer_id, uncertain=True)
        kind = small_talk(asking.text)
        if kind is not None:
            return Reply(small_talk=kind, sent_as=sent_as)
        previous = self._history.previous_question(asking, replying_to)
        answer, search = self._answers_for(None if asking.is_public else asking.person).explain(
            Question(asking.text, previous)
        )
        answer = fold_look_alikes(answer)
        if answer.status is Status.INVALID:
            return Reply(answer=answer, sent_as=sent_as)
        topic = _topic(asking.text, previous, search.understanding.dependence if search else 0.0)
        return Reply(answer=answer, answer_id=self._recorded(asking, previous, answer, topic, sent_as), sent_as=sent_as)

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


def _topic(text: str, previous: str | None, dependence: float) -> str:
    """What the next question may live on: "ai phát biểu?" alone would lose what it was about."""
    if previous is None or dependence < DEPENDENT or len(previous) + len(text) > TOPIC_LIMIT:
        return text
    return f"{previous.rstrip(' ?.!')}; {text}"


def small_talk(text: str) -> SmallTalk | None:
    """Recognise a message that is nothing but a greeting, thanks, a goodbye, a nod or "who are you"."""
    words = re.findall(r"[^\W_]+", fold(text))
    core = " ".join(word for word in words if not _FILLER.fullmatch(word))
    return _PHRASES.get(" ".join(words)) or _PHRASES.get(core)


_FILLER = re.compile(
    r"""a|ah|vang|da|ban|bot|anh|chi|em|ong|ba|bac|co|chu|dong|tro|ly|nhe|nha|nhieu|rat|lam|qua|moi|nguoi|ca|toi|minh|xin
    |thua|kinh|roi|the|hihi|haha""",
    re.VERBOSE,
)

_PHRASES = {
    phrase: kind
    for kind, phrases in {
        SmallTalk.GREETING: "chao|xin chao|hello|hi|hey|alo|chao buoi sang|chao buoi trua|chao buoi chieu|"
        "chao buoi toi|good morning|kinh chao|chao ban|chao bot",
        SmallTalk.THANKS: "cam on|xin cam on|cam on ban|cam on rat nhieu|cam on nhieu|thanks|thank you|thank|tks|"
        "cam ta|tran trong cam on|chan thanh cam on|hay qua|tot qua|tuyet voi|tuyet|hay lam|tot lam",
        SmallTalk.FAREWELL: "tam biet|bye|bye bye|goodbye|hen gap lai|chao tam biet|tam biet ban",
        SmallTalk.IDENTITY: "ban la ai|bot la ai|ban ten gi|ban ten la gi|ten ban la gi|ban lam duoc gi|"
        "ban co the lam gi|ban giup duoc gi|ban la gi|who are you",
        SmallTalk.ACKNOWLEDGEMENT: "ok|oke|okay|oki|vang|da|u|uh|duoc|duoc roi|hieu roi|toi hieu roi|ro roi|da ro|"
        "da hieu|dung roi|vang a|da vang",
    }.items()
    for phrase in phrases.split("|")
}
