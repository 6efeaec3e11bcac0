"""The service's end: answers whoever asks at the command line as the same user, a few at a time."""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from bot.answer_settings import digest, program_version
from bot.local_socket.printing import printed_for
from bot.local_socket.protocol import (
    LONGEST_LINE,
    Request,
    address_of,
    as_line,
    is_same_user,
    read_request,
    socket_path,
)
from bot.settings import Settings
from bot.shared_answerer import SharedAnswerer
from bot.terminal.rendering import answer_as_json
from embeddings.question.question import Question

log = logging.getLogger(__name__)

MOST_AT_ONCE = 32
"""Connections; who comes on top is refused and does the work in a process of its own."""
ANSWERING = 2
"""Threads that answer; the others wait their turn."""
SECONDS_TO_ASK = 5.0
SECONDS_TO_READ = 30.0
"""How long a client may take to send its line, and to take its answer."""
_OWNER_ONLY = 0o600


async def serve(settings: Settings, shared: SharedAnswerer, stop: asyncio.Event) -> None:
    """Answer the command line until `stop` is set; a folder that takes no socket is told and lived with."""
    path = socket_path(settings.data_dir)
    try:
        listener = await asyncio.to_thread(listen, path)
    except OSError as error:
        log.warning("danvan ask cannot use this service: there can be no socket at %s (%s)", path, error)
        await stop.wait()
        return
    if listener is None:
        log.info("another service answers the command line already")
        await stop.wait()
        return
    door = Door(settings, shared)
    inode = path.lstat().st_ino
    try:
        server = await asyncio.start_unix_server(door.meet, sock=listener, limit=LONGEST_LINE)
        async with server:
            await stop.wait()
    finally:
        _remove(path, inode)
        door.close()


def listen(path: Path) -> socket.socket | None:
    """A listening socket at a path, for this user alone; what a killed service left there is replaced.

    Returns:
        None where another service listens already.

    Raises:
        OSError: if there can be none.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise OSError("this system has no Unix sockets")
    path.parent.mkdir(parents=True, exist_ok=True)
    if _is_alive(path):
        return None
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        os.fchmod(listener.fileno(), _OWNER_ONLY)  # on Linux the file gets these permissions the moment it is there
        with address_of(aside) as address:
            listener.bind(address)
        aside.chmod(_OWNER_ONLY)
        listener.listen(MOST_AT_ONCE)
        listener.settimeout(0)
        aside.replace(path)
    except OSError:
        listener.close()
        aside.unlink(missing_ok=True)
        raise
    return listener


def _is_alive(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, address_of(path) as address:
        probe.settimeout(1.0)
        try:
            probe.connect(address)
        except BlockingIOError:
            return True  # its queue is full
        except OSError:
            return False
    return True


def _remove(path: Path, inode: int) -> None:
    """Remove the socket unless another service has put its own there."""
    with contextlib.suppress(OSError):
        if path.lstat().st_ino == inode:
            path.unlink()


class Door:
    """Meets one client after the other; each asks once."""

    def __init__(self, settings: Settings, shared: SharedAnswerer) -> None:
        self._shared = shared
        self._settings = digest(settings)
        self._version = program_version()
        self._threads = ThreadPoolExecutor(ANSWERING, "danvan-command-line")
        self._inside = 0

    def close(self) -> None:
        """Let no further question begin."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hear one question and answer it; whoever is too slow, says too much or nonsense is shown out."""
        self._inside += 1
        try:
            await self._serve(reader, writer)
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            log.debug("a client of the local socket was shown out: %s", error)
        except Exception:
            log.exception("a question from the command line could not be answered; it is answered there")
        finally:
            self._inside -= 1
            writer.close()
            with contextlib.suppress(OSError, TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), SECONDS_TO_READ)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._inside > MOST_AT_ONCE:
            await _tell(writer, {"refused": "too many at once"})
            return
        if not is_same_user(writer.get_extra_info("socket")):
            return
        request = read_request(await asyncio.wait_for(reader.readuntil(b"\n"), SECONDS_TO_ASK))
        problem = self._problem(request)
        if problem:
            await _tell(writer, {"refused": problem})
            return
        await _tell(writer, {"accepted": True})
        reply = await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, request)
        if reply is not None:
            await _tell(writer, reply)

    def _problem(self, request: Request) -> str:
        """Why a request cannot be answered here; "" if it can."""
        if request.version != self._version:
            return f"this is version {self._version}"
        if request.settings != self._settings:
            return "this service has other settings"
        if request.today != date.today().isoformat():
            return "it is another day here"
        return "" if self._shared.is_loaded else "not ready yet"

    def _answer(self, request: Request) -> dict[str, Any] | None:
        """The reply, None where what is published cannot be answered from here. Blocking."""
        answerer = self._shared.load()
        if answerer.retriever.generation_id != self._shared.published_id():
            return None
        question, told = Question(request.question, request.context), None
        if request.explain:
            answer, told = answerer.explain(question, request.top)
        else:
            answer = answerer.answer(question, request.top)
        shown = None if request.screen is None else printed_for(request.screen, answer, told)
        return {"answer": answer_as_json(answer, search=told), "screen": shown}


async def _tell(writer: asyncio.StreamWriter, fields: dict[str, Any]) -> None:
    writer.write(as_line(fields))
    await asyncio.wait_for(writer.drain(), SECONDS_TO_READ)
