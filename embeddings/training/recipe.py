"""What the shipped reader was trained on, in which order and how fast: changing a figure here makes another reader."""

from dataclasses import dataclass, field

from embeddings.training.examples import Plan

SEED = 0
RANK = 32
"""Of the adapters."""
LANGUAGES = ("vi", "en", "ar", "de", "el", "es", "hi", "ro", "ru", "th", "tr", "zh")


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of the trainer.

    Attributes:
        name: of its folder.
        plan: which texts, how often.
        steps: after which it ends; None to show every example once.
        rate: the highest learning rate; reached after `warmup` steps.
        schedule: how the rate goes on from there, as transformers names it.
    """

    name: str
    plan: Plan
    steps: int | None
    rate: float
    schedule: str
    warmup: int = 50
    batch: int = 16
    languages: tuple[str, ...] = field(default=LANGUAGES)


STAGES = (
    Stage(
        name="languages",
        plan=Plan({**dict.fromkeys(LANGUAGES, 1), "vi": 3, "en": 2}),
        steps=400,
        rate=6e-4,
        schedule="constant_with_warmup",
    ),
    Stage(
        name="vietnamese",
        plan=Plan({"own": 2, "vi": 3, **dict.fromkeys(("en", "de", "es", "ru"), 1)}),
        steps=None,
        rate=6e-4,
        schedule="linear",
        warmup=30,
    ),
)
