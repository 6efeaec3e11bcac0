"""`GET /metrics`: figures for Prometheus, for whoever has a token."""

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.api.clients import for_clients
from bot.web.services import services
from corpus.errors import IndexingError


async def metrics(request: Request) -> Response:
    """The figures of this process."""
    web = services(request)
    try:
        texts = await web.look(web.documents.visible_to(await web.read(web.clients.groups, request.state.asker)).texts)
        web.meter.serving(texts.generation_id, len(texts.documents), ready=bool(web.readiness))
    except IndexingError:
        web.meter.serving(None, 0, ready=False)
    return Response(web.meter.text(), headers={"content-type": CONTENT_TYPE_LATEST})


routes = [Route("/metrics", for_clients(metrics))]
