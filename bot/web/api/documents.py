"""`GET /api/documents` and `GET /api/documents/ID`."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.document_filter import wanted_by
from bot.enquiries import LISTED, MOST, UnknownDocumentError
from bot.web.api.clients import for_clients, problem
from bot.web.api.questions import json_response
from bot.web.services import services

_NUMBER = re.compile(r"\d{1,7}", re.ASCII)


async def list_documents(request: Request) -> Response:
    """`GET /api/documents?words=&publisher=&from=&to=&start=&count=`: newest first."""
    web, query = services(request), request.query_params
    start, count = _number(query.get("start"), 0), _number(query.get("count"), LISTED)
    if start is None or count is None or not 1 <= count <= MOST:
        return problem(422, f"start must be a number from 0, count one from 1 to {MOST}")
    return json_response(await web.look(web.enquiries.documents, request.state.asker, wanted_by(query), start, count))


async def show_document(request: Request) -> Response:
    """`GET /api/documents/ID`: a document with all its passages."""
    web = services(request)
    try:
        return json_response(
            await web.look(web.enquiries.document, request.state.asker, request.path_params["identity"])
        )
    except UnknownDocumentError as error:
        return problem(404, str(error))


def _number(text: str | None, default: int) -> int | None:
    if text is None:
        return default
    return int(text) if _NUMBER.fullmatch(text) else None


routes = [
    Route("/api/documents", for_clients(list_documents)),
    Route("/api/documents/{identity:path}", for_clients(show_document)),
]
