"""The official client lists the tools, asks, searches and reads a document: over standard streams and over HTTP."""

import json
import shutil
import sqlite3
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.bot.web.conftest import Serve
from tests.conftest import QUICK, Run, environment

QUESTION = "Hai khâu đột phá trong Năm dân vận 2014 là gì?"


async def use(transport: AbstractAsyncContextManager[Any]) -> None:
    async with Client(transport) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "read_document", "list_documents"}
        answer = (await client.call_tool("ask", {"question": QUESTION})).structured_content
        assert answer is not None
        citation = answer["citations"][0]
        assert citation["quote"] in citation["passage"]
        found = (await client.call_tool("search", {"question": QUESTION, "top": 2})).structured_content
        assert found is not None
        assert len(found["passages"]) == 2
        listed = (await client.call_tool("list_documents", {"words": "dân vận"})).structured_content
        assert listed is not None
        assert listed["found"] == 5
        whole = (await client.call_tool("read_document", {"document_id": citation["document_id"]})).structured_content
        assert whole is not None
        assert citation["passage"] in [passage["text"] for passage in whole["passages"]]
        missing = await client.call_tool("read_document", {"document_id": "khong-co"})
        assert missing.is_error
        assert "there is no document 'khong-co'" in missing.content[0].text  # type: ignore[union-attr]
        assert (await client.call_tool("ask", {"question": QUESTION, "top": 0})).is_error


async def test_over_standard_streams(quick_indexed: Path, tmp_path: Path) -> None:
    data_dir = shutil.copytree(quick_indexed, tmp_path / "data")
    server = StdioServerParameters(
        command=QUICK[0], args=[*QUICK[1:], "mcp"], env=environment(data_dir=data_dir), cwd=data_dir
    )
    await use(stdio_client(server))


async def test_over_http_by_token(serve: Serve, quick: Run) -> None:
    with serve() as site:
        made = json.loads(quick("token", "create", "tro-ly", "--json", data_dir=site.data_dir).out)
        headers = {"authorization": f"Bearer {made['token']}"}
        async with httpx2.AsyncClient(headers=headers, timeout=600) as http:
            await use(streamable_http_client(f"{site.address}/mcp", http_client=http))
        with sqlite3.connect(site.data_dir / "danvan.db") as database:
            assert database.execute("select distinct person from questions").fetchall() == [("client:tro-ly",)]
