"""Texts with questions -> labelled windows: what training reads."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.vietnamese import fold
from embeddings.reading.windows import LONGEST_WINDOW, Features
from embeddings.training.negatives import elsewhere, names_of, swapped
from embeddings.training.training_texts import Asked, Paragraph, Text, is_own

_CROPPED = 0.35
_LEAST_CROP = 80
_TITLED = 0.75
_UNMARKED = 0.1
_LOWERED = 0.3


@dataclass(frozen=True, slots=True)
class Plan:
    """How often things are shown.

    Attributes:
        passes: how often the texts of a language are gone through; "own" for the texts of this project.
        swaps: share of answered questions shown once more with a year, number or name swapped.
        others: share of answered questions shown once more over another paragraph of the text.
    """

    passes: Mapping[str, int]
    swaps: float = 0.5
    others: float = 0.35


@dataclass(frozen=True, slots=True)
class Example:
    """A window and the tokens where the answer starts and ends; (0, 0) says that there is none."""

    ids: list[int]
    start: int
    end: int


def examples(texts: Sequence[Text], plan: Plan, features: Features, seed: int) -> list[Example]:
    """All examples of a training run, shuffled."""
    languages = sorted({text.language for text in texts})
    names = {language: names_of([text for text in texts if text.language == language]) for language in languages}
    made = []
    for text in texts:
        passes = plan.passes.get("own" if is_own(text) else text.language, 0)
        for number in range(passes):
            rng = random.Random(f"{seed}/{text.family}/{text.language}/{number}")  # noqa: S311 - to be repeated
            for asked, paragraph in _shown(text, plan, names[text.language], rng):
                example = _example(asked, text, paragraph, features, rng)
                if example:
                    made.append(example)
    random.Random(seed).shuffle(made)  # noqa: S311
    return made


def _shown(text: Text, plan: Plan, names: Sequence[str], rng: random.Random) -> Iterator[tuple[Asked, Paragraph]]:
    """Every question over its paragraph, and the negatives made from some of them."""
    for paragraph in text.paragraphs:
        for asked in paragraph.asked:
            yield asked, paragraph
            if asked.answer is None:
                continue
            if rng.random() < plan.swaps and (twin := swapped(asked.question, paragraph.text, names, rng)):
                yield twin, paragraph
            if rng.random() < plan.others and (other := elsewhere(asked.answer[1], paragraph, text, rng)):
                yield Asked(asked.question, None, "other"), other


def _example(asked: Asked, text: Text, paragraph: Paragraph, features: Features, rng: random.Random) -> Example | None:
    """One window, now and then cut short; None where the answer finds no place in it."""
    heading = text.title if rng.random() < _TITLED else ""
    prefix = features.prefix(_typed(asked.question, text.language, rng), heading)
    tokens = features.tokens(paragraph.text)
    length = len(tokens.ids)
    room = LONGEST_WINDOW - len(prefix) - 1
    if rng.random() < _CROPPED:
        room = rng.randint(_LEAST_CROP, max(room, _LEAST_CROP))
    first = last = None
    if asked.answer:
        begin, words = asked.answer
        inside = [i for i, (a, b) in enumerate(tokens.spans) if b > begin and a < begin + len(words)]
        if not inside or inside[-1] - inside[0] >= room:
            return None
        first, last = inside[0], inside[-1]
    start = 0
    if length > room:
        least, most = (
            (0, length - room) if first is None else (max(0, (last or 0) - room + 1), min(first, length - room))
        )
        start = rng.randint(least, most)
    window = features.window(prefix, tokens, start, start + room)
    if first is None or last is None:
        return Example(window.ids, 0, 0)
    return Example(window.ids, window.first + first - start, window.first + last - start)


def _typed(question: str, language: str, rng: random.Random) -> str:
    """As people type: now and then without capitals and question mark, and Vietnamese without marks."""
    if rng.random() < _LOWERED:
        question = question.lower().rstrip(" ?")
    return fold(question) if language == "vi" and rng.random() < _UNMARKED else question
