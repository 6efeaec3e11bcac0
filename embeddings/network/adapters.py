"""What training made, as it is shipped: low-rank changes of the bundled model's matrices, and linear heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from corpus.errors import ModelError
from embeddings.network.bundled_weights import SHA256

Array = NDArray[np.float32]

_SMOOTHING = "smoothing."


@dataclass(frozen=True, slots=True)
class Adapters:
    """One shipped file.

    Attributes:
        name: of the weights; changes whenever they do.
        tensors: by name, float32: `encoder.layer.N.MATRIX.down` (rank, inputs) and `.up` (outputs, rank) of each
            changed matrix, as the BERT of transformers names it; `HEAD.weight` and `HEAD.bias`; `smoothing.N.MATRIX`,
            see `graph.Arithmetic`.
    """

    name: str
    tensors: dict[str, Array]

    def change(self, layer: int, matrices: Sequence[str]) -> Array | None:
        """What is added to matrices, (outputs, inputs), one below the other; None where nothing is."""
        prefixes = [f"encoder.layer.{layer}.{matrix}" for matrix in matrices]
        if f"{prefixes[0]}.up" not in self.tensors:
            return None
        return np.concatenate([self.tensors[f"{prefix}.up"] @ self.tensors[f"{prefix}.down"] for prefix in prefixes])

    def head(self, name: str) -> tuple[Array, Array] | None:
        """Weight (outputs, hidden) and bias (outputs,) of a head, if there is one."""
        if f"{name}.weight" not in self.tensors:
            return None
        return self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]

    @property
    def smoothing(self) -> dict[str, Array]:
        """Factors for 8 bits by name of a matrix; empty where none were found out."""
        return {
            name.removeprefix(_SMOOTHING): values
            for name, values in self.tensors.items()
            if name.startswith(_SMOOTHING)
        }


def shipped(name: str) -> Path:
    """Where a file of the package's data is, whether it exists or not."""
    return Path(str(files("embeddings").joinpath("data", name)))


def read_adapters(path: Path) -> Adapters:
    """Read a shipped file.

    Raises:
        ModelError: if it cannot be read, or was trained on another base model.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            facts = dict(file.metadata() or {})
            tensors = {
                name: np.asarray(file.get_tensor(name), np.float32)
                for name in file.keys()  # noqa: SIM118 - not a mapping
            }
    except (OSError, SafetensorError) as error:
        raise ModelError(f"the trained weights {path} cannot be read: {error}; install danvan again") from error
    if facts.get("base") != SHA256:
        raise ModelError(f"the trained weights {path} were not trained on the bundled model of this program")
    return Adapters(facts.get("name", path.stem), tensors)
