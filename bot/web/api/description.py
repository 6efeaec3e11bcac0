"""`GET /openapi.json`: the HTTP interface described (OpenAPI 3.1)."""

from functools import lru_cache
from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.answers import AnswerKind, Language, Status, Verdict
from bot.web.api.questions import EVENTS, Asked, Sought
from bot.web.services import services

_DATE = {"type": ["string", "null"], "description": "`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."}
_WORDS = {"type": ["string", "null"]}


async def describe(request: Request) -> Response:
    """The description, with the address these pages are reached at."""
    address = services(request).address(request)
    return JSONResponse(description() | {"servers": [{"url": address}]})


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Everything but the address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "danvan",
            "version": version("danvan"),
            "description": "Answers from Vietnamese official documents, as exact quotations with their source.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "security": [{"token": []}, {}],
        "paths": {
            "/api/ask": {"post": _asking()},
            "/api/search": {
                "post": _operation("search", "Passages for a question, best first.", "Passages", body=Sought)
            },
            "/api/documents": {"get": _listing()},
            "/api/documents/{id}": {
                "get": _operation(
                    "readDocument", "A document with all its passages.", "Document", parameters=[_ID], errors=("404",)
                )
            },
            "/healthz": {"get": _plain("alive", "Whether the program lives.", {"200": "It does."})},
            "/readyz": {
                "get": _plain(
                    "ready", "Whether questions can be answered.", {"200": "They can.", "503": "Not yet; try again."}
                )
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "danvan token create"}},
            "schemas": _schemas(),
        },
    }


_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "As the list of documents gives it.",
}


def _asking() -> dict[str, Any]:
    operation = _operation("ask", "Answer a question.", "Answer", body=Asked)
    operation["responses"]["200"]["content"][EVENTS] = {
        "schema": {"type": "string", "description": "`accepted`, then `answer` with an Answer, or `error`."}
    }
    return operation


def _listing() -> dict[str, Any]:
    def parameter(name: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
        return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}

    number = {"type": "integer", "minimum": 0, "maximum": 9_999_999}
    parameters = [
        parameter("words", {"type": "string"}, "Words that title or text must have, with marks or without."),
        parameter("publisher", {"type": "string"}, "Exactly this publisher."),
        parameter("from", {"type": "string"}, "First day, `YYYY-MM-DD`."),
        parameter("to", {"type": "string"}, "Last day, `YYYY-MM-DD`."),
        parameter("start", number, "How many to pass over."),
        parameter("count", {"type": "integer", "minimum": 1, "maximum": 100}, "How many."),
    ]
    return _operation("listDocuments", "Documents, newest first.", "Documents", parameters=parameters, errors=("422",))


def _operation(  # noqa: PLR0913
    name: str,
    summary: str,
    result: str,
    *,
    body: type[Any] | None = None,
    parameters: list[dict[str, Any]] | None = None,
    errors: tuple[str, ...] = (),
) -> dict[str, Any]:
    told = {"401": "No token, or one that does not work.", "429": "Too many requests.", "503": "Not ready yet."}
    told |= {"400": "The body is no JSON.", "413": "The body is too large.", "422": "Not as described."} if body else {}
    told |= {code: {"404": "There is no such document.", "422": "A parameter is wrong."}[code] for code in errors}
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "responses": {"200": {"description": summary, "content": {"application/json": {"schema": _ref(result)}}}}
        | {
            code: {"description": text, "content": {"application/json": {"schema": _ref("Problem")}}}
            for code, text in told.items()
        },
    }
    if body is not None:
        schema = body.model_json_schema(by_alias=True)
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if parameters:
        operation["parameters"] = parameters
    return operation


def _plain(name: str, summary: str, told: dict[str, str]) -> dict[str, Any]:
    content = {"text/plain": {"schema": {"type": "string"}}}
    responses = {code: {"description": text, "content": content} for code, text in told.items()}
    return {"operationId": name, "summary": summary, "security": [], "responses": responses}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _schemas() -> dict[str, Any]:
    text, number, score = {"type": "string"}, {"type": "integer"}, {"type": "number"}
    maybe_number = {"type": ["integer", "null"]}
    source = {"title": text, "published": _DATE, "publisher": _WORDS, "url": _WORDS, "link": _WORDS}
    passage = {"passage_id": text, "passage": text, "page": maybe_number, "heading": _WORDS, "score": score}
    document = {
        "id": text,
        "title": text,
        "published": _DATE,
        "publisher": _WORDS,
        "author": _WORDS,
        "url": _WORDS,
        "sha256": text,
        "characters": number,
    }
    listed = {"passage_id": text, "ordinal": number, "page": maybe_number, "heading": _WORDS, "text": text}
    return {
        "Answer": _object(
            question=text,
            status={"enum": [status.value for status in Status]},
            confidence={"type": "number", "minimum": 0, "maximum": 1},
            answer=_WORDS,
            kind={"enum": [kind.value for kind in AnswerKind]},
            answers=_list(_object(text=text, citation=number, part=maybe_number)),
            verdict={"enum": [*(verdict.value for verdict in Verdict), None]},
            notes=_list(text),
            language={"enum": [language.value for language in Language]},
            generation=text,
            elapsed_ms=score,
            citations=_list(
                _object(
                    rank=number,
                    document_id=text,
                    **source,
                    **passage,
                    quote=text,
                    quotes=_list(text),
                    path=_list(text),
                    place=_WORDS,
                )
            ),
        ),
        "Passages": _object(
            question=text,
            notes=_list(text),
            passages=_list(_object(rank=number, document_id=text, **source, **passage)),
        ),
        "Documents": _object(generation=text, found=number, start=number, documents=_list(_object(**document))),
        "Document": _object(
            **document, generation=text, passages_in_all=number, passages=_list(_object(**listed, link=_WORDS))
        ),
        "Problem": _object(error={"type": "string", "description": "One sentence that says what to do next."}),
    }


routes = [Route("/openapi.json", describe)]
