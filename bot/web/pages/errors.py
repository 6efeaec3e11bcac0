"""What a visitor is told when something cannot be done: one sentence, in their language, and a way on."""

import logging
import uuid

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.web.rendering import page, texts_of
from bot.web.security import TooLargeError
from bot.web.visitors import ForgedError
from corpus.errors import DanvanError, IndexingError

log = logging.getLogger(__name__)

NOT_FOUND, REFUSED, TOO_MANY, TOO_LARGE, FAILED, NOT_READY = 404, 403, 429, 413, 500, 503


def not_found(request: Request) -> Response:
    """There is no such page, or none that this visitor may see: the two look the same."""
    return problem(request, NOT_FOUND)


def problem(request: Request, status: int, *, headers: dict[str, str] | None = None) -> Response:
    """The page, or for programs the JSON, that tells one of the known problems."""
    t = texts_of(request)
    title, sentence = {
        NOT_FOUND: (t.not_found, t.not_found_sentence),
        REFUSED: (t.refused, t.refused_sentence),
        TOO_MANY: (t.too_many, t.too_many_sentence),
        TOO_LARGE: (t.too_large, t.too_large_sentence),
        NOT_READY: (t.not_ready, t.not_ready_sentence),
    }.get(status, (t.failed, t.failed_sentence))
    values = {"title": title, "sentence": sentence}
    if status == NOT_FOUND:
        values |= {"link": f"{request.scope.get('root_path', '')}/documents", "link_text": t.to_documents}
    return page(request, "message.html.j2", values, status=status, headers=headers)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """What Starlette raises: no such route, a wrong method."""
    assert isinstance(error, HTTPException)  # noqa: S101
    return problem(request, error.status_code, headers=dict(error.headers or {}))


async def on_known_error(request: Request, error: Exception) -> Response:
    """What the core raises on purpose; its English sentence is for the log, not for visitors."""
    log.warning("%s %s: %s", request.method, request.url.path, error)
    return problem(request, NOT_READY if isinstance(error, IndexingError) else FAILED)


async def on_forged(request: Request, _error: Exception) -> Response:
    """A form that did not come from one of our pages."""
    return problem(request, REFUSED)


async def on_too_large(request: Request, _error: Exception) -> Response:
    """A body that turned out larger than it may be."""
    return problem(request, TOO_LARGE)


async def on_unexpected_error(request: Request, error: Exception) -> Response:
    """A mistake of ours: the log has the traceback under a number, the visitor is told that number only."""
    number = uuid.uuid4().hex[:8]
    log.error("error %s at %s %s", number, request.method, request.url.path, exc_info=error)
    return problem(request, FAILED)


HANDLERS = {
    HTTPException: on_http_exception,
    ForgedError: on_forged,
    TooLargeError: on_too_large,
    DanvanError: on_known_error,
    Exception: on_unexpected_error,
}
