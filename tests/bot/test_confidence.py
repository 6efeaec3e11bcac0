"""The confidence model: its arithmetic, its data, and that evidence moves it the right way."""

import json
import math
from dataclasses import fields
from importlib.resources import files

import pytest

from bot.confidence import ConfidenceModel, shipped
from bot.evidence import Evidence


def evidence(**values: float) -> Evidence:
    usual = dict(zip(shipped().labels, shipped().means, strict=True))
    return Evidence(**(usual | values))


def test_arithmetic() -> None:
    labels = tuple(Evidence.labels())
    n = len(labels)
    weights = (2.0,) + (0.0,) * (n - 1)
    model = ConfidenceModel(labels, (0.5,) * n, (0.25,) * n, weights, -1.0)
    given = Evidence(**dict.fromkeys(labels, 0.5) | {labels[0]: 1.0})  # type: ignore[arg-type]
    assert model.probability(given) == pytest.approx(1 / (1 + math.exp(-(-1 + 2 * (1.0 - 0.5) / 0.25))))


def test_it_never_overflows() -> None:
    assert 0 < shipped().probability(evidence(margin=-1e9)) < 1e-6
    assert 1 - 1e-6 < shipped().probability(evidence(margin=1e9)) < 1


def test_the_shipped_data() -> None:
    data = json.loads(files("bot").joinpath("data/confidence.json").read_text("utf-8"))
    assert data["labels"] == Evidence.labels() == [field.name for field in fields(Evidence)]
    assert len({len(data[name]) for name in ("labels", "means", "scales", "weights")}) == 1
    assert all(scale > 0 for scale in data["scales"])
    assert shipped() is shipped()
    assert evidence().values() == pytest.approx(list(shipped().means))


def test_data_of_other_evidence_is_refused() -> None:
    data = json.loads(files("bot").joinpath("data/confidence.json").read_text("utf-8"))
    with pytest.raises(ValueError, match=r"run python -m bot\.calibration again"):
        ConfidenceModel.from_json(data | {"labels": data["labels"][::-1]})


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"margin": 0.5}, {"margin": 0.0}),
        ({"sentence": 0.9}, {"sentence": 0.3}),
        ({"worst": 0.0}, {"worst": 1.0}),
        ({"quote_fit": 1.0}, {"quote_fit": 0.0}),
        ({"elsewhere": 0.0, "unnamed": 0.0}, {"elsewhere": 1.0, "unnamed": 1.0}),
    ],
)
def test_evidence_moves_it_the_right_way(better: dict[str, float], worse: dict[str, float]) -> None:
    assert shipped().probability(evidence(**better)) > shipped().probability(evidence(**worse))
