"""The layers of the bundled model, changed by what was trained, ready to be put into a graph."""

import numpy as np

from embeddings.network.adapters import Adapters
from embeddings.network.bundled_weights import Weights, unpack
from embeddings.network.graph import Array, Layer

_ATTENTION = ("q", "k", "v")
_THEIRS = {
    "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "out": ("attention.output.dense",),
    "wide": ("intermediate.dense",),
    "narrow": ("output.dense",),
}
"""Names of the matrices in a file of adapters."""


def layers_of(weights: Weights, adapters: Adapters | None, most: int | None = None) -> list[Layer]:
    """All layers or so many, lowest first."""
    return [_layer(weights, adapters, number) for number in range(weights.shape.layers)[:most]]


def _layer(weights: Weights, adapters: Adapters | None, number: int) -> Layer:
    hidden, wide = weights.shape.hidden, weights.shape.feed_forward

    def matrix(name: str, parts: tuple[str, ...], rows: int, columns: int) -> Array:
        values = np.concatenate([unpack(weights.packed(f"l{number}.{part}.w", rows, columns)) for part in parts])
        change = adapters.change(number, _THEIRS[name]) if adapters else None
        return np.ascontiguousarray((values if change is None else values + change).T)

    def vector(name: str) -> Array:
        return weights.vector(f"l{number}.{name}")

    return Layer(
        qkv=matrix("qkv", _ATTENTION, hidden, hidden),
        qkv_bias=np.concatenate([vector(f"{side}.b") for side in _ATTENTION]),
        out=matrix("out", ("ao",), hidden, hidden),
        out_bias=vector("ao.b"),
        wide=matrix("wide", ("fi",), wide, hidden),
        wide_bias=vector("fi.b"),
        narrow=matrix("narrow", ("fo",), hidden, wide),
        narrow_bias=vector("fo.b"),
        norm1=np.stack([vector("aln.w"), vector("aln.b")]),
        norm2=np.stack([vector("oln.w"), vector("oln.b")]),
    )
