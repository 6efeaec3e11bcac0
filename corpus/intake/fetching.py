"""One document from an address, with every hop checked: where it leads, how long it takes, how much it sends."""

import http.client
import io
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urljoin, urlsplit

from corpus.errors import FetchError
from corpus.intake.addresses import Resolve, is_public, normalise, resolve_within, system_resolver
from corpus.intake.received import Fetched, Received, Validators, as_document
from corpus.limits import DEFAULT_LIMITS, IntakeLimits, megabytes

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
_PIECE = 65536
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, text/markdown, */*;q=0.5",
    "Accept-Encoding": "identity",
    "Accept-Language": "vi, en;q=0.5",
    "Connection": "close",
    "User-Agent": "Mozilla/5.0 (compatible; danvan)",
}


class Fetcher:
    """Fetches single documents over http and https, straight from the servers: no proxy, no cookies, no passwords.

    A host's addresses are looked up once a hop and all of them checked; the connection is made to one of those, so that
    a second look-up cannot lead elsewhere. Certificates are checked against the host's name all the same.
    """

    def __init__(self, limits: IntakeLimits = DEFAULT_LIMITS, resolve: Resolve = system_resolver) -> None:
        """Take the limits, and in tests another way to look up hosts."""
        self._limits = limits
        self._resolve = resolve

    def fetch(self, address: str) -> Fetched:
        """Fetch one document.

        Raises:
            FetchError: with a clause that says why it is not to be had.
        """
        received = self.get(address)
        if received is None:
            raise FetchError("the server says that nothing has changed, though it was not asked that")
        return as_document(received)

    def get(self, address: str, known: Validators = Validators()) -> Received | None:  # noqa: B008 - it cannot change
        """What an address sends; None where the server says that it has not changed.

        Args:
            address: a whole one.
            known: what the server gave with what is known of the page.

        Raises:
            FetchError: with a clause that says why it is not to be had.
        """
        deadline = time.monotonic() + self._limits.fetch_seconds
        here = normalise(address)
        seen = [here]
        moved = True
        while True:
            try:
                answer = self._ask(urlsplit(here), deadline, known.headers if len(seen) == 1 else {})
            except TimeoutError as error:
                seconds = f"{self._limits.fetch_seconds:g}"
                raise FetchError(f"it took longer than {seconds} seconds; DANVAN_FETCH_SECONDS allows more") from error
            if answer is None:
                return None
            if isinstance(answer, _Content):
                moved = moved and len(seen) > 1
                return Received(address, here, answer.raw, answer.content_type, answer.validators, moved)
            moved = moved and answer.permanent
            try:
                here = normalise(urljoin(here, answer.target))
            except (FetchError, ValueError) as error:
                raise FetchError(f"it leads on to {answer.target[:200]!r}, and {error}") from error
            if here in seen:
                raise FetchError("it leads in a circle")
            seen.append(here)
            if len(seen) > self._limits.redirects + 1:
                raise FetchError(f"it leads on more than {self._limits.redirects} times")

    def _ask(self, parts: SplitResult, deadline: float, headers: dict[str, str]) -> "_Content | _Redirect | None":
        """What a server sends, or the place it sends us to; None if nothing has changed."""
        host, secure = parts.hostname or "", parts.scheme == "https"
        stream = self._connect(host, parts.port or (443 if secure else 80), deadline)
        with stream:
            try:
                if secure:
                    stream = ssl.create_default_context().wrap_socket(stream, server_hostname=host)
                with stream:
                    return self._exchange(stream, parts, deadline, headers)
            except TimeoutError:
                raise
            except ssl.SSLCertVerificationError as error:
                raise FetchError(f"the certificate of {host} cannot be trusted: {error.verify_message}") from error
            except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
                said = " ".join((getattr(error, "strerror", None) or str(error)).split()) or type(error).__name__
                raise FetchError(f"the connection to {host} broke: {said[:200]}") from error

    def _connect(self, host: str, port: int, deadline: float) -> socket.socket:
        try:
            numbers = resolve_within(self._resolve, host, port, deadline - time.monotonic())
        except TimeoutError:
            raise
        except OSError as error:
            raise FetchError(f"there is no host {host}") from error
        inside = [number for number in numbers if not is_public(number)]
        if inside and not self._limits.private_addresses:
            leads = host if host == inside[0] else f"{host}, which is {inside[0]}"
            raise FetchError(f"it leads to {leads}: addresses of this machine or of a private network are not fetched")
        last: OSError | None = None
        for number in numbers:
            family = socket.AF_INET6 if ":" in number else socket.AF_INET
            stream = socket.socket(family, socket.SOCK_STREAM)
            try:
                stream.settimeout(_left(deadline))
                stream.connect((number, port))
            except OSError as error:
                stream.close()
                last = error
            else:
                return stream
        if isinstance(last, TimeoutError):
            raise last
        reason = f": {last.strerror or last}" if last else ""
        raise FetchError(f"{host} cannot be reached{reason}") from last

    def _exchange(
        self, stream: socket.socket, parts: SplitResult, deadline: float, headers: dict[str, str]
    ) -> "_Content | _Redirect | None":
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        connection.sock = _Timed(stream, deadline)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        default = parts.port in (None, 443 if parts.scheme == "https" else 80)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        named = {"Host": f"{host}" if default else f"{host}:{parts.port}"}
        connection.request("GET", path, headers=_HEADERS | headers | named)
        response = connection.getresponse()
        if response.status in _REDIRECTS:
            target = response.getheader("Location")
            if not target:
                raise FetchError(f"the server answers {response.status} without saying where to go")
            there = target.encode("latin-1", "replace").decode("utf-8", "replace")
            return _Redirect(there, response.status in _PERMANENT)
        if response.status == HTTPStatus.NOT_MODIFIED and headers:
            return None
        if response.status != HTTPStatus.OK:
            known = {status.value: status.phrase for status in HTTPStatus}
            said = f"the server answers {response.status} ({known.get(response.status, 'unknown')})"
            raise FetchError(said, response.status)
        validators = Validators(response.getheader("ETag"), response.getheader("Last-Modified"))
        return _Content(self._body(response), response.getheader("Content-Type", ""), validators)

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        most = self._limits.file_bytes
        length = response.getheader("Content-Length", "")
        if length.isdecimal() and int(length) > most:
            raise FetchError(_too_large(most))
        unpack = _unpacker(response.getheader("Content-Encoding", "").strip().lower())
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE):
            if unpack is not None:
                piece = unpack.decompress(piece, most - size + 1)
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise FetchError(_too_large(most))
        if response.length:  # fewer bytes than were promised
            raise FetchError("the connection broke before the page was whole")
        if unpack is not None and not unpack.eof:
            raise FetchError("the connection broke before the page was whole")
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class _Content:
    raw: bytes
    content_type: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: str
    permanent: bool


class _Timed:
    """A connected socket as `http.client` uses one, on which no operation goes beyond a deadline."""

    def __init__(self, stream: socket.socket, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._stream.settimeout(_left(self._deadline))
        self._stream.sendall(data)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._stream, self._deadline), _PIECE)

    def close(self) -> None:
        """Left to who made the connection: `http.client` closes while it is still reading."""


class _TimedReader(io.RawIOBase):
    def __init__(self, stream: socket.socket, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._stream.settimeout(_left(self._deadline))
        return self._stream.recv_into(buffer)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _unpacker(encoding: str) -> Any:
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    raise FetchError(f"the server packs the page in a way that is not known ({encoding[:40]})")


def _too_large(most: int) -> str:
    return f"it is larger than {megabytes(most)}; DANVAN_MAX_FILE_MB raises the limit"
