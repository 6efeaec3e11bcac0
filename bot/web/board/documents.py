"""Documents on the board: what is doubtful, adding by file and address, corrections, removing."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.records.audit import AuditAction
from bot.web.board.admins import back, board_page, for_admins
from bot.web.pages.errors import not_found
from bot.web.services import WebServices, services
from bot.web.visitors import form_of, visitor_of
from corpus.errors import DanvanError
from corpus.folder.doubts import doubts
from corpus.folder.sources_file import KEYS
from corpus.library.outcomes import Action, Outcome

MOST_ADDRESSES = 50
_LONGEST_NAME = 150
_CHANGED = (Action.ADDED, Action.REPLACED, Action.CORRECTED, Action.REMOVED, Action.RESTORED)


async def show(request: Request) -> Response:
    """`GET /admin/documents`: all of them, the doubtful first."""
    web = services(request)
    reading = await asyncio.to_thread(web.library("the board").read)
    found = await asyncio.to_thread(doubts, reading, datetime.now(UTC).astimezone().date())
    listed = sorted(reading.documents, key=lambda document: (document.id not in found, document.title))
    values = {"documents": listed, "doubts": found, "problems": reading.problems, "outcomes": None}
    return board_page(request, "board_documents.html.j2", "documents", values)


async def add(request: Request) -> Response:
    """`POST /admin/documents`: files and addresses, each told what became of it."""
    web, form = services(request), await form_of(request)
    uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    addresses = [line.strip() for line in str(form.get("addresses", "")).splitlines() if "://" in line][:MOST_ADDRESSES]
    with tempfile.TemporaryDirectory(prefix="danvan-upload-") as folder:
        paths = [await _stored(one, Path(folder)) for one in uploads]
        outcomes = await asyncio.to_thread(_added, web, [*map(str, paths), *addresses])
    changed = [one for one in outcomes if one.action in _CHANGED]
    for one in changed:
        await web.write(web.audit.note, visitor_of(request).person, AuditAction.ADDED, one.file)
    values = {"documents": [], "doubts": {}, "problems": [], "outcomes": outcomes}
    return board_page(request, "board_documents.html.j2", "documents", values)


async def show_one(request: Request) -> Response:
    """`GET /admin/documents/ID`: what was understood of a document, to correct it."""
    web, identity = services(request), request.path_params["identity"]
    reading = await asyncio.to_thread(web.library("the board").read)
    document = next((one for one in reading.documents if one.id == identity), None)
    if document is None:
        return not_found(request)
    found = await asyncio.to_thread(doubts, reading, datetime.now(UTC).astimezone().date())
    origin = reading.origins[identity]
    values = {
        "document": document,
        "origin": origin,
        "keys": KEYS,
        "doubts": found.get(identity, []),
        "problem": None,
    }
    return board_page(request, "board_document.html.j2", "documents", values)


async def change(request: Request) -> Response:
    """`POST /admin/documents/ID`: correct a document, or take it out."""
    web, identity, form = services(request), request.path_params["identity"], await form_of(request)
    library = web.library("the board")
    try:
        if form.get("remove") == "1":
            outcome = await asyncio.to_thread(library.remove, identity)
        else:
            values = {key: str(form[key]) for key in KEYS if key in form}
            outcome = await asyncio.to_thread(library.correct, identity, values)
    except DanvanError as error:
        return board_page(request, "board_problem.html.j2", "documents", {"problem": str(error)}, status=400)
    if outcome.action in _CHANGED:
        noted = AuditAction.REMOVED if outcome.action is Action.REMOVED else AuditAction.CORRECTED
        await web.write(web.audit.note, visitor_of(request).person, noted, identity)
    return back(request, "/admin/documents")


async def _stored(upload: UploadFile, folder: Path) -> Path:
    """Write an upload under the last part of its name, in a folder of its own: two may be called alike."""
    name = PurePosixPath((upload.filename or "").replace("\\", "/")).name[-_LONGEST_NAME:].lstrip(".")
    safe = "".join(c if c.isprintable() and c not in "/\\:" else "_" for c in name) or "tai-lieu"
    place = Path(tempfile.mkdtemp(dir=folder)) / safe
    with place.open("wb") as file:
        while piece := await upload.read(1 << 20):
            file.write(piece)
    return place


def _added(web: WebServices, sources: list[str]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for source in sources:
        try:
            outcomes += web.library("the board").add([source])
        except DanvanError as error:
            outcomes.append(Outcome(source, Action.REFUSED, str(error)))
    return outcomes


routes = [
    Route("/admin/documents", for_admins(show), methods=["GET"]),
    Route("/admin/documents", for_admins(add), methods=["POST"]),
    Route("/admin/documents/{identity:path}", for_admins(show_one), methods=["GET"]),
    Route("/admin/documents/{identity:path}", for_admins(change), methods=["POST"]),
]
