"""Layers as graphs: 8 bits against 32, with weights drawn by chance; tokens of very different size together."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from embeddings.network.building import STATES, through
from embeddings.network.graph import LEVELS, MATRICES, Arithmetic, Array, GraphBuilder, Layer
from embeddings.network.sessions import INPUT, session

HIDDEN, WIDE, HEADS, EPSILON = 64, 128, 4, 1e-6
chance = np.random.default_rng(20)


def drawn(*shape: int) -> Array:
    return chance.normal(0, 0.3, shape).astype(np.float32)


LAYER = Layer(
    qkv=drawn(HIDDEN, 3 * HIDDEN),
    qkv_bias=drawn(3 * HIDDEN),
    out=drawn(HIDDEN, HIDDEN),
    out_bias=drawn(HIDDEN),
    wide=drawn(HIDDEN, WIDE),
    wide_bias=drawn(WIDE),
    narrow=drawn(WIDE, HIDDEN),
    narrow_bias=drawn(HIDDEN),
    norm1=1 + drawn(2, HIDDEN),
    norm2=1 + drawn(2, HIDDEN),
)
WIDTHS = {"narrow": WIDE}
SMOOTHING = {f"0.{name}": np.exp(drawn(WIDTHS.get(name, HIDDEN))) for name in MATRICES}
TOKENS = chance.standard_normal((30, HIDDEN)).astype(np.float32)


def states(layer: Layer, arithmetic: Arithmetic, tokens: Array = TOKENS) -> Array:
    graph = through(GraphBuilder(HEADS, EPSILON, arithmetic), [layer], {}, HIDDEN)
    found: Array = session(graph).run([STATES], {INPUT: tokens})[0]
    return found


def by_hand(layer: Layer, tokens: Array) -> Array:
    def norm(values: Array, parts: Array) -> Array:
        spread = np.sqrt(values.var(axis=1, keepdims=True) + EPSILON)
        return np.asarray((values - values.mean(axis=1, keepdims=True)) / spread * parts[0] + parts[1], np.float32)

    query, key, value = (
        side.reshape(len(tokens), HEADS, -1).transpose(1, 0, 2)
        for side in np.split(tokens @ layer.qkv + layer.qkv_bias, 3, axis=1)
    )
    shares = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(HIDDEN // HEADS))
    mixed = (shares / shares.sum(axis=2, keepdims=True) @ value).transpose(1, 0, 2).reshape(len(tokens), HIDDEN)
    middle = norm(tokens + mixed @ layer.out + layer.out_bias, layer.norm1)
    wide = middle @ layer.wide + layer.wide_bias
    bent = wide * (1 + np.tanh(np.sqrt(2 / np.pi) * (wide + 0.044715 * wide**3))) / 2  # within .0005 of GELU
    return norm(middle + bent @ layer.narrow + layer.narrow_bias, layer.norm2)


def test_a_layer_is_berts() -> None:
    np.testing.assert_allclose(states(LAYER, Arithmetic()), by_hand(LAYER, TOKENS), atol=0.01)


@pytest.mark.parametrize("levels", [LEVELS, LEVELS // 2])
@pytest.mark.parametrize("smoothing", [None, SMOOTHING])
def test_8_bits_say_nearly_the_same(levels: int, smoothing: Mapping[str, Array] | None) -> None:
    exact = states(LAYER, Arithmetic())
    assert np.abs(states(LAYER, Arithmetic("int8", levels, smoothing)) - exact).mean() < 0.05
    without_factors = states(LAYER, Arithmetic("fp32", levels, smoothing))
    np.testing.assert_array_equal(without_factors, exact)


def test_a_token_with_a_huge_input_makes_the_others_no_coarser() -> None:
    """One token drives a unit of the feed-forward to hundreds of times what the others have there."""
    plain = np.stack([np.ones(HIDDEN), np.zeros(HIDDEN)]).astype(np.float32)
    marked = replace(LAYER, out=np.zeros_like(LAYER.out), wide=LAYER.wide.copy(), norm1=plain)
    marked.wide[:, 0] = 0
    marked.wide[5, 0] = 400
    tokens = TOKENS.copy()
    tokens[:, 5] = -1
    calm = states(marked, Arithmetic("int8"), tokens) - states(marked, Arithmetic(), tokens)
    tokens[7, 5] = 60
    stirred = states(marked, Arithmetic("int8"), tokens) - states(marked, Arithmetic(), tokens)
    others = np.arange(len(tokens)) != 7
    assert np.abs(stirred[others]).mean() < 2 * np.abs(calm[others]).mean()


@pytest.mark.parametrize("count", [1, 2, 129])
def test_texts_of_any_length_are_read(count: int) -> None:
    tokens = chance.standard_normal((count, HIDDEN)).astype(np.float32)
    found = states(LAYER, Arithmetic("int8", LEVELS, SMOOTHING), tokens)
    assert np.abs(found - states(LAYER, Arithmetic(), tokens)).mean() < 0.05


@pytest.mark.parametrize("everywhere", [0.0, -0.75])
def test_inputs_without_anything_above_0_are_kept(everywhere: float) -> None:
    """What GELU makes of 0, and its least."""
    still = replace(LAYER, wide=np.zeros_like(LAYER.wide), wide_bias=np.full_like(LAYER.wide_bias, everywhere))
    found = states(still, Arithmetic("int8"))
    assert np.abs(found - states(still, Arithmetic())).mean() < 0.05
