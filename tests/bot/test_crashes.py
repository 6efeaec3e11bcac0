"""kill -9 and full disks at every step of adding and reindexing: nothing is lost, what is published stays whole."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crashes import Crashes, spread
from tests.crashing import Server, serving
from tests.generated import text_of, write_documents

ADDING, REINDEXING, RESTORING = 8, 12, 10
PAGE = 4096
SIZE = 8 * 2**20
MOMENTS, MOST_PAGES = 5, 60
MANIFEST = "danvan-backup.json"


def test_kill_9_at_twenty_moments_spread_over_adding_and_reindexing(tmp_path: Path) -> None:
    with serving() as server:
        crashes = Crashes(server, tmp_path)
        adding = crashes.steps("corpus", "add", crashes.first)
        killed = [crashes.adding(die_at=step) for step in spread(adding, ADDING)]
        reindexing = crashes.steps("reindex")
        killed += [crashes.reindexing(die_at=step) for step in spread(reindexing, REINDEXING)]
    assert len(killed) == ADDING + REINDEXING
    assert sum(killed) >= len(killed) - 3, "some runs have fewer steps than the one that was counted"


def told(archive: str) -> tuple[dict[str, bytes | None], dict[str, Any]]:
    """All that an archive holds, but for the second in which it was made: other files, and what it says of itself."""
    with tarfile.open(archive) as opened:
        members = [(member.name, opened.extractfile(member)) for member in opened]
        files = {name: file.read() if file else None for name, file in members}
    told_of_itself = json.loads(files.pop(MANIFEST) or b"")
    del told_of_itself["created"]
    return files, told_of_itself


def test_kill_9_while_backing_up_and_restoring(tmp_path: Path) -> None:
    archive = str(tmp_path / "danvan.tar")
    with serving() as server:
        crashes = Crashes(server, tmp_path)
        data_dir = crashes.data_dir
        assert server.run(data_dir, "backup", archive)["status"] == 0
        wanted = server.check(data_dir)
        steps = server.run(data_dir, "restore", "--replace", archive)["steps"]
        for step in spread(steps, RESTORING):
            words = f"Viết trước bước {step}."
            (data_dir / "documents" / "cua toi.txt").write_text(words, encoding="utf-8")
            assert server.run(data_dir, "restore", "--replace", archive, die_at=step)["signal"]
            kept = [path.read_text("utf-8") for path in data_dir.rglob("cua toi.txt")]
            assert kept in ([words], [])
            if not kept:
                assert server.check(data_dir) == wanted, "what was there goes only when what came has taken its place"
            assert server.run(data_dir, "restore", "--replace", archive)["status"] == 0
            assert server.check(data_dir) == wanted
            assert [path.name for path in data_dir.iterdir() if path.name.startswith(".")] == []
        steps = server.run(data_dir, "backup", "--replace", archive)["steps"]
        before = told(archive)
        for step in spread(steps, RESTORING // 2):
            assert server.run(data_dir, "backup", "--replace", archive, die_at=step)["signal"]
            assert told(archive) == before, "the old archive or the new one, whole"
        assert server.run(data_dir, "backup", "--replace", archive)["status"] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["danvan.tar", "data", "incoming"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """The program in a world of its own, in which a folder is a disk of 8 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size={SIZE} tmpfs '{disk}' && mkdir -p '{disk}/data/documents' && exec \"$@\""
    into = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]
    tried = shutil.which("unshare") and subprocess.run([*into, "true"], capture_output=True, check=False)
    if not tried or tried.returncode:
        pytest.skip("this system lets nobody mount a disk of their own")
    with serving(into) as server:
        yield server, disk


def test_a_disk_that_fills_up_at_every_step(small_disk: tuple[Server, Path], tmp_path: Path) -> None:
    server, disk = small_disk
    data_dir = disk / "data"
    write_documents(tmp_path, 1, 1, 1)
    assert server.run(data_dir, "corpus", "add", str(tmp_path / "bao-cao-0000.txt"))["status"] == 0
    assert server.run(data_dir, "reindex")["status"] == 0
    failures = set()
    for arguments in (("corpus", "add", str(tmp_path / "moi.txt")), ("reindex", "--full")):
        for pages in range(MOST_PAGES):
            (tmp_path / "moi.txt").write_text(text_of(500 + pages, 1, 1), encoding="utf-8")
            before = server.check(data_dir)
            assert server.ask(fill=str(disk), free=pages * PAGE)["free"] <= pages * PAGE
            done = server.run(data_dir, *arguments)
            after = server.check(data_dir)
            server.ask(empty=str(disk))
            said = [line for line in done["err"].splitlines() if "texts embedded" not in line]
            assert (done["status"], len(said)) in {(0, 0), (1, 1)}, said
            assert after["problems"] == []
            assert all(after["documents"].get(name) == digest for name, digest in before["documents"].items())
            if done["status"] == 0:
                break
            failures.add((arguments[0], done["steps"], said[0].partition("(")[0]))
            assert (after["published"], after["indexed"]) == (before["published"], before["indexed"])
        else:
            pytest.fail("there is never enough room")
    assert len({(command, steps) for command, steps, _ in failures}) >= MOMENTS, failures
    for sentence in ("there is no space left for writing", "could not be written", "could not be published"):
        assert any(sentence in said for _, _, said in failures), sentence
    assert server.run(data_dir, "reindex")["status"] == 0
    state = server.check(data_dir)
    assert state["problems"] == []
    assert state["indexed"] == sorted(state["documents"].values())
