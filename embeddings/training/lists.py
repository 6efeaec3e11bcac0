"""Fit what finds lists: `python -m embeddings.training.lists TEXT... [--write FILE]`.

TEXT are files of training texts with questions for lists (`+ list | question || item ;; item`). Prints precision,
recall and F1 over the items and the share of complete lists, on writers held out, with what the bundled reader reads
and without; with it on texts alone that it was not trained on. Needs scikit-learn.
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

from corpus.vietnamese import fold
from embeddings.extraction.enumerations import stretches
from embeddings.listing.list_features import Features, ListQuestion, PassageView, list_features
from embeddings.listing.list_finder import ListWeights, candidates, find_list, places
from embeddings.question.answer_type import expect
from embeddings.question.followup import content_words
from embeddings.question.question_form import Form, read_form
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import Reading
from embeddings.syllables import tokens
from embeddings.training.logistic import Fitting, apart, fit_share, for_seen, shipped
from embeddings.training.training_texts import parse_texts

Span = tuple[int, int]

_FITTING = Fitting(regularisation=0.3, least=0.005, digits=3, least_times=3, folds=4)
_SAME_FROM = 0.6
_OF_SEEN = 3
"""Of the lists in texts that the reader was trained on one in so many is used with it, so that the others count."""
_WRITER = 2
"""Letters of a file's name that say who wrote it."""


@dataclass(frozen=True, slots=True)
class ListExample:
    """A question for several things and where its items stand in the paragraph it is about.

    Attributes:
        group: who wrote it.
        seen: whether the reader was trained on the paragraph.
        reading: of the paragraph, None where nobody has read it.
    """

    title: str
    text: str
    question: str
    items: tuple[Span, ...]
    group: str
    seen: bool
    reading: Reading | None = None


def examples(paths: Sequence[Path]) -> Iterator[ListExample]:
    """All questions for lists in training texts."""
    for path in paths:
        for text in parse_texts(path.read_text("utf-8")):
            for paragraph in text.paragraphs:
                for one in paragraph.asked:
                    if one.kind == "list" and len(one.answers) > 1:
                        group = path.stem[:_WRITER]
                        seen = not text.validation
                        yield ListExample(text.title, paragraph.text, one.question, one.answers, group, seen)


def fit(found: Sequence[ListExample], rarity: Mapping[str, float]) -> ListWeights:
    """Weights for beginnings, ends and whole lists."""
    starts: list[tuple[Features, float]] = []
    ends: list[tuple[Features, float]] = []
    views = [(one, PassageView(one.text, _question(one.question, rarity), one.reading)) for one in found]
    for one, view in views:
        first, last = one.items[0][0], one.items[-1][1]
        for stretch in stretches(one.text):
            inside = stretch.start <= first and last <= stretch.end
            for side, place_wanted, rows in (("start", first, starts), ("end", last, ends)):
                for place, number in places(view, stretch, is_end=side == "end"):
                    features = apart(view.features_at(side, place, stretch, number), seen=one.seen)
                    rows.append((features, float(inside and place == place_wanted)))
    edges = ListWeights(_fitted(starts), _fitted(ends), {})
    wholes: list[tuple[Features, float]] = []
    for one, view in views:
        for stretch, items, scores in candidates(view, _for(one, edges)):
            features = list_features(view, stretch, items, scores)
            wholes.append((apart(features, seen=one.seen), item_scores(one, items)[2]))
    return replace(edges, whole=_fitted(wholes))


def _fitted(rows: Sequence[tuple[Features, float]]) -> Mapping[str, float]:
    return fit_share([features for features, _ in rows], [target for _, target in rows], _FITTING)


def _for(one: ListExample, weights: ListWeights) -> ListWeights:
    """The weights that hold for a text, by whether the reader was trained on it."""
    chosen = for_seen if one.seen else shipped
    return ListWeights(chosen(weights.start), chosen(weights.end), chosen(weights.whole))


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
            chosen = [one for number, one in enumerate(found) if not one.seen or number % _OF_SEEN == 0]
            found = [replace(one, reading=reader.read(one.question, [(one.title, one.text)])[0]) for one in chosen]
        count, figures = held_out(found, rarity)
        sys.stdout.write(f"{name}: {count} of {len(found)} lists, P {figures[0]:.3f}, R {figures[1]:.3f}, ")
        sys.stdout.write(f"F1 {figures[2]:.3f}, complete {figures[3]:.3f} (writers held out)\n")
        weights = fit(found, rarity)
        data[name] = {edge: shipped(values) for edge, values in asdict(weights).items()}
    if arguments.write:
        arguments.write.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return 0


def held_out(found: Sequence[ListExample], rarity: Mapping[str, float]) -> tuple[int, tuple[float, ...]]:
    """How many lists were judged, and their mean precision, recall, F1 and share of complete ones."""
    groups = sorted({one.group for one in found})
    scores = []
    for fold_number in range(min(_FITTING.folds, len(groups))):
        held = set(groups[fold_number :: _FITTING.folds])
        weights = fit([one for one in found if one.group not in held], rarity)
        for one in found:
            if one.group in held and not (one.seen and one.reading):
                best = find_list(one.text, _question(one.question, rarity), one.reading, _for(one, weights))
                precision, recall, f1 = item_scores(one, best.items if best else ())
                scores.append((precision, recall, f1, float(f1 == 1.0)))
    return len(scores), tuple(float(value) for value in np.mean(scores, axis=0))


def _question(text: str, rarity: Mapping[str, float]) -> ListQuestion:
    form = read_form(text)
    worth = {fold(word): rarity.get(fold(word), 1.0) for word in content_words(text)}
    return ListQuestion(worth, expect(text), form.count, form.noun, form.likelihood[Form.LIST])


def _rarity(texts: set[str]) -> dict[str, float]:
    counts = Counter(word for text in texts for word in {fold(word) for word in tokens(text)})
    return {word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in counts.items()}


def _f1(shown: Counter[str], wanted: Counter[str]) -> float:
    common = (shown & wanted).total()
    return 2 * common / (shown.total() + wanted.total()) if common else 0.0


if __name__ == "__main__":
    sys.exit(main())
