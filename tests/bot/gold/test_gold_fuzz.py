"""Whatever stands in a gold file: a set with its problems named, or one sentence."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gold.gold_files import read_gold
from corpus.errors import GoldError

COLUMNS = [
    "id",
    "question",
    "kind",
    "context",
    "answerable",
    "evidence",
    "answer",
    "document",
    "type",
    "items",
    "parts",
]
values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["direct", "true"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(COLUMNS), inner, max_size=3),
    max_leaves=6,
)
rows = st.dictionaries(st.sampled_from(COLUMNS) | st.text(max_size=6), values, max_size=8)
files = st.binary(max_size=300) | st.lists(rows, max_size=3).map(
    lambda some: "\n".join(map(json.dumps, some)).encode("utf-8", "replace")
)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx"])
@given(content=files)
def test_any_gold_file(suffix: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"gold{suffix}"
        path.write_bytes(content)
        try:
            read = read_gold(path)
        except GoldError as error:
            refusal = str(error)
        else:
            refusal = ""
            assert read.items or read.problems
        assert "\n" not in refusal
