"""Graphs of encoder and reader, serialised."""

from collections.abc import Mapping, Sequence

import numpy as np

from embeddings.network.adapters import Adapters
from embeddings.network.bundled_weights import Weights
from embeddings.network.graph import Arithmetic, Array, GraphBuilder, Layer
from embeddings.network.layers import layers_of
from embeddings.network.sessions import INPUT

STATES = "states"


def build_graph(weights: Weights, adapters: Adapters | None, heads: Sequence[str], arithmetic: Arithmetic) -> bytes:
    """The serialised graph: `embedded` (tokens, hidden) -> `states` (tokens, hidden), or one output for each head."""
    builder = GraphBuilder(weights.shape.heads, weights.shape.epsilon, arithmetic)
    found = {name: adapters.head(name) for name in heads} if adapters else {}
    known = {name: head for name, head in found.items() if head is not None}
    return through(builder, layers_of(weights, adapters), known, weights.shape.hidden)


def through(
    builder: GraphBuilder, layers: Sequence[Layer], heads: Mapping[str, tuple[Array, Array]], hidden: int
) -> bytes:
    """A graph through layers, lowest first, to heads (weight, bias) if there are any."""
    source = INPUT
    for number, layer in enumerate(layers):
        source = builder.layer(str(number), source, layer)
    builder.node("Identity", [source], STATES)
    outputs: dict[str, Sequence[str | int]] = {} if heads else {STATES: ["tokens", hidden]}
    for name, (weight, bias) in heads.items():
        matrix = builder.weight(f"{name}.matrix", np.ascontiguousarray(weight.T))
        product = builder.node("MatMul", [STATES, matrix], f"{name}.product")
        builder.node("Add", [product, builder.weight(f"{name}.bias", bias)], name)
        outputs[name] = ["tokens", len(bias)]
    if builder.observed is not None:
        outputs |= {tensor: ["tokens", "width"] for tensor in set(builder.observed.values()) - {INPUT}}
    return builder.model({INPUT: ["tokens", hidden]}, outputs)
