"""The program `danvan` with a small encoder in the place of the model, for tests in which the model does not matter.

Everything else is the real thing: arguments, settings, documents, index, answers. A start takes a second in place of
the many that the libraries of the model take. `QUICK_PAUSE` in the environment makes a batch of texts take so many
seconds, for tests that come in between.
"""

import os
import re
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import embeddings.encoder.encoder
import embeddings.reading.loading_reader
import embeddings.retriever
from bot.cli import main
from embeddings.encoder.encoder import Encoder, ModelFacts, Progress, Vectors

_BATCH = 16


class SyllableEncoder:
    """Vectors in which texts with the same syllables are near each other."""

    fingerprint = "syllables"
    dimension = 256
    max_tokens = 512

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """(n,) texts -> (n, dimension) float32, rows of unit length."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1
            for syllable in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(syllable.encode()) % self.dimension] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """The same, with progress told (done, all)."""
        for done in range(0, len(texts), _BATCH):
            time.sleep(float(os.environ.get("QUICK_PAUSE", "0")))
            if on_progress:
                on_progress(min(done + _BATCH, len(texts)), len(texts))
        return self.encode_questions(texts)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Syllables of each text."""
        return [len(re.findall(r"\w+", text)) for text in texts]


def load(model: str = "", data_dir: Path | None = None) -> Encoder:
    """In the place of `embeddings.encoder.encoder.load_encoder`."""
    return SyllableEncoder()


def facts(model: str = "") -> ModelFacts | None:
    """In the place of `embeddings.encoder.encoder.facts_of`."""
    return ModelFacts(SyllableEncoder.fingerprint, SyllableEncoder.dimension, SyllableEncoder.max_tokens)


def replace_the_model() -> None:
    """Have the whole program use the small encoder."""
    embeddings.encoder.encoder.facts_of = facts
    embeddings.encoder.encoder.load_encoder = load
    embeddings.retriever.load_encoder = load  # type: ignore[attr-defined]
    embeddings.reading.loading_reader.load_reader = lambda *_: None


if __name__ == "__main__":
    replace_the_model()
    main()
