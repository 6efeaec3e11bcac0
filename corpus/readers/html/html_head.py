"""What an HTML page says of itself in its head: title, date, names, address; for machines, so not always true."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from corpus.cleaning import clean
from corpus.dates import find_dates, is_date
from corpus.vietnamese import fold

_VIETNAM = timezone(timedelta(hours=7))
_ARTICLES = frozenset(("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "report"))
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.issued",
)
_AUTHORS = ("author", "article:author", "dc.creator")
_ACCOUNTS = frozenset(("admin", "administrator", "root", "webmaster", "editor"))
_LONGEST_NAME = 100
_LONGEST_SCRIPT = 1_000_000
_MOST_NODES = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """What the head declares.

    Attributes:
        titles: headlines it gives, the most trustworthy first.
        published: ISO date in Vietnam's time.
    """

    titles: tuple[str, ...]
    published: str | None
    author: str | None
    publisher: str | None
    url: str | None


def read_head(tree: HtmlElement) -> Head:
    """Gather what meta elements, JSON-LD, the canonical link and the window's title declare."""
    meta = _meta(tree)
    linked = _linked_data(tree)
    window = clean(" ".join(tree.findtext(".//title", default="").split()))
    titles = [*filter(None, (meta.get(name) for name in _TITLES)), *_strings(linked, "headline"), window]
    dates = (meta.get(name) for name in _DATES)
    published = next(filter(None, map(iso_date, [*_strings(linked, "datePublished"), *filter(None, dates)])), None)
    author = next(filter(None, (meta.get(name) for name in _AUTHORS)), None) or _name(linked, "author")
    return Head(
        titles=tuple(dict.fromkeys(title for title in titles if title)),
        published=published,
        author=author if author and _is_person(author) else None,
        publisher=meta.get("og:site_name") or _name(linked, "publisher"),
        url=_address(tree, meta),
    )


def iso_date(stamp: str) -> str | None:
    """The day in Vietnam of a time stamp or date, None if it is neither."""
    stamp = stamp.strip()
    if is_date(stamp):
        return stamp
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        dates = find_dates(stamp[:_LONGEST_NAME])
        return dates[0][2] if dates else None
    return (moment.astimezone(_VIETNAM) if moment.tzinfo else moment).date().isoformat()


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = clean(" ".join((element.get("content") or "").split()))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """The objects of JSON-LD scripts that are articles."""
    found = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > _LONGEST_SCRIPT:
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
            if names & _ARTICLES:
                found.append(node)
    return found


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def _strings(nodes: list[dict[str, Any]], key: str) -> list[str]:
    return [clean(value) for node in nodes if isinstance(value := node.get(key), str)]


def _name(nodes: list[dict[str, Any]], key: str) -> str | None:
    for node in nodes:
        value = node.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and clean(value):
            return clean(value)
    return None


def _is_person(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and "://" not in name and "@" not in name and fold(name) not in _ACCOUNTS


def _address(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    links = (
        element.get("href")
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    )
    for address in (*links, meta.get("og:url")):
        if address and not re.search(r"[\s\x00-\x1f<>\"]", address.strip()):
            try:
                parts = urlsplit(address.strip())
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username:
                return str(address).strip()
    return None
