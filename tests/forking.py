"""The program again and again from one process that has loaded its libraries; see `tests.fork_server`."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LONGEST_ORDER = 1 << 20
ROOT = Path(__file__).parents[1]


class Forking:
    """The other end: what a test says to the process."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, streams: Sequence[IO[bytes]]
    ) -> int:
        """Run the program to its end; its exit status, negative if a signal ended it."""
        order = {"arguments": [*arguments], "environment": {**environment}, "folder": str(folder)}
        descriptors = [stream.fileno() for stream in streams]
        socket.send_fds(self._orders, [json.dumps(order).encode()], descriptors)
        answer = self._orders.recv(LONGEST_ORDER)
        assert answer, "the process that runs the program is gone, or the program took too long"
        return int(json.loads(answer)["status"])


@contextmanager
def forking(*kind: str, patience: float) -> Iterator[Forking]:
    """Start the process; a run may take so many seconds."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(patience)
    for each in (ours, theirs):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST_ORDER)
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("DANVAN_")}
    command = [sys.executable, "-P", "-m", "tests.fork_server", str(theirs.fileno()), *kind]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()], env=kept | {"PYTHONPATH": str(ROOT)}) as process:
        theirs.close()
        try:
            yield Forking(ours)
        finally:
            ours.close()
            process.wait(patience)
