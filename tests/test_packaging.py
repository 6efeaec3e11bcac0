"""The installed package holds every room, every licence is named, and nothing installs a CUDA build."""

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ("bot", "corpus", "embeddings")


@pytest.fixture
def install() -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", ROOT / "scripts" / "install.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_package_is_listed_and_no_other() -> None:
    # An editable install finds packages that a built one would leave behind.
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == {
        ".".join(folder.relative_to(ROOT).parts) for folder in folders
    }


def test_no_room_keeps_data_that_would_not_be_installed() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.is_dir() or "__pycache__" in path.parts or path.suffix == ".py":
                continue
            packages = [name for name in patterns if (ROOT / Path(*name.split("."))) in path.parents]
            assert any(
                path.match(str(ROOT / Path(*name.split(".")) / pattern))
                for name in packages
                for pattern in patterns[name]
            ), f"{path} is in no package-data"


def test_the_notice_names_every_library_it_runs_on() -> None:
    notice = (ROOT / "NOTICE.md").read_text(encoding="utf-8").lower()
    for requirement in PROJECT["project"]["dependencies"]:
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert name
        assert f"| {name[0].lower()} |" in notice


def test_a_cuda_build_is_refused_before_it_is_downloaded(
    install: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = []

    def pip(*arguments: str) -> None:
        asked.append(arguments)
        report = Path(arguments[arguments.index("--report") + 1])
        needs = ["filelock", 'nvidia-cudnn-cu13==9.20; platform_system == "Linux"']
        report.write_text(json.dumps({"install": [{"metadata": {"version": "2.13.0", "requires_dist": needs}}]}))

    monkeypatch.setattr(install, "_pip", pip)
    monkeypatch.setattr(install, "_from_cpu_index", lambda: False)
    monkeypatch.setattr(install.platform, "system", lambda: "Linux")
    monkeypatch.setattr(install.subprocess, "run", lambda *_, **__: None)
    with pytest.raises(install.InstallError, match=r"CUDA build of torch 2\.13\.0"):
        install._install_torch()
    assert len(asked) == 1
    assert "--dry-run" in asked[0]


def test_torch_that_is_installed_is_a_cpu_build_and_stays(install: Any) -> None:
    assert install._installed("torch") == metadata.version("torch")
    assert not [name for name in _distributions() if name.startswith("nvidia-")]


def test_a_second_install_calls_nothing(install: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(install, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(install, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(install.subprocess, "run", lambda *_, **__: pytest.fail("a program was called"))
    install.STAMP.write_text(json.dumps({"key": install._key(PROJECT), "groups": ["test"]}))
    install.install(PROJECT, ["test"])
    install.install(PROJECT, [])


def test_a_killed_install_starts_from_an_empty_venv(
    install: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = []

    def run(command: list[str | Path], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(install, "INTERRUPTED", tmp_path / "installing")
    monkeypatch.setattr(install.subprocess, "run", run)
    install._create_venv()
    assert not [call for call in calls if "--clear" in call]
    install.INTERRUPTED.touch()
    install._create_venv()
    assert [call for call in calls if "--clear" in call]


def test_groups_are_read_without_help_from_pip(install: Any) -> None:
    groups = {"dependency-groups": {"a": ["x>=1", {"include-group": "b"}], "b": ["y"]}}
    assert install._group(groups, "a") == ["x>=1", "y"]
    with pytest.raises(install.InstallError, match="'c'"):
        install._group(groups, "c")


def _distributions() -> list[str]:
    return [distribution.metadata["Name"].lower() for distribution in metadata.distributions()]
