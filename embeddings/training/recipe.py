"""What the shipped models were trained on and how fast: changing a figure here makes other models."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

SEED = 0

SHARES = {
    "own": 0.66,
    "xquad": 0.08,
    "xquad-other": 0.05,
    "squad2": 0.09,
    "idk-mrc": 0.03,
    "drcd": 0.02,
    "iapp": 0.02,
    "heq": 0.01,
    "law-headings": 0.04,
}
"""Of the answered questions of a batch; the sets are named in README.md."""
MISTAKEN_WEIGHT = 3.0
"""How much oftener than another of its set a question is drawn for which the encoder finds another passage first."""
MINED = ("own", "xquad", "squad2")
"""Sets whose questions are shown with passages mined for them; those of the others with passages of the same text."""
NEAR_MISS_SHARES = {"own": 0.74, "xquad": 0.04, "xquad-other": 0.02, "squad2": 0.12, "idk-mrc": 0.06, "heq": 0.02}


@dataclass(frozen=True, slots=True)
class SearchRecipe:
    """One run for the encoder.

    Attributes:
        rank: of the adapters.
        questions: of a batch, each with its passage.
        rivals: other passages of each, at most.
        beside: questions asked of each of all these passages in place of those drawn; see `batches.Sampler.search`.
        rate: highest learning rate; reached after `warmup` steps, it falls from there along a cosine.
        sentence: weight of the sentences' loss beside the passages'.
        dropout: share of numbers left out in every layer.
        frozen: lowest layers that are not trained.
    """

    rank: int = 48
    questions: int = 190
    rivals: int = 1
    beside: int = 2
    rate: float = 4e-4
    warmup: int = 15
    temperature: float = 0.02
    sentence: float = 0.4
    dropout: float = 0.0
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class ReadingRecipe:
    """One run for the reader.

    Attributes:
        rank: of the adapters.
        answered, missed, others, rivals: see `batches.Sampler.reading`.
        at_once: windows computed together.
        rate, warmup: as for the encoder; `head_rate` for what begins at zero.
        inside, answers, verdict, order: weights of the losses beside the spans'.
        dropout: share of numbers left out in every layer.
        frozen: lowest layers that are not trained; with half of them a step takes two thirds of the time.
    """

    rank: int = 48
    answered: int = 16
    missed: int = 11
    others: int = 9
    rivals: int = 1
    at_once: int = 9
    rate: float = 5e-4
    head_rate: float = 2e-3
    warmup: int = 30
    inside: float = 2.0
    answers: float = 0.5
    verdict: float = 2.0
    order: float = 0.0
    dropout: float = 0.0
    frozen: int = 0


def search_recipe(device: str, changes: Sequence[str] = ()) -> SearchRecipe:
    """The recipe for a kind of device, "cpu" or "cuda", with changes such as "rank=64"."""
    recipe = (
        SearchRecipe() if device == "cpu" else SearchRecipe(questions=384, rivals=2, beside=0, rate=5e-4, dropout=0.1)
    )
    return replace(recipe, **_values(recipe, changes))


def reading_recipe(device: str, changes: Sequence[str] = ()) -> ReadingRecipe:
    """See `search_recipe`."""
    recipe = ReadingRecipe()
    if device != "cpu":
        recipe = replace(recipe, answered=112, missed=76, others=112, rivals=2, at_once=160, order=0.8, dropout=0.1)
    return replace(recipe, **_values(recipe, changes))


def _values(recipe: SearchRecipe | ReadingRecipe, changes: Sequence[str]) -> dict[str, Any]:
    values = {}
    for change in changes:
        name, _, value = change.partition("=")
        if name not in asdict(recipe):
            raise SystemExit(f"{type(recipe).__name__} has no {name!r}; it has {', '.join(asdict(recipe))}")
        try:
            values[name] = type(getattr(recipe, name))(value)
        except ValueError as error:
            raise SystemExit(f"--set {change}: {error}") from error
    return values
