"""One answerer for all front ends of a running program: the models are in memory once, an index is opened once."""

import threading
from collections.abc import Callable

from bot import wiring
from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answering.live_answerer import LiveAnswerer
from bot.published_documents import Texts
from bot.settings import Settings


class SharedAnswerer:
    """Opens the published generation when it is first wanted, and the next one when that is published.

    Blocking; safe to use from several threads.
    """

    def __init__(self, settings: Settings) -> None:
        """Nothing is loaded yet."""
        self._settings = settings
        self._lock = threading.Lock()
        self._live: LiveAnswerer | None = None
        self._answers = wiring.open_shared_answers(settings)

    def ensure_index(self) -> None:
        """Build an index where there is none.

        Raises:
            DanvanError: if it cannot be built, or what is published cannot be used.
        """
        with self._lock:
            wiring.open_indexer(self._settings).ensure_index()

    def load(self) -> Answerer:
        """The answerer of the published generation; the models are loaded now if they are not yet.

        Raises:
            DanvanError: if the index or a model cannot be used.
        """
        with self._lock:
            if self._live is None:
                self._live = LiveAnswerer(self._open(), self.published_id, self._open)
        return self._live.current()

    def close(self) -> None:
        """Let go of the database that answers are shared by."""
        if self._answers is not None:
            self._answers.close()

    def _open(self, before: Answerer | None = None) -> Answerer:
        return wiring.open_answerer(self._settings, before=before, remembers=True, shared=self._answers)

    @property
    def is_loaded(self) -> bool:
        """Whether `load` has been done once, so that it takes no longer than opening a new index."""
        return self._live is not None

    def published_id(self) -> str | None:
        """Which generation is published, None if there is none; cheap enough to ask before every question."""
        return wiring.open_index_to_read(self._settings).published_id()

    def texts(self) -> Texts | None:
        """Documents and passages of the generation that answers, None before `load` is done.

        Blocking while an index is opened.
        """
        return None if self._live is None else self._live.current().retriever

    def linking(self, links: Links) -> Callable[[], Answerer]:
        """A function like `load`, whose answerers link elsewhere."""
        return lambda: self.load().with_links(links)
