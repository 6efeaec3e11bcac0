"""`restore --replace` killed at any moment: the next writer puts back what was there, nobody reads the half of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.data_folder.backup import BackupError, back_up
from bot.data_folder.restoring import restore
from bot.data_folder.swapping import JOURNAL, is_broken_off
from bot.data_folder.writer import only_writer
from bot.settings import Settings
from bot.wiring import read_corpus
from corpus.errors import CorpusError, IndexingError
from tests.conftest import PATIENCE, Run

OLD, NEW = "Tài liệu chỉ có ở đây.", "Tài liệu trong kho lưu."
KILLED = """
import os, pathlib, signal, sys
from bot.data_folder.restoring import restore
from bot.settings import Settings

left, rename = int(sys.argv[1]), pathlib.Path.rename

def counted(self, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return rename(self, target)

pathlib.Path.rename = counted
corpus = {"corpus_dir": pathlib.Path(sys.argv[4])} if len(sys.argv) > 4 else {}
restore(Settings(_env_file=None, data_dir=pathlib.Path(sys.argv[2]), **corpus), pathlib.Path(sys.argv[3]), replace=True)
"""


def given(data_dir: Path, corpus_dir: Path | None = None) -> Settings:
    elsewhere = {"corpus_dir": corpus_dir} if corpus_dir else {}
    return Settings(_env_file=None, data_dir=data_dir, **elsewhere)  # type: ignore[call-arg,arg-type]


def filled(settings: Settings, text: str) -> Settings:
    """A data folder with one document, and a snapshot of its own."""
    for path in (settings.corpus_dir / "a.txt", settings.data_dir / "snapshots" / "aa" / "aa"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return settings


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    back_up(filled(given(tmp_path / "other"), NEW), tmp_path / "danvan.tar")
    return tmp_path / "danvan.tar"


def texts(settings: Settings) -> set[str]:
    paths = (settings.corpus_dir / "a.txt", settings.data_dir / "snapshots" / "aa" / "aa")
    return {path.read_text(encoding="utf-8") for path in paths}


def hidden(settings: Settings) -> list[str]:
    return sorted(path.name for root in {settings.data_dir, settings.corpus_dir} for path in root.glob(".*"))


def kill_restore(settings: Settings, archive: Path, after: int) -> bool:
    """Whether it was killed; False if it was done before."""
    arguments = [str(after), str(settings.data_dir), str(archive)]
    arguments += [] if settings.default_corpus else [str(settings.corpus_dir)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments], check=False, capture_output=True, timeout=PATIENCE
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode != 0


@pytest.mark.parametrize("apart", [False, True])
def test_killed_at_any_move_the_old_comes_back(
    tmp_path: Path, archive: Path, apart: bool, caplog: pytest.LogCaptureFixture
) -> None:
    settings = filled(given(tmp_path / "data", tmp_path / "apart" if apart else None), OLD)
    for after in range(4):  # two entries go, and two come
        assert kill_restore(settings, archive, after)
        with pytest.raises(CorpusError, match="broken off"):
            read_corpus(settings)
        with only_writer(settings.data_dir, "reindex"):
            assert texts(settings) == {OLD}, f"killed after {after} moves"
        assert "has been put back" in caplog.text
        caplog.clear()
        assert hidden(settings) == []
    assert not kill_restore(settings, archive, 4)
    assert (texts(settings), hidden(settings)) == ({NEW}, [])


def test_the_commands_neither_show_nor_seed_the_five_articles(quick: Run, tmp_path: Path, archive: Path) -> None:
    settings = filled(given(tmp_path / "data"), OLD)
    assert kill_restore(settings, archive, 2)
    assert not settings.corpus_dir.exists()
    for command in (("list",), ("history",), ("refetch",), ("add", str(archive.with_name("other") / "documents"))):
        refused = quick("corpus", *command, data_dir=settings.data_dir)
        assert (refused.status, refused.out, len(refused.err.splitlines())) == (1, "", 1), command
        assert "was broken off" in refused.err
    assert not settings.corpus_dir.exists()
    refused = quick("restore", str(tmp_path / "none.tar"), "--replace", data_dir=settings.data_dir)
    assert refused.status == 1
    assert quick("reindex", data_dir=settings.data_dir).status == 0
    assert (texts(settings), len(list(settings.corpus_dir.iterdir()))) == ({OLD}, 1)


def test_the_same_restore_again(tmp_path: Path, archive: Path) -> None:
    settings = filled(given(tmp_path / "data"), OLD)
    foreign = settings.data_dir / ".replaced-00000000" / "documents" / "only.txt"
    foreign.parent.mkdir(parents=True)
    foreign.write_text(OLD, encoding="utf-8")
    assert kill_restore(settings, archive, 3)
    with pytest.raises(BackupError, match="is not empty"):
        restore(settings, archive)
    assert texts(settings) == {OLD}
    restore(settings, archive, replace=True)
    assert texts(settings) == {NEW}
    assert foreign.exists(), "only what this restore has put aside is removed"


def test_what_was_made_meanwhile_is_kept(tmp_path: Path, archive: Path) -> None:
    settings = filled(given(tmp_path / "data"), OLD)
    assert kill_restore(settings, archive, 2)
    settings.corpus_dir.mkdir()
    (settings.corpus_dir / "since.txt").write_text("Viết sau.", encoding="utf-8")
    with only_writer(settings.data_dir, "reindex"):
        assert texts(settings) == {OLD}
    assert len(list(settings.data_dir.glob(".replaced-*-since/documents/since.txt"))) == 1


def test_killed_while_putting_back(tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = filled(given(tmp_path / "data"), OLD)
    renames = Path.rename
    for refused in range(3):
        assert kill_restore(settings, archive, 3)
        left = [refused]

        def rename(self: Path, target: Path, left: list[int] = left) -> Path:
            if left[0] == 0:
                raise OSError(5, os.strerror(5), str(self))
            left[0] -= 1
            return renames(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", rename)
            with pytest.raises(OSError, match="Input/output"), only_writer(settings.data_dir, "reindex"):
                pytest.fail("not put back")
        assert is_broken_off(settings.data_dir)
        with only_writer(settings.data_dir, "reindex"):
            assert (texts(settings), is_broken_off(settings.data_dir)) == ({OLD}, False)


def test_a_journal_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    settings = filled(given(tmp_path / "data"), OLD)
    (settings.data_dir / JOURNAL).write_text("[]", encoding="utf-8")
    with pytest.raises(IndexingError, match="cannot be read"), only_writer(settings.data_dir, "reindex"):
        pytest.fail("nobody knows what lies where")
    with pytest.raises(CorpusError, match="broken off"):
        read_corpus(settings)
