"""The board and signing in, in a real browser: upload, reindex, ask, go back; shut out; figures; phones and readers."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bot.web.conftest import Serve, Site
from tests.bot.web.test_board import BOARD, SENTENCE
from tests.bot.web.test_browser import QUESTION, ask, serious
from tests.bot.web.test_signing_in import sessions_of
from tests.conftest import PATIENCE, Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE, PHONE = {"width": 1100, "height": 800}, {"width": 360, "height": 740}
PEOPLE = {"admin_users": "900", "allowed_users": "101"}


@contextmanager
def signed_in(browser: "Browser", site: Site, person: str, size: dict[str, int] | None = None) -> Iterator["Page"]:
    """A browser in which somebody has typed a code; a script error or a refused resource fails the test."""
    context = browser.new_context(base_url=site.address, viewport=size or WIDE, locale="vi-VN")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with sessions_of(site) as sessions:
        code = sessions.code(person)
    page.goto("/documents")
    assert serious(page) == []
    page.fill("#code", code)
    page.press("#code", "Enter")
    page.wait_for_url("**/documents")
    yield page
    context.close()
    assert complaints == []


def reindex(page: "Page") -> None:
    page.goto("/admin/index")
    page.click("button.main")
    page.locator(".notice", has_text="Đã cập nhật kho tài liệu").wait_for()


def test_upload_reindex_ask_and_go_back(browser: "Browser", serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "binh-minh.txt"
    file.write_text(f"Lãnh đạo xã Bình Minh\n\n{SENTENCE}\n", "utf-8")
    with serve(**PEOPLE) as site, signed_in(browser, site, "telegram:900") as page:
        page.goto("/admin/documents")
        page.set_input_files("#files", file)
        page.click("main form button.main")
        page.locator("h2", has_text="Kết quả").wait_for()
        reindex(page)
        page.goto("/")
        ask(page, "chủ tịch xã Bình Minh năm 2031 là ai?")
        assert "Lê Văn Tám" in page.inner_text(".exchange:last-child .answer")
        page.locator(".exchange:last-child .answer a").first.click()
        page.locator("mark", has_text="Lê Văn Tám").wait_for()
        page.goto("/admin/index")
        page.get_by_role("button", name="Quay về bản trước").click()
        page.wait_for_url("**/admin/index")
        page.goto("/documents")
        assert page.locator("text=Lãnh đạo xã Bình Minh").count() == 0


def test_somebody_shut_out_is_out_at_the_next_click(browser: "Browser", serve: Serve) -> None:
    with (
        serve(**PEOPLE) as site,
        signed_in(browser, site, "telegram:101", PHONE) as member,
        signed_in(browser, site, "telegram:900") as admin,
    ):
        member.goto("/")
        ask(member, "hai khâu đột phá là gì?")
        admin.goto("/admin/people")
        admin.locator("tr", has_text="telegram:101").get_by_role("button", name="Thu hồi quyền").click()
        admin.locator("tr", has_text="telegram:101").get_by_text("đã thu hồi").wait_for()
        member.goto("/documents")
        assert "/sign-in" in member.url
        assert "khâu đột phá" not in member.content()


def test_every_page_of_the_board_reads_well_and_shows_hostile_words_as_words(
    browser: "Browser", serve: Serve, quick: Run, tmp_path: Path
) -> None:
    gold = tmp_path / "thu.jsonl"
    item = {"id": "1", "question": QUESTION, "kind": "direct", "answerable": True, "evidence": ["Năm dân vận khéo"]}
    gold.write_text(json.dumps(item), "utf-8")
    with serve(**PEOPLE) as site:
        hostile = "<img src=x onerror=alert(1)> \u202e \"'"
        named = quick("invite", "name", "101", hostile, data_dir=site.data_dir, allowed_users="101", admin_users="900")
        assert named.status == 0, named.err
        for _ in range(2):
            evaluated = quick("evaluate", str(gold), data_dir=site.data_dir)
            assert evaluated.status == 0, evaluated.err
        with signed_in(browser, site, "telegram:900", PHONE) as page:
            page.goto("/")
            ask(page, f"{hostile} giá vé máy bay là bao nhiêu?")
            for path in BOARD:
                page.goto(path)
                assert serious(page) == [], path
                assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
                assert page.locator("main img").count() == 0
                assert len(page.content()) < 100_000
            page.goto("/admin/people")
            assert "<img src=x" in page.inner_text("main")
            page.goto("/admin/index")
            assert page.locator(".plot circle").count() >= 2
            assert re.search(r"thu", page.inner_text("main h3"))
