"""A BERT built in memory, in the form sentence-transformers takes as its first module."""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.sentence_transformer.modules import InputModule
from tokenizers import Tokenizer
from transformers import BertModel


class BertInput(InputModule):
    """Tokenizes texts and gives their token vectors.

    Args:
        model: without pooling layer.
        tokenizer: adds the model's own first and last token; neither truncates nor pads yet.
        max_seq_length: tokens, special ones included; what is longer is cut off at the end.
        pad_token_id: fills short rows of a batch.
    """

    def __init__(self, model: BertModel, tokenizer: Tokenizer, max_seq_length: int, pad_token_id: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.model = model
        self.tokenizer: Tokenizer = tokenizer
        self.tokenizer.enable_truncation(max_seq_length)
        self.tokenizer.enable_padding(pad_id=pad_token_id)
        self.max_seq_length = max_seq_length

    def preprocess(
        self,
        inputs: Sequence[Any],
        prompt: str | None = None,
        **_: Any,
    ) -> dict[str, torch.Tensor | Any]:
        """Texts -> `input_ids` and `attention_mask`, (batch, tokens) int64 each."""
        encodings = self.tokenizer.encode_batch([(prompt or "") + str(text) for text in inputs])
        return {
            "input_ids": torch.tensor([encoding.ids for encoding in encodings]),
            "attention_mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
        }

    def forward(self, features: dict[str, torch.Tensor | Any], **_: Any) -> dict[str, torch.Tensor | Any]:
        """Add `token_embeddings`, (batch, tokens, width) of the model's dtype."""
        output = self.model(input_ids=features["input_ids"], attention_mask=features["attention_mask"])
        features["token_embeddings"] = output.last_hidden_state.float()
        return features

    def get_embedding_dimension(self) -> int:
        """Width of a token vector."""
        return int(self.model.config.hidden_size)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Not offered: the model is rebuilt from its weights file each time.

        Raises:
            TypeError: always.
        """
        raise TypeError(f"the bundled model is not saved ({output_path}); it is rebuilt from its weights file")
