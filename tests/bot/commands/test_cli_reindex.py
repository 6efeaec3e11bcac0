"""`reindex` and what looks after an index: two writers, full disks, killed processes; what is published stays whole."""

import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.data_folder.writer import only_writer
from corpus.errors import IndexingError
from tests.conftest import DANVAN, PATIENCE, QUICK, Run, environment, heed_interrupts

ARTICLES = 5
KILLS = 4
WHILE_EMBEDDING = 2.1
"""Seconds that `reindexing` takes for the five articles, and a little more."""


@pytest.fixture
def data_dir(quick_indexed: Path, tmp_path: Path) -> Path:
    """A copy of the indexed data folder that a test may do anything to."""
    return Path(shutil.copytree(quick_indexed, tmp_path / "data"))


def generation_of(quick: Run, data_dir: Path) -> str:
    """The published generation's id, once `verify` has found it whole."""
    done = quick("verify", "--json", data_dir=data_dir)
    assert done.status == 0, done.err
    facts = json.loads(done.out)
    assert facts["whole"]
    return str(facts["generation"])


def leftovers(data_dir: Path) -> list[str]:
    return [path.name for path in (data_dir / "generations").glob(".*")]


@contextmanager
def reindexing(data_dir: Path, program: Sequence[str] = QUICK) -> Iterator[subprocess.Popen[bytes]]:
    """A full reindex under way, embedding its passages; killed at the end if it still runs."""
    process = subprocess.Popen(
        [*program, "reindex", "--full"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(data_dir=data_dir) | {"QUICK_PAUSE": "0.3"},
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - the tests start no threads
    )
    assert process.stderr
    try:
        assert b"texts embedded" in process.stderr.readline()
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def test_the_first_reindex_seeds_reads_and_publishes(quick: Run, quick_indexed: Path) -> None:
    assert len(list((quick_indexed / "documents").glob("*.txt"))) == ARTICLES
    facts = json.loads(quick("status", "--json", data_dir=quick_indexed).out)
    assert facts["documents"] == ARTICLES
    assert facts["generation"] == generation_of(quick, quick_indexed)
    assert facts["generations"] == [facts["generation"]]
    assert facts["index"] == ["files"]
    listed = [json.loads(line) for line in quick("corpus", "list", "--json", data_dir=quick_indexed).out.splitlines()]
    assert facts["passages"] == sum(document["passages"] for document in listed)


def test_nothing_changed_changes_nothing_and_something_changed_does(quick: Run, data_dir: Path) -> None:
    before = generation_of(quick, data_dir)
    same = json.loads(quick("reindex", "--json", data_dir=data_dir).out)
    assert (same["generation"], same["changed"], same["published"]) == (before, False, False)

    (data_dir / "documents" / "moi.txt").write_text(
        "Thông báo lịch họp\n\nHội nghị tổng kết diễn ra vào sáng thứ Hai tại hội trường tầng hai của trụ sở.\n",
        encoding="utf-8",
    )
    (data_dir / "documents" / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (data_dir / "documents" / "empty.txt").write_bytes(b"")
    dry = quick("reindex", "--dry-run", "--json", data_dir=data_dir)
    planned = json.loads(dry.out)
    assert (planned["generation"], planned["changed"], planned["published"]) == (before, True, False)
    assert planned["documents"] == ARTICLES + 1
    assert generation_of(quick, data_dir) == before

    done = quick("reindex", "--json", data_dir=data_dir)
    assert done.status == 0
    report = json.loads(done.out)
    assert report["published"]
    assert {Path(problem["path"]).name for problem in report["problems"]} == {"binary.txt", "empty.txt"}
    for name in ("binary.txt", "empty.txt"):
        assert any(line.startswith("not read: ") and name in line for line in done.err.splitlines())
    assert generation_of(quick, data_dir) == report["generation"] != before

    rolled_back = json.loads(quick("rollback", "--json", data_dir=data_dir).out)
    assert rolled_back == {"before": report["generation"], "generation": before}
    assert generation_of(quick, data_dir) == before

    named = quick("rollback", report["generation"], data_dir=data_dir)
    assert (named.status, generation_of(quick, data_dir)) == (0, report["generation"])
    refused = quick("rollback", "20200101T", data_dir=data_dir)
    assert (refused.status, len(refused.err.splitlines())) == (1, 1)
    assert f"kept are: {before}" in refused.err


def test_rollback_leaves_an_index_of_another_model_alone(quick: Run, data_dir: Path) -> None:
    manifest = data_dir / "generations" / generation_of(quick, data_dir) / "manifest.json"
    assert quick("reindex", "--full", data_dir=data_dir).status == 0
    now = generation_of(quick, data_dir)
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"fingerprint": "another"}), encoding="utf-8")
    refused = quick("rollback", data_dir=data_dir)
    assert (refused.status, refused.out, len(refused.err.splitlines())) == (1, "", 1)
    assert "of another model ('another'" in refused.err
    assert generation_of(quick, data_dir) == now


def test_a_dry_run_writes_nothing(quick: Run, tmp_path: Path) -> None:
    done = quick("reindex", "--dry-run", data_dir=tmp_path)
    assert done.status == 0, done.err
    assert f"would be indexed: {ARTICLES} documents" in done.out
    assert list(tmp_path.iterdir()) == []


def test_two_writers_the_second_is_told_who_the_first_is(quick: Run, data_dir: Path) -> None:
    with reindexing(data_dir) as first:
        second = quick("reindex", data_dir=data_dir)
        assert (second.status, second.out, len(second.err.splitlines())) == (1, "", 1)
        assert f"reindex (process {first.pid} on" in second.err


def test_the_lock_dies_with_its_holder_and_knows_no_age(tmp_path: Path) -> None:
    with (
        only_writer(tmp_path, "reindex"),
        pytest.raises(IndexingError, match=f"reindex \\(process {os.getpid()} "),
        only_writer(tmp_path, "rollback"),
    ):
        pytest.fail("two writers at once")
    (tmp_path / "writer.json").write_text("left by a killed process", encoding="utf-8")
    with only_writer(tmp_path, "reindex"):
        pass


def test_ctrl_c_leaves_what_was_published(danvan: Run, indexed: Path, tmp_path: Path) -> None:
    data_dir = Path(shutil.copytree(indexed, tmp_path / "data"))
    before = generation_of(danvan, data_dir)
    with reindexing(data_dir, [str(DANVAN)]) as process:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
    assert out == b""
    said = [line for line in err.decode().splitlines() if "texts embedded" not in line]
    assert said == ["danvan: stopped; the published index is unchanged"]
    assert generation_of(danvan, data_dir) == before
    assert leftovers(data_dir) == []


def test_kill_9_leaves_what_was_published_and_the_next_run_sweeps_up(quick: Run, data_dir: Path) -> None:
    published = {generation_of(quick, data_dir)}
    for attempt in range(KILLS):
        with reindexing(data_dir) as process:
            time.sleep(WHILE_EMBEDDING * (attempt + 1) / KILLS)
            process.send_signal(signal.SIGKILL)
        published.add(generation_of(quick, data_dir))
    aside = data_dir / "generations" / ".building-20260101T000000-abcdef"
    aside.mkdir()
    (aside / "documents.jsonl").write_text("half", encoding="utf-8")
    done = quick("reindex", "--full", "--json", data_dir=data_dir)
    assert done.status == 0, done.err
    assert leftovers(data_dir) == []
    assert generation_of(quick, data_dir) == json.loads(done.out)["generation"]
    assert json.loads(done.out)["generation"] not in published


def test_a_full_disk_is_one_sentence(quick: Run, data_dir: Path) -> None:
    before = generation_of(quick, data_dir)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = quick("reindex", "--full", data_dir=data_dir, before=little_room)
    assert done.status == 1
    said = [line for line in done.err.splitlines() if "texts embedded" not in line]
    assert len(said) == 1
    assert str(data_dir) in said[0]
    assert generation_of(quick, data_dir) == before
    assert leftovers(data_dir) == []


def test_a_data_folder_that_cannot_be_written_to_is_one_sentence(quick: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        done = quick("reindex", data_dir=tmp_path / "data", before=_obey_permissions)
    finally:
        tmp_path.chmod(0o755)
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "Permission denied" in done.err
    assert str(tmp_path / "data") in done.err


def test_a_data_folder_that_is_a_file_is_one_sentence(quick: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    done = quick("reindex", data_dir=tmp_path / "data")
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)


@pytest.mark.parametrize("damage", ["truncated", "changed", "missing", "manifest"])
def test_a_half_written_index_is_refused_with_what_to_run(quick: Run, data_dir: Path, damage: str) -> None:
    folder = data_dir / "generations" / generation_of(quick, data_dir)
    victim = folder / "passages.jsonl"
    whole = victim.read_bytes()
    if damage == "truncated":
        victim.write_bytes(whole[: len(whole) // 2])
    elif damage == "changed":
        victim.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    elif damage == "missing":
        victim.unlink()
    else:
        (folder / "manifest.json").write_bytes(b'{"id": ')
    for command in (("verify",), ("ask", "năm 2020 được chọn là năm gì?")):
        done = quick(*command, data_dir=data_dir)
        assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
        assert "danvan reindex" in done.err
    if damage == "truncated":
        assert quick("reindex", data_dir=data_dir).status == 0
        generation_of(quick, data_dir)


def test_no_documents_is_one_sentence(quick: Run, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    for folder in (tmp_path / "documents", tmp_path / "missing"):
        done = quick("reindex", data_dir=tmp_path / "data", corpus_dir=folder)
        assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
        assert str(folder) in done.err


def test_show_prints_a_document_as_it_was_understood(quick: Run, quick_indexed: Path) -> None:
    done = quick("corpus", "show", "tong-ket-nam-dan-van-chinh-quyen-2019", "--json", data_dir=quick_indexed)
    document = json.loads(done.out)
    assert document["published"] == "2020-01-10"
    for passage in document["passages"]:
        assert document["text"][passage["start"] : passage["end"]] == passage["text"]
    shown = quick("corpus", "show", "tong-ket-nam-dan-van-chinh-quyen-2019", data_dir=quick_indexed).out
    assert all(passage["passage_id"] in shown for passage in document["passages"])
    missing = quick("corpus", "show", "khong-co", data_dir=quick_indexed)
    assert (missing.status, missing.out, len(missing.err.splitlines())) == (1, "", 1)


def test_doctor_finds_a_good_installation_good(danvan: Run, indexed: Path) -> None:
    token = "123456789:AAF" + "x" * 32
    done = danvan("doctor", data_dir=indexed, telegram_token=token)
    assert done.status == 0, done.out + done.err
    assert all(line.startswith("ok ") for line in done.out.splitlines())
    assert token not in done.out


def test_doctor_says_what_is_wrong_and_what_to_do(quick: Run, tmp_path: Path) -> None:
    done = quick("doctor", "--json", data_dir=tmp_path, telegram_token="123:short", corpus_dir=tmp_path / "none")
    assert done.status == 1
    report = json.loads(done.out)
    wrong = {check["name"]: check["found"] for check in report["checks"] if not check["ok"]}
    assert set(wrong) == {"documents", "index", "token"}
    assert "danvan reindex" in wrong["index"]
    assert "123:short" not in done.out
    unknown = quick("doctor", data_dir=tmp_path, modell="x")
    assert unknown.status == 1
    assert "DANVAN_MODEL" in unknown.out


def _obey_permissions() -> None:
    """Let file permissions hold for root too, who may else write anywhere."""
    if os.geteuid() == 0:
        drop_from_bounding_set, override_permissions = 24, 1
        ctypes.CDLL(None, use_errno=True).prctl(drop_from_bounding_set, override_permissions, 0, 0, 0)


@pytest.mark.parametrize("floor", [0.0, 1.5])
def test_a_gate_decides_before_anybody_is_answered_from_a_new_generation(
    quick: Run, data_dir: Path, tmp_path: Path, floor: float
) -> None:
    before = generation_of(quick, data_dir)
    gold = tmp_path / "gold.jsonl"
    item = {"id": "1", "question": "năm 2020 được chọn là năm gì?", "kind": "direct", "answerable": True}
    gold.write_text(json.dumps(item | {"evidence": ["được chọn là “Năm dân vận khéo”"]}), "utf-8")
    (tmp_path / "gate.toml").write_text(f'[metrics]\n"recall@5" = {floor}\n', "utf-8")
    done = quick("reindex", "--full", "--gate", str(gold), "--json", data_dir=data_dir)
    kept = floor > 1
    assert done.status == (3 if kept else 0), done.err
    assert ("recall@5" in done.err) == kept
    facts = json.loads(done.out)
    assert facts["gate"]["passed"] is facts["published"] is not kept
    assert facts["generation"] == generation_of(quick, data_dir)
    assert (facts["generation"] == before) == kept
    folders = [path for path in (data_dir / "generations").iterdir() if path.is_dir()]
    assert len(folders) == (1 if kept else 2), "what was refused is not left to be rolled back to"
    unchanged = quick("reindex", "--gate", str(gold), data_dir=data_dir)
    assert unchanged.status == done.status, "a gate is asked even when nothing changed"


def test_a_gate_that_cannot_be_used_is_found_before_the_long_work(quick: Run, data_dir: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("{", "utf-8")
    (tmp_path / "gate.toml").write_text('[metrics]\n"recall@5" = 0.5\n', "utf-8")
    done = quick("reindex", "--full", "--gate", str(gold), data_dir=data_dir)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert str(gold) in done.err
    assert quick("reindex", "--dry-run", "--gate", str(gold), data_dir=data_dir).status == 2
