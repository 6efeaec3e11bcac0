"""People on the board: who is let in, invitations, shutting out."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.records.access import Role
from bot.records.invitations import invite_page
from bot.web.board.admins import back, board_page, for_admins
from bot.web.services import services
from bot.web.visitors import form_of, visitor_of
from corpus.errors import DanvanError
from corpus.groups import groups_in


async def show(request: Request) -> Response:
    """`GET /admin/people`."""
    return await _page(request)


async def invite(request: Request) -> Response:
    """`POST /admin/people/invite`: a page that lets one person in."""
    web, form = services(request), await form_of(request)
    role = Role.ADMIN if form.get("role") == "admin" else Role.MEMBER
    code = await web.write(web.access.invite, role, visitor_of(request).person)
    return await _page(request, invitation=invite_page(web.address(request), code))


async def revoke(request: Request) -> Response:
    """`POST /admin/people/revoke`: shut somebody out at once."""
    web, form = services(request), await form_of(request)
    try:
        await web.write(web.access.revoke, str(form.get("person", ""))[:64], visitor_of(request).person)
    except DanvanError as error:
        return board_page(request, "board_problem.html.j2", "people", {"problem": str(error)}, status=409)
    return back(request, "/admin/people")


async def assign(request: Request) -> Response:
    """`POST /admin/people/groups`: have somebody belong to exactly these groups of documents."""
    web, form = services(request), await form_of(request)
    groups = groups_in(str(form.get("groups", ""))[:500])
    await web.write(web.access.assign, str(form.get("person", ""))[:64], groups, visitor_of(request).person)
    return back(request, "/admin/people")


async def withdraw(request: Request) -> Response:
    """`POST /admin/people/withdraw`: an invitation nobody has used yet is worth nothing any more."""
    web, form = services(request), await form_of(request)
    await web.write(web.access.withdraw, str(form.get("invitation", "")), visitor_of(request).person)
    return back(request, "/admin/people")


async def _page(request: Request, invitation: str | None = None) -> Response:
    web = services(request)
    values = {
        "people": await web.read(web.access.people),
        "invites": await web.read(web.access.invites),
        "invitation": invitation,
    }
    return board_page(request, "board_people.html.j2", "people", values)


routes = [
    Route("/admin/people", for_admins(show)),
    Route("/admin/people/invite", for_admins(invite), methods=["POST"]),
    Route("/admin/people/revoke", for_admins(revoke), methods=["POST"]),
    Route("/admin/people/groups", for_admins(assign), methods=["POST"]),
    Route("/admin/people/withdraw", for_admins(withdraw), methods=["POST"]),
]
