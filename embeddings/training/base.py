"""The bundled model's weights for training, with only the rows of the word table that are needed."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from embeddings.network.bundled_weights import open_weights, unpack
from embeddings.training.prepared import Ints

_VECTORS = {
    "self_attn.out_proj.bias": "ao.b",
    "linear1.bias": "fi.b",
    "linear2.bias": "fo.b",
    "norm1.weight": "aln.w",
    "norm1.bias": "aln.b",
    "norm2.weight": "oln.w",
    "norm2.bias": "oln.b",
}
_MATRICES = {"self_attn.out_proj.weight": "ao.w", "linear1.weight": "fi.w", "linear2.weight": "fo.w"}
_ATTENTION = ("q", "k", "v")


def write_base(vocabulary: Ints, path: Path) -> None:
    """Write the weights, matrices still in 4 bits, the word table restricted to `vocabulary`."""
    weights = open_weights()
    hidden, wide = weights.shape.hidden, weights.shape.feed_forward
    arrays: dict[str, NDArray[np.uint8] | NDArray[np.float32]] = {
        "words": weights.packed("emb.word", weights.shape.vocabulary, hidden)[vocabulary],
        "positions": weights.vector("emb.pos").reshape(-1, hidden),
        "types": weights.vector("emb.type").reshape(-1, hidden),
        "norm.weight": weights.vector("emb.ln.w"),
        "norm.bias": weights.vector("emb.ln.b"),
    }
    shapes = {"ao.w": (hidden, hidden), "fi.w": (wide, hidden), "fo.w": (hidden, wide)}
    for number in range(weights.shape.layers):
        theirs = f"l{number}."
        for ours, name in _VECTORS.items():
            arrays[f"{number}.{ours}"] = weights.vector(theirs + name)
        for ours, name in _MATRICES.items():
            arrays[f"{number}.{ours}"] = weights.packed(theirs + name, *shapes[name])
        arrays[f"{number}.self_attn.in_proj_weight"] = np.concatenate(
            [weights.packed(f"{theirs}{side}.w", hidden, hidden) for side in _ATTENTION]
        )
        arrays[f"{number}.self_attn.in_proj_bias"] = np.concatenate(
            [weights.vector(f"{theirs}{side}.b") for side in _ATTENTION]
        )
    with path.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def read_base(path: Path) -> dict[str, torch.Tensor]:
    """Tensors of `write_base`, matrices unpacked: what `network.TwoStoreys` is built from."""
    with np.load(path) as data:
        arrays = {name: data[name] for name in data.files}
    return {
        name: torch.from_numpy(unpack(array) if array.dtype == np.uint8 else array) for name, array in arrays.items()
    }
