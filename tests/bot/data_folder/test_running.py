"""A service that runs holds its data folder: what it has open is not exchanged under it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.data_folder.backup import BackupError, back_up
from bot.data_folder.restoring import SAFETY_COPIES, restore
from bot.data_folder.running import nobody_running, running
from bot.settings import Settings
from corpus.errors import IndexingError


def settings_of(folder: Path, text: str) -> Settings:
    """Of a data folder with one document."""
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "a.txt").write_text(text, encoding="utf-8")
    return Settings(_env_file=None, data_dir=folder)  # type: ignore[call-arg]


def text_of(settings: Settings) -> str:
    return (settings.corpus_dir / "a.txt").read_text(encoding="utf-8")


def test_a_restore_waits_for_no_service_but_names_it(tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here", "Cũ."), settings_of(tmp_path / "there", "Mới.")
    back_up(there, tmp_path / "danvan.tar")
    with running(here.data_dir, "serve"), running(here.data_dir, "mcp"):
        with pytest.raises(IndexingError, match=r"danvan (serve|mcp) \(process \d+ on .*\) is running in .*: stop it"):
            restore(here, tmp_path / "danvan.tar", replace=True)
        assert text_of(here) == "Cũ."
    restore(here, tmp_path / "danvan.tar", replace=True)
    assert text_of(here) == "Mới."


def test_a_service_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys\n"
        "from bot.data_folder.running import running\n"
        "with running(pathlib.Path(sys.argv[1]), 'serve'): os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == 9
    assert list((tmp_path / "running").glob("*.json"))
    with nobody_running(tmp_path):
        assert not list((tmp_path / "running").iterdir())


def test_no_service_starts_while_everything_is_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.data_folder.running._STARTING_SECONDS", 0.1)
    with nobody_running(tmp_path), pytest.raises(IndexingError, match="is being restored"), running(tmp_path, "serve"):
        pass


def test_a_service_that_starts_waits_for_the_end_of_it(tmp_path: Path) -> None:
    started = threading.Event()

    def serve() -> None:
        with running(tmp_path, "serve"):
            started.set()

    with nobody_running(tmp_path):
        thread = threading.Thread(target=serve)
        thread.start()
        assert not started.wait(0.3)
    assert started.wait(60)
    thread.join()


def test_what_a_restore_replaces_can_be_brought_back(tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here", "Cũ."), settings_of(tmp_path / "there", "Mới.")
    back_up(there, tmp_path / "danvan.tar")
    [remark, *_] = restore(here, tmp_path / "danvan.tar", replace=True).remarks
    copies = sorted((here.data_dir / SAFETY_COPIES).glob("*.tar"))
    assert len(copies) == 1
    assert str(copies[0]) in remark
    restore(here, copies[0], replace=True)
    assert text_of(here) == "Cũ."


def test_a_safety_copy_that_does_not_fit_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = settings_of(tmp_path / "here", "Cũ."), settings_of(tmp_path / "there", "Mới.")
    back_up(there, tmp_path / "danvan.tar")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("bot.data_folder.restoring.write_archive", full)
        with pytest.raises(BackupError, match="give --no-safety-copy"):
            restore(here, tmp_path / "danvan.tar", replace=True)
        assert text_of(here) == "Cũ."
        restore(here, tmp_path / "danvan.tar", replace=True, safety_copy=False)
    assert text_of(here) == "Mới."


def test_an_empty_folder_needs_no_safety_copy(tmp_path: Path) -> None:
    there = settings_of(tmp_path / "there", "Mới.")
    back_up(there, tmp_path / "danvan.tar")
    here = Settings(_env_file=None, data_dir=tmp_path / "here")  # type: ignore[call-arg]
    assert restore(here, tmp_path / "danvan.tar").remarks == ()
    assert not (here.data_dir / SAFETY_COPIES).exists()
