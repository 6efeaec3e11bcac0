"""One self-contained HTML page and the run file beside it."""

import json
from pathlib import Path

from bot.evaluation.comparison import Comparison
from bot.evaluation.gate import GateResult
from bot.evaluation.run import Run
from bot.gold_files import replace_file

PAGE = "index.html"
RUN_FILE = "run.json"


def write_report(
    folder: Path, run: Run, record: dict[str, object], comparison: Comparison | None, gate: GateResult | None
) -> Path:
    """Write the page and `run.json`.

    Returns:
        Path of the page.
    """
    replace_file(folder / RUN_FILE, (json.dumps(record, ensure_ascii=False) + "\n").encode())
    return folder / PAGE
