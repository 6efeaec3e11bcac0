"""The web application: its routes, and what is wrapped around all of them."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.web.api import health
from bot.web.pages import chat, documents, errors, sign_in
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


def build(web: WebServices) -> ASGIApp:
    """The application over some services; what is wrapped around it sees the pages of its failures, too."""
    application = Starlette(
        routes=[
            Route("/language", choose_language),
            *health.routes,
            *chat.routes,
            *documents.routes,
            *sign_in.routes,
            Mount("/static", LastingFiles(packages=[("bot.web", "static")])),
        ],
        middleware=[Middleware(Visitors)],
        exception_handlers=errors.HANDLERS,
    )
    application.state.services = web
    return SafeHeaders(LimitedBodies(application, limits=[("", 64 * KILOBYTE)]), secure=web.is_secure)


async def choose_language(request: Request) -> Response:
    """`GET /language?to=en&back=/documents`: remember the language and go back."""
    back = request.query_params.get("back", "/")
    response = RedirectResponse(sign_in.inside(back), 303)
    language = "en" if request.query_params.get("to") == "en" else "vi"
    response.set_cookie(
        LANGUAGE_COOKIE, language, YEAR, secure=services(request).is_secure, httponly=True, samesite="lax"
    )
    return response
