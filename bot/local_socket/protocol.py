"""What the command line and a running service say to each other: a line of JSON there, two lines back.

    command line   {"protocol", "version", "settings", "today", "question", "context", "top", "explain", "screen"}
    service        {"accepted": true}                                 or {"refused": why}, and the end
    service        {"answer": as the contract has it, "screen": text} once it is known

A service that runs another version, was started with other settings or answers from another generation than the
published one refuses, as does one that is busy or not ready; the command line then does its work itself.
"""

import json
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.data_folder.running import FOLDER
from corpus.surrogates import without_surrogates

PROTOCOL = 1
NAME = "ask.sock"
LONGEST_LINE = 256 * 1024
"""Bytes of a request."""

_LONGEST_ADDRESS = 100
"""Bytes that fit the address of a socket everywhere."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What an answer is written on.

    Attributes:
        width: in columns.
        is_terminal: whether styles are shown at all.
        colours: which palette, None for none, in the words of `rich.console.Console`.
        no_colour: whether the person wants none.
    """

    width: int
    is_terminal: bool
    colours: str | None
    no_colour: bool


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks at the command line.

    Attributes:
        today: ISO date, by the clock of who asks.
        settings: see `digest`.
        screen: None where JSON is wanted.
    """

    question: str
    context: str | None
    top: int
    explain: bool
    screen: Screen | None
    today: str
    settings: str
    version: str
    protocol: int = PROTOCOL

    def line(self) -> bytes:
        """The request as it is sent."""
        return as_line(asdict(self))


def as_line(fields: dict[str, Any]) -> bytes:
    """A line of JSON."""
    return without_surrogates(json.dumps(fields, ensure_ascii=False, allow_nan=False)).encode() + b"\n"


def read_request(line: bytes) -> Request:
    """The request that a line holds.

    Raises:
        ValueError: if it is none, or one of another protocol.
    """
    try:
        fields = json.loads(line)
        if fields["protocol"] != PROTOCOL:
            raise ValueError("another protocol")
        screen = fields.pop("screen")
        request = Request(**fields, screen=None if screen is None else Screen(**screen))
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no request") from error
    texts = (request.question, request.today, request.settings, request.version)
    fits = all(isinstance(text, str) for text in texts) and isinstance(request.context, str | None)
    if not fits or type(request.top) is not int or type(request.explain) is not bool or not _is_sound(request.screen):
        raise ValueError("no request")
    return request


def _is_sound(screen: Screen | None) -> bool:
    if screen is None:
        return True
    flags = type(screen.is_terminal) is bool and type(screen.no_colour) is bool
    palettes = (None, "standard", "256", "truecolor", "windows")
    return flags and type(screen.width) is int and 1 <= screen.width <= LONGEST_LINE and screen.colours in palettes


def socket_path(data_dir: Path) -> Path:
    """Where a service listens for the command line."""
    return data_dir / FOLDER / NAME


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """An address for a socket's path, also for a path longer than an address may be.

    Raises:
        OSError: if its folder is missing, or the path is too long for this system.
    """
    if len(os.fsencode(path)) <= _LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def is_same_user(peer: socket.socket) -> bool:
    """Whether the other end belongs to the user this process runs as; the socket's file keeps others out besides."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # macOS: the permissions of the file are all there is
    credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return bool(user == os.geteuid())
