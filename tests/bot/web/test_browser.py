"""In a real browser: asking, the source, lists and follow-ups; without scripts, on a phone, in the dark, in print."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.bot.web.conftest import Site
from tests.conftest import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = "năm 2020 được chọn là năm gì?"


@pytest.fixture
def page(browser: "Browser", real_site: Site) -> "Iterator[Page]":
    """A new visitor; a script error or a refused resource fails the test."""
    context = browser.new_context(base_url=real_site.address, viewport={"width": 1100, "height": 800}, locale="vi-VN")
    context.set_default_timeout(PATIENCE * 1000)
    opened, complaints = context.new_page(), list[str]()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def ask(page: "Page", question: str) -> None:
    before = page.locator(".exchange .acts").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator(".exchange .acts").nth(before).wait_for()


def in_view(page: "Page", selector: str) -> bool:
    box, size = page.locator(selector).first.bounding_box(), page.viewport_size
    assert box
    assert size
    return 0 <= box["y"] < size["height"]


def serious(page: "Page") -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']}" for one in found if one["impact"] in ("serious", "critical")]


def test_ask_then_follow_the_source_to_the_marked_sentence(page: "Page") -> None:
    page.goto("/")
    assert serious(page) == []
    ask(page, QUESTION)
    assert "Năm dân vận khéo" in page.inner_text(".exchange:last-child .said")
    assert in_view(page, ".exchange:last-child .said")
    ask(page, "ai phát biểu?")  # a follow-up, understood by the question before
    assert page.locator(".exchange").count() == 2
    page.locator(".exchange:last-child button", has_text="Hữu ích").click()
    page.locator(".exchange:last-child button[aria-pressed=true]").wait_for()
    assert serious(page) == []

    page.locator(".exchange:first-child .source a").click()
    page.wait_for_url(re.compile(r"/documents/.*#p\d+"))
    assert "Năm dân vận khéo" in page.inner_text("mark")
    assert in_view(page, "mark")
    assert serious(page) == []
    page.click("a[rel=next]")
    page.locator(".citebar", has_text="Trích dẫn 2 trên").wait_for()
    assert in_view(page, "mark")

    page.goto("/")  # the conversation is still there
    assert page.locator(".exchange").count() == 2
    assert page.locator("button[aria-pressed=true]").count() == 1


def test_an_example_is_asked_by_the_keyboard_alone(page: "Page") -> None:
    page.goto("/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "question":
            break
    page.keyboard.press("Enter")
    page.locator(".exchange .acts").wait_for()


def test_a_citation_is_copied_as_it_stands_at_the_end(page: "Page") -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    ask(page, QUESTION)
    page.locator(".exchange .source a").first.click()
    page.click("#copy")
    page.locator("#copy", has_text="Đã sao chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.inner_text("#citation-text")
    assert "Năm dân vận khéo" in copied
    address = re.search(r"http://[^ ]+/p/[a-z2-7]{16}[^ ]*[^ .]", copied)
    assert address
    page.goto(address[0])
    assert "Năm dân vận khéo" in page.inner_text("mark")


def test_hostile_words_of_a_visitor_stay_words(page: "Page") -> None:
    page.goto("/")
    ask(page, "<img src=x onerror=alert(1)> \u202e \"' là gì?")
    assert page.locator(".asked img").count() == 0
    assert "<img src=x" in page.inner_text(".asked")


def test_without_scripts_on_a_phone_in_the_dark_and_in_print(browser: "Browser", real_site: Site) -> None:
    phone = {"base_url": real_site.address, "viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
    context = browser.new_context(**phone, java_script_enabled=False)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto("/")
    page.fill("#question", QUESTION)
    page.click("#ask button")
    page.locator(".exchange .said").wait_for()
    page.click(".source a")
    assert "Năm dân vận khéo" in page.inner_text("mark")
    assert in_view(page, "mark")
    address = page.url
    context.close()

    context = browser.new_context(**phone)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/", "/documents", address):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert serious(page) == []
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(map(int, re.findall(r"\d+", background)[:3])) < 60
    page.emulate_media(media="print")
    assert not page.is_visible(".top")
    assert page.is_visible("mark")
    assert len(page.pdf()) > 10_000
    context.close()
