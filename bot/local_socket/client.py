"""Asks a running service in the place of loading models; whatever is amiss, there is just no reply."""

import json
import logging
import os
import socket
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.answer_settings import digest, program_version
from bot.local_socket.protocol import (
    LONGEST_LINE,
    Request,
    Screen,
    address_of,
    is_same_user,
    socket_path,
)
from bot.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

log = logging.getLogger(__name__)

SECONDS_TO_ACCEPT = 3.0
SECONDS_TO_ANSWER = 60.0
_LONGEST_REPLY = 64 * 2**20


def ask_service(  # noqa: PLR0913 - what `danvan ask` may be given
    settings: Settings, question: str, context: str | None, top: int, *, explain: bool, screen: Screen | None
) -> dict[str, Any] | None:
    """The reply of a service that runs over the same data folder with the same settings, None where there is none.

    Args:
        settings: of this process.
        question: any text.
        context: the question before it.
        top: citations wanted.
        explain: whether to tell how the question was read.
        screen: what the answer is written on, None where JSON is wanted.

    Returns:
        "answer" as the contract has it, "screen" as text (or None); see `protocol`.
    """
    path = socket_path(settings.data_dir)
    if not _is_ours(path):
        return None
    today = date.today().isoformat()
    line = Request(question, context, top, explain, screen, today, digest(settings), program_version()).line()
    if len(line) > LONGEST_LINE:
        return None
    try:
        return _exchange(path, line)
    except (OSError, ValueError) as error:
        log.debug("the service at %s does not answer (%s)", path, error)
        return None


def screen_of(console: "Console") -> Screen:
    """A console as a service has to know it to write for it."""
    return Screen(console.width, console.is_terminal, console.color_system, console.no_color)


def _is_ours(path: Path) -> bool:
    """Whether a socket of this user lies there; costs next to nothing where no service runs."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return hasattr(socket, "AF_UNIX") and stat.S_ISSOCK(found.st_mode) and found.st_uid == os.geteuid()


def _exchange(path: Path, line: bytes) -> dict[str, Any] | None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection, address_of(path) as address:
        connection.settimeout(SECONDS_TO_ACCEPT)
        connection.connect(address)
        if not is_same_user(connection):
            return None
        connection.sendall(line)
        with connection.makefile("rb") as replies:
            first = _object(replies.readline(LONGEST_LINE))
            if first.get("accepted") is not True:
                log.debug("the service at %s refuses: %s", path, first.get("refused"))
                return None
            connection.settimeout(SECONDS_TO_ANSWER)
            reply = _object(replies.readline(_LONGEST_REPLY))
    return reply if isinstance(reply.get("answer"), dict) and "screen" in reply else None


def _object(line: bytes) -> dict[str, Any]:
    if not line.endswith(b"\n"):
        raise ValueError("the reply breaks off")
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("the reply is no object")  # noqa: TRY004 - what a peer sends is a value
    return found
