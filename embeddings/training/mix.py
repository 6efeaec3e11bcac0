"""Two trained files -> their mean: `python -m embeddings.training.mix ONE OTHER --name NAME --write FILE`.

The mean of a network and of what it became when it was trained on does better on questions of another kind than either
(Wortsman et al., "Model soups", ICML 2022; WiSE-FT, CVPR 2022). The changes of the matrices are averaged, not their
factors, and cut to their rank again.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file

Array = NDArray[np.float32]


def mixed(one: dict[str, Array], other: dict[str, Array], share: float) -> dict[str, Array]:
    """The mean of two networks of the same shape.

    Args:
        one: tensors by name, as `network.Network.save` writes them.
        other: the same of the other one.
        share: of the other, 0 to 1.
    """
    found: dict[str, Array] = {}
    for name, tensor in one.items():
        stem, _, part = name.rpartition(".")
        if part == "up":
            up = np.concatenate([tensor * (1 - share), other[name] * share], axis=1)
            down = np.concatenate([one[f"{stem}.down"], other[f"{stem}.down"]])
            found[name], found[f"{stem}.down"] = _cut(up, down, tensor.shape[1])
        elif part != "down":
            found[name] = (1 - share) * tensor + share * other[name]
    return found


def _cut(up: Array, down: Array, rank: int) -> tuple[Array, Array]:
    """Factors of rank `rank` whose product is nearest to that of the given ones."""
    left, upper = np.linalg.qr(up)
    right, lower = np.linalg.qr(down.T)
    one, values, other = np.linalg.svd(upper @ lower.T)
    roots = np.sqrt(values[:rank])
    return left @ one[:, :rank] * roots, roots[:, None] * (other[:rank] @ right.T)


def _read(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    with safe_open(path, framework="numpy") as file:
        names = [name for name in file.keys() if not name.startswith("smoothing.")]  # noqa: SIM118 - not a mapping
        return {name: file.get_tensor(name).astype(np.float32) for name in names}, dict(file.metadata() or {})


def main() -> int:
    """Write the mean; `export` makes of it what is shipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the other")
    parser.add_argument("--name", required=True)
    parser.add_argument("--write", type=Path, required=True)
    given = parser.parse_args()
    (one, facts), (other, others) = _read(given.one), _read(given.other)
    if facts.get("base") != others.get("base"):
        raise SystemExit(f"{given.one} and {given.other} were not trained on the same model")
    tensors = {name: np.ascontiguousarray(value, np.float16) for name, value in mixed(one, other, given.share).items()}
    save_file(tensors, given.write, metadata={**others, "name": given.name})
    sys.stdout.write(f"{given.write}: {given.write.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
