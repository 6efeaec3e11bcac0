"""Answers of all front ends on one database: what one of them has worked out the others need not.

An answer is kept without the question, under a digest of all it depends on, and only where it says none of it: not one
that goes on from an earlier question or answers several in one, which tells them again. Its citations name documents
and passages by id, which are looked up in the index that whoever asks may search. To look is worth little time: where
the database does not answer at once, the answer is worked out, and it is not asked again for a while.
"""

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from bot.answering.cache_key import CacheKey
from bot.answers import Answer, Citation
from corpus.errors import DanvanError
from corpus.models import Document, Passage

log = logging.getLogger(__name__)

WAITING_SECONDS = 0.5
"""How long an answer that another front end may have given is waited for."""
RESTING_SECONDS = 15.0
"""How long the database is not asked after it did not answer."""
_MOST_WAITING = 64
"""Answers that are about to be kept; more are not."""


class Shelf(Protocol):
    """Where texts are kept by key for all front ends, such as `bot.records.kept_answers.KeptAnswers`."""

    def take(self, key: str) -> str | None:
        """What is kept under a key."""
        ...

    def keep(self, key: str, generation: str, content: str) -> None:
        """Keep something for as long as it may be wanted."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class Sources(Protocol):
    """Documents and passages that somebody may see, such as `embeddings.Retriever`."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By id."""
        ...

    def passages_of(self, document_id: str) -> Sequence[Passage]:
        """All passages of a document."""
        ...


@dataclass(frozen=True, slots=True)
class _KeptCitation:
    """A citation without the texts, which are in the index."""

    document: str
    passage: str
    quote: str
    link: str | None
    score: float
    rank: int
    further_quotes: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it is kept."""

    answer: Answer
    citations: tuple[_KeptCitation, ...]


class SharedAnswers:
    """Takes and keeps answers; safe to use from several threads.

    Args:
        shelf: in the database.
        answerer: which models and settings work answers out: others' answers are not taken.
        waiting_seconds: see `WAITING_SECONDS`.
    """

    def __init__(self, shelf: Shelf, answerer: str, waiting_seconds: float = WAITING_SECONDS) -> None:
        self._shelf, self._answerer, self._patience = shelf, answerer, waiting_seconds
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="shared-answers")
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._rests_until = 0.0

    def take(self, key: CacheKey, sources: Sources) -> Answer | None:
        """An answer that some front end has given; None where there is none, or the database does not answer."""
        if self._is_resting():
            return None
        try:
            content = self._threads.submit(self._shelf.take, key.digest(self._answerer)).result(self._patience)
        except (DanvanError, LateError, RuntimeError) as error:  # a pool that was closed raises the last
            self._rest(error)
            return None
        return None if content is None else _from_text(content, sources)

    def keep(self, key: CacheKey, answer: Answer) -> None:
        """Have the others find an answer that tells no question; nobody waits for that."""
        if (
            answer.follows
            or answer.topic
            or answer.parts
            or self._is_resting()
            or not self._waiting.acquire(blocking=False)
        ):
            return
        try:
            kept = self._threads.submit(self._shelf.keep, key.digest(self._answerer), key.generation, _as_text(answer))
        except RuntimeError:
            self._waiting.release()
        else:
            kept.add_done_callback(self._was_kept)

    def close(self) -> None:
        """Let go of the database; what is about to be kept is not."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._shelf.close()

    def _was_kept(self, kept: "Future[None]") -> None:
        self._waiting.release()
        error = None if kept.cancelled() else kept.exception()
        if error is not None:
            self._rest(error)

    def _is_resting(self) -> bool:
        return time.monotonic() < self._rests_until

    def _rest(self, error: BaseException) -> None:
        self._rests_until = time.monotonic() + RESTING_SECONDS
        log.info("answers are worked out without those of others for a while: %s", error or type(error).__name__)


@cache
def _form() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


def _as_text(answer: Answer) -> str:
    citations = tuple(
        _KeptCitation(
            one.document.id, one.passage.id, one.quote, one.link, one.score, one.rank, one.further_quotes, one.place
        )
        for one in answer.citations
    )
    kept: dict[str, Any] = asdict(_Kept(replace(answer, question="", citations=()), citations))
    return json.dumps(kept, ensure_ascii=True)


def _from_text(content: str, sources: Sources) -> Answer | None:
    """None where another version wrote it, or what it cites is not there."""
    try:
        kept = _form().validate_json(content)
        citations = tuple(_cited(one, sources) for one in kept.citations)
    except (ValidationError, LookupError):
        return None
    return replace(kept.answer, citations=citations)


def _cited(kept: _KeptCitation, sources: Sources) -> Citation:
    document = sources.documents[kept.document]
    passage = {one.id: one for one in sources.passages_of(kept.document)}[kept.passage]
    return Citation(document, passage, kept.quote, kept.link, kept.score, kept.rank, kept.further_quotes, kept.place)
