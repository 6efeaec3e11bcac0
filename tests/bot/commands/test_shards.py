"""An index over two databases by the settings alone: built, asked, moved back; half of it is never taken for all."""

import json
from pathlib import Path
from typing import Any

from tests.conftest import Run


def test_two_databases_by_the_settings(quick: Run, database_url: str, second_url: str, tmp_path: Path) -> None:
    question = "năm 2020 được chọn là năm gì?"
    one: dict[str, Any] = {"index": "postgres", "database_url": database_url, "index_seconds": 600}
    two = one | {"index_shards": second_url}
    built = quick("reindex", data_dir=tmp_path / "data", **two)
    assert built.status == 0, built.err
    again = quick("reindex", "--json", data_dir=tmp_path / "data", **two)
    assert json.loads(again.out)["published"] is False
    verified = quick("verify", data_dir=tmp_path / "data", **two)
    assert verified.status == 0, verified.err
    found = quick("search", question, "--json", data_dir=tmp_path / "data", **two)
    assert found.status == 0, found.err

    facts = json.loads(quick("status", "--json", data_dir=tmp_path / "data", **two).out)
    assert facts["index"] == [f"{url.rpartition('/')[2]} on 127.0.0.1" for url in (database_url, second_url)]

    half = quick("search", question, "--json", data_dir=tmp_path / "data", **one)
    assert (half.status, half.out) == (1, "")
    assert "DANVAN_INDEX_SHARDS" in half.err

    moved = quick("migrate", "files", data_dir=tmp_path / "data", **two)
    assert moved.status == 0, moved.err
    in_files = quick("search", question, "--json", data_dir=tmp_path / "data")
    assert in_files.out == found.out


def test_a_database_is_named_once(quick: Run, database_url: str, tmp_path: Path) -> None:
    twice = {"index": "postgres", "database_url": database_url, "index_shards": database_url}
    refused = quick("status", data_dir=tmp_path / "data", **twice)
    assert refused.status == 1
    assert "DANVAN_INDEX_SHARDS names a database twice" in refused.err
    files = quick("status", data_dir=tmp_path / "data", index_shards=database_url)
    assert "DANVAN_INDEX_SHARDS needs DANVAN_INDEX=postgres" in files.err
