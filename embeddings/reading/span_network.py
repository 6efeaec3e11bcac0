"""The reader's network: the bundled encoder with trained low-rank adapters merged in, and two scores a token."""

import copy
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import nn
from transformers import BertModel

from corpus.errors import ModelError
from embeddings.encoder.bundled_encoder import SHA256

ADAPTED = ("query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense")
"""Linear layers of every block that have an adapter, as peft names them."""
DOWN, UP, HEAD_WEIGHT, HEAD_BIAS = "down", "up", "head.weight", "head.bias"


@dataclass(frozen=True, slots=True)
class Weights:
    """What training made.

    Attributes:
        tensors: `LAYER.down` (rank, inputs) and `LAYER.up` (outputs, rank) for every adapted layer, and the head's.
        facts: of the file: the base model's SHA-256, the adapters' scale, how it was made.
    """

    tensors: dict[str, torch.Tensor]
    facts: dict[str, str]


class SpanNetwork(nn.Module):
    """Scores every token as the first and as the last of the answer; the first token stands for "no answer"."""

    def __init__(self, bert: BertModel, head: nn.Linear) -> None:
        super().__init__()
        self.bert = bert
        self.head = head

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(batch, tokens) int64 -> (batch, tokens, 2) float32."""
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        scores: torch.Tensor = self.head(hidden.float())
        return scores


def shipped_weights() -> Path:
    """The file that comes with the package."""
    return Path(str(files("embeddings").joinpath("data/reader.safetensors")))


def read_weights(path: Path) -> Weights:
    """Read adapters and head.

    Raises:
        ModelError: if the file cannot be read or was trained on another base model.
    """
    try:
        with safe_open(path, framework="pt") as file:
            facts = dict(file.metadata() or {})
            tensors = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 - not a mapping
    except (OSError, SafetensorError) as error:
        raise ModelError(f"the reader's weights {path} cannot be read: {error}") from error
    if facts.get("base") != SHA256:
        raise ModelError(f"the reader's weights {path} were not trained on the bundled model of this program")
    return Weights(tensors, facts)


def build(bert: BertModel, weights: Weights) -> SpanNetwork:
    """A network of its own from an encoder, which stays as it is; both share the table of word embeddings."""
    words = bert.embeddings.word_embeddings
    own = copy.deepcopy(bert, memo={id(words): words})
    scale = float(json.loads(weights.facts["scale"]))
    for name, module in own.named_modules():
        down = weights.tensors.get(f"{name}.{DOWN}")
        if down is None or not isinstance(module, nn.Linear):
            continue
        change = scale * (weights.tensors[f"{name}.{UP}"] @ down)
        with torch.no_grad():
            module.weight.copy_((module.weight.float() + change).to(module.weight.dtype))
    weight = weights.tensors[HEAD_WEIGHT]
    head = nn.Linear(weight.shape[1], weight.shape[0])
    with torch.no_grad():
        head.weight.copy_(weight)
        head.bias.copy_(weights.tensors[HEAD_BIAS])
    return SpanNetwork(own, head).eval()
