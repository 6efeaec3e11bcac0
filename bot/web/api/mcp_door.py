"""`/mcp`: the documents as tools for other assistants, over streamable HTTP, for whoever has a token."""

from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.mcp_tools import ASKER
from bot.web.api.clients import admit

PATH = "/mcp"


class McpDoor:
    """Checks the token, then hands over to the protocol's own application."""

    def __init__(self, server: MCPServer[object]) -> None:
        """Serve the tools of a server; its `session_manager` must be running meanwhile."""
        # Browsers cannot misuse this door: it knows no cookies, and its token is checked before anything else.
        lax = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        self._app: ASGIApp = server.streamable_http_app(
            streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=lax
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request = Request(scope, receive)
        refusal = await admit(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        token = ASKER.set(request.state.asker)
        try:
            await self._app(scope, receive, send)
        finally:
            ASKER.reset(token)


def routes(server: MCPServer[object]) -> list[Route]:
    """The one route of this door."""
    return [Route(PATH, McpDoor(server), methods=["GET", "POST", "DELETE"])]
