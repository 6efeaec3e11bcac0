"""Fit what decides yes-or-no questions: `python -m embeddings.training.verdicts TEXT... [--write FILE]`.

TEXT are files of training texts (`+ yes | ...`, `+ no | ...`). A question put to the paragraph of the same text that
has most of its words, and is not its own, is one that is not decided, and so is a near miss asked as yes or no. Prints,
on writers held out, how many verdicts are right and wrong at the probabilities that are used. Needs scikit-learn.
"""

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from corpus.vietnamese import fold
from embeddings.question.followup import content_words
from embeddings.question.question_form import Form, read_form
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import Span
from embeddings.syllables import tokens
from embeddings.verdicts.claim_features import Features, claim_features, read_claim
from embeddings.verdicts.verdict_model import AFFIRMED, CONTRADICTED, UNDECIDED

_REGULARISATION = 0.5
_FOLDS = 5
_LEAST_WEIGHT = 0.005
_GIVEN_FROM = 0.6
_WRITER = 2
"""Letters of a file's name that say who wrote it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question put to a paragraph, and what the paragraph says to it."""

    title: str
    text: str
    question: str
    label: str
    group: str
    read: tuple[Span, ...] = ()


def examples(paths: Sequence[Path]) -> Iterator[Judged]:
    """All yes-or-no questions of training texts, each with its own paragraph and with another one."""
    for path in paths:
        for title, paragraphs in _texts(path):
            for text, questions in paragraphs.items():
                for label, question in questions:
                    yield Judged(title, text, question, label, path.stem[:_WRITER])
                    others = [other for other in paragraphs if other != text]
                    if others and label != UNDECIDED:
                        words = {fold(word) for word in tokens(question)}
                        near = max(others, key=lambda other: len(words & {fold(word) for word in tokens(other)}))
                        yield Judged(title, near, question, UNDECIDED, path.stem[:_WRITER])


def fit(found: Sequence[Judged], rarity: Mapping[str, float]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Weights by verdict, and the figures on writers held out."""
    rows: list[Features] = []
    for one in found:
        worth = {fold(word): rarity.get(fold(word), 1.0) for word in content_words(one.question)}
        rows.append(claim_features(one.text, one.title, read_claim(one.question, worth), one.read))
    labels = np.array([one.label for one in found])
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=_REGULARISATION, max_iter=3000, fit_intercept=False))
    groups = [one.group for one in found]
    folds = GroupKFold(min(_FOLDS, len(set(groups))))
    guessed = cross_val_predict(model, rows, labels, groups=groups, cv=folds, method="predict_proba")
    model.fit(rows, labels)
    names = model[0].get_feature_names_out()
    weights = {
        str(label): {
            str(name): round(float(weight), 3)
            for name, weight in zip(names, row, strict=True)
            if abs(weight) >= _LEAST_WEIGHT
        }
        for label, row in zip(model[1].classes_, model[1].coef_, strict=True)
    }
    return weights, _figures(labels, guessed, list(model[1].classes_))


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
            found = [replace(one, read=reader.read(one.question, [(one.title, one.text)])[0].spans) for one in found]
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


def _texts(path: Path) -> Iterator[tuple[str, dict[str, list[tuple[str, str]]]]]:
    """Titles, and the paragraphs under each with their yes-or-no questions."""
    title, text = "", ""
    paragraphs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            if paragraphs:
                yield title, dict(paragraphs)
            title, text, paragraphs = line[2:], "", defaultdict(list)
        elif line.startswith("P: "):
            text = line[3:]
            paragraphs[text] = []
        elif line.startswith("  ") and text:
            grown = f"{text}\n{line.strip()}"
            paragraphs[grown] = paragraphs.pop(text)
            text = grown
        elif line[:2] in ("+ ", "- ") and " | " in line and text and ">>" not in line and ".en" not in line:
            kind, _, rest = line[2:].partition(" | ")
            question = rest.split(" || ")[0].strip()
            label = kind.split(".")[0].strip()
            if line[0] == "+" and label in (AFFIRMED, CONTRADICTED):
                paragraphs[text].append((label, question))
            elif line[0] == "-" and read_form(question).form is Form.YES_NO:
                paragraphs[text].append((UNDECIDED, question))
    if paragraphs:
        yield title, dict(paragraphs)


if __name__ == "__main__":
    sys.exit(main())
