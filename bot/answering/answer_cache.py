"""Answers that were given already: a question that many ask of one generation is worked out once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date

from bot.answering.links import Links
from bot.answers import Answer
from corpus.groups import Groups
from embeddings.hits import Search
from embeddings.question.question import LONGEST_QUESTION, Question
from embeddings.syllables import normalise

MOST_KEPT = 512
"""Answers; each holds little more than references to passages that are in memory anyway."""

Explained = tuple[Answer, Search | None]


@dataclass(frozen=True, slots=True)
class CacheKey:
    """All that an answer depends on, but for the models and the settings, which one answerer keeps for life.

    Attributes:
        generation: id of the index generation that is searched.
        seen_by: whose documents are searched; see `embeddings.retriever.Retriever.seen_by`.
        links: where citations lead.
        question, previous: as the interpreter sees them: how white space and invisible characters were typed makes no
            difference, marks and capitals do.
        top: citations wanted.
        today: what `năm ngoái` is read against.
    """

    generation: str
    seen_by: tuple[Groups, ...]
    links: Links
    question: str
    previous: str | None
    top: int
    today: date = field(default_factory=date.today)

    @classmethod
    def of(cls, question: Question, generation: str, seen_by: tuple[Groups, ...], links: Links, top: int) -> "CacheKey":
        """What a question that can be asked is kept under, today."""
        previous = None if question.previous is None else reduced(question.previous)
        return cls(generation, seen_by, links, reduced(question.text), previous, top)


def reduced(text: str) -> str:
    """A text in the spelling that all its typings share which cannot be told apart by what reads questions."""
    return "\n".join(filter(None, map(normalise, text[:LONGEST_QUESTION].splitlines())))


class AnswerCache:
    """Keeps the answers asked for last; safe to use from several threads.

    Who asks what somebody else is being answered waits for that answer: the models work once. Where that one's answer
    fails, each of those who waited works out an own one, so that one person's failure is not another's.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Start empty.

        Args:
            most: answers kept; those not asked for longest are dropped first.
        """
        self._most = most
        self._kept: OrderedDict[CacheKey, Explained] = OrderedDict()
        self._under_way: dict[CacheKey, Future[Explained]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def answer(self, key: CacheKey, work_out: Callable[[], Explained]) -> Explained:
        """The answer kept under a key, else the one that is worked out now and kept.

        Args:
            key: what the answer depends on.
            work_out: answers; its errors are the caller's, and nothing is kept then.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            waiting = self._under_way.get(key)
            if waiting is None:
                mine = self._under_way[key] = Future()
        if waiting is not None:
            return work_out() if waiting.exception() else waiting.result()
        return self._first(key, mine, work_out)

    def _first(self, key: CacheKey, mine: "Future[Explained]", work_out: Callable[[], Explained]) -> Explained:
        try:
            found = work_out()
        except BaseException as error:
            with self._lock:
                del self._under_way[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._under_way[key]
            if _is_whole(found):
                self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        mine.set_result(found)
        return found


def _is_whole(found: Explained) -> bool:
    """Whether all of the index was searched; an answer given while a part was away is not kept."""
    return found[1] is None or not found[1].away
