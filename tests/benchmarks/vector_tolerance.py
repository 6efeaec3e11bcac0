"""How far a text's vector strays from itself, and from others: `python -m tests.benchmarks.vector_tolerance [TEXTS]`.

The five articles' texts are embedded as for an index; TEXTS (16) of them once more in float32.
`embeddings.index.verifying.LEAST_COSINE` lies between what these two give and what another text gives.
"""

import sys

import numpy as np

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS, read_folder
from corpus.splitting import split
from embeddings.encoder.encoder import load_encoder
from embeddings.encoder.network_encoder import NetworkEncoder
from embeddings.index.dense import embedded_text, rows_of
from embeddings.index.verifying import LEAST_COSINE
from embeddings.network.network import Network
from embeddings.network.prepared import prepare

QUANTILES = (0.5, 0.9, 0.99)


def main(sample: int) -> None:
    """Print the figures."""
    documents = read_folder(DEFAULT_DOCUMENTS).documents
    passages = [(document.title, passage.text) for document in documents for passage in split(document)]
    titles, texts = [title for title, _ in passages], [text for _, text in passages]
    encoder = load_encoder()
    embedded = sorted({embedded_text(titles, texts, row) for row in rows_of(titles, texts, encoder).tolist()})
    vectors = encoder.encode_documents(embedded)
    chosen = np.random.default_rng(0).choice(len(embedded), sample, replace=False)
    some = [embedded[number] for number in chosen]
    exact = NetworkEncoder(Network(prepare(number_format="fp32"))).encode_documents(some)
    print(f"{len(embedded)} different texts, {sample} compared; the tolerance is {LEAST_COSINE}")
    print(f"as indexed and in float32: cosine {_least(vectors[chosen], exact):.5f} or more")
    between = vectors @ vectors.T
    np.fill_diagonal(between, -1)
    nearest = np.quantile(between.max(axis=1), QUANTILES)
    print("nearest other text: " + ", ".join(f"{q:.0%} below {n:.4f}" for q, n in zip(QUANTILES, nearest, strict=True)))


def _least(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.einsum("ij,ij->i", first, second).min())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 16)
