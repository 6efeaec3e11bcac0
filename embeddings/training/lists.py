"""Fit what finds lists: `python -m embeddings.training.lists TEXT... [--write FILE]`.

TEXT are files of training texts with questions for lists (`+ list | question || item ;; item`). Prints precision,
recall and F1 over the items and the share of complete lists, on writers held out, with what the bundled reader reads
and without. Needs scikit-learn.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from corpus.vietnamese import fold
from embeddings.extraction.enumerations import stretches
from embeddings.listing.list_features import (
    Features,
    ListQuestion,
    PassageView,
    end_features,
    list_features,
    start_features,
)
from embeddings.listing.list_finder import ListWeights, candidates, find_list, places
from embeddings.question.answer_type import expect
from embeddings.question.followup import content_words
from embeddings.question.question_form import Form, read_form
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import Span as ReadSpan
from embeddings.syllables import tokens

Span = tuple[int, int]

_REGULARISATION = 0.3
_LEAST_TIMES = 3
_LEAST_WEIGHT = 0.005
_FOLDS = 5
_SAME_FROM = 0.6
_WRITER = 2
"""Letters of a file's name that say who wrote it."""


@dataclass(frozen=True, slots=True)
class ListExample:
    """A question for several things and where its items stand in the paragraph it is about."""

    title: str
    text: str
    question: str
    items: tuple[Span, ...]
    group: str
    read: tuple[ReadSpan, ...] = ()


def examples(paths: Sequence[Path]) -> Iterator[ListExample]:
    """All questions for lists in training texts whose items stand in the order of the paragraph."""
    for path in paths:
        title, text = "", ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                title = line[2:]
            elif line.startswith("P: "):
                text = line[3:]
            elif line.startswith("  ") and text:
                text += "\n" + line.strip()
            elif line.startswith("+ list") and " | " in line:
                question, _, answer = line.split(" | ", 1)[1].partition(" || ")
                items = _places(text, [item.strip() for item in answer.split(" || ")[0].split(";;")])
                if len(items) > 1:
                    yield ListExample(title, text, question.split(">>")[-1].strip(), items, path.stem[:_WRITER])


def fit(found: Sequence[ListExample], rarity: Mapping[str, float]) -> ListWeights:
    """Weights for beginnings, ends and whole lists."""
    starts: list[tuple[Features, bool]] = []
    ends: list[tuple[Features, bool]] = []
    views = [(one, PassageView(one.text, _question(one.question, rarity), one.read)) for one in found]
    for one, view in views:
        first, last = one.items[0][0], one.items[-1][1]
        for stretch in stretches(one.text):
            inside = stretch.start <= first and last <= stretch.end
            for place, number in places(view, stretch, is_end=False):
                starts.append((start_features(view, place, stretch, number), inside and place == first))
            for place, number in places(view, stretch, is_end=True):
                ends.append((end_features(view, place, stretch, number), inside and place == last))
    weights = ListWeights(_logistic(starts), _logistic(ends), {})
    wholes: list[tuple[Features, float]] = []
    for one, view in views:
        for stretch, items, scores in candidates(view, weights):
            wholes.append((list_features(view, stretch, items, scores), item_scores(one, items)[2]))
    return replace(weights, whole=_logistic(wholes))


def item_scores(one: ListExample, items: Sequence[Span]) -> tuple[float, float, float]:
    """Precision, recall and F1 of items, each matched with at most one expected one."""
    shown = [Counter(tokens(one.text[start:end])) for start, end in items]
    wanted = [Counter(tokens(one.text[start:end])) for start, end in one.items]
    pairs = sorted(((-_f1(a, b), i, j) for i, a in enumerate(shown) for j, b in enumerate(wanted)))
    used: tuple[set[int], set[int]] = (set(), set())
    for unlike, i, j in pairs:
        if -unlike >= _SAME_FROM and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
    precision, recall = len(used[0]) / max(len(shown), 1), len(used[1]) / len(wanted)
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def main() -> int:
    """Fit, print the figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    found = list(examples(arguments.texts))
    rarity = _rarity({one.text for one in found})
    reader = load_reader()
    data: dict[str, object] = {"lists": len(found), "reader": reader.name if reader else None}
    for name in ("unread", "read"):
        if name == "read" and reader:
            found = [replace(one, read=reader.read(one.question, [(one.title, one.text)])[0].spans) for one in found]
        figures = _held_out(found, rarity)
        sys.stdout.write(f"{name}: {len(found)} lists, P {figures[0]:.3f}, R {figures[1]:.3f}, F1 {figures[2]:.3f}, ")
        sys.stdout.write(f"complete {figures[3]:.3f} (writers held out)\n")
        data[name] = asdict(fit(found, rarity))
    if arguments.write:
        arguments.write.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return 0


def _held_out(found: Sequence[ListExample], rarity: Mapping[str, float]) -> tuple[float, ...]:
    groups = sorted({one.group for one in found})
    scores = []
    for fold_number in range(min(_FOLDS, len(groups))):
        held = set(groups[fold_number::_FOLDS])
        weights = fit([one for one in found if one.group not in held], rarity)
        for one in found:
            if one.group in held:
                best = find_list(one.text, _question(one.question, rarity), one.read, weights)
                precision, recall, f1 = item_scores(one, best.items if best else ())
                scores.append((precision, recall, f1, float(f1 == 1.0)))
    return tuple(float(value) for value in np.mean(scores, axis=0))


def _question(text: str, rarity: Mapping[str, float]) -> ListQuestion:
    form = read_form(text)
    worth = {fold(word): rarity.get(fold(word), 1.0) for word in content_words(text)}
    return ListQuestion(worth, expect(text), form.count, form.noun, form.likelihood[Form.LIST])


def _logistic(rows: Sequence[tuple[Features, float]]) -> dict[str, float]:
    """Weights of a logistic model; a target between 0 and 1 counts for both sides, squared."""
    counts = Counter(name for features, _ in rows for name in features)
    kept = [({n: v for n, v in features.items() if counts[n] >= _LEAST_TIMES}, target) for features, target in rows]
    both = [
        (features, label, weight) for features, target in kept for label, weight in ((1, target**2), (0, 1 - target**2))
    ]
    used = [(features, label, weight) for features, label, weight in both if weight > 0]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([features for features, _, _ in used])
    model = LogisticRegression(C=_REGULARISATION, max_iter=3000, fit_intercept=False)
    model.fit(matrix, [label for _, label, _ in used], sample_weight=[weight for _, _, weight in used])
    return {
        str(name): round(float(weight), 3)
        for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= _LEAST_WEIGHT
    }


def _places(text: str, items: Sequence[str]) -> tuple[Span, ...]:
    found: list[Span] = []
    for item in items:
        start = text.find(item, found[-1][1] if found else 0)
        if start < 0:
            return ()
        found.append((start, start + len(item)))
    return tuple(found)


def _rarity(texts: set[str]) -> dict[str, float]:
    counts = Counter(word for text in texts for word in {fold(word) for word in tokens(text)})
    return {word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in counts.items()}


def _f1(shown: Counter[str], wanted: Counter[str]) -> float:
    common = (shown & wanted).total()
    return 2 * common / (shown.total() + wanted.total()) if common else 0.0


if __name__ == "__main__":
    sys.exit(main())
