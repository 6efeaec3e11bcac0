"""Batches drawn beside the training, by as many processes as there are cores to spare."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

Batch = TypeVar("Batch")

_SEED_STEP = 100_003
"""Between the seeds of two processes."""


class _Endless(IterableDataset[Batch]):
    def __init__(self, make: Callable[[int], Iterator[Batch]], seed: int) -> None:
        self._make = make
        self._seed = seed

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        return self._make(self._seed + _SEED_STEP * (worker.id if worker else 0))


def drawn(make: Callable[[int], Iterator[Batch]], seed: int, processes: int) -> Iterator[Batch]:
    """Batches without end.

    Args:
        make: draws batches from a seed on.
        seed: of the first process; the others' are far from it.
        processes: that draw; with none it is done here, and can be repeated.
    """
    if not processes:
        return make(seed)
    torch.multiprocessing.set_sharing_strategy("file_system")  # type: ignore[no-untyped-call]
    loader: DataLoader[Any] = DataLoader(
        _Endless(make, seed), batch_size=None, num_workers=processes, prefetch_factor=8, multiprocessing_context="fork"
    )
    return iter(loader)
