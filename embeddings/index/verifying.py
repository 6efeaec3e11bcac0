"""Proving a generation: its files, its counts, every passage in its document, and vectors against their texts."""

import random
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder.encoder import Encoder
from embeddings.headings import heading_of
from embeddings.index.generation_facts import VectorCheck
from embeddings.index.generations import Contents, Generation, load, wrong_files

if TYPE_CHECKING:
    from embeddings.index.dense import Rows

LEAST_COSINE = 0.99
"""Of a vector with its text's, embedded anew. An index may come from a processor that computes in 8 bits and be
verified on one that does not: 0.997 and more lies between the two; of other texts' nearest 99% are below 0.974
(`python -m tests.benchmarks.vector_tolerance`)."""
_LENGTH_TOLERANCE = 1e-3
_NAMED = 5
_AT_ONCE = 65_536
"""Vectors."""


def verify(generation: Generation) -> list[str]:
    """What is wrong with a generation, one sentence each; empty when it is whole. No model is needed."""
    problems = wrong_files(generation)
    if problems:
        return problems
    try:
        contents = load(generation)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        return [f"its files do not read back ({type(error).__name__})"]
    manifest = generation.manifest
    counted = (len(contents.documents), len(contents.passages), len(contents.dense.rows), contents.dense.index.d)
    if counted != (manifest.documents, manifest.passages, manifest.vectors, manifest.dimension):
        problems.append("its counts differ from its manifest")
    problems += [
        f"passage {passage.id} does not stand in its document {passage.document_id}"
        for passage in contents.passages
        if passage.document_id not in contents.documents
        or contents.documents[passage.document_id].text[passage.start : passage.end] != passage.text
    ]
    problems += contents.structure.problems(contents.documents)
    return problems + _wrong_rows(contents, contents.dense.rows)


def check_vectors(generation: Generation, encoder: Encoder, sample: int) -> VectorCheck:
    """Embed a random sample of a generation's texts anew and compare; the generation must be whole (see `verify`).

    Args:
        generation: what to check.
        encoder: of the model it was built with.
        sample: how many vectors to compare; all of them if there are fewer.
    """
    from embeddings.index.dense import embedded_text  # noqa: PLC0415 - faiss is slow to import

    contents = load(generation)
    rows = contents.dense.rows
    chosen = sorted(random.sample(range(len(rows)), min(sample, len(rows))))
    if not chosen:
        return VectorCheck((), 0, 1.0)
    titles = [heading_of(contents.documents[passage.document_id]) for passage in contents.passages]
    texts = [passage.text for passage in contents.passages]
    anew = encoder.encode_documents([embedded_text(titles, texts, rows[number].tolist()) for number in chosen])
    kept = np.stack([contents.dense.index.reconstruct(number) for number in chosen])
    cosines = np.einsum("ij,ij->i", anew, kept)
    wrong = [
        f"the vector of passage {contents.passages[rows[number, 0]].id}, characters {rows[number, 1]} to "
        f"{rows[number, 2]}, is not that of its text (cosine {cosine:.3f})"
        for number, cosine in zip(chosen, cosines.tolist(), strict=True)
        if not cosine >= LEAST_COSINE
    ]
    return VectorCheck(tuple(wrong), len(chosen), float(cosines.min()))


def _wrong_rows(contents: Contents, rows: "Rows") -> list[str]:
    """What is wrong with which piece of which passage a vector is said to be of, and with the vectors' length."""
    from embeddings.index.dense import SENTENCE, WHOLE  # noqa: PLC0415

    problems = []
    lengths = np.array([len(passage.text) for passage in contents.passages])
    owners = rows[:, 0]
    if len(rows) and (owners.min() < 0 or owners.max() >= len(lengths) or (np.diff(owners) < 0).any()):
        return ["its vectors are not in the order of its passages"]
    outside = (rows[:, 1] < 0) | (rows[:, 2] > lengths[owners]) | (rows[:, 1] >= rows[:, 2])
    for kind, word in ((WHOLE, "whole text"), (SENTENCE, "sentences")):
        lacking = np.setdiff1d(np.arange(len(lengths)), owners[rows[:, 3] == kind])
        problems += [f"passage {contents.passages[i].id} has no vector for its {word}" for i in lacking[:_NAMED]]
    problems += [
        f"a vector is said to be of text outside its passage {contents.passages[i].id}" for i in owners[outside]
    ]
    off = ~(np.abs(_lengths(contents) - 1) <= _LENGTH_TOLERANCE)
    return problems + [
        f"a vector of passage {contents.passages[i].id} is not of length 1" for i in owners[off][:_NAMED]
    ]


def _lengths(contents: Contents) -> NDArray[np.float32]:
    """Of all vectors; a part of them is in memory at a time."""
    index = contents.dense.index
    parts = [
        np.linalg.norm(index.reconstruct_n(start, min(_AT_ONCE, index.ntotal - start)), axis=1)
        for start in range(0, index.ntotal, _AT_ONCE)
    ]
    return np.concatenate([np.empty(0, np.float32), *parts])
