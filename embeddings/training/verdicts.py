"""Fit what decides yes-or-no questions: `python -m embeddings.training.verdicts TEXT... [--write FILE]`.

TEXT are files of training texts (`+ yes | ...`, `+ no | ...`). A question put to the paragraph of the same text that
has most of its words, and is not its own, is one that is not decided, and so is a near miss asked as yes or no. Prints,
on writers held out, how many verdicts are right and wrong at the probabilities that are used; where the bundled reader
has read, on texts alone that it was not trained on. Needs scikit-learn.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.question.followup import content_words
from embeddings.question.question_form import Form, read_form
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import Reading
from embeddings.syllables import tokens
from embeddings.training.logistic import Fitting, Weights, apart, fit_classes, shipped
from embeddings.training.training_texts import Asked, Text, parse_texts
from embeddings.verdicts.claim_features import Features, claim_features
from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.verdict_model import AFFIRMED, CONTRADICTED, UNDECIDED

_FITTING = Fitting(regularisation=0.5, least=0.005, digits=3)
_GIVEN_FROM = 0.6
_WRITER = 2
"""Letters of a file's name that say who wrote it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question put to a paragraph, and what the paragraph says to it.

    Attributes:
        setting: what stands above the paragraph: the title, date and first sentence of its text.
        group: who wrote it.
        seen: whether the reader was trained on the paragraph.
        reading: of the paragraph, None where nobody has read it.
    """

    title: str
    setting: str
    text: str
    question: str
    label: str
    group: str
    seen: bool
    reading: Reading | None = None


def examples(paths: Sequence[Path]) -> Iterator[Judged]:
    """All yes-or-no questions of training texts, each with its own paragraph and with another one."""
    for path in paths:
        for text in parse_texts(path.read_text("utf-8")):
            paragraphs = [paragraph.text for paragraph in text.paragraphs]
            setting = _setting(text)
            for paragraph in text.paragraphs:
                for one in paragraph.asked:
                    label = _label(one)
                    if label is None:
                        continue
                    own = Judged(
                        text.title,
                        setting,
                        paragraph.text,
                        one.question,
                        label,
                        path.stem[:_WRITER],
                        not text.validation,
                    )
                    yield own
                    others = [other for other in paragraphs if other != paragraph.text]
                    if others and label != UNDECIDED:
                        yield replace(own, text=_nearest(one.question, others), label=UNDECIDED)


def _setting(text: Text) -> str:
    """What the answering knows to stand above a passage."""
    opening = text.paragraphs[0].text
    return f"{text.title}\n{text.published}\n{opening[slice(*sentence_spans(opening)[0])]}"


def _label(one: Asked) -> str | None:
    """What a question's own paragraph says to it; None where it is no question for yes or no, or cannot stand alone."""
    if one.previous or "en" in one.styles:
        return None
    if one.kind in (AFFIRMED, CONTRADICTED):
        return one.kind
    return UNDECIDED if not one.answers and read_form(one.question).form is Form.YES_NO else None


def _nearest(question: str, paragraphs: Sequence[str]) -> str:
    words = {fold(word) for word in tokens(question)}
    return max(paragraphs, key=lambda other: len(words & {fold(word) for word in tokens(other)}))


def fit(found: Sequence[Judged], rarity: Mapping[str, float]) -> tuple[dict[str, Weights], dict[str, float]]:
    """Weights by verdict, and the figures on writers held out."""
    rows: list[Features] = []
    for one in found:
        worth = {fold(word): rarity.get(fold(word), 1.0) for word in content_words(one.question)}
        features = claim_features(one.text, one.setting, read_claim(one.question, worth), one.reading)
        rows.append(apart(features, seen=one.seen))
    labels, groups = [one.label for one in found], [one.group for one in found]
    weights, classes, guessed = fit_classes(rows, labels, groups, _FITTING)
    unseen = [number for number, one in enumerate(found) if not (one.seen and one.reading)]
    kept = {label: shipped(values) for label, values in weights.items()}
    return kept, _figures(np.array(labels)[unseen], guessed[unseen], classes)


def main() -> int:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    found = list(examples(arguments.texts))
    counts = Counter(word for text in {one.text for one in found} for word in {fold(word) for word in tokens(text)})
    size = len({one.text for one in found})
    rarity = {word: math.log(1 + (size - n + 0.5) / (n + 0.5)) for word, n in counts.items()}
    reader = load_reader()
    data: dict[str, object] = {"questions": len(found), "reader": reader.name if reader else None}
    for name in ("unread", "read"):
        if name == "read" and reader:
            found = [replace(one, reading=reader.read(one.question, [(one.title, one.text)])[0]) for one in found]
        data[name], figures = fit(found, rarity)
        said = ", ".join(f"{label} {value:.3f}" for label, value in figures.items())
        sys.stdout.write(f"{name}: {dict(Counter(one.label for one in found))}; {said} (writers held out)\n")
    if arguments.write:
        arguments.write.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return 0


def _figures(
    labels: "np.typing.NDArray[np.str_]", guessed: "np.typing.NDArray[np.float64]", classes: list[str]
) -> dict[str, float]:
    yes, no = guessed[:, classes.index(AFFIRMED)], guessed[:, classes.index(CONTRADICTED)]
    given = np.where(yes >= _GIVEN_FROM, AFFIRMED, np.where(no >= _GIVEN_FROM, CONTRADICTED, UNDECIDED))
    decided = labels != UNDECIDED
    wrong = (given != UNDECIDED) & (given != labels)
    return {
        "right": float((given[decided] == labels[decided]).mean()),
        "opposite": float(wrong[decided].mean()),
        "given where undecided": float(wrong[~decided].mean()),
    }


if __name__ == "__main__":
    sys.exit(main())
