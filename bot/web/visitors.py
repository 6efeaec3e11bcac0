"""Who visits: recognised by a cookie, let in by the roles of everywhere; pages are closed unless said otherwise."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.records.access import MAY_ASK, Role
from bot.records.sessions import SESSION_DAYS, hash_of
from bot.web.rendering import page, texts_of
from bot.web.services import WebServices, services

COOKIE = "danvan"
FORM_FIELD = "form"
WIDGET_COOKIE = "danvan_widget"
"""Of a frame on another site, kept apart for each of them."""
WIDGET_HEADER = "x-danvan-widget"
"""Holds the same token where a browser keeps no cookies for frames."""
WEB = "web"
"""The channel of people who have no account elsewhere."""

DAY = 24 * 3600
OPEN_TO_ALL = ("/static/", "/sign-in", "/invite/", "/language", "/healthz", "/readyz", "/widget/sign-in")
_WIDGET_PAGES = ("/widget", "/widget.js", "/widget/conversation")
BY_TOKEN = ("/api/", "/mcp", "/metrics", "/openapi.json")
"""Doors for programs, which bring a token of their own and no cookie."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TOKEN_LENGTH = range(20, 100)


class ForgedError(Exception):
    """A form was not sent from one of our pages."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a browser.

    Attributes:
        token: what the cookie holds.
        person: who it is; None for somebody who has neither signed in nor asked anything.
        is_new: whether the cookie has yet to be set.
        in_widget: whether the browser shows our page in a frame on another site.
    """

    token: str
    person: str | None
    role: Role
    is_new: bool = False
    in_widget: bool = False

    @property
    def may_ask(self) -> bool:
        """Whether this person gets answers and may read."""
        return self.role in MAY_ASK

    @property
    def is_admin(self) -> bool:
        """Whether this person looks after the documents."""
        return self.role is Role.ADMIN

    @property
    def browser(self) -> str:
        """Names this browser without giving its cookie away."""
        return hash_of(self.token)[:24]

    @property
    def form_token(self) -> str:
        """What our forms carry and no other site can know."""
        return hmac.new(self.token.encode(), b"danvan form", hashlib.sha256).hexdigest()[:32]


def visitor_of(request: Request) -> Visitor:
    """The visitor who sent a request."""
    found = request.state.visitor
    assert isinstance(found, Visitor)  # noqa: S101
    return found


async def form_of(request: Request) -> FormData:
    """What a form says.

    Raises:
        ForgedError: if it was not sent from a page of this visitor's.
    """
    form = await request.form(max_files=20, max_fields=200, max_part_size=256 * 1024)
    given = form.get(FORM_FIELD)
    if not isinstance(given, str) or not hmac.compare_digest(
        given.encode("utf-8", "replace"), visitor_of(request).form_token.encode()
    ):
        raise ForgedError
    return form


def set_cookie(response: Response, web: WebServices, token: str) -> None:
    """Have a browser keep its token, where no script can read it and no other site can send it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_DAYS * DAY,
        path=web.root_path or "/",
        secure=web.is_secure,
        httponly=True,
        samesite="lax",
    )


def set_widget_cookie(response: Response, web: WebServices, token: str) -> None:
    """Have a browser keep a token for our frame on the site where it stands, and nowhere else."""
    path = f"{web.root_path}/widget"
    kept = f"Max-Age={SESSION_DAYS * DAY}; Path={path}; HttpOnly; Secure; SameSite=None; Partitioned"
    response.headers.append("set-cookie", f"{WIDGET_COOKIE}={token}; {kept}")


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(24)


class Visitors:
    """Recognises visitors, and lets only those in who may ask."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the routes."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        if path.startswith("/static/") or _begins(path, BY_TOKEN):
            await self._app(scope, receive, send)
            return
        web = services(request)
        in_widget = _begins(path, ("/widget", "/widget.js"))
        visitor = await recognise(request, web, in_widget=in_widget)
        scope.setdefault("state", {})["visitor"] = visitor
        if request.method not in _SAFE and not _same_site(request, web):
            refused = page(request, "message.html.j2", _refusal(request), status=403)
            await refused(scope, receive, send)
            return
        if not visitor.may_ask and not _begins(path, OPEN_TO_ALL) and path not in _WIDGET_PAGES:
            await _to_sign_in(request, path)(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and visitor.is_new and not in_widget:
                response = Response()
                set_cookie(response, web, visitor.token)
                given = [name for name, _ in message["headers"]]
                if b"set-cookie" not in given:
                    message["headers"] = [*message["headers"], (b"set-cookie", response.headers["set-cookie"].encode())]
            await send(message)

        await self._app(scope, receive, with_cookie)


async def recognise(request: Request, web: WebServices, *, in_widget: bool = False) -> Visitor:
    """Who sent a request, and what they may do at this very moment."""
    token = request.cookies.get(WIDGET_COOKIE if in_widget else COOKIE, "")
    if in_widget:
        token = request.headers.get(WIDGET_HEADER) or token
    if len(token) not in _TOKEN_LENGTH or not token.isascii():
        role = await web.read(web.access.role, f"{WEB}:")
        return Visitor(new_token(), None, role, is_new=True, in_widget=in_widget)

    def look() -> tuple[str | None, Role]:
        person = web.sessions.person(token)
        return person, web.access.role(person or f"{WEB}:")

    return Visitor(token, *await web.read(look), in_widget=in_widget)


def _begins(path: str, beginnings: tuple[str, ...]) -> bool:
    return any(path == one.rstrip("/") or path.startswith(one.rstrip("/") + "/") for one in beginnings)


def _same_site(request: Request, web: WebServices) -> bool:
    """Whether a browser says that a page of ours sent this; what says nothing is left to the form's token."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(web.settings.public_url or "").netloc}
    return origin is None or urlsplit(origin).netloc in ours


def _refusal(request: Request) -> dict[str, str]:
    t = texts_of(request)
    return {"title": t.refused, "sentence": t.refused_sentence}


def _to_sign_in(request: Request, path: str) -> Response:
    root = request.scope.get("root_path", "")
    query = f"?{request.url.query}" if request.url.query else ""
    following = f"?next={quote(path + query, safe='')}" if request.method in _SAFE and path != "/" else ""
    return RedirectResponse(f"{root}/sign-in{following}", 303)
