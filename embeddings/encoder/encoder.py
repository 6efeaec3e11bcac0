"""Texts into unit vectors, by the bundled model or any other that sentence-transformers can load."""

import hashlib
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from embeddings.foreign_models import loading_error, located

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

BUNDLED = "bundled"
_BATCH = 32
# E5 models are published without prompts in their settings; their model cards ask for these.
_E5_NAME = re.compile(r"(?:^|[-_/])e5(?:[-_]|$)")
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class Encoder(Protocol):
    """What the index and the retriever need of a model."""

    fingerprint: str
    """Two encoders with the same fingerprint give comparable vectors."""
    dimension: int
    max_tokens: int
    """What is longer is cut off by the model; see `token_counts`."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """(n,) texts -> (n, dimension) float32, rows of unit length."""
        ...

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """(n,) texts -> (n, dimension) float32, rows of unit length; progress is told (done, all)."""
        ...

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Tokens each text has as a document, prompt and special tokens included."""
        ...


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the index needs to know of a model; see `Encoder`."""

    fingerprint: str
    dimension: int
    max_tokens: int


BUNDLED_FACTS = ModelFacts(fingerprint=f"{BUNDLED}:danvan-search-2", dimension=384, max_tokens=512)
"""Of the one model whose weights are known beforehand; a test holds them against the model."""


class SentenceEncoder:
    """A sentence-transformers model with the prompts it was trained with.

    Args:
        model: loaded model.
        fingerprint: name of the weights.
    """

    def __init__(self, model: "SentenceTransformer", fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self.model = model
        self._lock = threading.Lock()
        dimension = model.get_embedding_dimension()
        if not dimension:
            raise ModelError(f"the model {fingerprint} does not say how wide its vectors are")
        self.dimension = int(dimension)
        self.max_tokens = int(model.max_seq_length or 512)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        with self._lock, threads(1 if len(texts) == 1 else None):
            vectors = self.model.encode_query(
                list(texts), batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True
            )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """See `Encoder`; longest first, so that a batch holds texts of like length."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            with self._lock:
                vectors[chosen] = self.model.encode_document(
                    [texts[i] for i in chosen], batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True
                )
            if on_progress:
                on_progress(start + len(chosen), len(order))
        return vectors

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """See `Encoder`."""
        from transformers import PreTrainedTokenizerBase  # noqa: PLC0415 - slow to import

        prompt = self.model.prompts.get("document", "")
        prompted = [(prompt or "") + text for text in texts]
        tokenizer = self.model.tokenizer
        if isinstance(tokenizer, PreTrainedTokenizerBase):
            return [len(ids) for ids in tokenizer(prompted, truncation=False, verbose=False)["input_ids"]]
        return [
            sum(sum(part.attention_mask) for part in (encoding, *encoding.overflowing))
            for start in range(0, len(prompted), _BATCH)  # the texts of a batch are padded to the longest
            for encoding in tokenizer.encode_batch(prompted[start : start + _BATCH])
        ]


def facts_of(model: str) -> ModelFacts | None:
    """What is known of a model without loading it; None if it has to be loaded first."""
    return BUNDLED_FACTS if model == BUNDLED else None


def load_encoder(model: str = BUNDLED, data_dir: Path | None = None) -> Encoder:
    """Load the bundled model, or any id or folder that sentence-transformers takes.

    Args:
        model: which.
        data_dir: the data folder, where the bundled model is kept ready to run; None to make it ready each time.

    Raises:
        ModelError: if there is no such model, or it cannot be loaded.
    """
    if model == BUNDLED:
        from embeddings.encoder.network_encoder import NetworkEncoder  # noqa: PLC0415 - its libraries are large
        from embeddings.network.network import open_network  # noqa: PLC0415

        return NetworkEncoder(open_network(data_dir))
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    place = located("model", model)
    try:
        loaded = SentenceTransformer(place, device="cpu")
    except Exception as error:  # the loaders of many libraries, each with errors of its own
        if os.environ.get("HF_HUB_OFFLINE"):
            raise ModelError(
                f"the model {model!r} cannot be loaded: it is neither a folder nor was it fetched before, and the hub "
                "cannot be reached; correct DANVAN_MODEL (bundled needs no network)"
            ) from error
        raise loading_error("model", model, error) from error
    if not any(loaded.prompts.values()) and _E5_NAME.search(model.lower()):
        loaded.prompts = dict(_E5_PROMPTS)
    return SentenceEncoder(loaded.eval(), fingerprint=f"{model}:{_digest(loaded)}")


@contextmanager
def threads(count: int | None) -> Iterator[None]:
    """Let torch compute with so many threads; None leaves it as it is.

    One question is too little work to share out: on a busy machine its threads wait for each other (p50 328 ms with
    two threads against 44 ms with one, both cores taken by other programs).
    """
    import torch  # noqa: PLC0415

    before = torch.get_num_threads()
    if count is None or count == before:
        yield
        return
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _digest(model: "SentenceTransformer") -> str:
    """Hash of every weight tensor's name, shape and first values: changes when the weights do."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        values = tensor.flatten()[:256].float().cpu().numpy().tobytes()
        digest.update(f"{name}{tuple(tensor.shape)}".encode() + values)
    return digest.hexdigest()[:16]
