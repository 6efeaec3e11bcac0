"""Who asks by HTTP: a program with a token; without one only where everybody may ask."""

import math
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.records.access import MAY_ASK
from bot.records.clients import CLIENT
from bot.web.services import services

Handler = Callable[[Request], Awaitable[Response]]

ANONYMOUS = f"{CLIENT}:"
ANONYMOUS_PER_MINUTE = 60
ALL_PER_MINUTE = 3000


def for_clients(handler: Handler) -> Handler:
    """Let only those through who may ask, as often as they may; `request.state.asker` then names who it is."""

    async def guarded(request: Request) -> Response:
        return await admit(request) or await handler(request)

    return guarded


async def admit(request: Request) -> Response | None:
    """Find out who asks; the refusal, None if they may."""
    web = services(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    host = request.client.host if request.client else ""
    if token:
        client = await web.read(web.clients.find, token.strip()) if scheme.lower() == "bearer" else None
        if client is None:
            return problem(401, "this token is unknown or was revoked: danvan token create NAME makes one")
        asker, key, rate = client.person, client.person, client.per_minute
    elif await web.read(web.access.role, ANONYMOUS) in MAY_ASK:
        asker, key, rate = ANONYMOUS, f"{ANONYMOUS}{host}", ANONYMOUS_PER_MINUTE
    else:
        return problem(401, "send a token: Authorization: Bearer TOKEN (danvan token create NAME makes one)")
    wait = await web.wait((f"api {key}", rate), ("api", ALL_PER_MINUTE))
    if wait:
        return problem(
            429, f"too many requests; try again in {math.ceil(wait)} s", {"retry-after": str(math.ceil(wait))}
        )
    request.state.asker = asker
    return None


def problem(status: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal as JSON: one sentence that says what to do next."""
    more = {"www-authenticate": "Bearer"} if status == 401 else {}  # noqa: PLR2004
    return JSONResponse({"error": sentence}, status, more | (headers or {}))
