"""The web application: its routes, and what is wrapped around all of them."""

from dataclasses import dataclass

from mcp.server import MCPServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.mcp_tools import build as build_tools
from bot.web.api import description, health, mcp_door, metrics, questions
from bot.web.api import documents as api_documents
from bot.web.board import documents as board_documents
from bot.web.board import index, ledger, overview, people
from bot.web.board import questions as board_questions
from bot.web.pages import chat, documents, errors, paper, sign_in, widget
from bot.web.rendering import LANGUAGE_COOKIE
from bot.web.security import LimitedBodies, SafeHeaders
from bot.web.services import WebServices, services
from bot.web.visitors import Visitors

YEAR = 365 * 24 * 3600
KILOBYTE = 1024


class LastingFiles(StaticFiles):
    """Styles and scripts, whose addresses change with their content."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """A file that browsers may keep."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = f"public, max-age={YEAR}, immutable"
        return response


@dataclass(frozen=True, slots=True)
class Web:
    """The application and what has to run beside it.

    Attributes:
        tools: the MCP server behind `/mcp`; its `session_manager` has to run while the application does.
    """

    application: ASGIApp
    tools: MCPServer[object]


def build(web: WebServices, *, pages: bool = True) -> Web:
    """The application over some services; what is wrapped around it sees the pages of its failures, too.

    Args:
        web: the services.
        pages: False for the doors of other programs alone.
    """
    tools = build_tools(lambda: web.enquiries, web.threads, web.readiness.wait)
    doors: list[BaseRoute] = [
        *health.routes,
        *questions.routes,
        *api_documents.routes,
        *metrics.routes,
        *description.routes,
        *mcp_door.routes(tools),
    ]
    for_people: list[BaseRoute] = [
        Route("/language", choose_language),
        *chat.routes,
        *documents.routes,
        *paper.routes,
        *sign_in.routes,
        *(widget.routes if web.settings.widget_origins else ()),
        *overview.routes,
        *board_documents.routes,
        *index.routes,
        *board_questions.routes,
        *people.routes,
        *ledger.routes,
        Mount("/static", LastingFiles(packages=[("bot.web", "static")])),
    ]
    application = Starlette(
        routes=doors + for_people if pages else doors,
        middleware=[Middleware(Visitors)],
        exception_handlers=errors.HANDLERS,
    )
    application.state.services = web
    limited = LimitedBodies(application, limits=[("/admin/documents", _upload(web)), ("", 64 * KILOBYTE)])
    headers = SafeHeaders(
        limited, secure=web.is_secure, responded=web.meter.responded, embedders=web.settings.widget_origins
    )
    return Web(headers, tools)


def _upload(web: WebServices) -> int:
    """How many bytes an admin may send at once."""
    return web.settings.intake_limits.archive_bytes


async def choose_language(request: Request) -> Response:
    """`GET /language?to=en&back=/documents`: remember the language and go back."""
    back = request.query_params.get("back", "/")
    response = RedirectResponse(sign_in.inside(back), 303)
    language = "en" if request.query_params.get("to") == "en" else "vi"
    response.set_cookie(
        LANGUAGE_COOKIE, language, YEAR, secure=services(request).is_secure, httponly=True, samesite="lax"
    )
    return response
