"""The network made ready to run: kept, found damaged, done without a disk; in 8 bits as in 32."""

import logging
import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from corpus.errors import ModelError
from embeddings.network.adapters import read_adapters, shipped
from embeddings.network.bundled_weights import SHA256
from embeddings.network.network import Network
from embeddings.network.prepared import FOLDER, prepare
from embeddings.reading.bundled_reader import BundledReader

MEGABYTES = 24
TEXTS = [
    "passage: Công tác dân vận\nNăm 2020 được Ban Dân vận Trung ương chọn là Năm dân vận khéo.",
    "query: ai chủ trì hội nghị?",
    "passage: Ngày 14/3/2018, xã khai mạc liên hoan các nghề thủ công lần thứ hai tại sân đình.",
]
PASSAGES = [
    ("Liên hoan", "Sáng 14/3/2018, xã Vạn Thắng khai mạc liên hoan các nghề thủ công tại sân đình Thượng."),
    ("Thu quỹ", "Đến hết tháng 6, toàn xã quyên góp được 27 triệu đồng, trong đó thôn Hạ góp 9 triệu đồng."),
]
QUESTIONS = ["liên hoan khai mạc ngày nào?", "toàn xã quyên góp được bao nhiêu?", "ai là chủ tịch xã?"]


def vectors(network: Network) -> np.ndarray:
    rows = [encoding.ids for encoding in network.tokenize(TEXTS)]
    means = np.stack([states.mean(axis=0) for states in network.states(rows)])
    return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def exact() -> Network:
    return Network(prepare(number_format="fp32"))


@pytest.fixture(scope="module")
def whole() -> Network:
    return Network(prepare(number_format="int8"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray]:
    """A data folder with a prepared network, and the vectors that it gives."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, vectors(Network(prepare(folder)))


def test_8_bits_say_nearly_the_same(exact: Network, whole: Network) -> None:
    assert (vectors(exact) * vectors(whole)).sum(axis=1).min() > 0.99
    for question in QUESTIONS:
        first, second = (BundledReader(network).read(question, PASSAGES) for network in (exact, whole))
        for one, other in zip(first, second, strict=True):
            assert one.margin == pytest.approx(other.margin, abs=2.5)
            if one.margin > 0:
                assert one.spans[0].start == other.spans[0].start


def test_what_was_prepared_is_opened_again(kept: tuple[Path, np.ndarray]) -> None:
    folder, first = kept
    before = {path: path.stat().st_mtime_ns for path in (folder / FOLDER).rglob("*")}
    again = Network(prepare(folder))
    np.testing.assert_array_equal(first, vectors(again))
    assert {path: path.stat().st_mtime_ns for path in (folder / FOLDER).rglob("*")} == before
    assert again.prepared.speed.startswith("computes in ")


@pytest.mark.parametrize("name", ["words.npy", "search.onnx", "pieces.txt", "scores.npy", "facts.json"])
def test_a_damaged_file_is_made_anew(
    kept: tuple[Path, np.ndarray], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder, first = kept
    path = next((folder / FOLDER).glob(f"*/{name}"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data[: len(data) // 2 + 1]))
    with caplog.at_level(logging.WARNING):
        again = Network(prepare(folder))
    assert "made anew" in caplog.text
    np.testing.assert_array_equal(first, vectors(again))
    caplog.clear()
    prepare(folder)
    assert not caplog.text


def test_what_a_killed_program_left_half_made_is_removed(tmp_path: Path, kept: tuple[Path, np.ndarray]) -> None:
    for name, age in ((".left", 7200), (".going-on", 0), ("of-another-version", 0)):
        (tmp_path / FOLDER / name).mkdir(parents=True)
        (tmp_path / FOLDER / name / "words.npy").write_bytes(b"x")
        os.utime(tmp_path / FOLDER / name, (time.time() - age,) * 2)
    network = Network(prepare(tmp_path))
    np.testing.assert_array_equal(kept[1], vectors(network))
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir() if not path.joinpath("facts.json").is_file()) == [
        ".going-on"
    ]


def test_a_folder_that_takes_nothing_is_done_without(kept: tuple[Path, np.ndarray], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    network = Network(prepare(tmp_path))
    np.testing.assert_array_equal(kept[1], vectors(network))


def test_many_threads_get_their_own_answers(whole: Network) -> None:
    rows: Sequence[Sequence[int]] = [encoding.ids for encoding in whole.tokenize(TEXTS)] * 8
    together = whole.states(rows)
    for row, states in zip(rows, together, strict=True):
        np.testing.assert_array_equal(whole.states([row])[0], states)


def test_what_is_shipped_is_small_and_says_what_it_is() -> None:
    paths = [shipped(f"{name}.safetensors") for name in ("search", "reader")]
    assert sum(path.stat().st_size for path in paths) < MEGABYTES * 1_000_000
    assert [read_adapters(path).name.rsplit("-", 1)[0] for path in paths] == ["danvan-search", "danvan-reader"]


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    save_file({"x": np.zeros(1, np.float32)}, tmp_path / "other.safetensors", {"base": "0" * 64})
    with pytest.raises(ModelError, match="were not trained on the bundled model"):
        read_adapters(tmp_path / "other.safetensors")


@pytest.mark.parametrize("content", [b"", b"not a file of tensors", b"\xff" * 100])
def test_damaged_weights_are_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.safetensors cannot be read"):
        read_adapters(tmp_path / "broken.safetensors")
    with pytest.raises(ModelError, match="cannot be read"):
        read_adapters(tmp_path / "missing.safetensors")


def test_changes_are_added_to_the_matrices_they_belong_to(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    down, up = rng.standard_normal((4, 32), np.float32), rng.standard_normal((32, 4), np.float32)
    name = "encoder.layer.1.attention.output.dense"
    save_file({f"{name}.down": down, f"{name}.up": up}, tmp_path / "a.safetensors", {"base": SHA256, "name": "a"})
    adapters = read_adapters(tmp_path / "a.safetensors")
    change = adapters.change(1, ["attention.output.dense"])
    assert change is not None
    np.testing.assert_allclose(change, up @ down, rtol=1e-5)
    assert adapters.change(0, ["attention.output.dense"]) is None
