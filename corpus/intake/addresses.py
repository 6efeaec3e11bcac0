"""Addresses on the web: which are whole, which are the same, and which lead into this machine or its network."""

import queue
import re
import socket
import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from corpus.errors import FetchError
from corpus.folder.sources_file import is_address

Resolve = Callable[[str, int], list[str]]
"""Host and port -> its addresses as numbers; raises OSError where there are none."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HOST = re.compile(r"(?:www\.[^/]+|[^/\s:]+\.(?:vn|com|org|net|info|edu|gov))(?::\d+)?(?:/.*)?", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc", re.IGNORECASE)
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")


def looks_like_address(source: str) -> bool:
    """Whether something to be added is an address and not a path: it has a scheme with `://`."""
    return _SCHEME.match(source) is not None


def lacks_scheme(source: str) -> bool:
    """Whether a name that is no file reads like an address whose `https://` was left out."""
    return _HOST.fullmatch(source) is not None


def normalise(address: str) -> str:
    """The address as it can be asked for: letters outside ASCII in its host and path encoded, no fragment.

    Raises:
        FetchError: if it is no whole http or https address.
    """
    address = address.strip()
    scheme = address.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        raise FetchError(f"only http and https addresses are fetched, not {scheme!r}")
    spaced = address.replace(" ", "%20")
    try:
        parts = urlsplit(spaced)
        if "@" in parts.netloc:
            raise FetchError("addresses with a user name or password are not fetched")
        host = parts.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise FetchError("it is not a whole address such as https://example.vn/page") from error
    if not host or port == 0 or not is_address(spaced):
        raise FetchError("it is not a whole address such as https://example.vn/page")
    shown = f"[{host}]" if ":" in host else host
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._") or "/"
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return urlunsplit((scheme, f"{shown}:{port}" if port else shown, path, query, ""))


def address_key(address: str) -> str:
    """Equal for addresses of one page: without scheme, `www.`, standard port, fragment and trackers' parameters."""
    try:
        parts = urlsplit(normalise(address))
    except FetchError:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(query)}"


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of a host as this machine knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def resolve_within(resolve: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """`resolve`, given up on after so many seconds.

    Raises:
        TimeoutError: if there is no answer in time.
        OSError: if the host has no address.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    if isinstance(answer, Exception):  # a name that cannot be one, such as an overlong label
        raise OSError(str(answer)) from answer
    return answer


def is_public(address: str) -> bool:
    """Whether an address (as numbers) is one of the open internet: not this machine, its network or a multicast group.

    An IPv6 address that stands for an IPv4 one (mapped, 6to4, Teredo, NAT64) is judged by both.
    """
    number = ip_address(address.partition("%")[0])
    return all(
        one.is_global
        and not (one.is_multicast or one.is_reserved or one.is_link_local)
        and not (isinstance(one, IPv6Address) and one.is_site_local)
        for one in _meant(number)
    )


def _meant(number: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    if isinstance(number, IPv4Address):
        return [number]
    if number.ipv4_mapped:
        return [number.ipv4_mapped]
    if number in _NAT64 or number in _NAT64_LOCAL:
        return [IPv4Address(int(number) & 0xFFFFFFFF)]
    inside: list[IPv4Address | IPv6Address] = [number]
    if number.sixtofour:
        inside.append(number.sixtofour)
    if number.teredo:
        inside.extend(number.teredo)
    return inside
