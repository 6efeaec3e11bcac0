"""The widget in a real browser, on a page of another site: who may show it, who may ask in it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.bot.web.conftest import Serve, Site
from tests.bot.web.test_signing_in import sessions_of
from tests.conftest import PATIENCE
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

QUESTION = "Hai khâu đột phá trong Năm dân vận 2014 là gì?"


@contextmanager
def portal(port: int, widget: str) -> Iterator[str]:
    """A site of somebody else's that includes the widget; another host than the pages', so that no cookie is sent."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f'<!doctype html><title>Cổng</title><body><script src="{widget}" async></script>'.encode()
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def opened(page: "Page", address: str) -> "FrameLocator":
    page.goto(address)
    page.get_by_role("button", name="Hỏi đáp văn bản").click()
    return page.frame_locator("iframe")


def ask(frame: "FrameLocator", question: str) -> None:
    frame.locator("#question").fill(question)
    frame.locator("#question").press("Enter")


def test_ask_rate_and_find_it_again_on_the_next_page_of_the_portal(page: "Page", serve: Serve) -> None:
    port = free_port()
    with (
        serve(access="open", widget_origins=f"http://localhost:{port}") as site,
        portal(port, f"{site.address}/widget.js") as address,
    ):
        frame = opened(page, address)
        ask(frame, QUESTION)
        frame.locator(".acts").wait_for()
        assert "khâu đột phá" in frame.locator(".answer").inner_text()
        frame.locator("button", has_text="Hữu ích").click()
        frame.locator("button[aria-pressed=true]").wait_for()
        link = frame.locator(".answer a").first
        assert link.get_attribute("target") == "_blank"
        with page.context.expect_page() as source:
            link.click()
        source.value.locator("mark").first.wait_for()

        again = opened(page, address)
        again.locator(".acts").wait_for()
        assert again.locator("button[aria-pressed=true]").count() == 1
        again.locator("#question").press("Escape")
        page.locator("iframe").wait_for(state="hidden")

        other = httpx.get(
            f"{site.address}/widget/conversation", headers={"x-danvan-widget": "x" * 32}, timeout=PATIENCE
        )
        assert "khâu đột phá" not in other.text


def test_sites_that_are_not_named_show_nothing(page: "Page", serve: Serve) -> None:
    port = free_port()
    with (
        serve(access="open", widget_origins="https://*.example.gov.vn") as site,
        portal(port, f"{site.address}/widget.js") as address,
    ):
        page.goto(address)
        with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
            page.get_by_role("button", name="Hỏi đáp văn bản").click()
        assert page.frame_locator("iframe").locator("#question").count() == 0


def test_while_access_is_restricted_a_code_lets_one_tab_in(page: "Page", serve: Serve) -> None:
    port = free_port()
    with (
        serve(allowed_users="101", widget_origins=f"http://localhost:{port}") as site,
        portal(port, f"{site.address}/widget.js") as address,
        httpx.Client(base_url=site.address, timeout=PATIENCE) as stranger,
    ):
        for token in ("", "x" * 32):
            headers = {"x-danvan-widget": token}
            told = stranger.get("/widget/conversation", headers=headers)
            assert 'data-open="0"' in told.text
            asked = stranger.post("/widget/ask", data={"question": QUESTION}, headers=headers)
            assert asked.status_code in (303, 403)
        with sessions_of(site) as sessions:
            code = sessions.code("telegram:101")
        frame = opened(page, address)
        frame.locator("#code").fill("SAI-MA")
        frame.locator("#gate button").click()
        frame.locator("#gate [role=alert]").wait_for()
        frame.locator("#code").fill(code)
        frame.locator("#gate button").click()
        ask(frame, QUESTION)
        frame.locator(".acts").wait_for()


def test_without_the_setting_there_is_no_widget(open_site: Site) -> None:
    with httpx.Client(base_url=open_site.address, timeout=PATIENCE) as client:
        assert [client.get(path).status_code for path in ("/widget", "/widget.js", "/widget/conversation")] == [404] * 3
