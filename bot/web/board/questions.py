"""Questions without a good answer on the board: like ones together, each a click away from a draft gold item."""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gold.drafts import Group, as_drafts, group
from bot.web.board.admins import board_page, for_admins
from bot.web.services import WebServices, services

DAYS = 30


async def show(request: Request) -> Response:
    """`GET /admin/questions`."""
    groups = await _groups(services(request))
    return board_page(request, "board_questions.html.j2", "questions", {"groups": groups, "days": DAYS})


async def drafts(request: Request) -> Response:
    """`GET /admin/questions/drafts.jsonl?number=`: one of them, or all, as gold items for a tester to complete."""
    items = as_drafts(await _groups(services(request)))
    number = request.query_params.get("number", "")
    if number.isdecimal() and number.isascii() and 1 <= int(number) <= len(items):
        items = [items[int(number) - 1]]
    lines = "".join(json.dumps(item.as_json(), ensure_ascii=False) + "\n" for item in items)
    headers = {"content-disposition": 'attachment; filename="drafts.jsonl"'}
    return Response(lines.encode("utf-8", "replace"), headers=headers, media_type="application/jsonl")


async def _groups(web: WebServices) -> list[Group]:
    misses = await web.read(web.figures.misses, DAYS)
    return await web.look(group, misses)


routes = [
    Route("/admin/questions", for_admins(show)),
    Route("/admin/questions/drafts.jsonl", for_admins(drafts)),
]
