"""The machine that figures were taken on, in words that stand beside them."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def about_machine() -> dict[str, Any]:
    """Processor, cores, Python, day, and how many processes wanted a core besides."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "bfloat16": "avx512_bf16" in _about_processor(),
        "vnni": "vnni" in _about_processor(),
        "python": platform.python_version(),
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "load": round(os.getloadavg()[1], 1),
    }


def _processor() -> str:
    found = [line.split(":", 1)[1] for line in _about_processor().splitlines() if line.startswith("model name")]
    return found[0].strip() if found else platform.machine()


def _about_processor() -> str:
    about = Path("/proc/cpuinfo")
    return about.read_text("utf-8") if about.exists() else ""
