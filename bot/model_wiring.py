"""Where models are loaded as the settings say: the encoder, the reader and the reranker, the judge.

What a part needs is imported where it is loaded: libraries that take seconds to import among them.
"""

# ruff: noqa: PLC0415

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from bot.answering.judge import Judge
    from embeddings.encoder.encoder import Encoder
    from embeddings.reranking.reranking import Reranking

BUNDLED = "bundled"


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
        from embeddings.encoder.encoder import load_encoder

        return load_encoder(settings.model, settings.data_dir)
    finally:
        gc.enable()
        gc.freeze()


def model_when_needed(settings: Settings) -> "Encoder":
    """The model of the settings, loaded when the first text is to be embedded if enough is known of it beforehand.

    Raises:
        ModelError: if it has to be loaded now, and cannot be.
    """
    from embeddings.encoder.encoder import facts_of
    from embeddings.encoder.lazy_and_cached import LazyEncoder

    facts = facts_of(settings.model)
    return LazyEncoder(facts, lambda: load_model(settings)) if facts else load_model(settings)


def load_reranking(settings: Settings) -> "Reranking":
    """Load the reader and the reranker of the settings.

    Raises:
        ModelError: if one of them cannot be loaded.
    """
    quieten(settings)
    from embeddings.reading.loading_reader import load_reader
    from embeddings.reranking.reranking import Reranking

    reranker = None
    if settings.reranker:
        from embeddings.reranking.cross_encoder import CrossEncoderReranker

        reranker = CrossEncoderReranker(settings.reranker)
    return Reranking(load_reader(settings.reader, settings.data_dir), reranker)


def open_judge(settings: Settings) -> "Judge | None":
    """The judge of the settings, if there is one.

    Raises:
        SettingsError: if it is outside of this network and the settings do not allow that.
    """
    if not settings.judge_url:
        return None
    from urllib.parse import urlsplit

    from bot.answering.judge import Judge, JudgeAddress
    from corpus.intake.addresses import is_public, system_resolver

    parts = urlsplit(settings.judge_url)
    host = parts.hostname or ""
    try:
        addresses = system_resolver(host, parts.port or 443)
    except OSError:
        addresses = []  # not to be found now: it is asked later, and done without as long as it is not there
    if not settings.judge_public and (not addresses or any(map(is_public, addresses))):
        raise SettingsError(
            f"DANVAN_JUDGE_URL leads to {host}, which is not in this network; people's questions would be sent there: "
            "set DANVAN_JUDGE_PUBLIC=true if that is wanted"
        )
    key = settings.judge_key.get_secret_value() if settings.judge_key else None
    return Judge(JudgeAddress(settings.judge_url, settings.judge_model or "", key, settings.judge_seconds))


def quieten(settings: Settings) -> None:
    """Have the model's libraries neither report usage, nor draw progress, nor look for models they do not need."""
    from embeddings.encoder.hub import hub_answers

    quiet = {
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
        "TRANSFORMERS_VERBOSITY": "error",
    }
    if all(_is_here(model) for model in (settings.model, settings.reader, settings.reranker)) or not hub_answers():
        quiet["HF_HUB_OFFLINE"] = "1"  # what is in its cache is used; nothing is asked for again and again
    for name, value in quiet.items():
        os.environ.setdefault(name, value)


def _is_here(model: str | None) -> bool:
    """Whether nothing has to be fetched for a model."""
    return model in (None, BUNDLED, "none") or Path(str(model)).exists()
