"""The sign of life that a serving program leaves in its data folder, for whoever watches it."""

import json
from collections.abc import Mapping
from pathlib import Path

from corpus.atomic import write_atomically

HEARTBEAT = "heartbeat"


def leave_sign(data_dir: Path, problem: str | None, more: Mapping[str, int] | None = None) -> None:
    """Leave a sign of life.

    Args:
        data_dir: where.
        problem: why nobody is being answered; None if people are.
        more: counts told beside it.

    Raises:
        OSError: if a problem cannot be told.
    """
    path = data_dir / HEARTBEAT
    try:
        write_atomically(path, json.dumps({"problem": problem, **(more or {})}).encode(), durable=False)
    except OSError:
        if problem is not None:
            raise
        path.touch()  # a full disk has room for that, and the program goes on answering
