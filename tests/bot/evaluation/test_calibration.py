"""The confidence model as it is fitted: it computes what was fitted, and who judges a document has not seen it."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures, StandardScaler

from bot.answering.confidence import FAR
from bot.answering.evidence import Evidence
from bot.evaluation.calibration import Example, area, fit, fit_without

LABELS = Evidence.labels(read=True)
READER = "a-reader"


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """Hits that are right where the product of two figures is positive, over twelve documents."""
    generator = np.random.default_rng(3)
    found = []
    for number in range(600):
        values = generator.standard_normal(len(LABELS))
        values[2] *= 5  # some lie far out
        right = bool(values[0] * values[1] + 0.3 * generator.standard_normal() > 0)
        evidence = Evidence(**dict(zip(LABELS, map(float, values), strict=True)))
        found.append(Example(evidence, right, answerable=right, group=f"document {number % 12}"))
    return found


def test_it_computes_what_was_fitted(examples: list[Example]) -> None:
    values = np.array([one.evidence.values(LABELS) for one in examples])
    reference = make_pipeline(
        StandardScaler(),
        FunctionTransformer(lambda standardised: np.clip(standardised, -FAR, FAR)),
        PolynomialFeatures(2, include_bias=False),
        LogisticRegression(C=0.003, max_iter=5000),
    ).fit(
        values,
        [one.right for one in examples],
        logisticregression__sample_weight=[1.0 if one.answerable else 0.8 for one in examples],
    )
    model = fit(examples, READER)
    ours = [model.probability(one.evidence) for one in examples]
    np.testing.assert_allclose(ours, reference.predict_proba(values)[:, 1], atol=2e-3)
    assert model.reader == READER


def test_what_only_a_product_tells_is_learned(examples: list[Example]) -> None:
    models = fit_without(examples, READER)
    alone = [replace(models[one.group], products=()).probability(one.evidence) for one in examples]
    assert area(examples, READER) > roc_auc_score([one.right for one in examples], alone) + 0.1


def test_each_group_is_judged_by_a_model_that_has_not_seen_it(examples: list[Example]) -> None:
    models = fit_without(examples, READER)
    assert set(models) == {one.group for one in examples}
    for group in ("document 0", "document 7"):
        shared = {name for name, model in models.items() if model is models[group]}
        assert models[group] == fit([one for one in examples if one.group not in shared], READER)


def test_without_a_reader_its_figures_are_left_out(examples: list[Example]) -> None:
    model = fit(examples, None)
    assert list(model.labels) == Evidence.labels(read=False)
    assert len(model.products) == len(model.labels)
