"""The program again and again from one process that has loaded it, each time in a child that may be killed at any step.

A start takes milliseconds in place of seconds, so that a test can afford many. Orders come as JSON lines on standard
input, one answer a line goes out. The model is the small encoder of `tests.quick`.

    {"run": ["reindex"], "data_dir": DIR}            -> {"status": 0, "signal": 0, "err": "...", "steps": 57}
    {"run": [...], "data_dir": DIR, "die_at": 12}    killed -9 right before the 12th step that changes a file
    {"run": [...], "data_dir": DIR, "after": 0.05}   killed -9 after so many seconds
    {"run": [...], ..., "settings": {"DANVAN_...": "..."}}   with settings
    {"check": DIR}      -> {"published": ID, "problems": [...], "documents": {NAME: SHA256}, "indexed": [SHA256, ...]}
    {"fill": DIR, "free": BYTES}                     fills the disk below DIR but for so much; {"empty": DIR} undoes it
"""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fork_server import load, run_program

FILLER = "filler"
_CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
PATIENCE = 120


class Server:
    """The other end: what a test says to the process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, **order: Any) -> dict[str, Any]:
        """Give an order and wait for the answer."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the process that runs the program is gone"
        answer: dict[str, Any] = json.loads(line)
        assert "failed" not in answer, answer
        return answer

    def run(self, data_dir: Path, *arguments: str, **moment: float) -> dict[str, Any]:
        """Run the program."""
        return self.ask(run=list(arguments), data_dir=str(data_dir), **moment)

    def check(self, data_dir: Path) -> dict[str, Any]:
        """What is published and of which documents, what is wrong with it, and the documents that lie there."""
        return self.ask(check=str(data_dir))


@contextmanager
def serving(before: Sequence[str] = (), patience: float = 5 * PATIENCE) -> Iterator[Server]:
    """Start the process, for so many seconds at most; `before` is a command that it is an argument of."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANVAN_")}
    command = [*before, sys.executable, "-m", "tests.crashing"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=kept | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[1],
    ) as process:
        watchdog = threading.Timer(patience, process.kill)
        watchdog.start()
        try:
            yield Server(process)
        finally:
            watchdog.cancel()
            if process.stdin:
                process.stdin.close()
            process.wait(PATIENCE)


def main() -> None:
    """Load everything the program may need, then do what is ordered."""
    load(quick=True)
    orders: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "run": _run,
        "check": _check,
        "fill": _fill,
        "empty": _empty,
    }
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = next(do for name, do in orders.items() if name in order)(order)
        except Exception:  # told to the test
            answer = {"failed": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _run(order: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as counted:
        child = os.fork()
        if child == 0:
            _be_the_program(order, said.fileno(), counted.fileno())
        _, status = _kill_after(child, order["after"]) if "after" in order else os.waitpid(child, 0)
        said.seek(0)
        counted.seek(0)
        return {
            "status": os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else None,
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
            "err": said.read().decode("utf-8", "replace"),
            "steps": int(counted.read() or 0),
        }


def _kill_after(child: int, seconds: float) -> tuple[int, int]:
    """Wait for a child, and kill it if it takes longer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return ended, status
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)


def _be_the_program(order: dict[str, Any], said: int, counted: int) -> None:
    """In the child: never returns."""
    status = 70
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(said, 2)
        os.environ |= order.get("settings", {}) | {"DANVAN_DATA_DIR": order["data_dir"]}
        os.chdir("/")
        sys.stdin = io.TextIOWrapper(io.BytesIO())
        steps = _count_steps(order["data_dir"], order.get("die_at"))
        status = run_program(order["run"])
        sys.stderr.flush()
        os.write(counted, str(steps[0]).encode())
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        status = 70
    finally:
        os._exit(status)


def _count_steps(data_dir: str, die_at: int | None) -> list[int]:
    """Count what changes a file in the data folder, before it happens, and the moments at which files are synced."""
    steps = [0]

    def step() -> None:
        steps[0] += 1
        if steps[0] == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in (*_CHANGING, "open"):
            return
        elsewhere = Path(str(arguments[0])).is_absolute() and not str(arguments[0]).startswith(data_dir)
        reading = event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITING)
        if not elsewhere and not reading:
            step()

    fsync = os.fsync

    def watched_fsync(descriptor: int) -> None:
        step()
        fsync(descriptor)

    os.fsync = watched_fsync  # type: ignore[assignment]
    sys.addaudithook(watch)
    return steps


def _check(order: dict[str, Any]) -> dict[str, Any]:
    from embeddings.index.generations import load_texts, published  # noqa: PLC0415
    from embeddings.index.verifying import check_vectors, verify  # noqa: PLC0415
    from tests.quick import SyllableEncoder  # noqa: PLC0415

    data_dir = Path(order["check"])
    generation = published(data_dir)
    problems = verify(generation) or list(check_vectors(generation, SyllableEncoder(), 10_000).problems)
    documents = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((data_dir / "documents").iterdir())
        if path.is_file() and path.suffix == ".txt"
    }
    indexed = sorted(document.snapshot for document in load_texts(generation)[0].values())
    return {"published": generation.id, "problems": problems, "documents": documents, "indexed": indexed}


def _fill(order: dict[str, Any]) -> dict[str, Any]:
    folder = Path(order["fill"])
    found = os.statvfs(folder)
    with (folder / FILLER).open("wb") as filler:
        left = found.f_bavail * found.f_frsize - order["free"]
        while left > 0:
            left -= filler.write(bytes(min(left, 1 << 16)))
    after = os.statvfs(folder)
    return {"free": after.f_bavail * after.f_frsize}


def _empty(order: dict[str, Any]) -> dict[str, Any]:
    (Path(order["empty"]) / FILLER).unlink()
    return {}


if __name__ == "__main__":
    main()
