"""Transformer layers as ONNX graphs over one sequence at a time: no padding, no mask, no batch.

Layers are BERT's: attention, residual, layer norm, feed-forward with GELU, residual, layer norm. In the format `int8`
every matrix is multiplied in 8 bits: activations are quantised as they come, weights beforehand, column by column.
Two things make that exact enough. Both are brought to like ranges first: each input column of a matrix is divided, and
the matrix multiplied, by a factor found on sample texts (SmoothQuant, arXiv 2211.10438). And the inputs of `narrow`, of
which a few tokens are many times larger than all others, have a scale for each token in place of one for all.

Half of the time goes to the matrices, which are multiplied as fast as the processor can; what stands around them is
kept small. Queries, keys and values come out of one quantised input as three products, which need not be cut apart;
biases are added by the products; what the inputs of `out` are divided by is in the weights of the values already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]
Format = Literal["fp32", "int8"]

MATRICES = ("qkv", "out", "wide", "narrow")
"""Of a layer, in the order of use."""
_UNEVEN = ".narrow"
_DIVIDED_ALREADY = ".out"
_ZERO = 64
"""What stands for 0 in the inputs of `narrow`, 0 to 255: GELU's least is about a third as far from 0 as its largest."""
_LEAST_SCALE = 1e-8
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
        return self.nodes(kind, inputs, [output], domain, **attributes)[0]

    def nodes(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **attributes: Any
    ) -> Sequence[str]:
        """Add an operation with several outputs; returns their names."""
        self._nodes.append(helper.make_node(kind, list(inputs), list(outputs), domain=domain, **attributes))
        return outputs

    def norm(self, name: str, source: str, values: Array) -> str:
        """Layer norm over the last axis; `values` are weight and bias."""
        weight, bias = self.weight(f"{name}.weight", values[0]), self.weight(f"{name}.bias", values[1])
        return self.node("LayerNormalization", [source, weight, bias], name, axis=-1, epsilon=self._epsilon)

    def linear(self, name: str, source: str, matrix: Array, bias: Array, parts: Sequence[str] = ("",)) -> list[str]:
        """`source @ matrix + bias`, its columns in as many equal parts as are named; the parts' names."""
        if self.observed is not None:
            self.observed[name] = source
        eight_bits = self._arithmetic.number_format != "fp32"
        smoothing = self._arithmetic.smoothing
        if eight_bits and smoothing is not None:
            factors = smoothing[name]
            matrix = matrix * factors[:, None]
            if not name.endswith(_DIVIDED_ALREADY):
                inverse = self.weight(f"{name}.smoothing", (1 / factors).astype(np.float32))
                source = self.node("Mul", [source, inverse], f"{name}.smoothed")
        named = [
            _Part(f"{name}{part}", *values)
            for part, *values in zip(
                parts, np.split(matrix, len(parts), axis=1), np.split(bias, len(parts)), strict=True
            )
        ]
        if not eight_bits:
            return [self._product(source, part) for part in named]
        if name.endswith(_UNEVEN):
            return [self._product_by_rows(source, part) for part in named]
        return self._products_in_8_bits(name, source, named)

    def layer(self, name: str, source: str, layer: Layer) -> str:
        """One layer over (tokens, hidden)."""
        attended = self.linear(f"{name}.out", self._attention(name, source, layer), layer.out, layer.out_bias)
        middle = self.norm(f"{name}.norm1", self.node("Add", [source, *attended], f"{name}.sum1"), layer.norm1)
        wide = self.linear(f"{name}.wide", middle, layer.wide, layer.wide_bias)
        bent = self.node("Gelu", wide, f"{name}.gelu")
        narrow = self.linear(f"{name}.narrow", bent, layer.narrow, layer.narrow_bias)
        return self.norm(f"{name}.norm2", self.node("Add", [middle, *narrow], f"{name}.sum2"), layer.norm2)

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

    def _attention(self, name: str, source: str, layer: Layer) -> str:
        hidden = layer.out.shape[0]
        width = hidden // self._heads
        matrix, bias = self._values_divided(name, layer)
        shape = self.weight(f"{name}.heads", np.array([0, self._heads, width], np.int64))
        sides = []
        for one, order in zip(
            self.linear(f"{name}.qkv", source, matrix, bias, parts=(".q", ".k", ".v")),
            ((1, 0, 2), (1, 2, 0), (1, 0, 2)),
            strict=True,
        ):
            parts = self.node("Reshape", [one, shape], f"{one}.split")
            sides.append(self.node("Transpose", [parts], f"{one}.turned", perm=order))
        query, key, value = sides
        scale = self.weight(f"{name}.scale", np.array(width**-0.5, np.float32))
        scores = self.node("Mul", [self.node("MatMul", [query, key], f"{name}.scores"), scale], f"{name}.scaled")
        shares = self.node("Softmax", [scores], f"{name}.shares", axis=-1)
        mixed = self.node("MatMul", [shares, value], f"{name}.mixed")
        back = self.node("Transpose", [mixed], f"{name}.back", perm=(1, 0, 2))
        flat = self.weight(f"{name}.flat", np.array([0, hidden], np.int64))
        return self.node("Reshape", [back, flat], f"{name}.heads_joined")

    def _values_divided(self, name: str, layer: Layer) -> tuple[Array, Array]:
        """Weight and bias of queries, keys and values, the values divided by what `out` wants its inputs divided by."""
        smoothing = self._arithmetic.smoothing
        if self._arithmetic.number_format == "fp32" or smoothing is None:
            return layer.qkv, layer.qkv_bias
        factors = np.concatenate([np.ones(2 * len(layer.out), np.float32), smoothing[f"{name}.out"]])
        return layer.qkv / factors, layer.qkv_bias / factors

    def _product(self, source: str, part: "_Part") -> str:
        product = self.node("MatMul", [source, self.weight(f"{part.name}.matrix", part.matrix)], f"{part.name}.product")
        return self.node("Add", [product, self.weight(f"{part.name}.bias", part.bias)], part.name)

    def _products_in_8_bits(self, name: str, source: str, parts: Sequence["_Part"]) -> list[str]:
        """Products with one quantised input."""
        names = [f"{name}.input", f"{name}.input_scale", f"{name}.input_zero"]
        whole, scale, zero = self.nodes("DynamicQuantizeLinear", [source], names)
        return [
            self.node(
                "MatMulIntegerToFloat",
                [
                    whole,
                    *self._matrix_in_8_bits(part, scale),
                    zero,
                    "",
                    self.weight(f"{part.name}.bias", part.bias.astype(np.float32)),
                ],
                part.name,
                domain="com.microsoft",
            )
            for part in parts
        ]

    def _product_by_rows(self, source: str, part: "_Part") -> str:
        """A product with an input that is quantised row by row, each as finely as its own least and largest allow."""
        name = part.name
        axis = self.weight(f"{name}.axis", np.array([1], np.int64))
        sides = []
        for kind, levels in (("ReduceMax", 255 - _ZERO), ("ReduceMin", -_ZERO)):
            end = self.node(kind, [source, axis], f"{name}.{kind}", keepdims=1)
            each = self.weight(f"{name}.{kind}.level", np.array(1 / levels, np.float32))
            sides.append(self.node("Mul", [end, each], f"{name}.{kind}.scale"))
        least = self.weight(f"{name}.least_scale", np.array(_LEAST_SCALE, np.float32))
        scales = self.node("Max", [*sides, least], f"{name}.scales")
        flat = self.node("Squeeze", [scales, axis], f"{name}.scales.flat")
        count = self.node("Shape", [source], f"{name}.count", start=0, end=1)
        zero = helper.make_tensor("zero", TensorProto.UINT8, [1], [_ZERO])
        zeros = self.node("ConstantOfShape", [count], f"{name}.zeros", value=zero)
        whole = self.node("QuantizeLinear", [source, flat, zeros], f"{name}.input", axis=0)
        matrix = self._matrix_in_8_bits(part, self.weight(f"{name}.one", np.array(1, np.float32)))
        product = self.node(
            "MatMulIntegerToFloat",
            [whole, *matrix, self.weight(f"{name}.zero", np.array(_ZERO, np.uint8))],
            f"{name}.even_product",
            domain="com.microsoft",
        )
        scaled = self.node("Mul", [product, scales], f"{name}.product")
        return self.node("Add", [scaled, self.weight(f"{name}.bias", part.bias)], name)

    def _matrix_in_8_bits(self, part: "_Part", input_scale: str) -> tuple[str, str, str]:
        """What MatMulIntegerToFloat takes behind its input: the matrix, the input's scale, the columns' scales."""
        scale = np.maximum(np.abs(part.matrix).max(axis=0) / self._arithmetic.levels, 1e-12).astype(np.float32)
        whole = self.weight(f"{part.name}.whole", np.rint(part.matrix / scale).astype(np.int8))
        return whole, input_scale, self.weight(f"{part.name}.column_scale", scale)


class _Part(NamedTuple):
    """Some columns of a matrix and of its bias, under the name of what they give."""

    name: str
    matrix: Array
    bias: Array
