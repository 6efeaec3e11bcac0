"""Where the parts are put together: all concrete objects are built here from the settings and passed on."""

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from bot.data_folder.swapping import refuse_what_is_broken_off
from bot.settings import Settings
from corpus.errors import IndexingError
from corpus.folder.folder_contents import FolderContents
from corpus.folder.page_cache import PageCache
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer
    from bot.answering.live_answerer import LiveAnswerer
    from embeddings.encoder.encoder import Encoder
    from embeddings.reranking.second_look import SecondLook

BUNDLED = "bundled"
_ATTEMPTS = 5
"""To open what is published, should it be replaced at the same time."""


def read_corpus(settings: Settings, *, writing: bool = True) -> FolderContents:
    """Read the documents as they lie; before the default folder exists, the five articles it will be seeded with.

    Args:
        settings: say where the documents are.
        writing: False to write nothing at all, not even what spares the next reading.

    Raises:
        CorpusError: if the folder cannot be used, or a restore into it was broken off.
    """
    refuse_what_is_broken_off(settings.data_dir)
    unseeded = settings.default_corpus and not settings.corpus_dir.exists()
    cache = PageCache(settings.data_dir / "cache" / "pages", writing=writing)
    reading = read_folder(DEFAULT_DOCUMENTS if unseeded else settings.corpus_dir, cache, settings.intake_limits)
    cache.prune()
    return reading


def open_answerer(settings: Settings, bot_name: str | None = None, before: "Answerer | None" = None) -> "Answerer":
    """Load the models and the published generation, ready to answer.

    Args:
        settings: say where the index is and which models to load.
        bot_name: the bot's user name without @, for links into Telegram; None where there is no bot.
        before: an answerer of another generation whose models are taken over.

    Raises:
        IndexingError: if nothing is published, or what is published cannot be trusted.
        ModelError: if a model cannot be loaded.
    """
    from embeddings.index.generations import published, published_id  # noqa: PLC0415 - its libraries are slow to import

    published(settings.data_dir)  # a missing index is found before the libraries that take seconds to load
    encoder = before.retriever.encoder if before else load_model(settings)
    from bot.answering.answerer import Answerer  # noqa: PLC0415
    from bot.answering.links import Links  # noqa: PLC0415
    from embeddings import Retriever  # noqa: PLC0415

    for attempt in range(_ATTEMPTS):
        found = published_id(settings.data_dir)
        try:
            retriever = Retriever.open(settings.data_dir, encoder=encoder, dense_weight=settings.dense_weight)
            break
        except IndexingError:  # while it was being read, others may have been published and it removed
            if attempt == _ATTEMPTS - 1 or published_id(settings.data_dir) == found:
                raise
    second_look = before.second_look if before else load_second_look(settings, encoder)
    return Answerer(retriever, Links(settings.public_url, bot_name), second_look)


def open_live_answerer(settings: Settings) -> "LiveAnswerer":
    """As `open_answerer`, for a program that asks again and again: it moves on when another index is published."""
    from bot.answering.live_answerer import LiveAnswerer  # noqa: PLC0415
    from embeddings.index.generations import published_id  # noqa: PLC0415

    return LiveAnswerer(
        open_answerer(settings),
        lambda: published_id(settings.data_dir),
        lambda before: open_answerer(settings, before=before),
    )


def load_second_look(settings: Settings, encoder: "Encoder") -> "SecondLook":
    """Load the reader and the reranker of the settings.

    Args:
        settings: name them.
        encoder: the retriever's; the bundled reader shares its table of words.

    Raises:
        ModelError: if one of them cannot be loaded.
    """
    quieten(settings)
    from embeddings.reading.loading_reader import load_reader  # noqa: PLC0415
    from embeddings.reranking.second_look import SecondLook  # noqa: PLC0415

    reranker = None
    if settings.reranker:
        from embeddings.reranking.cross_encoder import CrossEncoderReranker  # noqa: PLC0415

        reranker = CrossEncoderReranker(settings.reranker)
    return SecondLook(load_reader(settings.reader, encoder), reranker)


def model_when_needed(settings: Settings) -> "Encoder":
    """The model of the settings, loaded when the first text is to be embedded if enough is known of it beforehand.

    Raises:
        ModelError: if it has to be loaded now, and cannot be.
    """
    from embeddings.encoder.encoder import facts_of  # noqa: PLC0415
    from embeddings.encoder.lazy_and_cached import LazyEncoder  # noqa: PLC0415

    facts = facts_of(settings.model)
    return LazyEncoder(facts, lambda: load_model(settings)) if facts else load_model(settings)


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
        from embeddings.encoder.encoder import load_encoder  # noqa: PLC0415

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
    if all(_is_here(model) for model in (settings.model, settings.reader, settings.reranker)):
        quiet["HF_HUB_OFFLINE"] = "1"
    for name, value in quiet.items():
        os.environ.setdefault(name, value)


def _is_here(model: str | None) -> bool:
    """Whether nothing has to be fetched for a model."""
    return model in (None, BUNDLED, "none") or Path(str(model)).exists()
