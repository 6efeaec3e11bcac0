"""The widget: asking in a frame on the pages of other sites, those that the settings name."""

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.pages.chat import ask, earlier, rate
from bot.web.pages.errors import TOO_MANY, problem
from bot.web.pages.sign_in import LONGEST_CODE, tried_too_often
from bot.web.rendering import page
from bot.web.services import services
from bot.web.visitors import set_widget_cookie, visitor_of

HOUR = 3600


async def script(_: Request) -> Response:
    """`GET /widget.js`: what a page of another site includes."""
    headers = {"cache-control": f"public, max-age={HOUR}", "cross-origin-resource-policy": "cross-origin"}
    source = files("bot.web").joinpath("static", "embed.js").read_text("utf-8")
    return Response(source, media_type="text/javascript", headers=headers)


async def show(request: Request) -> Response:
    """`GET /widget`: the page in the frame; a new visitor gets a cookie, and in the page what it holds in its place."""
    visitor = visitor_of(request)
    response = page(request, "widget.html.j2", {"token": visitor.token if visitor.is_new else ""})
    if visitor.is_new:
        set_widget_cookie(response, services(request), visitor.token)
    return response


async def conversation(request: Request) -> Response:
    """`GET /widget/conversation`: what was asked here so far, and whether it may ask."""
    visitor = visitor_of(request)
    exchanges = await earlier(request, visitor) if visitor.may_ask else []
    values = {"exchanges": exchanges, "is_open": visitor.may_ask, "form_token": visitor.form_token}
    return page(request, "widget_state.html.j2", values)


async def sign_in(request: Request) -> Response:
    """`POST /widget/sign-in`: use a code that the bot has sent; the frame gets a token of its own for it."""
    web, form = services(request), await request.form()
    if wait := await tried_too_often(request):
        return problem(request, TOO_MANY, headers={"retry-after": str(int(wait) + 1)})
    person = await web.write(web.sessions.redeem, str(form.get("code", ""))[:LONGEST_CODE])
    if person is None or not await web.read(web.access.may_ask, person):
        return JSONResponse({"error": "wrong code"}, 403)
    token = await web.write(web.sessions.open, person)
    response = JSONResponse({"token": token})
    set_widget_cookie(response, web, token)
    return response


routes = [
    Route("/widget.js", script),
    Route("/widget", show),
    Route("/widget/conversation", conversation),
    Route("/widget/sign-in", sign_in, methods=["POST"]),
    Route("/widget/ask", ask, methods=["POST"]),
    Route("/widget/feedback", rate, methods=["POST"]),
]
