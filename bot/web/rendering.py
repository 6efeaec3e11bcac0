"""Templates into responses: what comes from people or documents is escaped and freed of control characters."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.answering.citation_address import path_part
from bot.web.texts.fields import Texts
from bot.web.texts.languages import texts_for
from corpus.dates import vietnamese_date

LANGUAGE_COOKIE = "danvan_language"
_CONTROLS = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code not in (9, 10, 13)}


def shown(value: Any) -> Any:
    """What a template may show: control characters, which no page may hold, are replaced."""
    if type(value) is str:
        return value.translate(_CONTROLS)
    return value


def moment(iso: str) -> str:
    """A moment as ISO UTC, in this machine's time: 10/01/2020 14:05; what is no moment stays as it is."""
    try:
        return datetime.fromisoformat(iso).astimezone().strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return iso


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["date"] = vietnamese_date
    environment.filters["moment"] = moment
    environment.filters["path_part"] = path_part
    return environment


@lru_cache(maxsize=1)
def static_version() -> str:
    """Changes whenever a style or a script does, so that browsers may keep them for long."""
    digest = hashlib.sha256()
    for file in sorted(files("bot.web").joinpath("static").iterdir(), key=lambda each: each.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def language_of(request: Request) -> str:
    """The language a visitor has chosen, by the address or for good, Vietnamese unless it is English."""
    chosen = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if chosen == "en" else "vi"


def texts_of(request: Request) -> Texts:
    """Everything the pages say, in the visitor's language."""
    return texts_for(language_of(request))


def page(
    request: Request,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Render a whole page or a part of one."""
    return HTMLResponse(render(request, template, values), status, dict(headers) if headers else None)


def render(request: Request, template: str, values: Mapping[str, Any] | None = None) -> str:
    """Render a template with what every page knows."""
    visitor, root = getattr(request.state, "visitor", None), request.scope.get("root_path", "")
    known = {
        "t": texts_of(request),
        "language": language_of(request),
        "version": static_version(),
        "root": root,
        "at": f"{root}/widget" if visitor is not None and visitor.in_widget else root,
        "here": request.url.path,
        "visitor": visitor,
    }
    return _environment().get_template(template).render(known | dict(values or {}))
