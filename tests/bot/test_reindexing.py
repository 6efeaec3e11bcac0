"""What a reindex does: only what is new is embedded, the summary is true, yesterday's data is of use."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot import wiring
from bot.records.database import Database
from bot.records.history import History
from bot.reindexing import ReindexReport
from bot.settings import Settings
from embeddings.index import building
from embeddings.index.generations import generations, load, published
from embeddings.index.publishing import rollback, sweep
from embeddings.index.verifying import verify
from tests import quick as quick_program
from tests.conftest import QUICK, Run, environment
from tests.generated import text_of, write_documents

MANY = 200
YESTERDAY = Path(__file__).parent / "yesterday"
Reindex = Callable[..., ReindexReport]


@pytest.fixture
def reindex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reindex:
    """Reindexes `tmp_path / "data"` in this process, by the small encoder."""
    monkeypatch.setattr("embeddings.encoder.encoder.facts_of", quick_program.facts)
    monkeypatch.setattr("embeddings.encoder.encoder.load_encoder", quick_program.load)

    def run(data_dir: Path = tmp_path / "data", keep: int = 3, **switches: Any) -> ReindexReport:
        settings = Settings(_env_file=None, data_dir=data_dir, keep_generations=keep)  # type: ignore[call-arg]
        return wiring.open_indexer(settings).reindex(**switches)

    return run


def document(data_dir: Path, number: int, edition: int = 0) -> Path:
    path = data_dir / "documents" / f"bao-cao-{number:04}.txt"
    path.write_text(text_of(number, 1, 2, edition), encoding="utf-8")
    return path


def test_one_document_of_many(reindex: Reindex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir = tmp_path / "data"
    write_documents(data_dir / "documents", MANY, 1, 2)
    first = reindex()
    assert (len(first.difference.added), first.passages, first.embedded) == (MANY, MANY, 3 * MANY)

    with monkeypatch.context() as patched:
        patched.delattr("corpus.folder.page_cache.read_bytes")
        patched.delattr("embeddings.encoder.encoder.load_encoder")
        unchanged = reindex()
    assert (unchanged.changed, unchanged.embedded, unchanged.generation) == (False, 0, first.generation)

    document(data_dir, MANY // 2, edition=1)
    told: list[tuple[int, int]] = []
    plan = reindex(dry_run=True)
    done = reindex(on_progress=lambda *counts: told.append(counts))
    assert (plan.generation, done.generation != first.generation) == (first.generation, True)
    for report in (plan, done):
        assert report.difference.changed == (f"bao-cao-{MANY // 2:04}",)
        assert report.difference.added == report.difference.removed == ()
        assert (report.difference.passages_kept, report.difference.passages_added) == (MANY - 1, 1)
        assert (report.difference.passages_removed, report.embedded, report.reason) == (
            1,
            2,
            "the documents have changed",
        )
    assert told == [(2, 2)], "its passage and its new sentence"
    assert verify(published(data_dir)) == []

    full = reindex(full=True)
    assert full.embedded == 3 * MANY + 1
    assert full.difference.passages_kept == MANY
    kept = [load(generation).dense for generation in generations(data_dir)[-2:]]
    np.testing.assert_array_equal(kept[0].rows, kept[1].rows)
    assert rollback(data_dir).id == done.generation


def test_added_changed_removed_and_corrected(reindex: Reindex, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    write_documents(data_dir / "documents", 4, 2, 2)
    reindex()
    document(data_dir, 9)
    document(data_dir, 1, edition=1)
    (data_dir / "documents" / "bao-cao-0002.txt").unlink()
    (data_dir / "documents" / "sources.toml").write_text('["bao-cao-0003.txt"]\npublished = "2021-05"\n', "utf-8")
    difference = reindex().difference
    assert difference.added == ("bao-cao-0009",)
    assert difference.changed == ("bao-cao-0001", "bao-cao-0003")
    assert difference.removed == ("bao-cao-0002",)
    back = document(data_dir, 1, edition=0)
    back.write_text(text_of(1, 2, 2), encoding="utf-8")
    assert reindex().embedded == 0, "what a kept generation was built of is not embedded again"


def test_documents_removed_and_changed_while_indexing(reindex: Reindex, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    write_documents(data_dir / "documents", 3, 1, 2)

    def meddle(_done: int, _total: int) -> None:
        (data_dir / "documents" / "bao-cao-0001.txt").unlink(missing_ok=True)
        document(data_dir, 2, edition=1)

    first = reindex(on_progress=meddle)
    assert first.difference.added == ("bao-cao-0000", "bao-cao-0001", "bao-cao-0002")
    assert verify(published(data_dir)) == []
    second = reindex()
    assert (second.difference.removed, second.difference.changed) == (("bao-cao-0001",), ("bao-cao-0002",))


def test_no_model_is_loaded_when_nothing_changed(danvan: Run, indexed: Path, tmp_path: Path) -> None:
    data_dir = shutil.copytree(indexed, tmp_path / "data")
    code = (
        "import sys; sys.argv = ['danvan', 'reindex', '--json']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "finally: assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment(data_dir=data_dir), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert (facts["changed"], facts["embedded"]) == (False, 0)
    (data_dir / "documents" / "tong-ket-nam-dan-van-chinh-quyen-2019.txt").unlink()
    removed = json.loads(danvan("reindex", "--json", data_dir=data_dir).out)
    assert (removed["documents_removed"], removed["embedded"]) == (["tong-ket-nam-dan-van-chinh-quyen-2019"], 0)


def test_another_shape_of_index_is_built_anew_out_of_the_cache(
    reindex: Reindex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_documents(tmp_path / "data" / "documents", 2)
    first = reindex()
    monkeypatch.setitem(building.SHAPE, "vectors", 99)
    report = reindex()
    assert (report.changed, report.embedded) == (True, 0)
    assert report.reason == "this version of danvan builds indexes otherwise"
    assert report.generation != first.generation
    assert not reindex().changed


def test_as_many_generations_are_kept_as_the_settings_say(reindex: Reindex, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    write_documents(data_dir / "documents", 2)
    for edition in range(4):
        document(data_dir, 0, edition)
        reindex(keep=2)
        assert len(generations(data_dir)) == min(2, edition + 1)
    document(data_dir, 0, 9)
    report = reindex(keep=1)
    assert [generation.id for generation in generations(data_dir)] == [report.generation]


def test_a_damaged_cache_is_one_line_and_no_failure(quick: Run, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    write_documents(data_dir / "documents", 2)
    quick("reindex", data_dir=data_dir)
    (data_dir / "cache" / "vectors.sqlite").write_bytes(b"no database" * 1000)
    document(data_dir, 0, edition=1)
    done = quick("reindex", "--json", data_dir=data_dir)
    assert done.status == 0
    said = [line for line in done.err.splitlines() if "texts embedded" not in line]
    assert len(said) == 1
    assert "the cache of vectors" in said[0]
    assert json.loads(done.out)["embedded"] > 3


def test_the_outcome_in_words(quick: Run, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    write_documents(data_dir / "documents", 2, 1, 2)
    quick("reindex", data_dir=data_dir)
    (data_dir / "documents" / "bao-cao-0001.txt").unlink()
    document(data_dir, 7)
    for arguments, words in (
        (("--dry-run",), "would be indexed: 2 documents, 2 passages"),
        ((), ": 2 documents, 2 passages in "),
    ):
        done = quick("reindex", *arguments, data_dir=data_dir)
        first, *others = done.out.splitlines()
        assert words in first
        assert [" ".join(line.split()) for line in others] == [
            "+ bao-cao-0007",
            "- bao-cao-0001",
            "documents 1 added, 0 changed, 1 removed (the documents have changed)",
            "passages 1 added, 1 removed, 1 kept",
            "embedded 3 texts" + (" to embed" if arguments else ""),
        ]
    assert "texts embedded: 3 of 3" in done.err
    assert quick("reindex", data_dir=data_dir).out.startswith("nothing changed, ")


@pytest.fixture
def yesterday(tmp_path: Path) -> Path:
    """A data folder as danvan wrote it before indexes had format 3."""
    data_dir = tmp_path / "yesterday"
    shutil.copytree(YESTERDAY, data_dir, ignore=shutil.ignore_patterns("*.sql"))
    with sqlite3.connect(data_dir / "danvan.db") as database:
        database.executescript((YESTERDAY / "danvan.sql").read_text(encoding="utf-8"))
    return data_dir


def test_an_index_of_yesterday_is_answered_with_one_sentence_and_a_reindex_works(quick: Run, yesterday: Path) -> None:
    for command in (("ask", "ai là trưởng thôn?"), ("verify",), ("status",), ("ask", "--batch", "-", "--json")):
        done = quick(*command, data_dir=yesterday)
        assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
        assert "has format 2, this program reads format 5; run: danvan reindex" in done.err
    old = {path.name for path in (yesterday / "generations").iterdir() if path.is_dir()}
    done = quick("reindex", "--json", data_dir=yesterday)
    assert done.status == 0, done.err
    facts = json.loads(done.out)
    assert (facts["documents"], facts["reason"]) == (2, "the index is of another model or format")
    assert {path.name for path in (yesterday / "generations").iterdir() if path.is_dir()} == {facts["generation"]}
    assert facts["generation"] not in old
    answer = json.loads(quick("ask", "ai là trưởng thôn Hòa Bình?", "--json", data_dir=yesterday).out)
    assert "Ông Trần Văn Nam, trưởng thôn" in answer["citations"][0]["quote"]


def test_an_index_of_yesterday_answers_no_more_but_stays_while_a_reindex_fails(quick: Run, yesterday: Path) -> None:
    old = {path.name for path in (yesterday / "generations").iterdir()}
    failed = quick("reindex", data_dir=yesterday, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)))
    assert failed.status == 1
    assert {path.name for path in (yesterday / "generations").iterdir()} == old


def test_a_newer_programs_index_is_left_alone(reindex: Reindex, tmp_path: Path) -> None:
    write_documents(tmp_path / "data" / "documents", 1)
    report = reindex()
    root = tmp_path / "data" / "generations"
    for name, written in (("20990101T000000-000001", 99), ("20200101T000000-000002", 1)):
        shutil.copytree(root / str(report.generation), root / name)
        manifest = json.loads((root / name / "manifest.json").read_text("utf-8")) | {"format": written}
        (root / name / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (root / "notes of mine").mkdir()
    assert sweep(tmp_path / "data") == 1
    left = {path.name for path in root.iterdir()}
    assert left == {"current", report.generation, "20990101T000000-000001", "notes of mine"}


def test_a_history_of_yesterday_is_read(yesterday: Path) -> None:
    database = Database.open(f"sqlite:///{yesterday / 'danvan.db'}")
    try:
        exchange = History(database).exchange(1)
    finally:
        database.close()
    assert exchange
    assert exchange.question == "ai là trưởng thôn Hòa Bình?"
    assert exchange.sent_as == "12"
    assert [cited.document for cited in exchange.citations] == ["hop-thon", "hop-thon", "tram-y-te"]


def test_progress_on_a_terminal_shows_the_time_left(tmp_path: Path) -> None:
    write_documents(tmp_path / "data" / "documents", 40, 1, 2)
    read_end, write_end = os.openpty()
    child = os.fork()
    if child == 0:  # a terminal on standard error
        os.dup2(write_end, 2)
        os.environ.update(DANVAN_DATA_DIR=str(tmp_path / "data"), QUICK_PAUSE="0.1", TERM="xterm", COLUMNS="100")
        with (tmp_path / "out").open("wb") as out:
            os.dup2(out.fileno(), 1)
        os.execv(QUICK[0], [*QUICK, "reindex"])
    os.close(write_end)
    seen = b""
    while True:
        try:
            piece = os.read(read_end, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    _, status = os.waitpid(child, 0)
    os.close(read_end)
    assert status == 0, seen
    assert "texts embedded" in seen.decode()
    assert "/120" in seen.decode()
    assert "0:00:0" in seen.decode()
