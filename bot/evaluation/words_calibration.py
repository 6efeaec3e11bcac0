"""Fit how far words are believed: `python -m bot.evaluation.words_calibration DOCUMENTS=GOLD... [--write FILE]`.

Each pair names a folder of documents and a gold set over them; items of the split `test` are left out, always. Every
question is answered with whatever words its form proposes, and whether those are right is what the model learns; how
sure their passage is comes from a confidence model that was fitted without the questions about the same document.
Prints, with all questions about one document on the same side, the area under the ROC curve, and what is shown and
wrong at the probability that is used. Needs scikit-learn.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from bot.answering.answerer import Answerer
from bot.answering.believing import words_features
from bot.answering.confidence import ConfidenceModel
from bot.answering.drafting import WORDS_FROM, draft_for
from bot.answering.drafts import Asked, Draft
from bot.answering.links import Links
from bot.answers import Answer, AnswerKind, Status
from bot.evaluation.calibration import Pair, document_of, fit_without, items_to_fit, read_pairs
from bot.evaluation.calibration import examples as passages
from bot.evaluation.form_judging import WORDS_FROM as SAME_WORDS_FROM
from bot.evaluation.form_judging import judge_form
from bot.evaluation.judging import holds_words, is_first_right
from bot.evaluation.metrics import answer_f1
from bot.gold.gold_items import GoldItem
from corpus.folder.reading_folder import read_folder
from embeddings.encoder.encoder import Encoder, load_encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever

_REGULARISATION = 0.3
_FOLDS = 8
_LEAST_WEIGHT = 0.005
_LIST_FROM = 0.6
"""F1 from which a list is no wrong answer."""


@dataclass(frozen=True, slots=True)
class Example:
    """Words proposed for a question: what spoke for them, and whether they were right."""

    features: dict[str, float]
    right: bool
    group: str


def examples(
    pair: Pair, encoder: Encoder, reranking: Reranking, confidence: Mapping[str, ConfidenceModel]
) -> Iterator[Example]:
    """The questions of a gold set for which words were proposed, each judged by the confidence model of its group."""
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(build(Path(folder), read_folder(pair.documents).documents, encoder), encoder)
        for item in items_to_fit(pair):
            answerer = Answerer(retriever, Links(), reranking, confidence[document_of(item)])
            yield from _proposed(answerer, item)


def fit(found: Sequence[Example]) -> tuple[dict[str, float], dict[str, float]]:
    """Weights by feature, and the cross-validated figures."""
    rows, right = [one.features for one in found], np.array([one.right for one in found])
    model = make_pipeline(DictVectorizer(), LogisticRegression(C=_REGULARISATION, max_iter=5000, fit_intercept=False))
    groups = [one.group for one in found]
    guessed = cross_val_predict(model, rows, right, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba")[:, 1]
    model.fit(rows, right)
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in zip(model[0].get_feature_names_out(), model[1].coef_[0], strict=True)
        if abs(weight) >= _LEAST_WEIGHT
    }
    shown = guessed >= WORDS_FROM
    figures = {
        "auroc": round(float(roc_auc_score(right, guessed)), 4),
        "right": round(float(right.mean()), 4),
        "shown": round(float(shown.mean()), 4),
        "wrong_of_shown": round(float(1 - right[shown].mean()), 4),
        "right_shown": round(float(shown[right].mean()), 4),
    }
    return weights, figures


def main() -> int:
    """Fit, print the figures, write the data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", metavar="DOCUMENTS=GOLD")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    encoder, reader = load_encoder(), load_reader()
    if reader is None:
        raise SystemExit("there is no bundled reader: install danvan again")
    pairs, reranking = read_pairs(arguments.pairs), Reranking(reader)
    asked = [one for pair in pairs for one in passages(pair, encoder, reranking)]
    confidence = fit_without(asked, reader.name)
    found = [one for pair in pairs for one in examples(pair, encoder, reranking, confidence)]
    weights, figures = fit(found)
    sys.stdout.write(f"{len(found)} questions: {json.dumps(figures)} (cross-validated)\n")
    if arguments.write:
        data = {"reader": reader.name, "questions": len(found), "cross_validated": figures, "weights": weights}
        arguments.write.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    return 0


def _proposed(answerer: Answerer, item: GoldItem) -> Iterator[Example]:
    """The one draft that words are proposed in, if there is one."""
    seen: list[dict[str, float]] = []

    def shown(asked: Asked, draft: Draft) -> Draft:
        features = words_features(asked, draft)
        if features is not None:
            seen.append(features)
        return replace(draft, status=Status.ANSWERED) if draft.pieces else draft

    asked = answerer.ask(Question(item.question, item.context))
    draft = draft_for(asked, shown)
    if len(seen) == 1 and draft.kind is not AnswerKind.COMPOUND:
        answer = answerer.put_together(asked, draft, top=3, started=time.perf_counter())
        yield Example(seen[0], _is_right(item, answer), document_of(item))


def _is_right(item: GoldItem, answer: Answer) -> bool:
    form = judge_form(item, answer)
    if form is not None:
        return form.handled or (not form.misleading and (form.item_f1 or 0.0) >= _LIST_FROM)
    if not item.answerable or not is_first_right(item, answer):
        return False
    text = answer.text or ""
    return not item.answers or any(
        answer_f1(text, [words]) >= SAME_WORDS_FROM or (holds_words(text, words) and len(text) <= 2 * len(words) + 20)
        for words in item.answers
    )


if __name__ == "__main__":
    sys.exit(main())
