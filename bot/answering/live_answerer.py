"""The answerer of a program that keeps running: a newly published index is used from the next question on."""

import logging
import threading
from collections.abc import Callable

from bot.answering.answerer import Answerer
from corpus.errors import DanvanError

log = logging.getLogger(__name__)


class LiveAnswerer:
    """Holds the answerer of the published generation and opens the next one when another is published.

    Questions that are being answered keep the generation they began with. A generation that cannot be opened is
    reported once and the old one goes on answering.
    """

    def __init__(
        self, answerer: Answerer, published_id: Callable[[], str | None], reopen: Callable[[Answerer], Answerer]
    ) -> None:
        """Start with an open answerer.

        Args:
            answerer: the one to start with.
            published_id: tells cheaply which generation is published; asked before every question.
            reopen: opens the published generation with the model that is loaded already.
        """
        self._answerer = answerer
        self._published_id = published_id
        self._reopen = reopen
        self._refused: str | None = None
        self._lock = threading.Lock()

    def current(self) -> Answerer:
        """The answerer to use for the next question. Blocking while a new generation is opened."""
        published = self._published_id()
        if published in (None, self._answerer.retriever.generation_id, self._refused):
            return self._answerer
        with self._lock:
            if published not in (self._answerer.retriever.generation_id, self._refused):
                try:
                    self._answerer = self._reopen(self._answerer)
                    log.info("answering from generation %s now", self._answerer.retriever.generation_id)
                except (DanvanError, OSError) as error:
                    self._refused = published
                    log.warning("generation %s cannot be used, the one before goes on answering: %s", published, error)
        return self._answerer
