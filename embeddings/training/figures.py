"""How good a reader is on the texts kept for validation."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

from sklearn.metrics import roc_auc_score

from embeddings.reading.readings import SpanReader
from embeddings.syllables import tokens
from embeddings.training.negatives import elsewhere, names_of, swapped
from embeddings.training.training_texts import Text


def figures(reader: SpanReader, texts: Sequence[Text], *, titled: bool) -> dict[str, float]:
    """Token F1 and exact match with the right passage given; AUROC of answered questions against each sort of negative.

    Args:
        reader: what is measured.
        texts: with their questions.
        titled: whether the reader is given the texts' titles.
    """
    names = names_of(texts)
    rng = random.Random(1)  # noqa: S311 - to be repeated
    f1: list[float] = []
    exact: list[float] = []
    margins: dict[str, list[float]] = defaultdict(list)

    def margin(question: str, title: str, paragraph: str) -> float:
        return reader.read(question, [(title, paragraph)])[0].margin

    for text in texts:
        title = text.title if titled else ""
        for paragraph in text.paragraphs:
            for asked in paragraph.asked:
                reading = reader.read(asked.question, [(title, paragraph.text)])[0]
                margins[asked.sort or ""].append(reading.margin)
                if asked.answer is None:
                    continue
                best = reading.spans[0]
                said, right = _words(paragraph.text[best.start : best.end]), _words(asked.answer[1])
                f1.append(token_f1(said, right))
                exact.append(float(said == right))
                if other := elsewhere(asked.answer[1], paragraph, text, rng):
                    margins["other paragraph"].append(margin(asked.question, title, other.text))
                if twin := swapped(asked.question, paragraph.text, names, rng):
                    margins[f"swapped {twin.sort}"].append(margin(twin.question, title, paragraph.text))
    right_margins = margins.pop("")
    result = {"questions": float(len(f1)), "f1": _mean(f1), "exact": _mean(exact)}
    for sort, values in sorted(margins.items()):
        labels = [1] * len(right_margins) + [0] * len(values)
        result[f"auroc {sort} ({len(values)})"] = float(roc_auc_score(labels, right_margins + values))
    return result


def token_f1(said: Sequence[str], right: Sequence[str]) -> float:
    """Harmonic mean of precision and recall of the words said."""
    common = sum((Counter(said) & Counter(right)).values())
    return 2 * common / (len(said) + len(right)) if common else 0.0


def _words(text: str) -> list[str]:
    return [word.lower() for word in tokens(text)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
