"""What feeds, sitemaps and lists of articles name: addresses of pages, and of further lists.

Feeds are read by trafilatura; nothing here fetches anything.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from courlan import is_navigation_page
from lxml import etree, html
from trafilatura.feeds import FeedParameters, determine_feed, find_links

from corpus.errors import FetchError
from corpus.intake.addresses import normalise

_FEED = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<\?[^>]*\?>\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_SITEMAP = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<\?[^>]*\?>\s*)*<(?:\w+:)?(?:urlset|sitemapindex)\b"
)
_PAGE_WORD = re.compile(
    r"p|page|paged|pages|trang|pageindex|page_index|pagenumber|currentpage|start|offset", re.IGNORECASE
)
_PAGE_PATH = re.compile(r"/(?:page|trang|p)[-/]?\d{1,5}(?:\.\w+)?/?$", re.IGNORECASE)
_NEXT = re.compile(r"(?:trang\s+)?(?:\d{1,5}|sau|tiếp(?: theo)?|cuối|next|last|[»›>]{1,2})", re.IGNORECASE)
_NO_DOCUMENT = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js|mp[34]|avi|wmv|flv|zip|rar|7z|exe|apk|xml|rss|atom|json)$", re.IGNORECASE
)
_MOST_LINKS = 50_000
_LARGEST_UNPACKED = 50_000_000
_XML = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)


@dataclass(slots=True)
class LinkList:
    """What a list names.

    Attributes:
        pages: address -> when it last changed, as a sitemap says (ISO), else "".
        lists: addresses of further lists: nested sitemaps, the list's next pages, feeds.
    """

    pages: dict[str, str] = field(default_factory=dict)
    lists: dict[str, None] = field(default_factory=dict)


def read_list(raw: bytes, address: str) -> LinkList:
    """Read a feed, a sitemap or a page of links; whatever is none of them names nothing.

    Args:
        raw: what the address sent; a sitemap may be packed.
        address: where it stands.
    """
    raw = _unpacked(raw)
    text = raw.decode("utf-8", "replace").lstrip("\ufeff")
    if _SITEMAP.match(text):
        return _sitemap(raw, address)
    if _FEED.match(text) or text.lstrip().startswith("{"):
        return _feed(text, address)
    return _page_of_links(raw, text, address)


def same_site(address: str, other: str) -> bool:
    """Whether two addresses are of one host, with or without `www.`."""
    hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (address, other)]
    return hosts[0] == hosts[1] and urlsplit(address).port == urlsplit(other).port


def _sitemap(raw: bytes, address: str) -> LinkList:
    found = LinkList()
    tree = etree.fromstring(raw, _XML)
    if tree is None:
        return found
    nested = etree.QName(tree).localname == "sitemapindex"
    for entry in list(tree)[:_MOST_LINKS]:
        said = {etree.QName(each).localname: (each.text or "").strip() for each in entry if isinstance(each.tag, str)}
        link = _whole(address, said.get("loc", ""))
        if link and nested:
            found.lists[link] = None
        elif link:
            found.pages[link] = said.get("lastmod", "")
    return found


def _feed(text: str, address: str) -> LinkList:
    links = find_links(text.strip(), FeedParameters(address, urlsplit(address).hostname or "", address))
    whole = (_whole(address, unescape(link)) for link in links[:_MOST_LINKS])
    return LinkList({link: "" for link in whole if link and _may_be_document(link)})


def _page_of_links(raw: bytes, text: str, address: str) -> LinkList:
    found = LinkList()
    try:
        tree = html.document_fromstring(raw if b"charset" in raw[:4096].lower() else text.encode(), _parser(raw))
    except (etree.LxmlError, ValueError):
        return found
    for link, said, around in _links(tree, address):
        if not same_site(link, address) or link == address:
            continue
        if _is_further_page(link, said, address):
            found.lists[link] = None
        elif not around and _may_be_document(link):
            found.pages.setdefault(link, "")
    for feed in determine_feed(text, FeedParameters(address, urlsplit(address).hostname or "", address)):
        named = _whole(address, feed)
        if named and same_site(named, address):
            found.lists[named] = None
    return found


def _parser(raw: bytes) -> html.HTMLParser:
    return html.HTMLParser(encoding=None if b"charset" in raw[:4096].lower() else "utf-8", no_network=True)


def _links(tree: html.HtmlElement, address: str) -> Iterator[tuple[str, str, bool]]:
    """Address and words of every link, and whether it is one of the site's own: its menu, head or foot."""
    for link in tree.xpath("//a[@href] | //link[@rel='next'][@href]")[:_MOST_LINKS]:
        whole = _whole(address, link.get("href"))
        if not whole:
            continue
        is_next = "next" in (link.get("rel") or "").split()
        said = "next" if is_next else " ".join(link.text_content().split())
        around = any(each.tag in ("nav", "header", "footer") for each in link.iterancestors())
        yield whole, said, around


def _is_further_page(link: str, said: str, address: str) -> bool:
    """Whether a link leads to another page of the same list."""
    there, here = urlsplit(link), urlsplit(address)
    base, own = _PAGE_PATH.sub("", there.path).rstrip("/"), _PAGE_PATH.sub("", here.path).rstrip("/")
    if base != own:
        return False
    if _PAGE_PATH.search(there.path):
        return True
    return bool(_NEXT.fullmatch(said)) and any(_PAGE_WORD.fullmatch(key) for key, _ in parse_qsl(there.query))


def _may_be_document(link: str) -> bool:
    parts = urlsplit(link)
    is_home = parts.path in ("", "/") and not parts.query
    return not is_home and not _NO_DOCUMENT.search(parts.path) and not is_navigation_page(link)


def _whole(address: str, link: str) -> str | None:
    """A link as it can be asked for; None for what is no address of a page."""
    try:
        return normalise(urljoin(address, link.strip()))
    except (FetchError, ValueError):
        return None


def _unpacked(raw: bytes) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(raw, _LARGEST_UNPACKED)
    except zlib.error:
        return b""
