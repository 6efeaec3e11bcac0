"""Reader pages: the list of documents, one document with what is cited of it, and the lasting address of a passage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.answering.citation_address import Cited, Trail, path_part, read_trail, trail_to
from bot.document_filter import newest_first, wanted_by
from bot.published_documents import Edition
from bot.web.pages.document_text import paragraphs
from bot.web.pages.errors import not_found
from bot.web.pages.paper import pages_of, quoted
from bot.web.rendering import page, texts_of
from bot.web.services import services
from bot.web.texts.fields import Texts
from bot.web.visitors import visitor_of
from corpus.dates import vietnamese_date
from corpus.models import Document, Passage

PER_PAGE = 50
_START = re.compile(r"\d{1,7}", re.ASCII)


async def list_documents(request: Request) -> Response:
    """`GET /documents`: newest first, narrowed down by words, publisher and date."""
    web, query = services(request), request.query_params
    wanted = wanted_by(query)
    readable = await web.readable(visitor_of(request).person)
    documents = list((await web.look(readable.texts)).documents.values())
    found = await web.look(lambda: newest_first([document for document in documents if wanted.fits(document)]))
    start = int(query["start"]) if _START.fullmatch(query.get("start", "")) else 0
    return page(
        request,
        "documents.html.j2",
        {
            "documents": found[start : start + PER_PAGE],
            "found": len(found),
            "all": len(documents),
            "wanted": wanted,
            "publishers": sorted({document.publisher for document in documents if document.publisher}),
            "before": _list_address(request, start - PER_PAGE) if start else None,
            "after": _list_address(request, start + PER_PAGE) if start + PER_PAGE < len(found) else None,
        },
    )


async def show_document(request: Request) -> Response:
    """`GET /documents/ID?c=...&i=...#pN`: a document, with what an answer cites of it marked."""
    web, identity = services(request), request.path_params["identity"]
    trail = read_trail(request.query_params)
    readable = await web.readable(visitor_of(request).person)
    present = await web.look(readable.document, identity)
    if trail is None:
        return await _page_of(request, Shown(present)) if present else not_found(request)
    holding = await web.look(readable.with_passage, trail.one.passage)
    if holding is None or holding.document.id != identity:
        return await _page_of(request, Shown(present, is_gone=True)) if present else not_found(request)
    moved = trail.placed(_in_place(holding, trail.one))
    if moved != trail:
        return _to(request, moved.reader_path(identity))
    return await _page_of(request, Shown(holding, trail, is_removed=present is None))


async def show_passage(request: Request) -> Response:
    """`GET /p/PASSAGE`: leads to the reader page that has the passage, as it is or as it was cited."""
    web, passage_id = services(request), request.path_params["passage"]
    trail = read_trail(request.query_params)
    if trail is None or trail.one.passage != passage_id:
        trail = trail_to(passage_id)
    readable = await web.readable(visitor_of(request).person)
    holding = await web.look(readable.with_passage, passage_id) if trail else None
    if trail is None or holding is None:
        return not_found(request)
    return _to(request, trail.placed(_in_place(holding, trail.one)).reader_path(holding.document.id))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader page shows.

    Attributes:
        trail: what is cited of it, if anything.
        is_gone: whether what was cited can no longer be shown.
        is_removed: whether the document is no longer among the present ones.
    """

    edition: Edition
    trail: Trail | None = None
    is_gone: bool = False
    is_removed: bool = False

    def passage(self) -> Passage | None:
        """The passage that is cited."""
        return _find(self.edition, self.trail.one) if self.trail else None

    def warning(self, t: Texts) -> str | None:
        """Why a reader should take care, None where all is as it was cited."""
        if self.is_gone:
            return t.passage_gone
        if self.edition.is_present:
            return None
        return t.document_removed if self.is_removed else t.passage_changed


async def _page_of(request: Request, shown: Shown) -> Response:
    web, t, root = services(request), texts_of(request), request.scope.get("root_path", "")
    document, trail, passage = shown.edition.document, shown.trail, shown.passage()
    marks = {trail.one.passage: trail.one.spans} if trail else {}
    before, after = (trail.at(trail.shown - 1), trail.at(trail.shown + 1)) if trail else (None, None)
    values: Mapping[str, Any] = {
        "document": document,
        "paragraphs": await web.look(lambda: list(paragraphs(document, shown.edition.passages, marks))),
        "came_in": await web.look(web.documents.came_in, document),
        "generation": shown.edition.generation,
        "warning": shown.warning(t),
        "now_at": None
        if shown.is_removed or shown.edition.is_present
        else f"{root}/documents/{path_part(document.id)}",
        "trail": trail,
        "passage": passage,
        "before": root + before.passage_path() if before else None,
        "after": root + after.passage_path() if after else None,
        "paper": await _paper(request, shown),
        "citation_text": _citation_text(t, web.address(request), document, passage, trail) if trail else None,
    }
    return page(request, "document.html.j2", values)


async def _paper(request: Request, shown: Shown) -> dict[str, Any] | None:
    """Where pictures of the document's pages are, and the pages on which something is quoted; None for no PDF."""
    document, trail = shown.edition.document, shown.trail
    if not document.pages or not await services(request).pictures.exist(document.snapshot):
        return None
    root, name = request.scope.get("root_path", ""), path_part(document.id)
    return {
        "pages": pages_of(document, quoted(shown.edition, trail)) if trail else [],
        "before": f"{root}/pages/",
        "after": f"/{name}" + (f"?{trail.alone().query()}" if trail else ""),
    }


def _find(edition: Edition, one: Cited) -> Passage:
    return next(passage for passage in edition.passages if passage.id == one.passage)


def _in_place(holding: Edition, one: Cited) -> Cited:
    """A citation with the place that its passage has in the document now."""
    passage = _find(holding, one)
    return Cited(one.passage, passage.ordinal, tuple(span for span in one.spans if span[1] <= len(passage.text)))


def _citation_text(t: Texts, address: str, document: Document, passage: Passage | None, trail: Trail) -> str:
    """A citation as it may be pasted into a report: quote, title, publisher, date, address and when it was read."""
    text = passage.text if passage else ""
    quotes = [text[start:end] for start, end in trail.one.spans] or [text]
    parts = [
        f"“{' […] '.join(' '.join(quote.split()) for quote in quotes)}”",
        document.title,
        document.publisher,
        vietnamese_date(document.published),
        ", ".join(reversed(passage.path)) if passage else None,
        t.page.format(number=passage.page) if passage and passage.page else None,
        document.url,
        f"{address}{trail.alone().passage_path()}",
        datetime.now(UTC).astimezone().strftime("%d/%m/%Y"),
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(request.scope.get("root_path", "") + path, 302)


def _list_address(request: Request, start: int) -> str:
    kept = {name: value for name, value in request.query_params.items() if name != "start" and value}
    query = urlencode(kept | ({"start": str(start)} if start > 0 else {}))
    return f"{request.url.path}?{query}" if query else request.url.path


routes = [
    Route("/documents", list_documents),
    Route("/documents/{identity:path}", show_document),
    Route("/p/{passage}", show_passage),
]
