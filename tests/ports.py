"""Ports of loopback for servers that tests start."""

import socket


def free_port() -> int:
    """A port that nobody listens on, kept from everybody else who looks for a free one until this process ends.

    It stays bound, without listening: the system gives it to nobody who asks for any port, while a server that names
    it, and may reuse addresses as servers do, can listen on it, again and again.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = int(held.getsockname()[1])
        held.detach()
    return port
