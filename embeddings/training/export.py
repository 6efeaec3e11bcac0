"""A trained file -> the one that is shipped: factors for 8 bits added, found on sample texts."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file

from embeddings.network.adapters import Adapters, read_adapters
from embeddings.network.building import through
from embeddings.network.bundled_weights import Weights, open_weights
from embeddings.network.embeddings import embeddings_of
from embeddings.network.graph import Arithmetic, Array, GraphBuilder, Layer
from embeddings.network.layers import layers_of
from embeddings.network.sessions import INPUT, session
from embeddings.network.words import WordTable
from embeddings.training.batches import Sampler
from embeddings.training.prepared import NEAR_MISS, Prepared
from embeddings.training.typing_variants import VARIANTS

_SAMPLES = 24
_EXPONENT = 0.5
"""How much of the range of the activations goes into the weights: alpha of SmoothQuant (arXiv 2211.10438)."""


def smoothing_factors(weights: Weights, adapters: Adapters, samples: Sequence[Array]) -> dict[str, Array]:
    """Factors for every matrix, from the largest inputs it gets while embedded sample texts go through."""
    layers = layers_of(weights, adapters)
    builder = GraphBuilder(weights.shape.heads, weights.shape.epsilon, Arithmetic(), observed=True)
    opened = session(through(builder, layers, {}, weights.shape.hidden))
    observed = builder.observed or {}
    tensors = sorted(set(observed.values()) - {INPUT})
    largest: dict[str, Array] = {}
    for sample in samples:
        values = dict(zip(tensors, opened.run(tensors, {INPUT: sample}), strict=True)) | {INPUT: sample}
        for name, tensor in observed.items():
            top = np.abs(values[tensor])
            if name.endswith(".narrow"):  # each token is divided by its largest value, see `graph`
                top = top / np.maximum(top.max(axis=1, keepdims=True), 1e-6)
            largest[name] = np.maximum(largest.get(name, 0), top.max(axis=0))
    return {name: _factors(top, _matrix(layers, name)) for name, top in largest.items()}


def _matrix(layers: Sequence[Layer], name: str) -> Array:
    number, _, matrix = name.partition(".")
    values: Array = getattr(layers[int(number)], matrix)
    return values


def _factors(inputs: Array, matrix: Array) -> Array:
    weights = np.abs(matrix).max(axis=1)
    factors = np.maximum(inputs, 1e-5) ** _EXPONENT / np.maximum(weights, 1e-5) ** (1 - _EXPONENT)
    return np.asarray(np.clip(factors, 1e-2, 1e2), np.float32)


def samples(data: Prepared, weights: Weights, network: str) -> Iterator[Array]:
    """Embedded texts as the network will see them: windows for the reader, passages and questions for the encoder."""
    rng = np.random.default_rng(0)
    own = data.source == data.source_names.index("own")
    chosen = rng.permutation(np.flatnonzero(own & (data.validation == 0) & (data.kind != NEAR_MISS)))[:_SAMPLES]
    sampler = Sampler(data, 0)
    for question in chosen.tolist():
        if network == "reader":
            windows = sampler.windows([(question, int(data.passage_of[question]))], 1)[0]
            rows = [windows.ids[0].numpy()]
        else:
            rows = [data.passages[int(data.passage_of[question])], data.questions[question * VARIANTS]]
        for row in rows:
            yield _embedded(weights, data.vocabulary[row])


def _embedded(weights: Weights, ids: NDArray[np.int32]) -> Array:
    shape = weights.shape
    embeddings = embeddings_of(weights)
    words = WordTable(weights.packed("emb.word", shape.vocabulary, shape.hidden))
    states = words.rows(ids.tolist()) + embeddings.positions[: len(ids)]
    states = (states - states.mean(1, keepdims=True)) / np.sqrt(states.var(1, keepdims=True) + shape.epsilon)
    return np.asarray(states * embeddings.norm[0] + embeddings.norm[1], np.float32)


def main() -> int:
    """Convert."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=("search", "reader"))
    parser.add_argument("trained", type=Path)
    parser.add_argument("--prepared", type=Path, required=True, help="folder that `prepare` wrote")
    parser.add_argument("--write", type=Path, required=True)
    given = parser.parse_args()
    weights = open_weights()
    data = Prepared.load(given.prepared / "prepared.npz")
    found = smoothing_factors(weights, read_adapters(given.trained), list(samples(data, weights, given.network)))
    with safe_open(given.trained, framework="numpy") as file:
        facts = dict(file.metadata() or {})
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
    tensors |= {f"smoothing.{name}": factors.astype(np.float16) for name, factors in found.items()}
    save_file(tensors, given.write, metadata=facts)
    given.write.chmod(0o644)
    sys.stdout.write(f"{given.write}: {given.write.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
