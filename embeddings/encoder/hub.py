"""Whether the hub that models are fetched from can be reached: asked once, in place of the hub's library's retries."""

import os
import socket
from urllib.parse import urlsplit
from urllib.request import getproxies

HUB = "https://huggingface.co"
_SECONDS = 5.0
_PLAIN_PORT, _TLS_PORT = 80, 443


def hub_answers() -> bool:
    """Whether somebody listens there; behind a proxy that is left to the proxy."""
    if "https" in getproxies():
        return True
    parts = urlsplit(os.environ.get("HF_ENDPOINT") or HUB)
    port = parts.port or (_PLAIN_PORT if parts.scheme == "http" else _TLS_PORT)
    try:
        socket.create_connection((parts.hostname or "", port), _SECONDS).close()
    except OSError:
        return False
    return True
