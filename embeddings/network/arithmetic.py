"""Which number format this processor is fastest in: found by a short measurement."""

import time

import numpy as np

from embeddings.network.adapters import Adapters
from embeddings.network.building import through
from embeddings.network.bundled_weights import Weights
from embeddings.network.graph import LEVELS, Arithmetic, Format, GraphBuilder
from embeddings.network.layers import layers_of
from embeddings.network.sessions import INPUT, adds_in_32_bits, session

_TOKENS = 128
_ROUNDS = 7
_WORTH_IT = 0.8
"""8 bits are a little less exact, so they have to be faster by this much."""


def fastest(weights: Weights, adapters: Adapters) -> tuple[Format, dict[str, float]]:
    """The format to use and the seconds of processor that one layer took in each over 128 tokens."""
    if not adapters.smoothing:
        return "fp32", {}
    rng = np.random.default_rng(0)
    sample = rng.standard_normal((_TOKENS, weights.shape.hidden)).astype(np.float32)
    first = layers_of(weights, adapters, most=1)
    seconds: dict[str, float] = {}
    for name in ("fp32", "int8"):
        builder = GraphBuilder(weights.shape.heads, weights.shape.epsilon, arithmetic(name, adapters))
        opened = session(through(builder, first, {}, weights.shape.hidden))
        opened.run(None, {INPUT: sample})
        took = []
        for _ in range(_ROUNDS):
            started = time.thread_time()
            opened.run(None, {INPUT: sample})
            took.append(time.thread_time() - started)
        seconds[name] = round(min(took), 6)
    return ("int8" if seconds["int8"] < _WORTH_IT * seconds["fp32"] else "fp32"), seconds


def arithmetic(number_format: str, adapters: Adapters) -> Arithmetic:
    """How to multiply in a format on this processor."""
    if number_format != "int8":
        return Arithmetic()
    return Arithmetic("int8", LEVELS if adds_in_32_bits() else LEVELS // 2, adapters.smoothing)
