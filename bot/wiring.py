"""Where the parts are put together: all concrete objects are built here from the settings and passed on."""

import gc
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.writer import only_writer
from corpus.errors import CorpusError, IndexingError, MissingIndexError
from corpus.folder import DEFAULT_DOCUMENTS, read_folder, seed
from corpus.models import Document
from corpus.page_cache import PageCache
from corpus.reading import Problem, Reading
from corpus.splitting import split

if TYPE_CHECKING:
    from bot.answering import Answerer
    from embeddings.encoder import Encoder
    from embeddings.generations import Generation
    from embeddings.retriever import Retriever

Progress = Callable[[int, int], None]
Gate = Callable[["Retriever"], bool]

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a reindex did, or would do.

    Attributes:
        generation: id of the generation that is published now; None if there is none (after a dry run).
        changed: whether a new generation was published, or would have been but for the dry run or the gate.
        accepted: False if the gate said no: what was published before still is.
        problems: files that could not be read, with the reason; the others were indexed.
        seconds: wall time.
    """

    generation: str | None
    changed: bool
    documents: int
    passages: int
    problems: tuple[Problem, ...]
    seconds: float
    accepted: bool = True


def read_corpus(settings: Settings) -> Reading:
    """Read the documents as they lie; before the default folder exists, the five articles it will be seeded with.

    Raises:
        CorpusError: if the folder cannot be used.
    """
    unseeded = settings.default_corpus and not settings.corpus_dir.exists()
    cache = PageCache(settings.data_dir / "cache" / "pages")
    return read_folder(DEFAULT_DOCUMENTS if unseeded else settings.corpus_dir, cache, settings.intake_limits)


def reindex(  # noqa: PLR0913 - switches by keyword
    settings: Settings,
    *,
    full: bool = False,
    dry_run: bool = False,
    gate: Gate | None = None,
    on_progress: Progress | None = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> ReindexReport:
    """Read the corpus, build a generation aside and publish it; the published one stays whole until then.

    Args:
        settings: say where the documents and the index are, and which model to use.
        full: build even if nothing changed.
        dry_run: read and compare only; writes nothing, and asks no gate.
        gate: says whether a generation may be published; asked of the published one if nothing changed.
        on_progress: told (texts embedded, texts in all: passages and their sentences).
        on_problem: told of each file that cannot be read, before the long work starts.

    Raises:
        DanvanError: if there is nothing to index, somebody else is writing, or the model cannot be loaded.
        OSError: if the data folder is full or cannot be written to.
    """
    if dry_run:
        return _reindex(settings, full=full, publishing=False, on_progress=on_progress, on_problem=on_problem)
    with only_writer(settings.data_dir, "reindex"):
        if settings.default_corpus:
            seed(settings.corpus_dir)
        return _reindex(settings, full=full, publishing=True, gate=gate, on_progress=on_progress, on_problem=on_problem)


def ensure_index(settings: Settings, on_progress: Progress | None = None) -> "Generation":
    """The published generation; built now if there never was one.

    Raises:
        DanvanError: as `reindex`; a damaged or foreign index is refused, not replaced.
    """
    from embeddings.generations import published  # noqa: PLC0415 - its libraries are slow to import

    try:
        return published(settings.data_dir)
    except MissingIndexError:
        reindex(settings, on_progress=on_progress)
        return published(settings.data_dir)


def open_answerer(settings: Settings, bot_name: str | None = None, encoder: "Encoder | None" = None) -> "Answerer":
    """Load the model and the published generation, ready to answer.

    Args:
        settings: say where the index is and which model to load.
        bot_name: the bot's user name without @, for links into Telegram; None where there is no bot.
        encoder: a model loaded already, as when another generation is opened.

    Raises:
        IndexingError: if nothing is published, or what is published cannot be trusted.
        ModelError: if the model cannot be loaded.
    """
    from embeddings.generations import published  # noqa: PLC0415

    published(settings.data_dir)  # a missing index is found before the libraries that take seconds to load
    encoder = encoder or load_model(settings)
    from bot.answering import Answerer  # noqa: PLC0415
    from bot.links import Links  # noqa: PLC0415
    from embeddings import Retriever  # noqa: PLC0415

    retriever = Retriever.open(settings.data_dir, encoder=encoder, dense_weight=settings.dense_weight)
    return Answerer(retriever, Links(settings.public_url, bot_name))


def load_model(settings: Settings) -> "Encoder":
    """Load the model of the settings, with its libraries kept quiet.

    Python's cycle collector would walk the growing heap again and again while the libraries are imported, and once
    more when the program ends: it is off meanwhile, and what was loaded is left out of its rounds for good. That
    takes a quarter off a cold `danvan ask` (`make bench`).

    Raises:
        ModelError: if the model cannot be loaded.
    """
    quieten(settings)
    gc.disable()
    try:
        from embeddings.encoder import load_encoder  # noqa: PLC0415

        return load_encoder(settings.model)
    finally:
        gc.enable()
        gc.freeze()


def quieten(settings: Settings) -> None:
    """Have the model's libraries neither report usage, nor draw progress, nor look for models they do not need."""
    quiet = {
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
        "TRANSFORMERS_VERBOSITY": "error",
    }
    if settings.model == BUNDLED or Path(settings.model).exists():
        quiet["HF_HUB_OFFLINE"] = "1"
    for name, value in quiet.items():
        os.environ.setdefault(name, value)


def _reindex(  # noqa: PLR0913
    settings: Settings,
    *,
    full: bool,
    publishing: bool,
    gate: Gate | None = None,
    on_progress: Progress | None,
    on_problem: Callable[[Problem], None] | None,
) -> ReindexReport:
    started = time.monotonic()
    reading = read_corpus(settings)
    for problem in reading.problems:
        if on_problem:
            on_problem(problem)
    if not reading.documents:
        raise CorpusError(f"no document in {settings.corpus_dir} can be read: add .txt files there")
    from embeddings.generations import published_id  # noqa: PLC0415

    encoder = load_model(settings)
    changed = full or not _is_published(settings.data_dir, reading.documents, encoder)
    accepted = True
    if changed and publishing:
        accepted = _build_and_publish(settings, reading.documents, encoder, gate, on_progress)
    elif publishing and gate:
        accepted = gate(_retriever(settings, encoder))
    return ReindexReport(
        generation=published_id(settings.data_dir),
        changed=changed,
        documents=len(reading.documents),
        passages=sum(len(split(document)) for document in reading.documents),
        problems=reading.problems,
        seconds=time.monotonic() - started,
        accepted=accepted,
    )


def _is_published(data_dir: Path, documents: Sequence[Document], encoder: "Encoder") -> bool:
    """Whether a whole index of exactly these documents, by this model and program, is published already."""
    from embeddings.generations import published, read  # noqa: PLC0415

    try:
        generation = published(data_dir)
        contents = read(generation, encoder.fingerprint)
    except IndexingError:
        return False
    passages = tuple(passage for document in documents for passage in split(document))
    same_documents = list(contents.documents.values()) == list(documents)
    same_program = generation.manifest.versions.get("danvan") == version("danvan")
    return same_documents and contents.passages == passages and same_program


def _retriever(settings: Settings, encoder: "Encoder", generation: "Generation | None" = None) -> "Retriever":
    """Over a generation, by default the published one."""
    from embeddings.generations import published  # noqa: PLC0415
    from embeddings.retriever import Retriever  # noqa: PLC0415

    return Retriever(generation or published(settings.data_dir), encoder, settings.dense_weight)


def _build_and_publish(
    settings: Settings,
    documents: Sequence[Document],
    encoder: "Encoder",
    gate: Gate | None,
    on_progress: Progress | None,
) -> bool:
    """Build a generation and publish it unless the gate says no; return whether it was published."""
    from embeddings.generations import build, discard, publish, published_id, sweep  # noqa: PLC0415

    data_dir = settings.data_dir
    sweep(data_dir)
    try:
        generation = build(data_dir, documents, encoder, on_progress)
        try:
            accepted = gate is None or gate(_retriever(settings, encoder, generation))
            if accepted:
                publish(data_dir, generation)
        finally:  # after Ctrl-C too: what is not published shall not be rolled back to
            if published_id(data_dir) != generation.id:
                discard(generation)
        return accepted
    finally:
        sweep(data_dir)
