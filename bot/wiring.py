"""Where the parts are put together: all concrete objects are built here from the settings and passed on.

What a part needs is imported where it is built, since most programs need few of the parts and some take seconds to
import. The models are loaded in `bot.model_wiring`.
"""

# ruff: noqa: PLC0415

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.data_folder.swapping import refuse_what_is_broken_off
from bot.model_wiring import load_model, load_reranking, model_when_needed, open_judge
from bot.settings import Settings
from corpus.errors import IndexingError, SettingsError

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer
    from bot.answering.live_answerer import LiveAnswerer
    from bot.answering.shared_answers import SharedAnswers
    from bot.indexing_queue import IndexingQueue
    from bot.records.access import Access
    from bot.records.database import Database
    from bot.reindexing import Indexer
    from corpus.folder.folder_contents import FolderContents
    from corpus.library.library import Library
    from corpus.models import Document
    from embeddings.encoder.encoder import Encoder
    from embeddings.index.protocol import IndexStore
    from embeddings.retriever import Retriever

Progress = Callable[[int, int], None]
POSTGRES_MISSING = 'PostgreSQL needs packages that are not installed; run: pip install "danvan[postgres]"'
_ATTEMPTS = 5
"""To open what is published, should it be replaced at the same time."""


def read_corpus(settings: Settings, *, writing: bool = True) -> "FolderContents":
    """Read the documents as they lie; before the default folder exists, the five articles it will be seeded with.

    Args:
        settings: say where the documents are.
        writing: False to write nothing at all, not even what spares the next reading.

    Raises:
        CorpusError: if the folder cannot be used, or a restore into it was broken off.
    """
    from corpus.folder.page_cache import PageCache
    from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder

    refuse_what_is_broken_off(settings.data_dir)
    unseeded = settings.default_corpus and not settings.corpus_dir.exists()
    cache = PageCache(settings.data_dir / "cache" / "pages", writing=writing)
    reading = read_folder(DEFAULT_DOCUMENTS if unseeded else settings.corpus_dir, cache, settings.intake_limits)
    cache.prune()
    return reading


def open_library(settings: Settings, work: str) -> "Library":
    """The library of documents; `work` is what it is opened for, told to whoever wants to write meanwhile.

    Raises:
        CorpusError: if a restore was broken off.
    """
    from bot.data_folder.writer import only_writer
    from corpus.library.library import Library

    refuse_what_is_broken_off(settings.data_dir)

    def writer() -> AbstractContextManager[None]:
        return only_writer(settings.data_dir, work)

    return Library(
        settings.corpus_dir,
        settings.data_dir,
        limits=settings.intake_limits,
        seeds=settings.default_corpus,
        writer=writer,
    )


def original_file(settings: Settings, document: "Document") -> Path | None:
    """The file that a document was read from, if it lies there as it was read; None for a line among others in one.

    Raises:
        CorpusError: if the folder cannot be used.
    """
    origin = read_corpus(settings, writing=False).origins.get(document.id)
    if origin is None or origin.page is None or origin.sha256 != document.snapshot:
        return None
    from corpus.folder.reading_folder import DEFAULT_DOCUMENTS

    unseeded = settings.default_corpus and not settings.corpus_dir.exists()
    path = (DEFAULT_DOCUMENTS if unseeded else settings.corpus_dir) / origin.file
    return path if path.is_file() else None


def open_indexer(settings: Settings) -> "Indexer":
    """What brings the index up to date with the documents."""
    from bot.reindexing import Indexer

    def read(*, writing: bool = True) -> "FolderContents":
        return read_corpus(settings, writing=writing)

    model = lru_cache(maxsize=1)(lambda: model_when_needed(settings))
    return Indexer(settings, read, model, open_index(settings), open_indexing_queue(settings, model))


def open_indexing_queue(settings: Settings, model: "Callable[[], Encoder] | None" = None) -> "IndexingQueue | None":
    """By which many machines embed texts, None where the index is in files; `model` gives one already loaded."""
    if settings.index != "postgres":
        return None
    _postgres_store(settings.index_seconds, settings.postgres_url)  # says what is missing, if something is
    from bot.indexing_queue import IndexingQueue
    from embeddings.index.postgres.connecting import Connections

    return IndexingQueue(Connections(settings.postgres_url), model or (lambda: load_model(settings)))


def open_index(settings: Settings) -> "IndexStore":
    """Where the generations are, by the engine of the settings."""
    if settings.index == "postgres":
        return _postgres_store(settings.index_seconds, settings.postgres_url, *_shards(settings))
    from embeddings.index.files import FilesStore

    return FilesStore(settings.data_dir)


def open_index_to_read(settings: Settings) -> "IndexStore":
    """Where questions are answered from: the replica of the settings where there is one."""
    if settings.index == "postgres" and settings.index_replica_url:
        replica = settings.index_replica_url.get_secret_value()
        return _postgres_store(settings.index_seconds, replica, *_shards(settings))
    return open_index(settings)


def places_of_index(settings: Settings) -> list[str]:
    """Where the index is, in words that show no password: the engine, or the databases it is divided over."""
    if settings.index != "postgres":
        return [settings.index]
    from embeddings.index.postgres.connecting import Connections

    return [Connections(url).name for url in (settings.postgres_url, *_shards(settings))]


@lru_cache(maxsize=8)
def _postgres_store(patience: float, *urls: str) -> "IndexStore":
    """One for all parts of the program: it has pools of connections."""
    try:
        from embeddings.index.postgres.store import PostgresStore
        from embeddings.index.sharded.store import ShardedStore
    except ImportError as error:
        raise SettingsError(POSTGRES_MISSING) from error
    stores = [PostgresStore(url, patience=patience, shards=len(urls)) for url in urls]
    return stores[0] if len(stores) == 1 else ShardedStore(stores)


def _shards(settings: Settings) -> list[str]:
    """Further databases that the index is divided over."""
    return [url.get_secret_value() for url in settings.index_shards]


def open_answerer(
    settings: Settings,
    bot_name: str | None = None,
    before: "Answerer | None" = None,
    *,
    remembers: bool = False,
    shared: "SharedAnswers | None" = None,
) -> "Answerer":
    """Load the models and the published generation, ready to answer.

    Args:
        settings: say where the index is and which models to load.
        bot_name: the bot's user name without @, for links into Telegram; None where there is no bot.
        before: an answerer of another generation whose models are taken over.
        remembers: whether a question asked twice is answered from memory, as it is where many ask.
        shared: what other front ends have answered, for one that remembers.

    Raises:
        IndexingError: if nothing is published, or what is published cannot be trusted.
        ModelError: if a model cannot be loaded.
    """
    store = open_index_to_read(settings)
    store.published()  # a missing index is found before the libraries that take seconds to load
    encoder = before.retriever.encoder if before else load_model(settings)
    from bot.answering.answer_cache import AnswerCache
    from bot.answering.answerer import Answerer
    from bot.answering.links import Links
    from embeddings import Retriever

    for attempt in range(_ATTEMPTS):
        found = store.published_id()
        try:
            opened = store.open(store.published(), encoder.fingerprint)
            retriever = Retriever(opened, encoder, settings.dense_weight)
            break
        except IndexingError:  # while it was being read, others may have been published and it removed
            if attempt == _ATTEMPTS - 1 or store.published_id() == found:
                raise
    reranking = before.reranking if before else load_reranking(settings)
    links = Links(settings.public_url, bot_name)
    judge = before.judge if before else open_judge(settings)
    cache = AnswerCache(shared=shared) if remembers else None
    return Answerer(retriever, links, reranking, cache=cache, judge=judge)


def open_shared_answers(settings: Settings) -> "SharedAnswers | None":
    """What all front ends on one database have answered; None where the database is this machine's own."""
    if settings.database_url is None or not settings.database_url.get_secret_value().startswith("postgres"):
        return None
    from bot.answer_settings import OF_ONE_MACHINE, digest, program_version
    from bot.answering.shared_answers import SharedAnswers
    from bot.records.kept_answers import KeptAnswers

    answerer = f"{program_version()} {digest(settings, OF_ONE_MACHINE)}"
    return SharedAnswers(KeptAnswers(lambda: open_database(settings)), answerer)


def answerer_over(settings: Settings, retriever: "Retriever") -> "Answerer":
    """An answerer over an index that need not be published, with the settings' reader and reranker; it makes no links.

    Raises:
        ModelError: if one of them cannot be loaded.
    """
    from bot.answering.answerer import Answerer
    from bot.answering.links import Links

    return Answerer(retriever, Links(), load_reranking(settings), judge=open_judge(settings))


@contextmanager
def answerer_aside(
    settings: Settings, documents: "list[Document]", on_progress: Progress | None = None
) -> Iterator["Answerer"]:
    """An answerer over documents that are indexed in a temporary folder for as long as it is needed.

    Raises:
        ModelError: if a model cannot be loaded.
    """
    from embeddings.index.building import build
    from embeddings.retriever import Retriever

    encoder = load_model(settings)
    with tempfile.TemporaryDirectory(prefix="danvan-evaluation-") as folder:
        generation = build(Path(folder), documents, encoder, on_progress)
        yield answerer_over(settings, Retriever(generation, encoder, settings.dense_weight))


def open_live_answerer(settings: Settings) -> "LiveAnswerer":
    """As `open_answerer`, for a program that asks again and again: it moves on when another index is published."""
    from bot.answering.live_answerer import LiveAnswerer

    return LiveAnswerer(
        open_answerer(settings, remembers=True),
        open_index_to_read(settings).published_id,
        lambda before: open_answerer(settings, before=before, remembers=True),
    )


def open_database(settings: Settings) -> "Database":
    """The database, where the settings say, brought to the newest layout.

    Raises:
        DatabaseError: if it cannot be used.
    """
    from bot.records.database import Database, default_url

    return Database.open(
        settings.database_url.get_secret_value() if settings.database_url else default_url(settings.data_dir)
    )


def open_access(settings: Settings, database: "Database") -> "Access":
    """Who may ask, from the settings and the database."""
    from bot.records.access import TELEGRAM, Access

    return Access(
        database,
        admins=[f"{TELEGRAM}:{number}" for number in settings.admin_users],
        members=[f"{TELEGRAM}:{number}" for number in settings.allowed_users],
        is_open=settings.access == "open",
    )
