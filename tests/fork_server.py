"""Loads the program's libraries once and runs the program in a child of its own each time it is told to.

A run has its own arguments, environment, folder and streams, as if it had been started by itself, and takes a fraction
of a second in place of the many that importing the model's libraries takes. Orders come over a socket with the three
streams of the run attached: `{"arguments": [...], "environment": {...}, "folder": DIR}` -> `{"status": 0}`. With
`quick` for an argument the small encoder of `tests.quick` stands in the place of the model.
"""

import atexit
import gc
import json
import os
import socket
import sys
import threading
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bot.cli import main as program
from bot.commands import COMMANDS, load_command
from bot.model_wiring import quieten
from bot.settings import Settings
from tests.forking import LONGEST_ORDER
from tests.quick import replace_the_model


def main(descriptor: int, *kind: str) -> None:
    """Load the libraries, then run what is ordered until the other end is closed."""
    orders = socket.socket(fileno=descriptor)
    load(quick="quick" in kind)
    gc.freeze()
    while True:
        message, streams, _, _ = socket.recv_fds(orders, LONGEST_ORDER, 3)
        if not message:
            return
        child = os.fork()
        if child == 0:
            orders.close()
            _be_the_program(json.loads(message), streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        orders.send(json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode())


def load(*, quick: bool) -> None:
    """Import what the commands may need."""
    quieten(Settings(_env_file=None))  # type: ignore[call-arg]
    for name in COMMANDS:
        load_command(name)
    for library in ("alembic.command", "bot.data_folder.restoring", "embeddings.index.building"):
        import_module(library)
    if quick:
        replace_the_model()
    else:
        import_module("embeddings.encoder.network_encoder")
        import_module("embeddings.reading.bundled_reader")


def run_program(arguments: Sequence[str]) -> int:
    """Run the program in this process, to its end; its exit status."""
    sys.argv = ["danvan", *arguments]
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _be_the_program(order: dict[str, Any], streams: Sequence[int]) -> None:
    """In the child: never returns."""
    status = 70
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        status = run_program(order["arguments"])
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
