"""The mean of two trained networks."""

from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from embeddings.training import mix


def network(seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    shapes = {"m.up": (6, 2), "m.down": (2, 5), "head.weight": (2, 6), "head.bias": (2,)}
    return {name: rng.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}


def test_the_mean_of_a_network_with_itself_is_the_network() -> None:
    one = network(0)
    found = mix.mixed(one, one, 0.5)
    np.testing.assert_allclose(found["m.up"] @ found["m.down"], one["m.up"] @ one["m.down"], atol=1e-5)
    np.testing.assert_array_equal(found["head.weight"], one["head.weight"])
    assert {name: value.shape for name, value in found.items()} == {name: value.shape for name, value in one.items()}


def test_changes_are_averaged_and_cut_to_their_rank() -> None:
    one, other = network(0), network(1)
    wanted = 0.25 * one["m.up"] @ one["m.down"] + 0.75 * other["m.up"] @ other["m.down"]
    found = mix.mixed(one, other, 0.75)
    values = np.linalg.svd(wanted, compute_uv=False)
    left = np.linalg.norm(found["m.up"] @ found["m.down"] - wanted)
    assert left == pytest.approx(np.sqrt((values[2:] ** 2).sum()), rel=1e-4)
    np.testing.assert_allclose(found["head.bias"], 0.25 * one["head.bias"] + 0.75 * other["head.bias"], rtol=1e-6)


def test_files_are_mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, base in enumerate("aab"):
        tensors = {name: value.astype(np.float16) for name, value in network(number).items()}
        save_file(tensors | {"smoothing.0.qkv": np.ones(3, np.float16)}, tmp_path / str(number), {"base": base})
    given = [str(tmp_path / "0"), str(tmp_path / "1"), "--name", "both", "--write", str(tmp_path / "mixed")]
    monkeypatch.setattr("sys.argv", ["mix", *given])
    assert mix.main() == 0
    with safe_open(tmp_path / "mixed", framework="numpy") as file:
        assert file.metadata() == {"base": "a", "name": "both"}
        assert set(file.keys()) == set(network(0))
    given[1] = str(tmp_path / "2")
    monkeypatch.setattr("sys.argv", ["mix", *given])
    with pytest.raises(SystemExit, match="were not trained on the same model"):
        mix.main()
