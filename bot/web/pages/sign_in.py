"""Signing in by a code that the bot sends or by an invitation, and signing out; the same people as everywhere."""

import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.records.access import Role
from bot.records.invitations import BOT_NAME
from bot.web.pages.errors import TOO_MANY, problem
from bot.web.rendering import page, texts_of
from bot.web.services import services
from bot.web.visitors import WEB, form_of, new_token, set_cookie, visitor_of

TRIES_PER_MINUTE_BY_HOST = 10
TRIES_PER_MINUTE_BY_ALL = 60
LONGEST_CODE = 100


async def show_sign_in(request: Request) -> Response:
    """`GET /sign-in`: where to type a code, and how to get one. A code in the address is filled in, never used yet."""
    return await _sign_in_page(request)


async def sign_in(request: Request) -> Response:
    """`POST /sign-in`: use a code."""
    web, form = services(request), await form_of(request)
    if wait := await tried_too_often(request):
        return problem(request, TOO_MANY, headers={"retry-after": str(int(wait) + 1)})
    code = str(form.get("code", ""))[:LONGEST_CODE]
    person = await web.write(web.sessions.redeem, code)
    if person is None or not await web.read(web.access.may_ask, person):
        return await _sign_in_page(request, wrong=True)
    return await _signed_in(request, person, str(form.get("next", "")))


async def show_invitation(request: Request) -> Response:
    """`GET /invite/CODE`: asks whether to accept; looking at an invitation does not use it up."""
    return page(
        request,
        "invitation.html.j2",
        {"form_token": visitor_of(request).form_token, "code": request.path_params["code"], "wrong": False},
    )


async def accept_invitation(request: Request) -> Response:
    """`POST /invite/CODE`: let this person in; somebody who is in already keeps who they are."""
    web, visitor, _ = services(request), visitor_of(request), await form_of(request)
    if wait := await tried_too_often(request):
        return problem(request, TOO_MANY, headers={"retry-after": str(int(wait) + 1)})
    person = visitor.person or f"{WEB}:{secrets.token_hex(8)}"
    if await web.read(web.access.role, person) is Role.REVOKED:
        person = f"{WEB}:{secrets.token_hex(8)}"
    if await web.write(web.access.redeem, request.path_params["code"][:LONGEST_CODE], person) is None:
        values = {"form_token": visitor.form_token, "code": request.path_params["code"], "wrong": True}
        return page(request, "invitation.html.j2", values, status=403)
    return await _signed_in(request, person, "")


async def sign_out(request: Request) -> Response:
    """`POST /sign-out`: this browser is nobody's any more."""
    web, visitor, _ = services(request), visitor_of(request), await form_of(request)
    await web.write(web.sessions.close, visitor.token)
    response = RedirectResponse(f"{request.scope.get('root_path', '')}/sign-in", 303)
    set_cookie(response, web, new_token())
    return response


async def show_code(request: Request) -> Response:
    """`POST /sign-in/code`: a code for this person's next browser."""
    web, visitor, _ = services(request), visitor_of(request), await form_of(request)
    if visitor.person is None or not visitor.may_ask:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/sign-in", 303)
    code = await web.write(web.sessions.code, visitor.person)
    t = texts_of(request)
    return page(request, "message.html.j2", {"title": t.code_title, "sentence": t.code_sentence.format(code=code)})


async def _sign_in_page(request: Request, *, wrong: bool = False) -> Response:
    web, query = services(request), request.query_params
    values = {
        "form_token": visitor_of(request).form_token,
        "bot_name": await web.read(web.history.noted, BOT_NAME),
        "code": query.get("code", "")[:LONGEST_CODE],
        "next": query.get("next", ""),
        "wrong": wrong,
    }
    return page(request, "sign_in.html.j2", values, status=403 if wrong else 200)


async def _signed_in(request: Request, person: str, following: str) -> Response:
    """A new session under a new token, so that nobody can have planted the old one."""
    web, visitor = services(request), visitor_of(request)
    await web.write(web.sessions.close, visitor.token)
    token = await web.write(web.sessions.open, person)
    response = RedirectResponse(f"{request.scope.get('root_path', '')}{inside(following)}", 303)
    set_cookie(response, web, token)
    return response


async def tried_too_often(request: Request) -> float:
    """Seconds to wait before a code may be tried again, 0 if one may be now."""
    host = request.client.host if request.client else ""
    return await services(request).wait(
        (f"sign in from {host}", TRIES_PER_MINUTE_BY_HOST), ("sign in", TRIES_PER_MINUTE_BY_ALL)
    )


def inside(path: str) -> str:
    """A path of these pages, `/` in the place of anything that might lead elsewhere."""
    good = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if good else "/"


routes = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-in/code", show_code, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/invite/{code}", show_invitation, methods=["GET"]),
    Route("/invite/{code}", accept_invitation, methods=["POST"]),
]
