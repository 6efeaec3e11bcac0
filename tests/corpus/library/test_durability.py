"""A process that dies or a disk that fills up at any step leaves what was or what was to be, and loses no bytes."""

import errno
import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import corpus.atomic
import corpus.library.snapshots
from corpus.atomic import sweep_parts, write_atomically
from corpus.folder.page_cache import PageCache, readers_version
from corpus.folder.reading_folder import read_folder
from corpus.library.library import Library
from corpus.library.snapshots import LogEntry, Snapshots
from tests.corpus.library.test_adding import documents, files, library, put, text

Act = Callable[[Library, Path], object]


class Died(BaseException):
    """As `kill -9` would, it is caught by nobody."""


def newer(lib: Library, source: Path) -> object:
    return list(lib.add([str(put(source, "a.txt", text(1, "Bản mới.")))]))


def new(lib: Library, source: Path) -> object:
    folder = put(source, "kho/b.txt", text(2)).parent
    put(folder, "sources.toml", '["b.txt"]\nurl = "https://example.vn/b"\n')
    return list(lib.add([str(folder)]))


ACTS: dict[str, Act] = {
    "new": new,
    "newer": newer,
    "correct": lambda lib, source: lib.correct("a", {"title": "Tên khác"}),
    "remove": lambda lib, source: lib.remove("a"),
    "restore": lambda lib, source: lib.restore("c"),
}


def prepared(folder: Path) -> Path:
    """A library with a corrected document `a` and a removed and corrected one `c`."""
    data = folder / "data"
    (data / "documents").mkdir(parents=True)
    lib = library(data)
    list(lib.add([str(put(folder, "a.txt", text(1))), str(put(folder, "c.txt", text(3)))]))
    lib.correct("a", {"author": "Ngọc Hà"})
    lib.correct("c", {"author": "Minh"})
    lib.remove("c")
    return data


def state(data: Path) -> object:
    reading = library(data).read()
    assert reading.problems == ()
    return reading.documents


def trip_wire(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> list[str]:
    """Have the `at`-th step that touches the disk fail; returns the list of steps, which grows."""
    steps: list[str] = []

    def watched(name: str, act: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            steps.append(name)
            if len(steps) == at:
                raise error
            return act(*arguments, **options)

        return step

    monkeypatch.setattr(os, "fsync", watched("fsync", os.fsync))
    monkeypatch.setattr(Path, "replace", watched("replace", Path.replace))
    monkeypatch.setattr(Path, "unlink", watched("unlink", Path.unlink))
    monkeypatch.setattr(Path, "mkdir", watched("mkdir", Path.mkdir))
    return steps


@pytest.mark.parametrize("kind", ["killed", "full"])
@pytest.mark.parametrize("name", ACTS)
def test_whatever_the_step_the_old_or_the_new_state_follows(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = prepared(tmp_path / "once")
    before = Path(shutil.copytree(template, tmp_path / "whole"))
    start = state(before)
    ACTS[name](library(before), tmp_path / "sources")
    end = state(before)
    assert start != end
    at, seen = 0, set()
    while True:
        at += 1
        data = Path(shutil.copytree(template, tmp_path / f"{at}"))
        error = Died() if kind == "killed" else OSError(errno.ENOSPC, "No space left on device")
        with monkeypatch.context() as patch:
            steps = trip_wire(patch, at, error)
            try:
                ACTS[name](library(data), tmp_path / "sources")
            except type(error):
                pass
            if len(steps) < at:
                break
        library(data).recover()
        now = state(data)
        assert now in (start, end), (at, steps[-1])
        seen.add(now == end)
        assert [path for path in data.rglob("*.part") if "cache" not in path.parts] == []
        assert library(data).snapshots.problems() == []
        ACTS[name](library(data), tmp_path / "sources") if now == start else None
        assert state(data) == end, "the same command completes it"
    assert seen == {True, False}
    assert at > 4


def test_what_somebody_did_by_hand_after_a_crash_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = prepared(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(corpus.library.changes, "write_atomically", lambda *_, **__: (_ for _ in ()).throw(Died()))
        with pytest.raises(Died):
            newer(library(data), tmp_path)
    put(data / "documents", "a.txt", text(1, "Sửa tay."))
    library(data).recover()
    library(data).recover()
    assert files(data)["a.txt"] == text(1, "Sửa tay.").encode()


def test_what_was_done_is_not_done_again(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    (data / "documents" / "a.txt").unlink()
    library(data).recover()
    assert "a.txt" not in files(data)
    assert library(data).restore("a").action == "restored"


def entry(number: int) -> LogEntry:
    return LogEntry("added", f"{number}.txt", f"{number}", None, f"{number:064x}", number, time="2026-01-01T00:00:00Z")


def test_half_a_line_of_the_log_is_passed_over_and_never_joined_to_the_next(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path / "snapshots")
    assert list(kept.entries()) == []
    kept.append(entry(1))
    kept.append(entry(2))
    log = tmp_path / "snapshots" / "log.jsonl"
    whole = log.read_bytes()
    for cut in range(len(whole) // 2 + 1, len(whole), 8):
        log.write_bytes(whole[:cut])
        kept.append(entry(3))
        found = list(kept.entries())
        assert found[0] == entry(1)
        assert found[-1] == entry(3)
        assert len(found) == 2
        assert len(log.read_bytes().splitlines()) == 3


def test_nonsense_in_the_log_is_passed_over(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    kept.append(entry(1))
    log = tmp_path / "log.jsonl"
    log.write_bytes(b'[]\n\xff\xfe\n{"action": "added"}\n\n' + log.read_bytes() + b'{"later": "field"}\n')
    newer_line = json.loads(log.read_bytes().splitlines()[4]) | {"field of a later version": 1}
    log.write_bytes(log.read_bytes() + json.dumps(newer_line).encode() + b"\n")
    assert list(kept.entries()) == [entry(1), entry(1)]


def test_snapshots_keep_bytes_once_and_mend_what_is_damaged(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    raw = random.Random(1).randbytes(1000)
    sha256 = kept.keep(raw)
    stamp = kept.path(sha256).stat().st_mtime_ns
    assert kept.keep(raw) == sha256
    assert kept.path(sha256).stat().st_mtime_ns == stamp
    kept.path(sha256).write_bytes(raw[:500])
    assert len(kept.problems()) == 1
    kept.keep(raw)
    assert (kept.read(sha256), kept.problems()) == (raw, [])
    kept.append(replace(entry(1), sha256=sha256))
    kept.append(entry(2))
    assert kept.problems() == [f"the snapshot {entry(2).sha256[:12]}, which the log names, is missing"]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sub" / "a.txt"
    write_atomically(path, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        with pytest.raises(OSError, match="full"):
            write_atomically(path, b"new")
    assert [each.name for each in path.parent.iterdir()] == ["a.txt"]
    assert path.read_bytes() == b"old"
    (path.parent / ".0123456789ab.part").write_bytes(b"half")
    (path.parent / ".hidden.part").write_bytes(b"somebody else's")
    assert sweep_parts(tmp_path) == 1
    assert sorted(each.name for each in path.parent.iterdir()) == [".hidden.part", "a.txt"]


def test_pages_come_from_the_cache_and_a_damaged_one_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, root = tmp_path / "documents", tmp_path / "cache" / "pages"
    for number in range(3):
        put(folder, f"{number}.txt", text(number))
    put(folder, "empty.txt", "")
    fresh = read_folder(folder)
    assert read_folder(folder, PageCache(root)) == fresh
    kept = sorted(path for path in root.rglob("*") if path.is_file())
    assert len(kept) == 4
    with monkeypatch.context() as patch:
        patch.setattr("corpus.folder.page_cache.read_bytes", lambda *_: pytest.fail("read again"))
        assert read_folder(folder, PageCache(root)) == fresh
    for damage in (b"", b"{", b"\x00" * 200, kept[0].read_bytes()[:-1], kept[1].read_bytes()):
        kept[0].write_bytes(damage)
        assert read_folder(folder, PageCache(root)) == fresh
    (folder / "1.txt").unlink()
    (root / "0123456789abcdef").mkdir()
    (root / "0123456789abcdef" / "old.txt").write_bytes(b"of another version")
    cache = PageCache(root)
    read_folder(folder, cache)
    cache.prune()
    assert len([path for path in root.rglob("*") if path.is_file()]) == 3
    assert [path.name for path in root.iterdir()] == [readers_version()]


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    put(tmp_path / "documents", "a.txt", text(1))
    (tmp_path / "cache").write_bytes(b"a file where a folder should be")
    assert len(read_folder(tmp_path / "documents", PageCache(tmp_path / "cache" / "pages")).documents) == 1


def test_many_documents_are_read_again_from_the_cache_alone(tmp_path: Path) -> None:
    """Not a timing: that no reader runs, however many there are, is what makes it quick."""
    folder = tmp_path / "documents"
    for number in range(200):
        put(folder, f"{number}.txt", text(number))
    cache = PageCache(tmp_path / "cache" / "pages")
    assert len(read_folder(folder, cache).documents) == 200
    calls: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.folder.page_cache.read_bytes", lambda name, _: calls.append(name))
        assert len(read_folder(folder, PageCache(tmp_path / "cache" / "pages")).documents) == 200
    assert calls == []


def test_the_documents_of_the_library_are_those_of_the_folder(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    assert tuple(documents(data).values()) == read_folder(data / "documents").documents
