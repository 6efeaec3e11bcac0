"""Any extractive question-answering model of the transformers library as a reader."""

import math
import threading
from collections.abc import Sequence
from typing import Any

import torch

from corpus.errors import ModelError
from corpus.splitting import trim
from embeddings.foreign_models import loading_error, located
from embeddings.reading.readings import Reading
from embeddings.reading.span_decoding import merge, spans_of
from embeddings.reading.windows import OVERLAP

_LONGEST = 384
_BATCH = 8


class HubReader:
    """A model made for SQuAD-like questions; its first token stands for "no answer", as those models are trained.

    Args:
        model: id or folder of an extractive question-answering model.

    Raises:
        ModelError: if there is no such model, or it is of another kind.
    """

    def __init__(self, model: str) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer  # noqa: PLC0415 - slow to import

        place = located("reader", model)
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(place)
            loaded: Any = AutoModelForQuestionAnswering.from_pretrained(place, output_loading_info=True)
        except Exception as error:  # the loaders of many libraries, each with errors of its own
            raise loading_error("reader", model, error) from error
        network, told = loaded
        if told["missing_keys"]:
            raise ModelError(
                f"the reader {model!r} was not trained to find answers: it lacks {min(told['missing_keys'])}"
            )
        self._model = network.eval()
        if not self._tokenizer.is_fast:
            raise ModelError(f"the reader {model!r} has no fast tokenizer, which is needed to find its words again")
        self._longest = min(_LONGEST, int(self._tokenizer.model_max_length))
        self._most_asked = self._longest // 4
        """Tokens of a question."""
        self._lock = threading.Lock()
        self.name = model
        self.highest_margin = math.inf

    def sees(self, question: str) -> bool:
        """See `SpanReader`."""
        return len(self._places(question)) <= self._most_asked

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """See `SpanReader`; headings are left out, since such models have not learnt them."""
        asked = self._shortened(question)
        return [self._read(asked, text) for _, text in passages]

    def _shortened(self, question: str) -> str:
        """The beginning of a question that leaves most of a window to the passage."""
        offsets = self._places(question)[: self._most_asked]
        return question[: offsets[-1][1]] if offsets else ""

    def _places(self, question: str) -> list[tuple[int, int]]:
        """Where the tokens of a question stand in it (characters)."""
        with self._lock:
            encoded = self._tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)
        return list(encoded["offset_mapping"])

    def _read(self, question: str, text: str) -> Reading:
        with self._lock:
            encoded = self._tokenizer(
                question,
                text,
                truncation="only_second",
                max_length=self._longest,
                stride=min(OVERLAP, self._longest // 4),
                return_overflowing_tokens=True,
                return_offsets_mapping=True,
                padding=True,
                return_tensors="pt",
            )
            offsets = encoded.pop("offset_mapping")
            encoded.pop("overflow_to_sample_mapping", None)
            windows = []
            for start in range(0, len(offsets), _BATCH):
                rows = {name: values[start : start + _BATCH] for name, values in encoded.items()}
                with torch.inference_mode():
                    output = self._model(**rows)
                for row, (first, last) in enumerate(zip(output.start_logits, output.end_logits, strict=True)):
                    number = start + row
                    inside = [i for i, part in enumerate(encoded.sequence_ids(number)) if part == 1]
                    places = [trim(text, *offsets[number][i].tolist()) for i in inside]
                    null = float(first[0] + last[0])
                    windows.append(
                        list(spans_of(first[inside].float().numpy(), last[inside].float().numpy(), null, places))
                    )
        return merge(windows)
