"""The pictures of the README and the docs: the real program over the five articles, looked at in a real browser.

`make screenshots` writes them to docs/pictures.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
DANVAN = Path(sys.executable).with_name("danvan")
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=vi",
]
QUESTIONS = ("Năm 2020 được chọn là năm gì?", "ai phát biểu chỉ đạo tại hội nghị?")
UNANSWERED = "Giá vé máy bay đi Phú Quốc là bao nhiêu?"
PDF = ROOT / "tests" / "corpus" / "cases" / "pdf-gazette-title" / "cong-bao.pdf"
ASKED_OF_PDF = "Hộ di dời toàn bộ chuồng trại được hỗ trợ bao nhiêu tiền?"
PUBLIC_URL = "http://tra-cuu.example.vn"
GAP = 24
COLOURS = 128
START_SECONDS = 600


def main() -> None:
    """Serve, look, write."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        desk = _visit(browser, address, width=720, height=760)
        page = desk.new_page()
        page.goto("/")
        _shoot(page, "asking")
        _ask(page, QUESTIONS[0])
        page.evaluate("window.scrollTo(0, 0)")
        _shoot(page, "answer")
        page.locator(".source a").first.click()
        page.wait_for_load_state("networkidle")
        _shoot(page, "source")
        page.goto("/documents")
        _shoot(page, "documents")
        phone = _visit(browser, address, width=360, height=740, dark=True)
        small = phone.new_page()
        small.goto("/")
        for question in QUESTIONS:
            _ask(small, question)
        _shoot(small, "phone")
        _board(browser, address, Path(folder))
        browser.close()
    _side_by_side("answer", "source", "answer-and-source")
    for name in ("answer", "source"):
        (PICTURES / f"{name}.png").unlink()


def _board(browser: Browser, address: str, data_dir: Path) -> None:
    """The board as the first admin sees it, after some questions."""
    invitation = next(word for word in (data_dir / "log").read_text("utf-8").split() if "/invite/" in word)
    admin = _visit(browser, address, width=1000, height=760).new_page()
    admin.goto(invitation.removeprefix(PUBLIC_URL))
    admin.click("main button")
    for question in (*QUESTIONS, UNANSWERED):
        _ask(admin, question)
    admin.goto("/admin")
    _shoot(admin, "board")
    _paper(admin)


def _paper(admin: Page) -> None:
    """A PDF is added and indexed; the page its answer stands on, beside the text."""
    admin.goto("/admin/documents")
    admin.set_input_files("#files", PDF)
    admin.click("main form button.main")
    admin.goto("/admin/index")
    admin.click("button.main")
    admin.locator(".notice", has_text="Đã lập lại chỉ mục").wait_for()
    admin.goto("/")
    _ask(admin, ASKED_OF_PDF)
    admin.set_viewport_size({"width": 1280, "height": 860})
    admin.locator(".exchange:last-child .source a").first.click()
    admin.locator(".sheet img").first.evaluate("image => image.decode()")  # drawn by the server, seen by the browser
    _shoot(admin, "paper")


def _ask(page: Page, question: str) -> None:
    before = page.locator(".exchange .acts").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator(".exchange .acts").nth(before).wait_for()


def _visit(browser: Browser, address: str, *, width: int, height: int, dark: bool = False) -> BrowserContext:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=2,
        locale="vi-VN",
    )
    context.set_default_timeout(120_000)
    return context


def _shoot(page: Page, name: str) -> None:
    """A picture of what is in view, in few colours so that the repository stays small."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    _save(Image.open(path), path)


def _side_by_side(left: str, right: str, name: str) -> None:
    pictures = [Image.open(PICTURES / f"{one}.png").convert("RGB") for one in (left, right)]
    width = sum(one.width for one in pictures) + GAP
    whole = Image.new("RGB", (width, max(one.height for one in pictures)), (120, 116, 108))
    whole.paste(pictures[0], (0, 0))
    whole.paste(pictures[1], (pictures[0].width + GAP, 0))
    _save(whole, PICTURES / f"{name}.png")


def _save(picture: Image.Image, path: Path) -> None:
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


@contextmanager
def _serving(data_dir: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {
        "DANVAN_DATA_DIR": str(data_dir),
        "DANVAN_WEB_PORT": str(port),
        "DANVAN_PUBLIC_URL": PUBLIC_URL,
        "DANVAN_ACCESS": "open",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANVAN_")}
    with (data_dir / "log").open("wb") as log:
        program = subprocess.Popen([DANVAN, "serve"], env=kept | settings, cwd=data_dir, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(program, address)
        yield address
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait()


def _wait(program: subprocess.Popen[bytes], address: str) -> None:
    give_up = time.monotonic() + START_SECONDS
    while program.poll() is None and time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{address}/readyz"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit("danvan serve did not get ready")


if __name__ == "__main__":
    main()
