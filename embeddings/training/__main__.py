"""Trains one of the networks: `python -m embeddings.training search|reading --prepared FOLDER --work FOLDER`.

See README.md. Started again with the same folder of work it goes on from the last checkpoint.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import torch

from embeddings.training.base import read_base
from embeddings.training.batches import Sampler, SearchBatch, Windows
from embeddings.training.loading import drawn
from embeddings.training.losses import reading_losses, search_losses
from embeddings.training.mining import mine
from embeddings.training.network import HEADS_OF_READER, Network
from embeddings.training.prepared import Mined, Prepared
from embeddings.training.recipe import MINED, SEED, reading_recipe, search_recipe
from embeddings.training.train import Parts, Schedule, Training, steps_done
from embeddings.training.validation import validate_reading, validate_search

_MINED = "mined.npz"


def main() -> int:
    """Train, write the file, print its figures before and after."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=("search", "reading"))
    parser.add_argument("--prepared", type=Path, required=True, help="folder that `prepare` wrote")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and the trained file")
    parser.add_argument(
        "--mined",
        type=Path,
        help="what a run of search mined, to read questions with; with others of a text without it",
    )
    parser.add_argument("--start", type=Path, help="a trained file to go on from")
    parser.add_argument(
        "--seconds",
        type=float,
        default=3600,
        help="to train for, mining and validation not counted: of processor on a CPU, of the clock on a GPU",
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, help="of the drawing: another one goes on from --start with other questions"
    )
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--compile", action="store_true", help="the layers with torch.compile, for a GPU")
    parser.add_argument("--processes", type=int, default=0, help="that draw batches beside the training")
    parser.add_argument(
        "--set", nargs="*", default=[], metavar="NAME=VALUE", help="changes of the recipe, such as rank=64 rate=4e-4"
    )
    parser.add_argument("--name", required=True, help="of the weights, such as danvan-reader-2")
    parser.add_argument("--most", type=int, default=1200, help="questions of each set to validate with")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    data = Prepared.load(given.prepared / "prepared.npz")
    base = read_base(given.prepared / "base.npz")
    given.work.mkdir(parents=True, exist_ok=True)
    make = _search if given.network == "search" else _reading
    model, steps, schedule = make(data, base, given)
    validate = validate_search if given.network == "search" else validate_reading
    facts = {
        "seed": str(given.seed),
        "seconds": str(given.seconds),
        "changes": " ".join(given.set),
        "device": given.device,
    }
    if given.compile:
        torch._dynamo.config.recompile_limit = 64  # one for each kind of batch
        for layer in model.layers:
            layer.compile(dynamic=True)
    training = Training(model, steps, schedule, given.work)
    if training.step == 0:
        _say("before", validate(model, data, given.most))
    training.run()
    model.save(given.work / f"{given.network}.safetensors", given.name, **facts, steps=str(training.step))
    _say("after", validate(model, data, given.most))
    return 0


Made = tuple[Network, Iterator[list[Callable[[], Parts]]], Schedule]


def _search(data: Prepared, base: dict[str, torch.Tensor], given: argparse.Namespace) -> Made:
    recipe = search_recipe(given.device, given.set)
    model = Network(base, recipe.rank, dropout=recipe.dropout, frozen=recipe.frozen).to(given.device)
    if given.start:
        model.load(given.start)
    model.eval()
    file = given.work / _MINED
    if not file.is_file():
        mine(model, data, MINED).save(file)
    mined = Mined.load(file)

    def batches(seed: int) -> Iterator[SearchBatch]:
        return Sampler(data, seed, mined).search(recipe.questions, recipe.rivals, recipe.beside)

    def part(batch: SearchBatch) -> Parts:
        losses = search_losses(model, batch.to(model.device), recipe.temperature)
        return {"search": losses["search"], "sentence": recipe.sentence * losses["sentence"]}

    drawing = drawn(batches, given.seed + steps_done(given.work), given.processes)
    steps: Iterator[list[Callable[[], Parts]]] = ([partial(part, batch)] for batch in drawing)
    return model, steps, Schedule(given.seconds, recipe.rate, recipe.rate, recipe.warmup)


def _reading(data: Prepared, base: dict[str, torch.Tensor], given: argparse.Namespace) -> Made:
    recipe = reading_recipe(given.device, given.set)
    model = Network(base, recipe.rank, HEADS_OF_READER, dropout=recipe.dropout, frozen=recipe.frozen).to(given.device)
    if given.start:
        model.load(given.start)
    model.eval()
    mined = Mined.load(given.mined) if given.mined else None
    weights = {name: getattr(recipe, name) for name in ("inside", "answers", "verdict", "order")}

    def batches(seed: int) -> Iterator[list[Windows]]:
        return Sampler(data, seed, mined).reading(
            recipe.answered, recipe.missed, recipe.others, recipe.at_once, recipe.rivals
        )

    def part(windows: Windows) -> Parts:
        losses = reading_losses(model, windows.to(model.device))
        return {name: weights.get(name, 1.0) * value for name, value in losses.items()}

    drawing = drawn(batches, given.seed + steps_done(given.work), given.processes)
    steps: Iterator[list[Callable[[], Parts]]] = ([partial(part, w) for w in batch] for batch in drawing)
    return model, steps, Schedule(given.seconds, recipe.rate, recipe.head_rate, recipe.warmup)


def _say(when: str, figures: dict[str, float]) -> None:
    sys.stdout.write(f"{when}: {json.dumps({name: round(value, 4) for name, value in figures.items()})}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
