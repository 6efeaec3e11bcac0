"""Transformer layers as ONNX graphs over one sequence at a time: no padding, no mask, no batch.

Layers are BERT's: attention, residual, layer norm, feed-forward with GELU, residual, layer norm. In the format `int8`
every matrix is multiplied in 8 bits: activations are quantised as they come, weights beforehand, column by column.
Two things make that exact enough. Both are brought to like ranges first: each input column of a matrix is divided, and
the matrix multiplied, by a factor found on sample texts (SmoothQuant, arXiv 2211.10438). And the inputs of `narrow`, of
which a few tokens are many times larger than all others, are divided by each token's largest value first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]
Format = Literal["fp32", "int8"]

MATRICES = ("qkv", "out", "wide", "narrow")
"""Of a layer, in the order of use."""
_UNEVEN = ".narrow"
_OPSETS = {"": 20, "com.microsoft": 1}
_IR_VERSION = 10
LEVELS = 127
"""Of a weight in 8 bits."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one layer, ready to multiply from the right: (inputs, outputs) each.

    Attributes:
        qkv: (hidden, 3 * hidden), with `qkv_bias`.
        out: (hidden, hidden).
        wide: (hidden, feed_forward).
        narrow: (feed_forward, hidden).
        norm1, norm2: weight and bias, (2, hidden) each.
    """

    qkv: Array
    qkv_bias: Array
    out: Array
    out_bias: Array
    wide: Array
    wide_bias: Array
    narrow: Array
    narrow_bias: Array
    norm1: Array
    norm2: Array


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How a graph multiplies.

    Attributes:
        number_format: `fp32` or `int8`.
        levels: largest whole number that a weight becomes in 8 bits; half of 127 for processors that add pairs of
            products in 16 bits, which would overflow.
        smoothing: for `int8`: name of a matrix (`3.wide`) -> (inputs,) factors its input is divided by.
    """

    number_format: Format = "fp32"
    levels: int = LEVELS
    smoothing: Mapping[str, Array] | None = None


class GraphBuilder:
    """Puts nodes and weights together.

    Args:
        heads: of the attention.
        epsilon: of the layer norms.
        arithmetic: how matrices are multiplied.
        observed: names of matrices whose inputs become outputs of the graph, for finding smoothing factors.
    """

    def __init__(self, heads: int, epsilon: float, arithmetic: Arithmetic, *, observed: bool = False) -> None:
        self._heads = heads
        self._epsilon = epsilon
        self._arithmetic = arithmetic
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []
        self.observed: dict[str, str] | None = {} if observed else None
        """Name of a matrix -> the tensor that it is multiplied with."""

    def weight(self, name: str, values: NDArray[np.generic]) -> str:
        """Add a constant; returns its name."""
        self._weights.append(numpy_helper.from_array(np.array(values, order="C"), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Add an operation with one output; returns the output's name."""
        self._nodes.append(helper.make_node(kind, list(inputs), [output], domain=domain, **attributes))
        return output

    def norm(self, name: str, source: str, values: Array) -> str:
        """Layer norm over the last axis; `values` are weight and bias."""
        weight, bias = self.weight(f"{name}.weight", values[0]), self.weight(f"{name}.bias", values[1])
        return self.node("LayerNormalization", [source, weight, bias], name, axis=-1, epsilon=self._epsilon)

    def linear(self, name: str, source: str, matrix: Array, bias: Array) -> str:
        """`source @ matrix + bias`."""
        if self.observed is not None:
            self.observed[name] = source
        if self._arithmetic.number_format == "fp32":
            product = self.node("MatMul", [source, self.weight(f"{name}.matrix", matrix)], f"{name}.product")
        else:
            product = self._product_in_8_bits(name, source, matrix)
        return self.node("Add", [product, self.weight(f"{name}.bias", bias)], name)

    def layer(self, name: str, source: str, layer: Layer) -> str:
        """One layer over (tokens, hidden)."""
        hidden = layer.out.shape[0]
        mixed = self._attention(name, self.linear(f"{name}.qkv", source, layer.qkv, layer.qkv_bias), hidden)
        attended = self.linear(f"{name}.out", mixed, layer.out, layer.out_bias)
        middle = self.norm(f"{name}.norm1", self.node("Add", [source, attended], f"{name}.sum1"), layer.norm1)
        wide = self.linear(f"{name}.wide", middle, layer.wide, layer.wide_bias)
        bent = self.node("Gelu", [wide], f"{name}.gelu")
        narrow = self.linear(f"{name}.narrow", bent, layer.narrow, layer.narrow_bias)
        return self.norm(f"{name}.norm2", self.node("Add", [middle, narrow], f"{name}.sum2"), layer.norm2)

    def model(self, inputs: Mapping[str, Sequence[str | int]], outputs: Mapping[str, Sequence[str | int]]) -> bytes:
        """The finished graph, serialised; shapes by name of input and output."""
        graph = helper.make_graph(
            self._nodes,
            "danvan",
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            self._weights,
        )
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        model: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION).SerializeToString()
        return model

    def _attention(self, name: str, qkv: str, hidden: int) -> str:
        width = hidden // self._heads
        shape = self.weight(f"{name}.heads", np.array([0, 3, self._heads, width], np.int64))
        parts = self.node("Reshape", [qkv, shape], f"{name}.split")
        sides = []
        for place, (side, order) in enumerate((("q", (1, 0, 2)), ("k", (1, 2, 0)), ("v", (1, 0, 2)))):
            index = self.weight(f"{name}.{side}.place", np.array(place, np.int64))
            one = self.node("Gather", [parts, index], f"{name}.{side}.all", axis=1)
            sides.append(self.node("Transpose", [one], f"{name}.{side}", perm=order))
        query, key, value = sides
        scale = self.weight(f"{name}.scale", np.array(width**-0.5, np.float32))
        scores = self.node("Mul", [self.node("MatMul", [query, key], f"{name}.scores"), scale], f"{name}.scaled")
        shares = self.node("Softmax", [scores], f"{name}.shares", axis=-1)
        mixed = self.node("MatMul", [shares, value], f"{name}.mixed")
        back = self.node("Transpose", [mixed], f"{name}.back", perm=(1, 0, 2))
        flat = self.weight(f"{name}.flat", np.array([0, hidden], np.int64))
        return self.node("Reshape", [back, flat], f"{name}.heads_joined")

    def _product_in_8_bits(self, name: str, source: str, matrix: Array) -> str:
        smoothing = self._arithmetic.smoothing
        if smoothing is not None:
            factors = smoothing[name]
            inverse = self.weight(f"{name}.smoothing", (1 / factors).astype(np.float32))
            source = self.node("Mul", [source, inverse], f"{name}.smoothed")
            matrix = matrix * factors[:, None]
        scale = np.maximum(np.abs(matrix).max(axis=0) / self._arithmetic.levels, 1e-12).astype(np.float32)
        whole = self.weight(f"{name}.whole", np.rint(matrix / scale).astype(np.int8))
        inputs = [whole, self.weight(f"{name}.column_scale", scale)]
        if not name.endswith(_UNEVEN):
            return self.node("DynamicQuantizeMatMul", [source, *inputs], f"{name}.product", domain="com.microsoft")
        axis = self.weight(f"{name}.axis", np.array([1], np.int64))
        sizes = self.node("Abs", [source], f"{name}.sizes")
        floor = self.weight(f"{name}.floor", np.array(1e-6, np.float32))
        largest = self.node(
            "Max", [self.node("ReduceMax", [sizes, axis], f"{name}.top", keepdims=1), floor], f"{name}.largest"
        )
        even = self.node("Div", [source, largest], f"{name}.even")
        product = self.node("DynamicQuantizeMatMul", [even, *inputs], f"{name}.even_product", domain="com.microsoft")
        return self.node("Mul", [product, largest], f"{name}.product")
