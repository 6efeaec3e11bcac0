"""Reading a file in a process of its own, with bounds on time and memory, so that no file can hurt the program."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.readers.reader_limits import Limits

OUTCOME: TypeAdapter[Page | str] = TypeAdapter(Page | str)
"""What the process says: the page, or why there is none."""
LIMITS: TypeAdapter[Limits] = TypeAdapter(Limits)
OUT_OF_MEMORY = "\x00memory"
"""Said where memory was not enough, whatever the reader."""
_NO_MEMORY = frozenset(-getattr(signal, name, 0) for name in ("SIGABRT", "SIGTRAP", "SIGILL")) - {0}
"""How libraries in C++ end that get no memory."""
_WORKER = Path(__file__).with_name("reading_worker.py")
_ROOT = Path(__file__).parents[2]
_KEPT = ("PATH", "HOME", "TMPDIR", "TEMP", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT")
PATIENCE = 4.0
"""How many times the processor time a busy machine may need; a process that only waits is given up then."""


def read_apart(suffix: str, raw: bytes, limits: Limits, *, recognises: bool = False) -> Page:
    """Read a file by the reader of its ending.

    Args:
        suffix: such as `.pdf`.
        raw: the whole file.
        limits: of the reading.
        recognises: whether the text of pictures may be recognised, which takes its own time.

    Raises:
        UnreadableError: as the reader, or because it took too long or too much memory, or stopped.
    """
    kind = f"a file of the kind {suffix}" if suffix != ".pdf" else "a PDF"
    bounds = LIMITS.dump_json(limits).decode()
    wait = limits.seconds * PATIENCE + (limits.recognising_seconds if recognises else 0.0)
    try:
        status, said = run_apart(_WORKER, [suffix, bounds], raw, wait)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(_too_slow(kind, limits)) from error
    if status == -getattr(signal, "SIGXCPU", 0):
        raise UnreadableError(_too_slow(kind, limits))
    if status in _NO_MEMORY:
        raise UnreadableError(_too_large(kind, limits))
    try:
        outcome = OUTCOME.validate_json(said)
    except ValidationError as error:
        raise UnreadableError(f"it is {kind} at which its reader fails; save it anew or in another format") from error
    if outcome == OUT_OF_MEMORY:
        raise UnreadableError(_too_large(kind, limits))
    if isinstance(outcome, str):
        raise UnreadableError(outcome)
    return outcome


def run_apart(worker: Path, arguments: Sequence[str], raw: bytes, seconds: float) -> tuple[int, bytes]:
    """Run one of our scripts and end it with all it has started.

    Args:
        worker: the script; told first where the project's packages lie.
        arguments: what it is told then.
        raw: its standard input.
        seconds: how long to wait for it.

    Returns:
        Its exit status, negative for a signal, and what it printed.

    Raises:
        subprocess.TimeoutExpired: if it took longer.
    """
    process = subprocess.Popen(  # noqa: S603 - our own file
        [sys.executable, "-P", str(worker), str(_ROOT), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _KEPT if name in os.environ} | {"OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(raw, timeout=seconds)
    finally:
        _end(process)
    return process.returncode, said


def _too_slow(kind: str, limits: Limits) -> str:
    return f"it is {kind} that takes longer than {limits.seconds:g} seconds to read"


def _too_large(kind: str, limits: Limits) -> str:
    return f"it is {kind} that needs more than {limits.memory_bytes // 1_000_000} MB of memory to be read"


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process with all it has started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):  # a reading that is given up leaves them open
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()
