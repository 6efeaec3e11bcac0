"""Where a model lies is known before its library is asked, and what the library says is one sentence."""

from pathlib import Path

import pytest

from corpus.errors import ModelError
from embeddings.foreign_models import loading_error, located


def test_ids_are_left_and_folders_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "reader").mkdir()
    assert located("reader", "danvan/reader") == "danvan/reader"
    assert located("reader", "~/reader") == str(tmp_path / "reader")
    for missing in ("~/other", "~nobody-of-this-name/reader", "./other", "/other"):
        with pytest.raises(ModelError, match=f"the reader '{missing}' cannot be loaded: there is no such folder"):
            located("reader", missing)


def test_the_first_line_that_says_something_is_told() -> None:
    assert str(loading_error("model", "a/b", ValueError("\n  no such file\nmore"))).endswith("loaded: no such file")
    assert str(loading_error("model", "a/b", KeyError())).endswith("loaded: KeyError")
