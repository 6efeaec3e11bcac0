"""Fit what decides yes-or-no questions: `python -m embeddings.training.verdicts TEXT... [--write FILE]`.

TEXT are files of training texts (`+ yes | ...`, `+ no | ...`). A question put to the paragraph of the same text that
has most of its words, and is not its own, is one that is not decided, and so is a near miss asked as yes or no. Fitted
to all texts but those kept for validation; prints how many verdicts over these are right and wrong at the probabilities
that are used. What the bundled reader says counts apart where it was trained on the text. Needs scikit-learn.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.event_setting import BEGINNING, event_setting
from embeddings.headings import headed
from embeddings.question.followup import content_words
from embeddings.question.question_form import Form, read_form
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import Reading
from embeddings.syllables import tokens
from embeddings.training.logistic import Fitting, Weights, apart, fit_classes, shipped
from embeddings.training.training_texts import Asked, Text, parse_texts
from embeddings.verdicts.claim_features import Features, claim_features
from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.verdict_model import AFFIRMED, CONTRADICTED, UNDECIDED, Likelihood, weighed

_FITTING = Fitting(regularisation=2.0, least=0.005, digits=3)
_GIVEN_FROM = 0.6
_WRITER = 2
"""Letters of a file's name that say who wrote it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question put to a paragraph, and what the paragraph says to it.

    Attributes:
        setting: what stands above the paragraph: the title, date and first sentence of its text.
        group: who wrote it.
        heading: what a reader sees above the paragraph.
        seen: whether the reader was trained on the paragraph.
        kept: whether nothing is fitted to it.
        reading: of the paragraph, None where nobody has read it.
    """

    title: str
    setting: str
    text: str
    question: str
    label: str
    group: str
    heading: str
    seen: bool
    kept: bool
    reading: Reading | None = None


def examples(paths: Sequence[Path]) -> Iterator[Judged]:
    """All yes-or-no questions of training texts, each with its own paragraph and with another one."""
    for path in paths:
        for text in parse_texts(path.read_text("utf-8")):
            paragraphs = [paragraph.text for paragraph in text.paragraphs]
            setting, heading = _setting(text), _heading(text)
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
                        heading,
                        _is_learnt(text),
                        text.validation,
                    )
                    yield own
                    others = [other for other in paragraphs if other != paragraph.text]
                    if others and label != UNDECIDED:
                        yield replace(own, text=_nearest(one.question, others), label=UNDECIDED)


def _setting(text: Text) -> str:
    """What the answering knows to stand above a passage."""
    opening = text.paragraphs[0].text
    return f"{text.title}\n{text.published}\n{opening[slice(*sentence_spans(opening)[0])]}"


def _heading(text: Text) -> str:
    """What a passage of the text is read under in the program; see `headings.heading_of`."""
    published = "-".join(reversed(text.published.split("/"))) or None
    opening = "\n\n".join(paragraph.text for paragraph in text.paragraphs)[:BEGINNING]
    return headed(event_setting(text.title, opening, published), text.title)


def _is_learnt(text: Text) -> bool:
    """Whether the shipped reader was trained on a text: the texts with a date are younger than it is."""
    return not text.validation and not text.published


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
    """Weights by verdict, and the figures over the texts that are kept."""
    rows: list[Features] = []
    for one in found:
        worth = {fold(word): rarity.get(fold(word), 1.0) for word in content_words(one.question)}
        rows.append(claim_features(one.text, one.setting, read_claim(one.question, worth), one.reading))
    fitted = [(one, row) for one, row in zip(found, rows, strict=True) if not one.kept]
    labels, groups = [one.label for one, _ in fitted], [one.group for one, _ in fitted]
    weights, _, _ = fit_classes([apart(row, seen=one.seen) for one, row in fitted], labels, groups, _FITTING)
    used = {label: shipped(values) for label, values in weights.items()}
    judged = [(one.label, weighed(row, used)) for one, row in zip(found, rows, strict=True) if one.kept]
    return used, _figures(judged)


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
            found = [replace(one, reading=reader.read(one.question, [(one.heading, one.text)])[0]) for one in found]
        data[name], figures = fit(found, rarity)
        said = ", ".join(f"{label} {value:.3f}" for label, value in figures.items())
        sys.stdout.write(f"{name}: {dict(Counter(one.label for one in found))}; {said} (texts kept)\n")
    if arguments.write:
        arguments.write.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return 0


def _figures(judged: Sequence[tuple[str, Likelihood]]) -> dict[str, float]:
    """Shares of right and of opposite verdicts where there is one, and of verdicts given where there is none."""
    given = [(label, _given(likelihood)) for label, likelihood in judged]
    decided = [(label, verdict) for label, verdict in given if label != UNDECIDED]
    undecided = [verdict for label, verdict in given if label == UNDECIDED]
    return {
        "right": sum(label == verdict for label, verdict in decided) / max(len(decided), 1),
        "opposite": sum(verdict not in (label, UNDECIDED) for label, verdict in decided) / max(len(decided), 1),
        "given where undecided": sum(verdict != UNDECIDED for verdict in undecided) / max(len(undecided), 1),
    }


def _given(likelihood: Likelihood) -> str:
    if likelihood.yes >= _GIVEN_FROM:
        return AFFIRMED
    return CONTRADICTED if likelihood.no >= _GIVEN_FROM else UNDECIDED


if __name__ == "__main__":
    sys.exit(main())
