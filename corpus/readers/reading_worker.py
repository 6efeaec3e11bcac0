"""The process in which `reading_apart` has a file read: bounds itself, reads standard input, prints what it read.

Run as a script with the folder the project's packages lie in, the ending of the file's name and the limits as JSON.
"""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.article.page import Page


def main(root: str, suffix: str, bounds: str) -> None:
    """Read, understand, print."""
    sys.path.insert(0, root)
    printed = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what libraries print is no answer
    from corpus.readers.reading_apart import LIMITS, OUT_OF_MEMORY, OUTCOME  # noqa: PLC0415

    limits = LIMITS.validate_json(bounds)
    bound(limits.memory_bytes, limits.seconds)
    from corpus.errors import UnreadableError  # noqa: PLC0415

    outcome: Page | str
    try:
        from corpus.readers.registry import reader_apart  # noqa: PLC0415

        outcome = reader_apart(suffix)(sys.stdin.buffer.read(), limits)
    except UnreadableError as error:
        outcome = str(error)
    except (MemoryError, ImportError, OSError, SystemError) as error:
        if not _is_no_memory(error):
            raise
        outcome = OUT_OF_MEMORY
    with os.fdopen(printed, "wb") as out:
        out.write(OUTCOME.dump_json(outcome))
        out.flush()
    os._exit(0)  # nothing is to be tidied up by libraries that may have been shaken


def _is_no_memory(error: BaseException) -> bool:
    """Whether there was no memory left, also for a library that was to be loaded."""
    said = str(error).lower()
    signs = ("map segment", "cannot allocate memory", "without exception set")  # the last where Python itself ran out
    return isinstance(error, MemoryError) or any(sign in said for sign in signs)


def bound(memory: int, seconds: float) -> None:
    """Bound this process, as far as the operating system can: bytes of memory, seconds of processor time."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for what, size in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, max(int(seconds), 1))):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (size if hard < 0 else min(size, hard), hard))


if __name__ == "__main__":
    main(*sys.argv[1:])
