"""Arrays read from files by several threads at once.

numpy reads the head of an array's file as Python source. Python 3.11 may fail at that with "AST constructor recursion
depth mismatch" (SystemError) while another thread does the same, so that only one does at a time.
"""

import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PARSING = threading.Lock()


def read_array(path: Path) -> NDArray[Any]:
    """An array out of a `.npy` file.

    Raises:
        OSError, ValueError: if it does not read back.
    """
    with _PARSING:
        return np.load(path)  # type: ignore[no-any-return]


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """All arrays of an `.npz` file by their names.

    Raises:
        OSError, ValueError: if it does not read back.
    """
    with _PARSING, np.load(path) as arrays:
        return dict(arrays)


def map_array(path: Path) -> NDArray[Any]:
    """An array that stays in its `.npy` file, read-only; an empty one cannot be mapped and is read.

    Raises:
        OSError, ValueError: if it does not read back.
    """
    with _PARSING:
        try:
            mapped = np.load(path, mmap_mode="r")
        except ValueError:
            return np.load(path)  # type: ignore[no-any-return]
    return np.asarray(mapped)  # every slice of a `memmap` itself takes microseconds
