"""How probable it is that the words proposed as an answer are right, not only their passage: a logistic model.

The weights in data/words_confidence.json were fitted by `python -m bot.evaluation.words_calibration` on the practice
questions. Only passages that the bundled reader has read can be judged so.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.answering.drafts import Asked, Draft
from corpus.vietnamese import fold
from embeddings.question.answer_type import Kind, candidates
from embeddings.question.asked_noun import completions
from embeddings.question.question_form import Form
from embeddings.syllables import tokens

Features = Mapping[str, float]

_FAR = 6.0
"""Logits beyond this are no surer."""
_MIDDLE, _FAR_OF_TOKEN = -3.3, 2.5
"""The logit that parts tokens of answers from others about evenly, low since most tokens belong to none, and how far
from it one is as sure as can be."""
_LONG = 40
_SHAPED = frozenset((Kind.TIME, Kind.NUMBER, Kind.PERSON))
"""Kinds of answers that are known by their shape."""


@dataclass(frozen=True, slots=True)
class WordsModel:
    """Weights of the features, and the reader that they were fitted with."""

    reader: str
    weights: Mapping[str, float]

    def probability(self, features: Features) -> float:
        """0 to 1."""
        score = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def believed(asked: Asked, draft: Draft) -> float | None:
    """Probability that a draft's words answer; None where nobody has read their passage, or they are no words."""
    features = words_features(asked, draft)
    return shipped().probability(features) if features is not None else None


def words_features(asked: Asked, draft: Draft) -> dict[str, float] | None:
    """What speaks for and against the words of a draft.

    Args:
        asked: the question, searched for.
        draft: with its pieces, whatever its status.
    """
    reading = draft.pieces[0].hit.reading if draft.pieces else None
    if reading is None or not reading.spans or not reading.tags:
        return None
    hit, search = draft.pieces[0].hit, asked.search
    here = [piece for piece in draft.pieces if piece.hit.passage.id == hit.passage.id]
    inside = [tag for tag in reading.tags if any(tag.start < one.end and one.start < tag.end for one in here)]
    outside = [tag for tag in reading.tags if tag.inside > _MIDDLE and tag not in inside]
    first = [next((tag for tag in inside if tag.end > one.start), None) for one in here]
    best = reading.spans[0]
    words = [fold(word) for one in here for word in tokens(one.text)]
    said = sum(word in search.expected.known for word in words) / max(len(words), 1)
    kind = search.expected.kind
    fitting = sum(bool(candidates(search.expected, one.text)) for one in here) / len(here)
    several, many = asked.form.likelihood[Form.LIST], float(len(draft.pieces) > 1)
    return {
        "bias": 1.0,
        f"kind={draft.kind.value}": 1.0,
        f"asks={kind.name}": 1.0,
        "passage": _log_odds(asked.confidence),
        "form": _log_odds(draft.confidence),
        f"form of {draft.kind.value}": _log_odds(draft.confidence),
        "answers": _bounded(reading.answers),
        "margin": _bounded(best.margin / 2),
        "best words": float(any(best.start < one.end and one.start < best.end for one in here)),
        "inside": sum(_of_token(tag.inside) for tag in inside) / max(len(inside), 1),
        "least inside": min((_of_token(tag.inside) for tag in inside), default=-1.0),
        "begins": sum(_of_token(tag.begins) if tag else -1.0 for tag in first) / len(first),
        "left out": min(len(outside), _LONG) / _LONG,
        f"left out of {draft.kind.value}": min(len(outside), _LONG) / _LONG,
        "said": said,
        "all said": float(said == 1.0),
        "fits": fitting if kind in _SHAPED else 0.0,
        "does not fit": float(kind in _SHAPED and fitting == 0),
        "several and one": several * (1 - many),
        "one and several": (1 - several) * many,
        "named": float(bool(completions(search.expected.question, draft.pieces[0].text))),
        "missing": min(len(search.understanding.missing), 2) / 2,
        "length": min(len(words), _LONG) / _LONG,
        "not first": float(hit.passage.id != search.hits[0].passage.id),
        "follows": search.understanding.dependence,
    }


def _log_odds(probability: float) -> float:
    kept = max(0.01, min(0.99, probability))
    return math.log(kept / (1 - kept)) / 4


def _bounded(logit: float) -> float:
    return max(-1.0, min(1.0, logit / _FAR))


def _of_token(logit: float) -> float:
    return max(-1.0, min(1.0, (logit - _MIDDLE) / _FAR_OF_TOKEN))


def read_model(data: Mapping[str, Any]) -> WordsModel:
    """A model out of the data that the calibration writes."""
    return WordsModel(reader=data["reader"], weights=data["weights"])


@lru_cache(maxsize=1)
def shipped() -> WordsModel:
    """The model that comes with the program."""
    return read_model(json.loads(files("bot").joinpath("data/words_confidence.json").read_text("utf-8")))
