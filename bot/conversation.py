"""A conversation: greetings answered as a person would, questions understood in the light of the one before."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.models import Answer, Status
from embeddings.models import Question
from embeddings.vietnamese import fold


class SmallTalk(StrEnum):
    """What people say to an assistant that is not a question for the documents."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    IDENTITY = "identity"
    ACKNOWLEDGEMENT = "acknowledgement"


class Answers(Protocol):
    """Whatever answers one question, such as `bot.answering.Answerer`."""

    def answer(self, question: Question, top: int = 3) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says next: an answer or small talk, never both."""

    answer: Answer | None = None
    small_talk: SmallTalk | None = None


class Conversation:
    """Remembers the last question of each conversation; safe to use from several threads."""

    def __init__(self, current: Callable[[], Answers]) -> None:
        """Answer with whatever `current` returns at that moment."""
        self._current = current
        self._previous: dict[str, str] = {}
        self._lock = threading.Lock()

    def reply(self, place: str, text: str) -> Reply:
        """Answer `text`, said in the conversation `place`. Blocking: the model works here."""
        kind = small_talk(text)
        if kind is not None:
            return Reply(small_talk=kind)
        with self._lock:
            previous = self._previous.get(place)
        answer = self._current().answer(Question(text, previous))
        if answer.status is not Status.INVALID:
            with self._lock:
                self._previous[place] = text
        return Reply(answer=answer)

    def restart(self, place: str) -> None:
        """Forget what was asked before in the conversation `place`."""
        with self._lock:
            self._previous.pop(place, None)


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
