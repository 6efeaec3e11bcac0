"""How soon the pages are seen and how much they bring: `python -m tests.benchmarks.pages`.

Serves the five articles by the small encoder on loopback and opens each kind of page in Chromium, a new visitor every
time. First paint is what the browser reports as first-contentful-paint; bytes are those of the page itself, and of
everything it fetches beside it.
"""

import os
import platform
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.bot.web.conftest import CHROMIUM, FLAGS, serving
from tests.conftest import QUICK, environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

VISITS = 9
QUESTION = "cán bộ dân vận phải như thế nào?"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Print a line for every kind of page."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([*QUICK, "reindex"], env=environment(data_dir=folder), check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(Path(folder), access="open") as site:
            for path in ("/", "/documents", "/documents/nam-dan-van-2014", _source(browser, site.address)):
                _measure(browser, site.address, path)
        browser.close()


def _source(browser: "Browser", address: str) -> str:
    """The reader page that an answer's source leads to."""
    page = browser.new_page(base_url=address)
    page.goto("/")
    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    source = page.locator(".answer a").first.get_attribute("href") or ""
    page.close()
    return source


def _measure(browser: "Browser", address: str, path: str) -> None:
    paints, own, beside = list[float](), 0, 0
    for _ in range(VISITS):
        context = browser.new_context(base_url=address)
        page, sizes = context.new_page(), {True: 0, False: 0}

        def note(response: "Response", sizes: dict[bool, int] = sizes) -> None:
            sizes[response.request.is_navigation_request()] += len(response.body())

        page.on("response", note)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        while (paint := page.evaluate(PAINT)) is None:
            page.wait_for_timeout(50)
        paints.append(paint)
        own, beside = sizes[True], sizes[False]
        context.close()
    middle, most = statistics.median(paints), max(paints)
    kilobytes = f"{own / 1000:6.1f} kB and {beside / 1000:6.1f} kB beside it"
    print(f"{path[:40]:40} first paint {middle:6.0f} ms (at most {most:5.0f})  {kilobytes}")


if __name__ == "__main__":
    main()
