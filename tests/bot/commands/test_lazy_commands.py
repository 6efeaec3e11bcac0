"""The table of commands: true to the commands themselves, and enough for `danvan --help` without importing them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import COMMANDS, load_command, starting
from tests.conftest import Run


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_is_what_the_command_says_of_itself(name: str) -> None:
    own = load_command(name).help
    assert own.split("\n\n")[0].replace("\n", " ").strip() == COMMANDS[name][1]


def test_help_lists_every_command_and_imports_none_of_their_libraries(danvan: Run) -> None:
    shown = danvan("--help")
    assert shown.status == 0
    assert all(f" {name} " in shown.out for name in COMMANDS)
    heavy = ("numpy", "torch", "faiss", "sqlalchemy", "pydantic", "telegram", "lxml")
    program = (
        "import sys; sys.argv = ['danvan', '--help']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_slip_in_a_command_is_met_with_the_nearest(danvan: Run) -> None:
    refused = danvan("corpsu")
    assert refused.status == 2
    assert "Did you mean 'corpus'" in refused.err


def test_a_model_that_is_not_here_while_there_is_no_network_is_one_sentence(danvan: Run, tmp_path: Path) -> None:
    nobody = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path / "hub"), "https_proxy": ""}
    refused = danvan("reindex", data_dir=tmp_path / "data", model="khong/co", variables=nobody)
    assert (refused.status, len(refused.err.splitlines())) == (1, 1), refused.err
    assert "correct DANVAN_MODEL" in refused.err


def test_somebody_at_a_terminal_is_told_that_a_command_starts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is there before the libraries are, and gone when they are."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with starting("reindex"):
        assert capsys.readouterr().err == "danvan reindex: starting"
    assert capsys.readouterr().err == "\r\x1b[K"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    with starting("reindex"):
        pass
    assert capsys.readouterr().err == ""


def test_serving_is_announced_before_its_libraries_are_loaded(tmp_path: Path) -> None:
    program = (
        "import logging, sys\n"
        "from bot.commands.serve import serve\n"
        "class Heard(logging.Handler):\n"
        "    def emit(self, record):\n"
        "        sys.exit(str((record.getMessage(), 'telegram' in sys.modules, 'numpy' in sys.modules)))\n"
        "logging.getLogger().addHandler(Heard())\n"
        "serve()\n"
    )
    token = {"DANVAN_TELEGRAM_TOKEN": "123456789:" + "A" * 35, "DANVAN_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=os.environ | token
    )
    assert done.stderr.strip().splitlines()[-1] == "('starting', False, False)"
