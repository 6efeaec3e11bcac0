"""Fit the confidence model to gold questions: `python -m bot.evaluation.calibration DOCUMENTS=GOLD... [--write FILE]`.

Each pair names a folder of documents and a gold set over them. Items of the split `test` are left out, always.
Every question is asked twice, as written and with its marks stripped. Prints the area under the ROC curve of right
hits against unanswerable questions, cross-validated with all questions about one document on the same side.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures, StandardScaler

from bot.answering.answerer import Answerer
from bot.answering.confidence import FAR, ConfidenceModel
from bot.answering.evidence import Evidence
from bot.answering.links import Links
from bot.evaluation.judging import is_right
from bot.gold.gold_files import read_gold
from bot.gold.gold_items import GoldItem
from corpus.folder.reading_folder import read_folder
from corpus.vietnamese import fold
from embeddings.encoder.encoder import Encoder, load_encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever

_REGULARISATION = 0.003
_FOLDS = 8
_UNANSWERABLE = 0.8
"""What an asking counts that nothing answers: 45 of 100 gold askings are such, officials are assumed to ask fewer."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked: what spoke for its first hit, and whether that was right."""

    evidence: Evidence
    right: bool
    answerable: bool
    group: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Documents and a gold set over them."""

    documents: Path
    gold: Path


def examples(pair: Pair, encoder: Encoder, reranking: Reranking | None) -> Iterator[Example]:
    """Ask a gold set, as written and without marks."""
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(build(Path(folder), read_folder(pair.documents).documents, encoder), encoder)
        answerer = Answerer(retriever, Links(), reranking, _undecided())
        for item in items_to_fit(pair):
            yield _ask(answerer, item, item.question, item.context)
            yield _ask(answerer, item, fold(item.question), fold(item.context) if item.context else None)


def items_to_fit(pair: Pair) -> list[GoldItem]:
    """A gold set without what is kept for testing."""
    return [item for item in read_gold(pair.gold).items if item.split != "test"]


def document_of(item: GoldItem) -> str:
    """What questions have in common that stand on one side when figures are taken."""
    return item.document or item.id.rsplit("-", 1)[0]


def read_pairs(arguments: Sequence[str]) -> list[Pair]:
    """`DOCUMENTS=GOLD` as typed."""
    parts = (argument.partition("=") for argument in arguments)
    return [Pair(Path(documents), Path(gold)) for documents, _, gold in parts]


def fit(found: Sequence[Example], reader: str | None) -> ConfidenceModel:
    """The model of what makes first hits right."""
    labels = Evidence.labels(read=reader is not None)
    pipeline = _pipeline()
    worth = [1.0 if example.answerable else _UNANSWERABLE for example in found]
    pipeline.fit(_values(found, labels), _right(found), logisticregression__sample_weight=worth)
    scaler, logistic = pipeline[0], pipeline[-1]
    linear, products = np.split(logistic.coef_[0], [len(labels)])
    ends = np.cumsum(range(len(labels), 0, -1))  # scikit-learn's order: each figure with itself and those after it
    return ConfidenceModel(
        labels=tuple(labels),
        means=_rounded(scaler.mean_),
        scales=_rounded(scaler.scale_),
        weights=_rounded(linear),
        products=tuple(map(_rounded, np.split(products, ends[:-1]))),
        bias=round(float(logistic.intercept_[0]), 5),
        reader=reader,
    )


def fit_without(found: Sequence[Example], reader: str | None) -> dict[str, ConfidenceModel]:
    """By group, a model that was fitted without it: what is fitted to a confidence needs one that has not seen it."""
    groups = [example.group for example in found]
    models: dict[str, ConfidenceModel] = {}
    for seen, unseen in GroupKFold(_FOLDS).split(found, groups=groups):
        model = fit([found[place] for place in seen], reader)
        models |= {groups[place]: model for place in unseen}
    return models


def area(found: Sequence[Example], reader: str | None) -> float:
    """Under the ROC curve of right hits against unanswerable questions, each judged by a model that has not seen it."""
    models = fit_without(found, reader)
    told = [example for example in found if example.right or not example.answerable]
    guessed = [models[example.group].probability(example.evidence) for example in told]
    return float(roc_auc_score(_right(told), guessed))


def _pipeline() -> Pipeline:
    logistic = LogisticRegression(C=_REGULARISATION, max_iter=5000)
    products = PolynomialFeatures(2, include_bias=False)
    return make_pipeline(StandardScaler(), FunctionTransformer(_not_far), products, logistic)


def _not_far(standardised: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(standardised, -FAR, FAR)


def _values(found: Sequence[Example], labels: Sequence[str]) -> NDArray[np.float64]:
    return np.array([example.evidence.values(labels) for example in found])


def _right(found: Sequence[Example]) -> NDArray[np.bool_]:
    return np.array([example.right for example in found])


def main() -> int:
    """Fit, print the figures, write the data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="+", metavar="DOCUMENTS=GOLD")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    pairs = read_pairs(arguments.pairs)
    encoder = load_encoder()
    reader = load_reader()
    models = {}
    for name, reranking in (("unread", None), ("read", Reranking(reader))):
        found = [example for pair in pairs for example in examples(pair, encoder, reranking)]
        known = reader.name if reader and reranking else None
        figure = round(area(found, known), 4)
        models[name] = asdict(fit(found, known)) | {"questions": len(found), "auroc_cross_validated": figure}
        sys.stdout.write(f"{name}: {len(found)} questions, AUROC {figure} (cross-validated)\n")
    if arguments.write:
        arguments.write.write_text(json.dumps(models) + "\n", "utf-8")
    return 0


def _ask(answerer: Answerer, item: GoldItem, question: str, context: str | None) -> Example:
    found = answerer.find(Question(question, context))
    right = is_right(item, answerer.cite(found.quoted[0]))
    return Example(found.evidence, right, item.answerable, document_of(item))


def _undecided() -> ConfidenceModel:
    """A model that says nothing, so that none has to be there that was fitted to the same figures."""
    labels = tuple(Evidence.labels())
    zeros = tuple(0.0 for _ in labels)
    return ConfidenceModel(labels, means=zeros, scales=tuple(1.0 for _ in labels), weights=zeros, bias=0.0)


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


if __name__ == "__main__":
    sys.exit(main())
