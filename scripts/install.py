"""Creates .venv and installs the project in it, with a CPU build of torch; does nothing when nothing changed.

Usage: python3 scripts/install.py [GROUP...]   (dependency groups of pyproject.toml, such as test and check)

Only the standard library is used, and pip is called only when pyproject.toml changed, so that a second run works
offline. A run that was killed leaves a mark behind, and the next one starts from an empty venv: pip takes a
half-written package for an installed one.
"""

import fcntl
import hashlib
import json
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
INTERRUPTED = VENV / "installing"
TORCH = "torch==2.13.0"
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
SECONDS_TO_ANSWER = 4
CUDA_REQUIREMENT = re.compile(r"(nvidia|cuda|triton|pytorch-triton|rocm)\b", re.IGNORECASE)


class InstallError(Exception):
    """What stopped the installation, in a sentence that says what to do."""


def main(groups: list[str]) -> int:
    """Install the project and the given groups; returns the exit status."""
    with (ROOT / "pyproject.toml").open("rb") as project_file:
        fcntl.flock(project_file, fcntl.LOCK_EX)  # one installation at a time; released when the process ends
        project = tomllib.load(project_file)
        try:
            install(project, groups)
        except InstallError as error:
            print(f"install: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("install: stopped; run it again to finish", file=sys.stderr)
            return 1
    return 0


def install(project: dict[str, Any], groups: list[str]) -> None:
    """Bring the venv up to date with the project's tables, calling pip only if they changed since the last time.

    Raises:
        InstallError: if a step fails.
    """
    key = _key(project)
    done = _stamp()
    if done.get("key") == key and set(groups) <= set(done["groups"]) and PYTHON.exists():
        return
    groups = sorted({*groups, *(done["groups"] if done.get("key") == key else [])})
    _create_venv()
    STAMP.unlink(missing_ok=True)
    INTERRUPTED.touch()
    try:
        _install_packages(project, groups)
    except InstallError:
        INTERRUPTED.unlink()  # pip cleans up after its own failures
        raise
    STAMP.write_text(json.dumps({"key": key, "groups": groups}), encoding="utf-8")
    INTERRUPTED.unlink()


def _install_packages(project: dict[str, Any], groups: list[str]) -> None:
    version = _installed("torch") or _install_torch()
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "constraints.txt"
        constraints.write_text(f"torch=={version}\n", encoding="utf-8")  # so that nothing replaces it
        requirements = [requirement for group in groups for requirement in _group(project, group)]
        _pip("install", "--constraint", str(constraints), "--editable", str(ROOT), *requirements)


def _key(project: dict[str, Any]) -> str:
    tables = ("build-system", "project", "dependency-groups")
    relevant = {name: project.get(name) for name in tables} | {"setuptools": project.get("tool", {}).get("setuptools")}
    text = json.dumps([relevant, str(ROOT), TORCH], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _stamp() -> dict[str, Any]:
    try:
        stamp: dict[str, Any] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _create_venv() -> None:
    if PYTHON.exists() and not INTERRUPTED.exists():
        works = subprocess.run([PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0
        if works:
            return
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode != 0:
        reason = (result.stdout + result.stderr).strip().splitlines()
        raise InstallError(
            f"{sys.executable} cannot create a virtual environment ({reason[0] if reason else 'no reason given'}); "
            "on Debian and Ubuntu run: apt install python3-venv"
        )


def _installed(package: str) -> str | None:
    """Version of a package in the venv, None if it is missing or older than the project needs."""
    code = (
        "import importlib.metadata as m, importlib.util as u, sys\n"
        "try: print(m.version(sys.argv[1]) if u.find_spec(sys.argv[1]) else '')\n"
        "except m.PackageNotFoundError: pass"
    )
    found = subprocess.run([PYTHON, "-c", code, package], capture_output=True, text=True, check=True).stdout.strip()
    numbers = tuple(int(part) for part in re.findall(r"\d+", found)[:2])
    return found if numbers >= (2, 6) else None


def _install_torch() -> str:
    """Install torch alone, never a CUDA build, and return its version; what it needs comes with the project."""
    if not _from_cpu_index():
        if platform.system() == "Linux":
            _refuse_cuda()
        _pip("install", "--no-deps", TORCH)
    version = _installed("torch")
    if version is None:
        raise InstallError(f"{TORCH} was installed but cannot be found in {VENV}; remove that folder and try again")
    return version


def _from_cpu_index() -> bool:
    if platform.system() != "Linux" or platform.machine() not in {"x86_64", "aarch64"}:
        return False  # the wheels of the package index are CPU builds there
    try:
        with urllib.request.urlopen(f"{TORCH_CPU_INDEX}/torch/", timeout=SECONDS_TO_ANSWER):
            pass
    except OSError:
        print(f"install: {TORCH_CPU_INDEX} does not answer; asking pip's own indexes for {TORCH}", flush=True)
        return False
    try:
        _pip("install", "--no-deps", "--index-url", TORCH_CPU_INDEX, TORCH)
    except InstallError:
        print(f"install: {TORCH_CPU_INDEX} failed; asking pip's own indexes for {TORCH}", flush=True)
        return False
    return True


def _refuse_cuda() -> None:
    """Ask pip what it would install as torch, and stop if that needs CUDA: gigabytes that this project cannot use."""
    # Only a recent pip answers from metadata alone instead of downloading the wheel first.
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--upgrade", "pip"], check=False, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        _pip("install", "--quiet", "--dry-run", "--no-deps", "--ignore-installed", "--report", str(report), TORCH)
        metadata = json.loads(report.read_text(encoding="utf-8"))["install"][0]["metadata"]
    cuda = [requirement for requirement in metadata.get("requires_dist", []) if CUDA_REQUIREMENT.match(requirement)]
    if cuda:
        raise InstallError(
            f"pip would install a CUDA build of torch {metadata['version']} (several GB): let {TORCH_CPU_INDEX} "
            f"be reached, or put a CPU wheel of {TORCH} into a folder and set PIP_FIND_LINKS to it"
        )


def _group(project: dict[str, Any], name: str) -> list[str]:
    """Requirements of a dependency group; read here because an older pip does not know them (PEP 735)."""
    try:
        entries = project["dependency-groups"][name]
    except KeyError:
        raise InstallError(f"pyproject.toml has no dependency group {name!r}") from None
    requirements: list[str] = []
    for entry in entries:
        requirements += [entry] if isinstance(entry, str) else _group(project, entry["include-group"])
    return requirements


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", *arguments, "--disable-pip-version-check", "--no-input"]
    if subprocess.run(command, check=False).returncode != 0:
        raise InstallError("pip failed, its message is above; when that is mended, run the same command again")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
