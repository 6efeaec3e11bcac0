"""Who was told what on the board: the ledger of answers, checked, to be exported; and who changed what."""

import json
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.records.ledger import Line
from bot.web.board.admins import board_page, for_admins
from bot.web.services import services

SHOWN = 100


async def show(request: Request) -> Response:
    """`GET /admin/ledger`: the newest answers and changes, and every gap."""
    web = services(request)
    values = {
        "lines": await web.read(web.ledger.last, SHOWN),
        "gaps": await web.read(web.ledger.gaps),
        "changes": await web.read(web.audit.last, SHOWN),
    }
    return board_page(request, "board_ledger.html.j2", "ledger", values)


async def export(request: Request) -> Response:
    """`GET /admin/ledger.jsonl`: all of it, a line an answer."""
    lines = services(request).ledger.lines()
    headers = {"content-disposition": 'attachment; filename="ledger.jsonl"'}
    return StreamingResponse(_written(lines), headers=headers, media_type="application/jsonl")


def _written(lines: Iterator[Line]) -> Iterator[bytes]:
    for line in lines:
        fields = {
            "number": line.number,
            "at": line.at.isoformat(),
            "answer": line.answer_id,
            "person": line.person,
            "question": line.question,
            "status": line.status,
            "generation": line.generation,
            "passages": list(line.citations),
            "forgotten": line.forgotten.isoformat() if line.forgotten else None,
            "seal": line.seal,
            "gap": line.gap,
        }
        yield (json.dumps(fields, ensure_ascii=False) + "\n").encode("utf-8", "replace")


routes = [
    Route("/admin/ledger", for_admins(show)),
    Route("/admin/ledger.jsonl", for_admins(export)),
]
