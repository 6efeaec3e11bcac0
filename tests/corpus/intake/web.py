"""A web server on loopback that answers as it is told, and a resolver that lets any host lead to it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CERTIFICATE = Path(__file__).parents[1] / "data" / "example-vn.pem"
PAGE = (
    "<!DOCTYPE html><html><head><title>Hội nghị tổng kết công tác dân vận</title></head><body><article>"
    "<h1>Hội nghị tổng kết công tác dân vận</h1><p>Sáng 9/1/2020, Ban Dân vận tổ chức hội nghị tổng kết công tác "
    "năm, bàn nhiệm vụ năm tới và trao thưởng cho các tập thể, cá nhân tiêu biểu.</p></article></body></html>"
).encode()

Answer = Callable[[str, socket.socket], None]
"""Told the path that is asked, writes what it likes to the socket."""


def response(body: bytes = PAGE, content_type: str = "text/html", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer of a server."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def server(answer: Answer | dict[str, bytes], *, secure: bool = False) -> Iterator[tuple[int, list[str]]]:
    """A server; yields its port and the list of paths it was asked for, which grows."""
    asked: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if secure else None
    if context:
        context.load_cert_chain(CERTIFICATE)

    def serve(stream: socket.socket) -> None:
        try:
            stream.settimeout(20)
            if context:
                stream = context.wrap_socket(stream, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request and (piece := stream.recv(4096)):
                request += piece
            path = request.split(b" ")[1].decode() if b" " in request else ""
            asked.append(path)
            if isinstance(answer, dict):
                stream.sendall(answer.get(path) or response(b"", status="404 Not Found"))
            else:
                answer(path, stream)
        except OSError:
            pass
        finally:
            stream.close()

    def accept() -> None:
        while True:
            try:
                stream, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(stream,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)  # or `accept` above would go on
        listener.close()


def leading_to(**hosts: str | list[str]) -> Callable[[str, int], list[str]]:
    """A resolver: `example_vn="127.0.0.1"` has example.vn lead there; other hosts do not exist."""
    known = {name.replace("_", "."): [to] if isinstance(to, str) else to for name, to in hosts.items()}

    def resolve(host: str, port: int) -> list[str]:
        if host not in known:
            raise OSError("no such host")
        return known[host]

    return resolve
