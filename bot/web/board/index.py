"""The index on the board: generations, reindexing with its progress, going back."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.index_changes import roll_back
from bot.records.audit import AuditAction
from bot.reindexing import ReindexReport
from bot.web.board.admins import back, board_page, for_admins
from bot.web.board.gold_plots import gold_plots
from bot.web.services import services
from bot.web.visitors import form_of, visitor_of
from bot.wiring import open_index
from corpus.errors import DanvanError

EVALUATIONS = 200
"""So many are looked at for the plots."""


async def show(request: Request) -> Response:
    """`GET /admin/index`."""
    web = services(request)
    store = open_index(web.settings)
    values = {
        "generations": list(reversed(await asyncio.to_thread(store.generations))),
        "current": await asyncio.to_thread(store.published_id),
        "stage": web.reindexing.stage,
        "plots": gold_plots(await web.read(web.evaluations.last, EVALUATIONS)),
    }
    return board_page(request, "board_index.html.j2", "index", values)


async def progress(request: Request) -> Response:
    """`GET /admin/index/progress`: how far it is, for our script."""
    stage = services(request).reindexing.stage
    return JSONResponse({"running": stage.is_running, "done": stage.done, "all": stage.all})


async def reindex(request: Request) -> Response:
    """`POST /admin/index/reindex`: begin one; it goes on when the page is left."""
    web, _, person = services(request), await form_of(request), visitor_of(request).person

    def noted(report: ReindexReport) -> None:
        if report.changed and report.accepted:
            web.audit.note(person, AuditAction.REINDEXED, report.generation)

    web.reindexing.begin(noted)
    return back(request, "/admin/index")


async def rollback(request: Request) -> Response:
    """`POST /admin/index/rollback`: the index before answers again."""
    web, _ = services(request), await form_of(request)

    try:
        _, generation = await asyncio.to_thread(roll_back, web.settings)
    except DanvanError as error:
        return board_page(request, "board_problem.html.j2", "index", {"problem": str(error)}, status=409)
    await web.write(web.audit.note, visitor_of(request).person, AuditAction.ROLLED_BACK, generation)
    return back(request, "/admin/index")


routes = [
    Route("/admin/index", for_admins(show)),
    Route("/admin/index/progress", for_admins(progress)),
    Route("/admin/index/reindex", for_admins(reindex), methods=["POST"]),
    Route("/admin/index/rollback", for_admins(rollback), methods=["POST"]),
]
