"""The paper: a page of a PDF as a picture, with what is quoted framed."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answering.citation_address import Trail, read_trail
from bot.published_documents import Edition
from bot.web.pages.errors import TOO_MANY, not_found, problem
from bot.web.services import services
from bot.web.visitors import visitor_of
from corpus.errors import CorpusError
from corpus.models import Document
from corpus.readers.picture_order import PictureOrder

DRAWN_PER_MINUTE = 60

Span = tuple[int, int]


async def show_paper(request: Request) -> Response:
    """`GET /pages/N/ID?c=...`: page N of a document, for whoever may see the document."""
    web, identity, number = services(request), request.path_params["identity"], request.path_params["number"]
    visitor, trail = visitor_of(request), read_trail(request.query_params)
    readable = await web.readable(visitor.person)
    edition = await web.look(readable.with_passage, trail.one.passage) if trail else None
    if edition is None or edition.document.id != identity:
        edition, trail = await web.look(readable.document, identity), None
    if edition is None or not edition.document.pages:
        return not_found(request)
    wait = await web.wait((f"paper {visitor.person or visitor.browser}", DRAWN_PER_MINUTE))
    if wait:
        return problem(request, TOO_MANY, headers={"retry-after": str(int(wait) + 1)})
    try:
        picture = await web.pictures.draw(edition.document.snapshot, order(edition, trail, number))
    except CorpusError:
        return not_found(request)
    return Response(picture, media_type="image/webp")


def quoted(edition: Edition, trail: Trail) -> list[Span]:
    """What is quoted of the citation that is looked at, in characters of the document's text."""
    passage = next((one for one in edition.passages if one.id == trail.one.passage), None)
    if passage is None:
        return []
    spans = trail.one.spans or ((0, len(passage.text)),)
    return [(passage.start + start, min(passage.start + end, passage.end)) for start, end in spans]


def pages_of(document: Document, spans: Sequence[Span]) -> list[int]:
    """Numbers of the pages on which these spans stand, ascending."""
    return sorted({number for span in spans for number, _ in _by_page(document, span)})


def order(edition: Edition, trail: Trail | None, number: int) -> PictureOrder:
    """What a picture of a page has to show."""
    document, quotes, boxes = edition.document, list[str](), list[tuple[float, float, float, float]]()
    for span in quoted(edition, trail) if trail else ():
        for page, (start, end) in _by_page(document, span):
            if page == number:
                quotes.append(document.text[start:end])
                boxes += [
                    place.box
                    for place in document.places
                    if place.page == number and place.start < end and start < place.end
                ]
    return PictureOrder(number, tuple(quotes), tuple(boxes))


def _by_page(document: Document, span: Span) -> Iterator[tuple[int, Span]]:
    """A span cut where pages begin."""
    offsets = [offset for offset, _ in document.pages]
    start, end = span
    for place in range(max(bisect_right(offsets, start) - 1, 0), len(offsets)):
        begins = offsets[place]
        ends = offsets[place + 1] if place + 1 < len(offsets) else len(document.text)
        if begins >= end:
            return
        piece = max(start, begins), min(end, ends)
        if document.text[piece[0] : piece[1]].strip():
            yield document.pages[place][1], piece


routes = [Route("/pages/{number:int}/{identity:path}", show_paper)]
