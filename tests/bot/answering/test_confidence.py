"""The confidence model: its arithmetic, its data, and that evidence moves it the right way."""

import json
import math
from importlib.resources import files

import pytest

from bot.answering.confidence import FAR, ConfidenceModel, confidence_for, shipped
from bot.answering.evidence import Evidence

READ = ("read", "read_quote", "read_lead", "read_share")
MODELS = pytest.mark.parametrize("model", shipped(), ids=["unread", "read"])


def evidence(model: ConfidenceModel, **values: float) -> Evidence:
    usual = dict(zip(model.labels, model.means, strict=True))
    return Evidence(**(usual | values))


def test_arithmetic() -> None:
    labels = tuple(Evidence.labels())
    n = len(labels)
    weights = (2.0,) + (0.0,) * (n - 1)
    products = [[0.0] * (n - place) for place in range(n)]
    products[0][0], products[0][2], products[1][1] = 0.25, 0.5, -0.75  # first squared, first by third, second by third
    model = ConfidenceModel(labels, (0.5,) * n, (0.25,) * n, weights, -1.0, tuple(map(tuple, products)))
    given = Evidence(**dict.fromkeys(labels, 0.5) | {labels[0]: 1.0, labels[1]: 0.25, labels[2]: 0.75})
    first, second, third = 2.0, -1.0, 1.0
    score = -1 + 2 * first + 0.25 * first * first + 0.5 * first * third - 0.75 * second * third
    assert model.probability(given) == pytest.approx(1 / (1 + math.exp(-score)))


@MODELS
def test_figures_that_were_never_seen_say_no_more_than_the_farthest_seen(model: ConfidenceModel) -> None:
    place = model.labels.index("sentence")
    for side in (-1, 1):
        farthest = model.means[place] + side * FAR * model.scales[place]
        given = model.probability(evidence(model, sentence=side * 1e9))
        assert 0 < given < 1
        assert given == pytest.approx(model.probability(evidence(model, sentence=farthest)))


@MODELS
def test_the_shipped_data(model: ConfidenceModel) -> None:
    read = model.reader is not None
    assert list(model.labels) == Evidence.labels(read=read)
    assert len(model.labels) == len(model.means) == len(model.scales) == len(model.weights)
    assert [len(row) for row in model.products] == list(range(len(model.labels), 0, -1))
    assert all(scale > 0 for scale in model.scales)
    assert evidence(model).values(model.labels) == pytest.approx(list(model.means))


def test_each_reader_has_its_model() -> None:
    unread, read = shipped()
    assert confidence_for(None) is unread
    assert confidence_for("danvan-reader-4") is read
    assert confidence_for("danvan-reader-1") is unread
    assert confidence_for("somebody/else") is unread


def test_data_of_other_evidence_is_refused() -> None:
    data = json.loads(files("bot").joinpath("data/confidence.json").read_text("utf-8"))["unread"]
    with pytest.raises(ValueError, match=r"run python -m bot\.evaluation\.calibration again"):
        ConfidenceModel.from_json(data | {"labels": data["labels"][::-1]})


@MODELS
@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"margin": 0.5, "read_lead": 0.5}, {"margin": 0.0, "read_lead": 0.0}),
        ({"sentence": 0.9}, {"sentence": 0.3}),
        ({"worst": 0.0}, {"worst": 1.0}),
        ({"elsewhere": 0.0, "unnamed": 0.0}, {"elsewhere": 1.0, "unnamed": 1.0}),
    ],
)
def test_evidence_moves_it_the_right_way(
    model: ConfidenceModel, better: dict[str, float], worse: dict[str, float]
) -> None:
    assert model.probability(evidence(model, **better)) > model.probability(evidence(model, **worse))


def test_what_the_reader_believes_counts() -> None:
    model = shipped()[1]
    believed, doubted = dict.fromkeys(READ, 0.9), dict.fromkeys(READ, 0.1)
    assert model.probability(evidence(model, **believed)) > model.probability(evidence(model, **doubted))
