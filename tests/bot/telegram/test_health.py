"""The sign of life that the container's health check looks for."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.heartbeat import HEARTBEAT
from bot.telegram.health import main
from tests.bot.telegram.conftest import Run
from tests.bot.telegram.server import Server
from tests.conftest import PATIENCE


async def test_a_serving_bot_is_healthy_and_one_that_fell_silent_is_not(
    server: Server, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings_for: Callable[..., Any]
) -> None:
    monkeypatch.setenv("DANVAN_DATA_DIR", str(tmp_path / "data"))
    assert main() == 1
    async with run():
        async with asyncio.timeout(PATIENCE):
            while main() != 0:
                await asyncio.sleep(0.02)
    assert main() == 0
    long_ago = time.time() - 600
    os.utime(tmp_path / "data" / HEARTBEAT, (long_ago, long_ago))
    assert main() == 1
