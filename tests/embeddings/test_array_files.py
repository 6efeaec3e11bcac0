"""Arrays in files."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.array_files import map_array


def test_a_mapped_array_is_a_plain_one_that_cannot_be_written(tmp_path: Path) -> None:
    """`memmap` itself makes every slice and product slow."""
    np.save(tmp_path / "one.npy", np.arange(10))
    mapped = map_array(tmp_path / "one.npy")
    assert type(mapped) is np.ndarray
    assert mapped.tolist() == list(range(10))
    with pytest.raises(ValueError, match="read-only"):
        mapped[0] = 1


def test_an_empty_array_is_read(tmp_path: Path) -> None:
    """It cannot be mapped."""
    np.save(tmp_path / "none.npy", np.empty((0, 4), np.float32))
    assert map_array(tmp_path / "none.npy").shape == (0, 4)
