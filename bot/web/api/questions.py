"""`POST /api/ask` and `POST /api/search`: the contract's JSON; for who asks for it, server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.document_filter import wanted_by
from bot.enquiries import MOST
from bot.terminal.rendering import answer_as_json
from bot.web.api.clients import for_clients, problem
from bot.web.services import services

EVENTS = "text/event-stream"
SIGN_OF_LIFE_SECONDS = 10.0


class Asked(BaseModel):
    """The body of `POST /api/ask`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str
    context: str | None = None
    top: int = Field(default=3, ge=1, le=MOST)


class Sought(BaseModel):
    """The body of `POST /api/search`."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    question: str
    top: int = Field(default=10, ge=1, le=MOST)
    since: str = Field(default="", alias="from", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    until: str = Field(default="", alias="to", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    document: str = ""


async def ask(request: Request) -> Response:
    """`POST /api/ask`."""
    web = services(request)
    asked = await _read(request, Asked)
    if isinstance(asked, Response):
        return asked
    answering = web.think(web.enquiries.ask, request.state.asker, asked.question, asked.context, asked.top)
    if EVENTS in request.headers.get("accept", ""):
        return StreamingResponse(_events(answering), media_type=EVENTS, headers={"x-accel-buffering": "no"})
    answer = await answering
    web.meter.answered("api", answer)
    return json_response(answer_as_json(answer))


async def search(request: Request) -> Response:
    """`POST /api/search`."""
    web = services(request)
    sought = await _read(request, Sought)
    if isinstance(sought, Response):
        return sought
    wanted = wanted_by({"from": sought.since, "to": sought.until})
    return json_response(
        await web.think(web.enquiries.search, request.state.asker, sought.question, sought.top, wanted, sought.document)
    )


def json_response(content: Any, status: int = 200) -> Response:
    """JSON with letters as they are, whatever a document holds."""
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, media_type="application/json")


async def _events(answering: Awaitable[Any]) -> AsyncIterator[str]:
    """`event: accepted`, comments while the model works, then `event: answer` or `event: error`."""
    yield "event: accepted\ndata: {}\n\n"
    task = asyncio.ensure_future(answering)
    while not task.done():
        await asyncio.wait({task}, timeout=SIGN_OF_LIFE_SECONDS)
        if not task.done():
            yield ": working\n\n"
    if task.exception() is None:
        told = json.dumps(answer_as_json(task.result()), ensure_ascii=False).encode("utf-8", "replace").decode()
        yield f"event: answer\ndata: {told}\n\n"
    else:
        yield 'event: error\ndata: {"error": "the question could not be answered; try again later"}\n\n'


async def _read(request: Request, model: type[Any]) -> Any:
    """What the body says, or the refusal."""
    try:
        return model.model_validate_json(await request.body(), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "the body"
        return problem(422 if first["type"] != "json_invalid" else 400, f"{place}: {first['msg']}")


routes = [
    Route("/api/ask", for_clients(ask), methods=["POST"]),
    Route("/api/search", for_clients(search), methods=["POST"]),
]
