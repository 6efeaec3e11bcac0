"""The container files: accepted by their own tools, and as careful as they claim."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_the_dockerfile_passes_its_linter() -> None:
    done = run(str(TOOLS / "hadolint"), "Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compose_file_is_understood() -> None:
    done = run(str(TOOLS / "docker-compose"), "-f", "docker-compose.yml", "config", "-q")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_runs_without_privileges_on_a_volume_with_a_health_check() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    final = dockerfile.split("\nFROM ")[-1]
    assert re.search(r"^USER 10001$", final, re.MULTILINE)
    assert re.search(r"^VOLUME /data$", final, re.MULTILINE)
    assert "HEALTHCHECK" in final
    assert "whl/cpu" in dockerfile
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["bot"]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert service["volumes"] == ["data:/data"]


def test_what_is_watched_is_looked_after_by_a_service_of_its_own() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    watching, bot = services["watching"], services["bot"]
    assert watching["command"] == ["sources", "keep", "--reindex"]
    assert {name: watching[name] for name in ("image", "volumes", "cap_drop", "read_only")} == {
        name: bot[name] for name in ("image", "volumes", "cap_drop", "read_only")
    }
    assert watching["environment"]["DANVAN_DATA_DIR"] == bot["environment"]["DANVAN_DATA_DIR"]


def test_nothing_unneeded_reaches_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text().split()
    assert lines[0] == "*"
    assert not any(line.startswith(("!.env", "!var", "!tests", "!.git")) for line in lines)
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    wanted = {name for line in copied for name in line.split()}
    assert {f"!{name}" for name in wanted} == {line for line in lines if line.startswith("!")}
