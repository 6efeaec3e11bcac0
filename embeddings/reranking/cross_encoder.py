"""A cross-encoder that judges how well a passage answers a question."""

import threading
from collections.abc import Sequence
from typing import Protocol

from corpus.errors import ModelError
from embeddings.foreign_models import loading_error, located

_BATCH = 8
_JUDGES = ("ForSequenceClassification", "ForCausalLM")


class Reranker(Protocol):
    """Gives passages scores for one question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher is better; only their differences mean something."""
        ...


class CrossEncoderReranker:
    """Any CrossEncoder of sentence-transformers with one score a pair.

    Args:
        model: id or folder.

    Raises:
        ModelError: if there is no such model, or it gives another number of scores.
    """

    def __init__(self, model: str) -> None:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 - slow to import

        place = located("reranker", model)
        try:
            self._model = CrossEncoder(place, device="cpu")
        except Exception as error:  # the loaders of many libraries, each with errors of its own
            raise loading_error("reranker", model, error) from error
        made_for = self._model.config.architectures or ()
        if not any(name.endswith(_JUDGES) for name in made_for):
            raise ModelError(f"the model {model!r} was not trained to judge passages: it is a {', '.join(made_for)}")
        labels = self._model.config.num_labels
        if labels != 1:
            raise ModelError(f"the reranker {model!r} gives {labels} scores for a pair; one is needed")
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """See `Reranker`."""
        with self._lock:
            found = self._model.predict(
                [(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False
            )
        return [float(score) for score in found]
