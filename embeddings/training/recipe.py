"""What the shipped models were trained on and how fast: changing a figure here makes other models."""

from dataclasses import dataclass

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
NEAR_MISS_SHARES = {"own": 0.74, "xquad": 0.04, "xquad-other": 0.02, "squad2": 0.12, "idk-mrc": 0.06, "heq": 0.02}


@dataclass(frozen=True, slots=True)
class SearchRecipe:
    """One run for the encoder.

    Attributes:
        rank: of the adapters.
        questions: of a batch, each with its passage and another one.
        rate: highest learning rate; reached after `warmup` steps, it falls from there along a cosine.
        sentence: weight of the sentences' loss beside the passages'.
    """

    rank: int = 48
    questions: int = 48
    rate: float = 5e-4
    warmup: int = 15
    temperature: float = 0.02
    sentence: float = 0.4


@dataclass(frozen=True, slots=True)
class ReadingRecipe:
    """One run for the reader.

    Attributes:
        rank: of the adapters.
        answered, missed, others: see `batches.Sampler.reading`.
        at_once: windows computed together.
        rate, warmup: as for the encoder; `head_rate` for what begins at zero.
        inside, answers, verdict: weights of the losses beside the spans'.
    """

    rank: int = 32
    answered: int = 16
    missed: int = 11
    others: int = 9
    at_once: int = 9
    rate: float = 5e-4
    head_rate: float = 2e-3
    warmup: int = 30
    inside: float = 2.0
    answers: float = 0.5
    verdict: float = 2.0
