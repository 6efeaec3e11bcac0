"""The board's first page: what answers, how it is used, what became of the last days' questions."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.board.admins import board_page, for_admins
from bot.web.services import services

DAYS = 30
BAR_HEIGHT = 90


async def show(request: Request) -> Response:
    """`GET /admin`."""
    web = services(request)
    figures = await web.read(web.figures.statistics, DAYS)
    days = await web.read(web.figures.by_day, DAYS)
    texts = await web.look(web.documents.texts)
    most = max((day.questions for day in days), default=0) or 1
    bars = [
        {
            "day": day.day.isoformat(),
            "questions": day.questions,
            "answered": day.answered,
            "x": number * 20,
            "height": round(BAR_HEIGHT * day.questions / most, 1),
            "good": round(BAR_HEIGHT * day.answered / most, 1),
        }
        for number, day in enumerate(days)
    ]
    values = {
        "figures": figures,
        "bars": bars,
        "bar_height": BAR_HEIGHT,
        "documents": len(texts.documents),
        "generation": texts.generation_id,
        "stage": web.reindexing.stage,
    }
    return board_page(request, "board_overview.html.j2", "overview", values)


routes = [Route("/admin", for_admins(show))]
