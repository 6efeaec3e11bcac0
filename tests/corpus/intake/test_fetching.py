"""Addresses: what is fetched, and the one sentence for what is not, however a server or a name misbehaves."""

import gzip
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FetchError
from corpus.intake.addresses import address_key, is_public, normalise
from corpus.intake.fetching import Fetcher
from corpus.intake.received import Fetched
from corpus.limits import IntakeLimits
from tests.conftest import PATIENCE
from tests.corpus.intake.web import CERTIFICATE, PAGE, leading_to, response, server

OPEN = IntakeLimits(private_addresses=True, file_bytes=1_000_000, fetch_seconds=5)
RESOLVE = leading_to(**{"example.vn": "127.0.0.1", "other.vn": "127.0.0.1"})


def fetch(address: str, limits: IntakeLimits = OPEN, resolve: Any = RESOLVE) -> Fetched:
    return Fetcher(limits, resolve).fetch(address)


def refusal(address: str, limits: IntakeLimits = OPEN, resolve: Any = RESOLVE) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(address, limits, resolve)
    said = str(caught.value)
    assert said
    assert "\n" not in said
    return said


def test_a_page_is_fetched_byte_for_byte() -> None:
    with server({"/tin/b%C3%A0i?id=1": response()}) as (port, asked):
        got = fetch(f"http://example.vn:{port}/tin/bài?id=1#phan-2")
    assert (got.raw, got.suffix, got.address) == (PAGE, ".html", f"http://example.vn:{port}/tin/b%C3%A0i?id=1")
    assert asked == ["/tin/b%C3%A0i?id=1"]


def test_redirects_are_followed_to_where_the_page_is() -> None:
    def answer(path: str, stream: socket.socket) -> None:
        to = {"/": "/one", "/one": f"//other.vn:{port}/two", "/two": "trang cuối"}.get(path)
        stream.sendall(response(b"", status="302 Found", Location=to) if to else response())

    with server(answer) as (port, asked):
        got = fetch(f"http://example.vn:{port}/")
    assert got.address == f"http://other.vn:{port}/trang%20cu%E1%BB%91i"
    assert asked == ["/", "/one", "/two", "/trang%20cu%E1%BB%91i"]


INSIDE = ["127.0.0.1", "::1", "10.0.0.7", "192.168.1.1", "172.16.9.9", "169.254.169.254", "fe80::1%eth0", "fd00::1"]
INSIDE += ["100.64.0.1", "0.0.0.0", "224.0.0.1", "ff02::1", "255.255.255.255", "::", "::ffff:127.0.0.1"]
INSIDE += ["::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "fec0::1", "::127.0.0.1"]


@pytest.mark.parametrize("number", INSIDE)
def test_addresses_inside_are_told_from_those_outside(number: str) -> None:
    assert not is_public(number)
    said = refusal("http://example.vn/", IntakeLimits(), leading_to(**{"example.vn": number}))
    assert said == (
        f"it leads to example.vn, which is {number}: addresses of this machine or of a private network are not fetched"
    )


@pytest.mark.parametrize("number", ["8.8.8.8", "203.162.0.1", "2001:ee0::1", "64:ff9b::808:808"])
def test_addresses_outside(number: str) -> None:
    assert is_public(number)


def test_one_address_inside_among_several_is_enough_to_refuse() -> None:
    mixed = leading_to(**{"example.vn": ["203.162.0.1", "127.0.0.1"]})
    assert "which is 127.0.0.1" in refusal("http://example.vn/", IntakeLimits(), mixed)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://[::1]/", "http://0x7f.0.0.1/"]
)
def test_loopback_in_every_spelling(address: str) -> None:
    with pytest.raises(FetchError, match="addresses of this machine"):
        Fetcher(IntakeLimits()).fetch(address)


@pytest.mark.parametrize("to", ["http://127.0.0.1:%d/secret", "http://inside.vn:%d/secret", "//[::1]:%d/secret"])
def test_a_redirect_into_this_machine_is_refused_before_anything_is_asked_there(
    to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first hop stands for a server outside; what it leads to is inside by number or by name."""
    hosts = {"outside.vn": "203.162.0.1", "inside.vn": "127.0.0.1", "127.0.0.1": "127.0.0.1", "::1": "::1"}
    connect = socket.socket.connect
    with (
        server({"/secret": response()}) as (inside, asked),
        server({"/": response(b"", status="301 Moved", Location=to % inside)}) as (outside, _),
    ):
        monkeypatch.setattr(
            socket.socket,
            "connect",
            lambda self, place: connect(self, ("127.0.0.1", outside) if place[0] == "203.162.0.1" else place),
        )
        said = refusal("http://outside.vn/", IntakeLimits(), leading_to(**hosts))
    assert "addresses of this machine or of a private network are not fetched" in said
    assert asked == []


def test_the_connection_is_made_to_the_address_that_was_checked() -> None:
    """A name that leads elsewhere at the second look: there is no second look."""
    answers = iter([["127.0.0.1"], ["10.255.255.1"]])
    with server({"/": response()}) as (port, _):
        assert fetch(f"http://example.vn:{port}/", resolve=lambda host, port: next(answers)).raw == PAGE
    assert next(answers) == ["10.255.255.1"]


def test_certificates_are_checked_against_the_name_though_the_number_is_dialled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with server({"/": response()}, secure=True) as (port, _):
        assert "the certificate of example.vn cannot be trusted" in refusal(f"https://example.vn:{port}/")
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert fetch(f"https://example.vn:{port}/").raw == PAGE
        assert "the certificate of other.vn cannot be trusted: Hostname mismatch" in refusal(
            f"https://other.vn:{port}/"
        )


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (response(b"", status="404 Not Found"), "the server answers 404 (Not Found)"),
        (response(b"", status="503 Slow Down"), "the server answers 503 (Service Unavailable)"),
        (response(b"", status="204 No Content"), "the server answers 204 (No Content)"),
        (response(b"", status="302 Found"), "the server answers 302 without saying where to go"),
        (response(b"", status="302 Found", Location="/"), "it leads in a circle"),
        (response(b"", status="302 Found", Location="file:///etc/passwd"), "only http and https"),
        (response(b"", status="302 Found", Location="ftp://example.vn/a"), "only http and https"),
        (response(b"", status="302 Found", Location="http://a:b@example.vn/"), "a user name or password"),
        (response(b""), "it is empty"),
        (response(bytes(range(256)) * 9, "text/html"), "it is binary, not text"),
        (response(b'{"a": 1}', "application/json"), "it is application/json, not a page, a PDF, a DOCX or a text"),
        (response(b"<?xml version='1.0'?><rss/>", "text/plain"), "it is XML"),
        (response(b"PK\x05\x06" + bytes(18), "application/zip"), "it is an archive; save it and add the file"),
        (response(b"MZ" + bytes(99), "application/msword"), "a program"),
        (response(b"x" * 1_000_001, "text/plain"), "it is larger than 1.0 MB; DANVAN_MAX_FILE_MB raises the limit"),
        (
            response().replace(b"Content-Length: ", b"Content-Length: 9"),
            "the connection broke before the page was whole",
        ),
        (response(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "the connection broke before the page was whole"),
        (response(PAGE, Content_Encoding="gzip"), "the connection to example.vn broke"),
        (response(PAGE, Content_Encoding="br"), "the server packs the page in a way that is not known (br)"),
        (b"no answer at all\r\n\r\n", "the connection to example.vn broke"),
        (b"", "the connection to example.vn broke"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "the connection to example.vn broke"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 99_999 + b"\r\n\r\n", "the connection to example.vn broke"),
    ],
)
def test_what_a_server_sends_instead_of_a_document_is_one_sentence(answer: bytes, said: str) -> None:
    with server({"/": answer or b"\r\n"}) as (port, _):
        assert said in refusal(f"http://example.vn:{port}/")


@pytest.mark.parametrize(
    ("body", "content_type", "path", "suffix"),
    [
        (b"%PDF-1.7\n...", "application/octet-stream", "/a", ".pdf"),
        (b"%PDF-1.7\n...", "text/html", "/a", ".pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png", "/a", ".png"),
        (b"\xff\xd8\xff" + bytes(99), "text/html", "/a", ".jpg"),
        ("Văn bản thường.".encode(), "text/plain; charset=utf-8", "/a", ".txt"),
        ("# Tiêu đề".encode(), "text/plain", "/a.md", ".md"),
        ("<p>Một đoạn".encode(), "text/html", "/a", ".html"),
        (PAGE, "", "/a", ".html"),
        (PAGE.decode().encode("utf-16"), "text/html", "/a", ".html"),
    ],
)
def test_what_it_is_tells_the_content_not_the_name(body: bytes, content_type: str, path: str, suffix: str) -> None:
    with server({path: response(body, content_type)}) as (port, _):
        got = fetch(f"http://example.vn:{port}{path}")
    assert (got.suffix, got.raw) == (suffix, body)


def test_a_page_where_a_pdf_was_promised_is_told() -> None:
    with server({"/van-ban.pdf": response()}) as (port, _):
        assert fetch(f"http://example.vn:{port}/van-ban.pdf").warnings == (
            "The address ends in .pdf, but what came is .html.",
        )


def test_packed_and_chunked_pages_are_unpacked_within_the_limit() -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (PAGE[:99], PAGE[99:])) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    bomb = response(gzip.compress(b"x" * 50_000_000), "text/plain", Content_Encoding="gzip")
    pages = {"/gzip": response(gzip.compress(PAGE), Content_Encoding="gzip"), "/chunked": head + chunks, "/bomb": bomb}
    with server(pages | {"/cut": head + chunks[:-20]}) as (port, _):
        assert fetch(f"http://example.vn:{port}/gzip").raw == PAGE
        assert fetch(f"http://example.vn:{port}/chunked").raw == PAGE
        assert "it is larger than 1.0 MB" in refusal(f"http://example.vn:{port}/bomb")
        assert "broke" in refusal(f"http://example.vn:{port}/cut")


def drip(stream: socket.socket, pieces: bytes) -> None:
    while True:
        stream.sendall(pieces)
        time.sleep(0.05)


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("slowness", ["silent", "headers", "body", "redirects", "name"])
def test_a_server_that_takes_for_ever_is_given_up_on(
    slowness: str, secure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    refused = threading.Event()
    in_time: list[bool] = []

    def wait() -> None:
        in_time.append(refused.wait(PATIENCE))

    def answer(path: str, stream: socket.socket) -> None:
        if slowness == "silent":
            wait()
        elif slowness == "headers":
            stream.sendall(b"HTTP/1.1 200 OK\r\n")
            drip(stream, b"X")
        elif slowness == "body":
            stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
            drip(stream, b"x")
        else:
            time.sleep(0.2)
            stream.sendall(response(b"", status="302 Found", Location=path + "a"))

    def resolve(host: str, port: int) -> list[str]:
        if slowness == "name":
            wait()
        return ["127.0.0.1"]

    limits = IntakeLimits(private_addresses=True, fetch_seconds=0.5)
    with server(answer, secure=secure) as (port, _):
        said = refusal(f"http{'s' if secure else ''}://example.vn:{port}/", limits, resolve)
        assert not in_time, "whoever makes it wait still waits"
        refused.set()
    assert said == "it took longer than 0.5 seconds; DANVAN_FETCH_SECONDS allows more"


def test_a_server_that_sends_for_ever_is_cut_off() -> None:
    def answer(path: str, stream: socket.socket) -> None:
        stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            stream.sendall(b"x" * 65536)

    with server(answer) as (port, _):
        assert "it is larger than 1.0 MB" in refusal(f"http://example.vn:{port}/")


def test_a_chain_of_redirects_ends() -> None:
    def answer(path: str, stream: socket.socket) -> None:
        stream.sendall(response(b"", status="302 Found", Location=path + "a"))

    with server(answer) as (port, asked):
        assert refusal(f"http://example.vn:{port}/") == "it leads on more than 5 times"
    assert len(asked) == 6


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://example.vn/", "only http and https addresses are fetched, not 'ftp'"),
        ("file:///etc/passwd", "only http and https addresses are fetched, not 'file'"),
        ("http://", "it is not a whole address such as https://example.vn/page"),
        ("http:///a", "it is not a whole address"),
        ("http://example.vn:99999/", "it is not a whole address"),
        ("http://example.vn:0/", "it is not a whole address"),
        ("http://[::1/", "it is not a whole address"),
        ("http://exa\nmple.vn/", "it is not a whole address"),
        ("http://example.vn/\r\nHost: evil", "it is not a whole address"),
        ("http://user:secret@example.vn/", "addresses with a user name or password are not fetched"),
        (f"http://{'a' * 70}.vn/", "there is no host"),
        ("http://..vn/", "there is no host"),
        ("http://nowhere.vn/", "there is no host nowhere.vn"),
    ],
)
def test_an_address_that_is_none(address: str, said: str) -> None:
    assert said in refusal(address)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert refusal(f"http://example.vn:{port}/") == "example.vn cannot be reached: Connection refused"


def test_names_in_vietnamese_are_dialled_as_the_net_spells_them() -> None:
    host = "hội.vn".encode("idna").decode()
    assert normalise("https://hội.vn/a b?q=đ#x") == f"https://{host}/a%20b?q=%C4%91"
    assert normalise("HTTPS://Example.VN") == "https://example.vn/"


@pytest.mark.parametrize(
    "same",
    [
        "http://www.mt.gov.vn/tin/1",
        "https://mt.gov.vn/tin/1/",
        "https://mt.gov.vn:443/tin/1#phan",
        "https://mt.gov.vn/tin/1?utm_source=zalo&fbclid=1",
    ],
)
def test_addresses_of_one_page_have_one_key(same: str) -> None:
    assert address_key(same) == address_key("https://mt.gov.vn/tin/1")
    assert address_key("https://mt.gov.vn/tin/1?id=2") != address_key("https://mt.gov.vn/tin/1")


def test_the_certificate_for_tests_is_there() -> None:
    assert Path(CERTIFICATE).read_text("ascii").count("BEGIN") == 2
