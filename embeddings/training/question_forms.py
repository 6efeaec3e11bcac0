"""Fit what tells forms of questions apart: `python -m embeddings.training.question_forms TEXT... [--write FILE]`.

TEXT are files of training texts whose questions say what kind of answer they have (`+ list.bare | ... || ...`). Prints
the accuracy on writers held out, of the rules alone and of the model. Needs scikit-learn.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings.question.question_form import LEARNED, Form, form_features, plain
from embeddings.training.logistic import Fitting, Weights, fit_classes

_KINDS = {
    "span": Form.SPAN,
    "office": Form.SPAN,
    "list": Form.LIST,
    "yes": Form.YES_NO,
    "no": Form.YES_NO,
    "sentence": Form.SENTENCE,
}
_QUESTION = re.compile(r"\+ (?P<kind>[a-z]+)(?:\.[a-z.]+)? \| (?P<question>.+?) \|\| ")
_FITTING = Fitting(regularisation=0.3, least=0.05, digits=2, least_times=4, folds=8)
_WRITER = 2
"""Letters of a file's name that say who wrote it."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question whose form is known.

    Attributes:
        group: who wrote it; a writer's questions stand on one side when figures are taken.
    """

    question: str
    form: Form
    group: str


def labelled(paths: Sequence[Path]) -> Iterator[Labelled]:
    """The answered questions of training texts, each without the one it follows."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            match = _QUESTION.match(line)
            if match and match["kind"] in _KINDS:
                yield Labelled(match["question"].split(">>")[-1], _KINDS[match["kind"]], path.stem[:_WRITER])


def fit(found: Sequence[Labelled]) -> tuple[dict[str, Weights], float]:
    """Weights of each form, and the accuracy on writers held out."""
    rows = [form_features(plain(one.question)) for one in found]
    forms, groups = [one.form.value for one in found], [one.group for one in found]
    weights, classes, guessed = fit_classes(rows, forms, groups, _FITTING)
    return weights, float((np.array(classes)[guessed.argmax(axis=1)] == np.array(forms)).mean())


def main() -> int:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    found = list(labelled(arguments.texts))
    weights, accuracy = fit(found)
    kinds = Counter(one.form for one in found)
    sys.stdout.write(f"{len(found)} questions ({', '.join(f'{kinds[form]} {form}' for form in LEARNED)})\n")
    sys.stdout.write(f"right on writers held out: {accuracy:.3f}\n")
    if arguments.write:
        data = {"questions": len(found), "right_on_writers_held_out": round(accuracy, 4), "weights": weights}
        arguments.write.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
