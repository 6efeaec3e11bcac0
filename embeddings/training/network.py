"""The networks that are trained: adapters on the bundled encoder for search, and on a copy of it for reading.

The bundled weights stay as they are; low-rank adapters (LoRA, ICLR 2022) change what they do. The mean of the encoder's
last states is a text's vector, the mean over a sentence's tokens the sentence's (late chunking, arXiv 2409.04701). The
reader scores every token of a window as the first and last of the answer and as a part of a list, and the window as a
whole.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

from embeddings.network.bundled_weights import SHA256
from embeddings.reading.bundled_reader import TRUST

Tensors = Mapping[str, torch.Tensor]

HIDDEN, HEADS, LAYERS, EPSILON = 384, 12, 12, 1e-12
MATRICES = {
    "query": ("attention.self.query", "self_attn.in_proj_weight", 0),
    "key": ("attention.self.key", "self_attn.in_proj_weight", 1),
    "value": ("attention.self.value", "self_attn.in_proj_weight", 2),
    "out": ("attention.output.dense", "self_attn.out_proj.weight", None),
    "wide": ("intermediate.dense", "linear1.weight", None),
    "narrow": ("output.dense", "linear2.weight", None),
}
"""Matrices of a layer: their names in the shipped file, in the base tensors, and which third they are there."""
_HIDDEN_SCORE = -1e4
"""Of tokens that fill up, before the softmax."""
HEADS_OF_READER = {"head": 2, "tag": 2, "whole": 4}
"""Linear layers on the last states and their outputs: first and last token; begins and belongs to an answer; the
window answers at all, says neither yes nor no, says yes, says no."""


class Adapted(nn.Module):
    """A frozen linear layer with an adapter beside it."""

    weight: torch.Tensor
    bias: torch.Tensor

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, rank: int) -> None:
        super().__init__()
        rows, columns = weight.shape
        self.register_buffer("weight", weight.to(torch.bfloat16))
        self.register_buffer("bias", bias.to(torch.bfloat16))
        self.down = nn.Parameter(torch.randn(rank, columns) / columns**0.5)
        self.up = nn.Parameter(torch.zeros(rows, rank))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """(..., inputs) -> (..., outputs)."""
        changed = self.weight + (self.up @ self.down).to(self.weight.dtype)
        return functional.linear(states, changed, self.bias)  # memory is what limits, and one product moves less of it


class Layer(nn.Module):
    """A layer of BERT; without dropout on a CPU, where its random numbers take four fifths of a forward pass."""

    query: Adapted
    key: Adapted
    value: Adapted
    out: Adapted
    wide: Adapted
    narrow: Adapted
    norm1: nn.LayerNorm
    norm2: nn.LayerNorm

    def __init__(self, base: Tensors, number: int, rank: int, dropout: float) -> None:
        super().__init__()
        self._dropout = dropout
        for name, (_, theirs, third) in MATRICES.items():
            weight = base[f"{number}.{theirs}"]
            bias = base[f"{number}.{theirs.removesuffix('weight')}bias"]
            if third is not None:
                weight, bias = weight.chunk(3)[third], bias.chunk(3)[third]
            self.add_module(name, Adapted(weight, bias, rank))
        for norm in ("norm1", "norm2"):
            made = nn.LayerNorm(HIDDEN, eps=EPSILON)
            made.load_state_dict({part: base[f"{number}.{norm}.{part}"] for part in ("weight", "bias")})
            self.add_module(norm, made.requires_grad_(requires_grad=False))

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(batch, tokens, hidden) and (batch, 1, 1, tokens) -> (batch, tokens, hidden)."""
        narrow = states.to(self.query.weight.dtype)
        query, key, value = (self._heads(one(narrow)) for one in (self.query, self.key, self.value))
        hidden = torch.zeros_like(mask, dtype=query.dtype).masked_fill(~mask, _HIDDEN_SCORE)
        mixed = self._mixed(query, key, value, hidden)
        states = self.norm1(states + self._drop(self.out(mixed.transpose(1, 2).flatten(2))))
        wide = functional.gelu(self.wide(states))
        normed: torch.Tensor = self.norm2(states + self._drop(self.narrow(wide)))
        return normed

    def _mixed(self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
        """Attention; on a CPU by plain products, for the gradient of torch's own takes nearly half of a step there."""
        if query.device.type != "cpu":
            return functional.scaled_dot_product_attention(query, key, value, hidden, self._dropped)
        scores = torch.matmul(query / query.shape[-1] ** 0.5, key.transpose(-1, -2)) + hidden
        return torch.matmul(self._drop(scores.softmax(-1).to(value.dtype)), value)

    @property
    def _dropped(self) -> float:
        return self._dropout if self.training else 0.0

    def _drop(self, states: torch.Tensor) -> torch.Tensor:
        return functional.dropout(states, self._dropped) if self._dropped else states

    def _heads(self, states: torch.Tensor) -> torch.Tensor:
        batch, tokens, hidden = states.shape
        return states.view(batch, tokens, HEADS, hidden // HEADS).transpose(1, 2)


class Network(nn.Module):
    """Embeddings and layers.

    Args:
        base: tensors of the base model: `words` (vocabulary, hidden), `positions`, `types`, `norm.weight`, `norm.bias`,
            and for each layer those of `torch.nn.TransformerEncoderLayer` under its number.
        rank: of the adapters.
        heads: outputs of linear layers on the last states, by name.
        dropout: share of numbers that are left out while training, in every layer.
        frozen: lowest layers whose adapters stay as they are: no gradient is computed for them.
    """

    words: torch.Tensor
    positions: torch.Tensor

    def __init__(
        self,
        base: Tensors,
        rank: int,
        heads: Mapping[str, int] | None = None,
        *,
        dropout: float = 0.0,
        frozen: int = 0,
    ) -> None:
        super().__init__()
        self._frozen = frozen
        self.register_buffer("words", base["words"], persistent=False)
        self.register_buffer("positions", base["positions"] + base["types"][0], persistent=False)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPSILON)
        self.norm.load_state_dict({part: base[f"norm.{part}"] for part in ("weight", "bias")})
        self.norm.requires_grad_(requires_grad=False)
        self.layers = nn.ModuleList(Layer(base, number, rank, dropout) for number in range(LAYERS))
        made = {name: nn.Linear(HIDDEN, outputs) for name, outputs in (heads or {}).items()}
        for head in made.values():
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        self.heads = nn.ModuleDict(made)
        for layer in self.layers[:frozen]:
            layer.requires_grad_(requires_grad=False)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Last states.

        Args:
            ids: (batch, tokens) int64.
            mask: (batch, tokens) bool, True where there is a token.

        Returns:
            (batch, tokens, hidden).
        """
        attended = mask[:, None, None]
        with torch.no_grad():
            states: torch.Tensor = self.norm(self.words[ids] + self.positions[: ids.shape[1]])
            for layer in self.layers[: self._frozen]:
                states = layer(states, attended)
        for layer in self.layers[self._frozen :]:
            states = layer(states, attended)
        return states

    def trained(self) -> dict[str, torch.Tensor]:
        """Adapters and heads by their names in the shipped file."""
        tensors = {}
        for number, layer in enumerate(self.layers):
            for name, (theirs, _, _) in MATRICES.items():
                for side in ("down", "up"):
                    tensors[f"encoder.layer.{number}.{theirs}.{side}"] = getattr(getattr(layer, name), side)
        for name, head in self.heads.items():
            tensors |= {f"{name}.weight": head.weight, f"{name}.bias": head.bias}
        return {name: tensor.detach() for name, tensor in tensors.items()}

    @torch.no_grad()
    def load(self, path: Path) -> dict[str, str]:
        """Go on from a shipped file of the same or a lower rank. Returns its facts.

        Heads that it lacks stay as they are, and so do rows of `down` beyond its rank (their columns of `up` are zero).
        """
        with safe_open(path, framework="pt") as file:
            stored = set(file.keys())
            for name, tensor in self.trained().items():
                if name in stored:
                    known = file.get_tensor(name).float()
                    tensor[tuple(slice(length) for length in known.shape)].copy_(known)
            return dict(file.metadata() or {})

    @property
    def device(self) -> torch.device:
        """Where it is computed."""
        return self.words.device

    def save(self, path: Path, name: str, **facts: str) -> None:
        """Write the file that is shipped, in half precision."""
        tensors = {key: tensor.half().contiguous() for key, tensor in self.trained().items()}
        save_file(tensors, path, metadata={"scale": "1.0", "base": SHA256, "name": name, **facts})


def pooled(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean of the states where the mask is True, of unit length: (batch, tokens, hidden) -> (batch, hidden)."""
    weights = mask.float()
    total = torch.einsum("btd,bt->bd", states.float(), weights)
    return functional.normalize(total / weights.sum(1, keepdim=True).clamp(min=1), dim=-1)


def exact_product(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """A product of matrices in float32 where all else is computed in bfloat16, whose cosines differ by some 1/250."""
    with torch.autocast(one.device.type, enabled=False):
        return torch.matmul(one.float(), other.float())


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader says of windows; all float32.

    Attributes:
        start, end: (windows, tokens) scores as the first and last token of the answer; the first token stands for "no
            answer", tokens outside of the passage are out of the question.
        inside: (windows, tokens, 2) scores of each token as the beginning and as a part of any answer or item.
        answers: (windows,) score of the window holding an answer; `TRUST` is the part of the best span's lead in it.
        verdict: (windows, 3) scores of "not said", "yes" and "no".
    """

    start: torch.Tensor
    end: torch.Tensor
    inside: torch.Tensor
    answers: torch.Tensor
    verdict: torch.Tensor


def read(model: Network, ids: torch.Tensor, mask: torch.Tensor, passage: torch.Tensor) -> Read:
    """Read windows: (windows, tokens) ids, where there is a token, and which tokens are the passage's."""
    states = model(ids, mask).float()
    edges = model.heads["head"](states)
    allowed = passage.clone()
    allowed[:, 0] = True
    edges = edges.masked_fill(~allowed[..., None], -1e4)
    lead = (edges[:, 1:].max(1).values - edges[:, 0]).sum(1)
    whole = model.heads["whole"](states[:, 0])
    return Read(edges[..., 0], edges[..., 1], model.heads["tag"](states), whole[:, 0] + TRUST * lead, whole[:, 1:])


def facts_as_json(facts: Mapping[str, object]) -> str:
    """For the metadata of a file."""
    return json.dumps(facts, sort_keys=True)
