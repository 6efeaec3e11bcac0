"""Recipes that are changed for a run, batches drawn by processes, and a run that goes on with a higher rank."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from embeddings.network.adapters import read_adapters, shipped
from embeddings.training.base import read_base, write_base
from embeddings.training.batches import Windows
from embeddings.training.loading import drawn
from embeddings.training.losses import leads, reading_losses
from embeddings.training.network import HEADS_OF_READER, Network, Read, exact_product
from embeddings.training.recipe import reading_recipe, search_recipe


def test_a_recipe_is_changed_by_name_in_the_type_of_the_figure() -> None:
    recipe = reading_recipe("cuda", ["rank=64", "order=1"])
    assert (recipe.rank, recipe.order, recipe.dropout) == (64, 1.0, 0.1)
    assert isinstance(recipe.order, float)
    assert search_recipe("cpu").dropout == 0  # random numbers cost more than all else on a processor
    with pytest.raises(SystemExit, match="SearchRecipe has no 'colour'; it has rank, "):
        search_recipe("cpu", ["colour=3"])
    with pytest.raises(SystemExit, match="--set rank=many"):
        search_recipe("cpu", ["rank=many"])


def _numbers(seed: int) -> Iterator[torch.Tensor]:
    while True:
        yield torch.tensor([seed])


def test_processes_draw_from_seeds_of_their_own() -> None:
    assert [int(batch) for batch in islice(drawn(_numbers, 7, 0), 2)] == [7, 7]
    seeds = {int(batch) for batch in islice(drawn(_numbers, 7, 2), 8)}
    assert len(seeds) == 2
    assert 7 in seeds


def _said(leading: list[float]) -> Read:
    start = torch.zeros(len(leading), 4)
    start[:, 2] = torch.tensor(leading)
    blank = torch.zeros_like(start)
    return Read(start, blank, torch.zeros(len(leading), 4, 2), torch.zeros(len(leading)), torch.zeros(len(leading), 3))


def test_the_order_of_passages_is_learned_among_those_of_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    row = torch.zeros(4, 4, dtype=torch.long)
    answers = torch.full((4, 12, 2), -1)
    answers[[0, 2], 0] = torch.tensor([2, 2])
    answered, known = torch.tensor([True, False, True, False]), torch.full((4,), -1)
    windows = Windows(row, row == 0, row == 0, answers, answered, known, answered, torch.tensor([0, 0, 1, 2]))

    def order(leading: list[float]) -> float:
        monkeypatch.setattr("embeddings.training.losses.read", lambda *_: _said(leading))
        return float(reading_losses(torch.nn.Module(), windows)["order"])  # type: ignore[arg-type]

    assert leads(_said([3.0, 1.0])).tolist() == [3.0, 1.0]
    assert order([5.0, 0.0, 0.0, 0.0]) < order([0.0, 0.0, 0.0, 0.0]) < order([0.0, 5.0, 0.0, 0.0])
    assert order([5.0, 0.0, 0.0, 9.0]) == order([5.0, 0.0, 9.0, 0.0])  # other questions' passages and lone ones


def test_a_run_goes_on_with_a_higher_rank(tmp_path: Path) -> None:
    write_base(np.arange(16, dtype=np.int32), tmp_path / "base.npz")
    base = read_base(tmp_path / "base.npz")
    rank = len(read_adapters(shipped("reader.safetensors")).tensors["encoder.layer.0.output.dense.down"])
    lower, higher = (Network(base, rank + more, HEADS_OF_READER) for more in (0, 16))
    for network in (lower, higher):
        network.load(shipped("reader.safetensors"))
    ids = torch.arange(4, 12)[None]
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        assert torch.allclose(lower(ids, ids > 0), higher(ids, ids > 0), atol=0.02)  # in bfloat16


def test_frozen_layers_stay_as_they_are(tmp_path: Path) -> None:
    write_base(np.arange(16, dtype=np.int32), tmp_path / "base.npz")
    base = read_base(tmp_path / "base.npz")
    torch.manual_seed(0)
    frozen, whole = Network(base, 2, frozen=9), Network(base, 2)
    for tensor, other in zip(whole.trained().values(), frozen.trained().values(), strict=True):
        tensor.copy_(other)
    ids = torch.arange(8)[None]
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(*(model(ids, ids >= 0) for model in (frozen, whole)))
        frozen(ids, ids >= 0).sum().backward()
    trained = [any(p.grad is not None for p in layer.parameters()) for layer in frozen.layers]
    assert trained == [False] * 9 + [True] * 3


def test_cosines_are_compared_exactly_where_all_else_is_rounded() -> None:
    near = torch.tensor([[1.0, 0.001]])
    with torch.autocast("cpu", torch.bfloat16):
        exact = float(exact_product(near, near.T))
        rounded = float(near @ near.T)
    assert exact == pytest.approx(1.000001, abs=1e-7)
    assert rounded != exact
