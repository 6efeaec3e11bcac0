"""The documents as tools for other assistants (Model Context Protocol): ask, search, read_document, list_documents."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from importlib.metadata import version
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from bot.document_filter import wanted_by
from bot.enquiries import LISTED, MOST, Enquiries, UnknownDocumentError
from bot.records.clients import CLIENT
from bot.terminal.rendering import answer_as_json
from bot.threads import Threads

ASKER: ContextVar[str] = ContextVar("asker", default=f"{CLIENT}:mcp")
"""Who calls a tool; set by whoever has seen the caller's token."""

INSTRUCTIONS = (
    "Answers from Vietnamese official documents, as exact quotations with their source. Ask in Vietnamese, with or "
    "without tone marks. Quote `quote` and `quotes` word for word and give `title`, `published` and `link` with them. "
    "Where `status` is `related` or `not_found` the documents do not say: tell the user so and invent nothing."
)

Top = Annotated[int, Field(ge=1, le=20, description="How many passages at most.")]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="A date like 2020-01-31, or empty.")]


def build(enquiries: Callable[[], Enquiries], threads: Threads, ready: Callable[[], Awaitable[None]]) -> MCPServer[Any]:
    """The server with its tools.

    Args:
        enquiries: what they ask.
        threads: for the model and the documents.
        ready: waits until the model is loaded.
    """
    server: MCPServer[Any] = MCPServer(
        "danvan", title="danvan", instructions=INSTRUCTIONS, version=version("danvan"), log_level="ERROR"
    )
    reading = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    async def ask(
        question: Annotated[str, Field(description="In Vietnamese, with or without tone marks.")],
        context: Annotated[str | None, Field(description="The question asked before, if this one follows it.")] = None,
        top: Top = 3,
    ) -> dict[str, Any]:
        asker = ASKER.get()
        await ready()
        return await threads.think(lambda: answer_as_json(enquiries().ask(asker, question, context, top)))

    async def search(
        question: Annotated[str, Field(description="What to look for, in Vietnamese.")],
        top: Top = 10,
        since: Day = "",
        until: Day = "",
        document: Annotated[str, Field(description="Id of the only document to look in, or empty.")] = "",
    ) -> dict[str, Any]:
        asker, wanted = ASKER.get(), wanted_by({"from": since, "to": until})
        await ready()
        return await threads.think(lambda: enquiries().search(asker, question, top, wanted, document))

    async def read_document(
        document_id: Annotated[str, Field(description="As list_documents, search and ask give it.")],
        start: Annotated[int, Field(ge=0, description="The first passage wanted, from 0.")] = 0,
        count: Annotated[int, Field(ge=1, le=MOST, description="How many passages.")] = LISTED,
    ) -> dict[str, Any]:
        asker = ASKER.get()
        try:
            return await threads.look(lambda: enquiries().document(asker, document_id, start, count))
        except UnknownDocumentError as error:
            raise ToolError(str(error)) from error

    async def list_documents(
        words: Annotated[str, Field(description="Words that title or text must have, or empty.")] = "",
        since: Day = "",
        until: Day = "",
        start: Annotated[int, Field(ge=0, description="How many to pass over.")] = 0,
        count: Annotated[int, Field(ge=1, le=MOST, description="How many.")] = LISTED,
    ) -> dict[str, Any]:
        asker, wanted = ASKER.get(), wanted_by({"words": words, "from": since, "to": until})
        return await threads.look(lambda: enquiries().documents(asker, wanted, start, count))

    for tool, description in (
        (ask, "Answer a question with the exact sentence that says it, its passage and its source."),
        (search, "Find the passages nearest to a question, without an answer."),
        (read_document, "Read a document, passage by passage."),
        (list_documents, "List the documents, newest first, narrowed down by words and date."),
    ):
        server.add_tool(tool, description=description, annotations=reading, structured_output=True)
    return server
