"""Answers that were given already: a question that many ask of one generation is worked out once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future

from bot.answering.cache_key import CacheKey
from bot.answering.shared_answers import SharedAnswers, Sources
from bot.answers import Answer
from embeddings.hits import Search

MOST_KEPT = 512
"""Answers; each holds little more than references to passages that are in memory anyway."""

Explained = tuple[Answer, Search | None]


class AnswerCache:
    """Keeps the answers asked for last; safe to use from several threads.

    Who asks what somebody else is being answered waits for that answer: the models work once. Where that one's answer
    fails, each of those who waited works out an own one, so that one person's failure is not another's.
    """

    def __init__(self, most: int = MOST_KEPT, shared: SharedAnswers | None = None) -> None:
        """Start empty.

        Args:
            most: answers kept; those not asked for longest are dropped first.
            shared: what all front ends have answered, where there are several.
        """
        self._most = most
        self._shared = shared
        self._kept: OrderedDict[CacheKey, Explained] = OrderedDict()
        self._under_way: dict[CacheKey, Future[Explained]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def answer(self, key: CacheKey, work_out: Callable[[], Explained], sources: Sources | None = None) -> Explained:
        """The answer kept under a key, else the one that is worked out now and kept.

        Args:
            key: what the answer depends on.
            work_out: answers; its errors are the caller's, and nothing is kept then.
            sources: where an answer that another front end gave finds what it cites; None where it is to be known how
                the answer was found, which only who has worked it out can tell.
        """
        shared = self._shared
        if shared is None:
            return self._answer(key, work_out)
        if sources is None:
            return work_out()

        def look_up() -> Explained:
            answer = shared.take(key, sources)
            if answer is not None:
                return answer, None
            found = work_out()
            if _is_whole(found):
                shared.keep(key, found[0])
            return found

        return self._answer(key, look_up)

    def _answer(self, key: CacheKey, work_out: Callable[[], Explained]) -> Explained:
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
