"""`/healthz` and `/readyz`: whether the program lives, and whether it can answer yet."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.services import services


async def healthz(_request: Request) -> Response:
    """`GET /healthz`: the program lives."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """`GET /readyz`: 200 once questions can be answered, 503 before."""
    if services(request).readiness:
        return PlainTextResponse("ready\n")
    return PlainTextResponse("starting\n", 503, {"retry-after": "5"})


routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
