"""Who may see the board: admins, at this very moment; for everybody else it does not exist."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.pages.errors import not_found
from bot.web.rendering import page
from bot.web.visitors import visitor_of

Handler = Callable[[Request], Awaitable[Response]]


def for_admins(handler: Handler) -> Handler:
    """Let only admins through."""

    async def guarded(request: Request) -> Response:
        return await handler(request) if visitor_of(request).is_admin else not_found(request)

    return guarded


def board_page(request: Request, template: str, here: str, values: dict[str, Any], *, status: int = 200) -> Response:
    """A page of the board; `here` names its place in the board's navigation."""
    common = {"form_token": visitor_of(request).form_token, "tab": here}
    return page(request, template, common | values, status=status)


def back(request: Request, path: str) -> Response:
    """On to a page of the board, once something is done."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)
