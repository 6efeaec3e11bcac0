"""The terminal: streams that take any text, progress that suits who reads it, and one line for what went wrong."""

import errno
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.surrogates import without_surrogates

Report = Callable[[int, int], None]

_WIDE = 100_000
_SECONDS_BETWEEN_LINES = 5.0
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def prepare_streams() -> None:
    """Read and write UTF-8 whatever the locale says; bytes and code points that are no text never raise."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")


def console() -> Console:
    """Standard output for people; lines are wrapped on a terminal only."""
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, emoji=False, markup=False)


def argument_text(argument: str) -> str:
    """A command line argument as the UTF-8 text it was typed as; bytes that are no text become U+FFFD."""
    try:
        return os.fsencode(argument).decode("utf-8", "replace")
    except UnicodeEncodeError:
        return without_surrogates(argument)


def print_json(value: Any) -> None:
    """Write one JSON object on a line of standard output, at once."""
    sys.stdout.write(without_surrogates(json.dumps(value, ensure_ascii=False, allow_nan=False)) + "\n")
    sys.stdout.flush()


def say(message: str) -> None:
    """Write a line for the person at the terminal to standard error."""
    print(" ".join(without_surrogates(message).split()), file=sys.stderr, flush=True)  # noqa: T201 - the one place that does


def explain_os_error(error: OSError) -> str:
    """One sentence for what the operating system refused."""
    where = f" at {error.filename}" if error.filename else ""
    if error.errno in _FULL:
        return f"there is no space left for writing{where}: free some and run the same command again"
    return f"{error.strerror or error}{where}"


@contextmanager
def progress(label: str) -> Iterator[Report]:
    """A progress bar on a terminal, now and then a plain line elsewhere; always on standard error.

    Args:
        label: what is counted, such as "texts embedded".
    """
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        return
    said = -_SECONDS_BETWEEN_LINES

    def report(done: int, total: int) -> None:
        nonlocal said
        if done >= total or time.monotonic() - said >= _SECONDS_BETWEEN_LINES:
            said = time.monotonic()
            say(f"{label}: {done} of {total}")

    yield report
