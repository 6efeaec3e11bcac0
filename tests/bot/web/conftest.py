"""The program serving its pages in a process of its own, on loopback, and a browser to look at them."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.conftest import DANVAN, PATIENCE, QUICK, environment
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """Pages being served.

    Attributes:
        process: the program; ended when the test is over.
        log: what it says on standard error.
    """

    address: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text("utf-8")


Serve = Callable[..., AbstractContextManager[Site]]


@contextmanager
def serving(data_dir: Path, *, program: list[str] | None = None, **settings: Any) -> Iterator[Site]:
    """Serve a data folder until the end of the block; ready to answer when it begins."""
    port, log = free_port(), data_dir / "serve.log"
    variables = environment(data_dir=data_dir, web_port=port, **settings)
    with log.open("wb") as stream:
        process = subprocess.Popen([*(program or QUICK), "serve"], env=variables, cwd=data_dir, stderr=stream)
    site = Site(f"http://127.0.0.1:{port}", data_dir, process, log)
    try:
        _wait(site)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, site.said()


def _wait(site: Site) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if site.process.poll() is not None:
            pytest.fail(f"it ended: {site.said()}")
        try:
            if httpx.get(f"{site.address}/readyz", timeout=PATIENCE).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail("it was never ready")


@pytest.fixture
def serve(quick_indexed: Path, tmp_path: Path) -> Serve:
    """Serves a copy of the five articles, indexed by the small encoder."""

    def start(**settings: Any) -> AbstractContextManager[Site]:
        data_dir = tmp_path / "data"
        if not data_dir.exists():
            shutil.copytree(quick_indexed, data_dir)
        return serving(data_dir, **settings)

    return start


@pytest.fixture(scope="session")
def open_site(quick_indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The five articles by the small encoder, open to everybody; for tests that leave nothing behind that matters."""
    data_dir = tmp_path_factory.mktemp("open") / "data"
    shutil.copytree(quick_indexed, data_dir)
    with serving(data_dir, access="open") as site:
        yield site


@pytest.fixture(scope="session")
def real_site(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The five articles by the real model, open to everybody."""
    data_dir = tmp_path_factory.mktemp("real") / "data"
    shutil.copytree(indexed, data_dir)
    with serving(data_dir, program=[str(DANVAN)], access="open") as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One Chromium for the tests of a module; while it is open, no other event loop can run in this thread."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: .ci/run installs it")
        pytest.skip("Chromium is not installed: apt install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
