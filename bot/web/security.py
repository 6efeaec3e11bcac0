"""What every response says to browsers about safety, and how much a request may bring."""

from collections.abc import Callable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FRAMED = "/widget"
"""The one page that other sites may embed, if the settings name them."""


class SafeHeaders:
    """Adds the headers; pages are kept by no cache unless they say so themselves."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        secure: bool,
        responded: Callable[[str, int], None],
        embedders: Sequence[str] = (),
    ) -> None:
        """Wrap an application.

        Args:
            app: what answers.
            secure: whether people reach it by TLS.
            responded: told (method, status) of every answer.
            embedders: origins that may embed the widget.
        """
        self._app = app
        self._responded = responded
        self._always = dict(_ALWAYS) | ({"strict-transport-security": "max-age=31536000"} if secure else {})
        self._embedders = " ".join(embedders) or "'none'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        ancestors = self._embedders if path.startswith(FRAMED) else "'none'"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._responded(scope["method"], message["status"])
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", _POLICY.format(ancestors=ancestors))
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)


class TooLargeError(Exception):
    """A request brings more than it may; raised to whoever reads its body."""


class LimitedBodies:
    """Refuses bodies beyond a limit, by what they announce and by what arrives."""

    def __init__(self, app: ASGIApp, *, limits: Sequence[tuple[str, int]]) -> None:
        """Wrap an application.

        Args:
            app: what answers.
            limits: (beginning of the path, most bytes), the first that fits counts; the last should be `("", n)`.
        """
        self._app = app
        self._limits = tuple(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        limit = next(most for beginning, most in self._limits if path.startswith(beginning))
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            await _refuse(send)
            return
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b"")) if message["type"] == "http.request" else 0
            if arrived > limit:
                raise TooLargeError
            return message

        await self._app(scope, counted, send)


async def _refuse(send: Send) -> None:
    body = "Nội dung gửi lên vượt quá giới hạn cho phép.\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
