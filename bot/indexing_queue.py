"""Texts to embed, handed out to however many machines embed them: a queue in the database, kept by Procrastinate.

Who reindexes puts batches of texts into the queue, works them off beside all others who run `danvan worker`, and
builds the index when the last one is done. A worker that dies loses nothing: its batch goes back into the queue when
it has not been heard of for a while, and whatever it has embedded stays in the cache.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from embeddings.encoder.encoder import Encoder, ModelFacts, Progress
from embeddings.encoder.lazy_and_cached import CachedEncoder
from embeddings.encoder.vector_cache import key_of
from embeddings.index.postgres.connecting import Connections, translated
from embeddings.index.postgres.vector_cache import SharedVectorCache

if TYPE_CHECKING:
    from procrastinate import App

log = logging.getLogger(__name__)

BATCH = 64
"""Texts a job: some seconds of work."""
QUEUE = "danvan_embed"
HEARTBEAT_SECONDS = 5.0
SILENT_SECONDS = 30.0
"""A worker that was not heard of for so long is taken to be dead."""
_LOOK_SECONDS = 0.5
_SCHEMA_LOCK = 0x64616E7605


class IndexingQueue:
    """The queue of one database.

    Args:
        connections: to the database.
        model: gives the model; loaded when the first text is to be embedded.
        silent_seconds: after which a worker is taken to be dead.
    """

    def __init__(
        self, connections: Connections, model: Callable[[], Encoder], silent_seconds: float = SILENT_SECONDS
    ) -> None:
        self._connections, self._model, self._silent = connections, model, silent_seconds
        self._encoder: Encoder | None = None

    def work(self, on_ready: Callable[[], None] = lambda: None) -> None:
        """Embed what is handed out, until SIGTERM or SIGINT.

        Args:
            on_ready: told once the database can be used.

        Raises:
            DanvanError: if the database or the model cannot be used.
        """
        self._prepare()
        on_ready()
        with translated(self._connections.name):
            asyncio.run(self._work(wait=True))

    def embed(self, texts: Sequence[str], facts: ModelFacts, on_progress: Progress | None = None) -> None:
        """Have all of these texts embedded, by whoever works on the queue; this program is one of them.

        Args:
            texts: each once.
            facts: of the model.
            on_progress: told (done, all).

        Raises:
            DanvanError: if the database or the model cannot be used.
        """
        self._prepare()
        with translated(self._connections.name):
            asyncio.run(self._embed(sorted(texts, key=len, reverse=True), facts, on_progress))

    async def _embed(self, texts: Sequence[str], facts: ModelFacts, on_progress: Progress | None) -> None:
        from procrastinate.exceptions import AlreadyEnqueued  # noqa: PLC0415 - an extra

        app = self._app()
        async with app.open_async():
            for start in range(0, len(texts), BATCH):
                batch = texts[start : start + BATCH]
                name = hashlib.sha256("\0".join([facts.fingerprint, *batch]).encode("utf-8", "surrogatepass"))
                try:
                    await app.configure_task("embed", queue=QUEUE, queueing_lock=name.hexdigest()).defer_async(
                        texts=[*batch], model=facts.fingerprint
                    )
                except AlreadyEnqueued:  # by a run that was broken off
                    continue
            watching = asyncio.create_task(self._watch(app, texts, facts, on_progress))
            try:
                while not watching.done():
                    await self._run(app, wait=False)
                    await asyncio.wait([watching], timeout=_LOOK_SECONDS)
            finally:
                watching.cancel()
            if not watching.cancelled() and watching.exception() is not None:
                raise watching.exception()  # type: ignore[misc]

    async def _watch(self, app: "App", texts: Sequence[str], facts: ModelFacts, on_progress: Progress | None) -> None:
        """Until nothing is left in the queue: put back what dead workers had, tell how far it is."""
        cache = await asyncio.to_thread(SharedVectorCache, self._connections, facts, writing=False)
        missing = {key_of(text) for text in texts}
        while missing:
            for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self._silent):
                log.warning("a worker has died; its batch is handed out again")
                await app.job_manager.retry_job(job)
            known = await asyncio.to_thread(cache.vectors, list(missing))
            missing -= known.keys()
            if on_progress:
                on_progress(len(texts) - len(missing), len(texts))
            open_jobs = [
                job
                for status in ("todo", "doing")
                for job in await app.job_manager.list_jobs_async(queue=QUEUE, status=status)
            ]
            if not open_jobs:  # what failed again and again is left to the building of the index, which says why
                return
            await asyncio.sleep(_LOOK_SECONDS)

    async def _work(self, *, wait: bool) -> None:
        app = self._app()
        async with app.open_async():
            await self._run(app, wait=wait)

    async def _run(self, app: "App", *, wait: bool) -> None:
        await app.run_worker_async(
            queues=[QUEUE],
            wait=wait,
            install_signal_handlers=wait,
            delete_jobs="successful",
            update_heartbeat_interval=min(HEARTBEAT_SECONDS, self._silent / 3),
            stalled_worker_timeout=self._silent,
            fetch_job_polling_interval=1.0,
        )

    def _app(self) -> "App":
        from procrastinate import App, PsycopgConnector, RetryStrategy  # noqa: PLC0415

        app = App(connector=PsycopgConnector(kwargs=self._connections.arguments, min_size=1, max_size=4))

        @app.task(name="embed", queue=QUEUE, retry=RetryStrategy(max_attempts=3, wait=1))
        def embed(texts: list[str], model: str) -> None:
            self._embed_batch(texts, model)

        return app

    def _embed_batch(self, texts: list[str], model: str) -> None:
        if self._encoder is None:
            self._encoder = self._model()
        encoder = self._encoder
        if encoder.fingerprint != model:
            raise ValueError(
                f"this worker has the model {encoder.fingerprint!r}, {model!r} is wanted: set DANVAN_MODEL"
            )
        facts = ModelFacts(encoder.fingerprint, encoder.dimension, encoder.max_tokens)
        CachedEncoder(encoder, SharedVectorCache(self._connections, facts)).encode_documents(texts)

    def _prepare(self) -> None:
        """Create Procrastinate's tables where they are missing."""
        from procrastinate.schema import SchemaManager  # noqa: PLC0415

        with self._connections.working() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SCHEMA_LOCK,))
            row = connection.execute("SELECT to_regclass('procrastinate_jobs') IS NULL").fetchone()
            if row and row[0]:
                schema: Any = SchemaManager.get_schema()
                connection.execute(schema)
