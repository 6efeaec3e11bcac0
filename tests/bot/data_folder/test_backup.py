"""`backup` and `restore`: the same bytes come back, a bot may run meanwhile, and no archive does harm."""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.data_folder import backup as backing_up
from bot.data_folder import restoring
from bot.data_folder.backup import LISTING, NOT_IN_IT, BackupError, back_up
from bot.data_folder.restoring import restore
from bot.data_folder.writer import only_writer
from bot.records.database import Database, default_url
from bot.records.history import History
from bot.settings import Settings
from corpus.errors import IndexingError
from embeddings.index.generations import FORMAT, published
from embeddings.index.verifying import verify
from tests.conftest import Run

ODD_NAMES = ("Báo cáo 📄 tháng 1.txt", "Ba\u0301o ca\u0301o NFD.txt", "xã/Minh Tân/kế hoạch.txt")


@pytest.fixture
def settings(quick_indexed: Path, tmp_path: Path) -> Settings:
    """Of a copy of an indexed data folder with odd file names, a snapshot and a history."""
    data_dir = tmp_path / "data"
    shutil.copytree(quick_indexed, data_dir)
    for name in ODD_NAMES:
        path = data_dir / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Nội dung của {name}.\n", encoding="utf-8")
    (data_dir / "snapshots").mkdir()
    (data_dir / "snapshots" / "log.jsonl").write_text('{"action": "add"}\n', encoding="utf-8")
    history = Database.open(default_url(data_dir))
    History(history).note("bot", "danvan_bot")
    history.close()
    return given(data_dir)


def given(data_dir: Path, **more: Any) -> Settings:
    return Settings(_env_file=None, data_dir=data_dir, **more)  # type: ignore[call-arg]


def contents(settings: Settings) -> dict[str, str]:
    """SHA-256 of every file that is backed up byte for byte."""
    roots = {"documents": settings.corpus_dir} | {top: settings.data_dir / top for top in ("snapshots", "generations")}
    return {
        f"{top}/{path.relative_to(root)}": hashlib.sha256(path.read_bytes()).hexdigest()
        for top, root in roots.items()
        for path in root.rglob("*")
        if path.is_file()
    }


def noted(settings: Settings) -> str | None:
    database = Database.open(default_url(settings.data_dir))
    try:
        return History(database).noted("bot")
    finally:
        database.close()


def test_everything_comes_back_byte_for_byte(settings: Settings, tmp_path: Path) -> None:
    before = contents(settings)
    report = back_up(settings, tmp_path / "danvan.tar")
    assert (report.files, report.history, report.remarks) == (len(before) + 1, True, ())
    elsewhere = given(tmp_path / "new")
    restored = restore(elsewhere, tmp_path / "danvan.tar")
    assert contents(elsewhere) == before
    assert noted(elsewhere) == "danvan_bot"
    generation = published(elsewhere.data_dir)
    assert generation.id == restored.generation == report.generation
    assert verify(generation) == []
    assert {path.name for path in elsewhere.data_dir.iterdir()} >= {
        "documents",
        "snapshots",
        "generations",
        "danvan.db",
    }
    assert not [path for path in elsewhere.data_dir.iterdir() if path.name.startswith(".")]
    with pytest.raises(BackupError, match="is there already"):
        back_up(settings, tmp_path / "danvan.tar")
    again = back_up(settings, tmp_path / "danvan.tar", replace=True)
    assert again.files == report.files, "an archive of the same name is replaced where that is asked for"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_documents_that_lie_elsewhere_come_back_there(settings: Settings, tmp_path: Path) -> None:
    apart = tmp_path / "apart"
    shutil.copytree(settings.corpus_dir, apart)
    report = back_up(given(settings.data_dir, corpus_dir=apart), tmp_path / "danvan.tar")
    target = given(tmp_path / "new", corpus_dir=tmp_path / "new documents")
    restore(target, tmp_path / "danvan.tar")
    assert contents(target) == contents(settings)
    assert not (target.data_dir / "documents").exists()
    (target.corpus_dir / "more.txt").write_text("Thêm một tài liệu.", encoding="utf-8")
    with pytest.raises(BackupError, match="is not empty"):
        restore(given(tmp_path / "third", corpus_dir=target.corpus_dir), tmp_path / "danvan.tar")
    restore(target, tmp_path / "danvan.tar", replace=True)
    assert contents(target) == contents(settings)
    assert report.files == len(contents(target)) + 1


def test_a_backup_while_the_history_is_written_is_a_whole_one(settings: Settings, tmp_path: Path) -> None:
    database = Database.open(default_url(settings.data_dir))
    stop = threading.Event()

    def keep_noting() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with database.writing() as session:  # both or none
                session.connection().exec_driver_sql(f"INSERT OR REPLACE INTO facts VALUES ('a', '{number}')")
                session.connection().exec_driver_sql(f"INSERT OR REPLACE INTO facts VALUES ('b', '{number}')")

    writer = threading.Thread(target=keep_noting)
    writer.start()
    try:
        for _ in range(3):
            back_up(settings, tmp_path / "danvan.tar", replace=True)
            with tarfile.open(tmp_path / "danvan.tar") as archive:
                archive.extract("danvan.db", tmp_path / "out", filter="data")
            with sqlite3.connect(tmp_path / "out" / "danvan.db") as copy:
                facts = dict(copy.execute("SELECT key, value FROM facts WHERE key IN ('a', 'b')").fetchall())
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert facts.get("a") == facts.get("b")
    finally:
        stop.set()
        writer.join()
        database.close()


def test_one_writer_at_a_time(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "danvan.tar")
    before = contents(settings)
    with only_writer(settings.data_dir, "reindex"):
        with pytest.raises(IndexingError, match=r"reindex \(process"):
            back_up(settings, tmp_path / "second.tar")
        with pytest.raises(IndexingError, match=r"reindex \(process"):
            restore(settings, tmp_path / "danvan.tar", replace=True)
    assert not (tmp_path / "second.tar").exists()
    assert contents(settings) == before


def test_a_history_in_a_server_is_said_not_to_be_in_it(settings: Settings, tmp_path: Path) -> None:
    (settings.data_dir / "danvan.db").unlink()
    served = given(settings.data_dir, database_url="postgresql+psycopg://danvan:secret@db/danvan")
    report = back_up(served, tmp_path / "danvan.tar")
    assert (report.history, report.remarks) == (False, (NOT_IN_IT,))
    assert not restore(given(tmp_path / "new"), tmp_path / "danvan.tar").history


def test_a_folder_that_is_not_empty_is_only_replaced_when_told_to(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "danvan.tar")
    wanted = contents(settings)
    (settings.corpus_dir / "later.txt").write_text("Viết sau.", encoding="utf-8")
    changed = contents(settings)
    with pytest.raises(BackupError, match="--replace"):
        restore(settings, tmp_path / "danvan.tar")
    assert contents(settings) == changed
    restore(settings, tmp_path / "danvan.tar", replace=True)
    assert contents(settings) == wanted


def test_a_disk_that_refuses_in_the_middle_leaves_what_was_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(settings, tmp_path / "danvan.tar")
    (settings.corpus_dir / "later.txt").write_text("Viết sau.", encoding="utf-8")
    before = contents(settings)
    renames = Path.rename
    for refused in range(9):
        left = [refused]

        def rename(self: Path, target: Path, left: list[int] = left) -> Path:
            if left[0] == 0 and (".restoring-" in str(self) or ".replaced-" in str(target)):
                raise OSError(5, "Input/output error", str(self))
            left[0] -= 1
            return renames(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", rename)
            try:
                restore(settings, tmp_path / "danvan.tar", replace=True)
            except OSError:
                assert contents(settings) == before, f"refused at {refused}"
                assert noted(settings) == "danvan_bot"
                assert [p.name for p in settings.data_dir.iterdir() if p.name.startswith(".")] == []
            else:
                assert refused == 8, "three folders and a database go, and as many come"
    assert "documents/later.txt" not in contents(settings)


def test_nothing_to_back_up_and_nowhere_to_put_it(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        back_up(given(tmp_path / "none"), tmp_path / "danvan.tar")
    with pytest.raises(BackupError, match="is a folder"):
        back_up(settings, tmp_path)
    with pytest.raises(BackupError, match="put the archive elsewhere"):
        back_up(settings, settings.corpus_dir / "danvan.tar")
    with pytest.raises(FileNotFoundError):
        back_up(settings, tmp_path / "no" / "such" / "folder.tar")


def member(name: str, raw: bytes = b"", **fields: Any) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(raw)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, raw


def listing(members: dict[str, bytes], **fields: Any) -> tuple[tarfile.TarInfo, bytes]:
    entries = {name: {"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)} for name, raw in members.items()}
    content = {"format": 1, "index_format": FORMAT, "program": "danvan 0", "generation": None, "members": entries}
    return member(LISTING, json.dumps(content | fields).encode())


GOOD = {"documents/a.txt": b"noi dung"}
LINK: dict[str, Any] = {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}
HOSTILE: dict[str, list[tuple[tarfile.TarInfo, bytes]]] = {
    "parent": [member("documents/../../x.txt", b"x"), listing({"documents/../../x.txt": b"x"})],
    "absolute": [member("/etc/x.txt", b"x"), listing({"/etc/x.txt": b"x"})],
    "elsewhere": [member("writer.lock", b"x"), listing({"writer.lock": b"x"})],
    "hidden root": [member(".bashrc", b"x"), listing({".bashrc": b"x"})],
    "symlink": [member("documents/a.txt", **LINK), listing({"documents/a.txt": b""})],
    "hard link": [member("documents/a.txt", type=tarfile.LNKTYPE, linkname="/etc/passwd"), listing({})],
    "device": [member("documents/a.txt", type=tarfile.CHRTYPE), listing({"documents/a.txt": b""})],
    "fifo": [member("documents/a.txt", type=tarfile.FIFOTYPE), listing({"documents/a.txt": b""})],
    "folder": [member("documents", type=tarfile.DIRTYPE), listing({})],
    "sparse bomb": [
        member(
            "documents/a.txt",
            pax_headers={"GNU.sparse.major": "0", "GNU.sparse.map": "0,1", "GNU.sparse.size": "9" * 15},
        ),
        listing({"documents/a.txt": b""}),
    ],
    "twice": [member("documents/a.txt", b"1"), member("documents/a.txt", b"2"), listing({"documents/a.txt": b"2"})],
    "not listed": [
        member("documents/a.txt", b"1"),
        member("documents/b.txt", b"2"),
        listing({"documents/a.txt": b"1"}),
    ],
    "missing": [listing(GOOD)],
    "changed": [member("documents/a.txt", b"noi dunG"), listing(GOOD)],
    "dots": [member("documents/./a.txt", b"x"), listing({"documents/./a.txt": b"x"})],
    "no list": [member("documents/a.txt", b"x")],
    "list is no list": [member(LISTING, b"[]")],
    "list is not JSON": [member(LISTING, b"{")],
    "list without sizes": [member(LISTING, b'{"format": 1, "index_format": 3, "members": {"documents/a.txt": {}}}')],
    "nested list": [member(LISTING, b"[" * 100_000)],
    "file and folder": [
        member("documents/a", b"x"),
        member("documents/a/b", b"y"),
        listing({"documents/a": b"x", "documents/a/b": b"y"}),
    ],
}


def archive_of(path: Path, members: list[tuple[tarfile.TarInfo, bytes]], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for info, raw in members:
            archive.addfile(info, io.BytesIO(raw))
    return path


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_a_hostile_archive_is_refused_before_anything_is_written(tmp_path: Path, kind: str) -> None:
    archive = archive_of(tmp_path / "hostile.tar", HOSTILE[kind])
    (tmp_path / "data" / "documents").mkdir(parents=True)
    (tmp_path / "data" / "documents" / "mine.txt").write_text("Của tôi.", encoding="utf-8")
    with pytest.raises((BackupError, OSError)) as refused:
        restore(given(tmp_path / "data"), archive, replace=True)
    assert "\n" not in str(refused.value)
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert [name for name in left if not name.endswith(".lock")] == ["data/documents/mine.txt", "hostile.tar"]


def test_an_archive_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    for newer in ({"format": 2}, {"index_format": FORMAT + 1}):
        archive = archive_of(tmp_path / "new.tar", [member("documents/a.txt", b"noi dung"), listing(GOOD, **newer)])
        with pytest.raises(BackupError, match=r"newer program \(danvan 0\): upgrade danvan"):
            restore(given(tmp_path / "data"), archive)
    assert not (tmp_path / "data").exists()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "no archive": lambda raw: b"this is not a tar archive" * 100,
    "cut in a file": lambda raw: raw[: len(raw) // 2],
    "cut at the end": lambda raw: raw[: raw.rindex(LISTING.encode())],
    "a flipped bit": lambda raw: raw[: len(raw) // 3] + bytes([raw[len(raw) // 3] ^ 4]) + raw[len(raw) // 3 + 1 :],
}


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_a_damaged_archive_is_refused(settings: Settings, tmp_path: Path, damage: str) -> None:
    back_up(settings, tmp_path / "danvan.tar")
    raw = (tmp_path / "danvan.tar").read_bytes()
    (tmp_path / "danvan.tar").write_bytes(DAMAGES[damage](raw))
    with pytest.raises(BackupError):
        restore(given(tmp_path / "new"), tmp_path / "danvan.tar")
    assert not (tmp_path / "new").exists()


def test_compressed_archives_are_not_opened(tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "bomb.tar.gz", [member("documents/a.txt", b"0" * 10_000_000)], "w:gz")
    with pytest.raises(BackupError, match="is not a backup"):
        restore(given(tmp_path / "new"), archive)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    members = {f"documents/{number}.txt": b"x" for number in range(5)}
    archive = archive_of(tmp_path / "many.tar", [*(member(n, raw) for n, raw in members.items()), listing(members)])
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "MOST_MEMBERS", 4)
        with pytest.raises(BackupError, match="more than 4 files"):
            restore(given(tmp_path / "new"), archive)
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "LONGEST_LISTING", 10)
        with pytest.raises(BackupError, match="too long"):
            restore(given(tmp_path / "new"), archive)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 3))
        with pytest.raises(BackupError, match="free some first"):
            restore(given(tmp_path / "new"), archive)
    assert restore(given(tmp_path / "new"), archive).files == 5


def test_a_history_of_a_newer_program_is_refused(settings: Settings, tmp_path: Path) -> None:
    with sqlite3.connect(settings.data_dir / "danvan.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    back_up(settings, tmp_path / "danvan.tar")
    with pytest.raises(BackupError, match=r"the history in .* cannot be used"):
        restore(given(tmp_path / "new"), tmp_path / "danvan.tar")
    assert [path.name for path in (tmp_path / "new").iterdir() if path.suffix != ".lock"] == []


def test_a_file_that_shrinks_while_it_is_copied_is_said(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = settings.corpus_dir / "shrinking.txt"
    victim.write_bytes(b"x" * 100_000)
    digesting = backing_up._Digesting.read

    def read(self: Any, size: int = -1) -> bytes:
        if self._file.name == str(victim):
            victim.write_bytes(b"")
        return digesting(self, size)

    monkeypatch.setattr(backing_up._Digesting, "read", read)
    with pytest.raises(BackupError, match="changed while it was copied"):
        back_up(settings, tmp_path / "danvan.tar")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_the_commands(quick: Run, settings: Settings, tmp_path: Path) -> None:
    (settings.corpus_dir / "nowhere.txt").symlink_to("/no/such/file")
    file = str(tmp_path / "danvan.tar")
    done = quick("backup", file, data_dir=settings.data_dir)
    assert (done.status, len(done.err.splitlines())) == (0, 1), done.err
    assert "nowhere.txt is not in the archive" in done.err
    facts = json.loads(quick("restore", file, "--json", data_dir=tmp_path / "new").out)
    assert facts["history"] is True
    refused = quick("restore", file, data_dir=tmp_path / "new")
    assert (refused.status, refused.out, len(refused.err.splitlines())) == (1, "", 1)
    verified = quick("verify", data_dir=tmp_path / "new")
    assert verified.status == 0, verified.err
    assert "is whole" in verified.out
