"""Small models over named features: what a reader says of texts it was trained on is weighed apart."""

from embeddings.training.logistic import Fitting, apart, fit_classes, fit_share, for_seen, shipped

FITTING = Fitting(regularisation=10.0, least=0.001, digits=3, folds=2)


def test_features_of_the_reader_have_names_of_their_own_for_texts_it_was_trained_on() -> None:
    features = {"bias": 1.0, "read margin": 0.5, "best read inside": 1.0, "margin": 0.2}
    assert apart(features, seen=False) == features
    seen = apart(features, seen=True)
    assert seen.keys() & features.keys() == {"bias"}
    assert sorted(seen.values()) == sorted(features.values())


def test_what_is_shipped_has_nothing_of_those_texts() -> None:
    weights = {"bias": 1.0, "read margin": 0.5, **apart({"read margin": 3.0}, seen=True)}
    assert shipped(weights) == {"bias": 1.0, "read margin": 0.5}
    assert for_seen(weights) == {"bias": 1.0, "read margin": 3.0}


def test_a_share_pulls_its_features_up_and_down() -> None:
    rows = [{"bias": 1.0, "good": 1.0}, {"bias": 1.0, "bad": 1.0}, {"bias": 1.0, "half": 1.0}] * 5
    weights = fit_share(rows, [1.0, 0.0, 0.5] * 5, FITTING)
    assert weights["good"] > weights["half"] > weights["bad"]


def test_classes_are_told_apart_on_writers_held_out() -> None:
    names = [name for name in ("yes", "no", "unknown") for _ in range(6)]
    rows = [{"bias": 1.0, f"says {name}": 1.0} for name in names]
    weights, classes, guessed = fit_classes(rows, names, ["a", "b"] * 9, FITTING)
    assert weights["yes"]["says yes"] > 0 > weights["yes"]["says no"]
    assert [classes[place] for place in guessed.argmax(axis=1)] == names
