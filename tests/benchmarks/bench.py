"""All of `make bench`: `python -m tests.benchmarks.bench [--anew]`.

Measures piece by piece, then writes docs/benchmarks.md and its plots. A run that was cut off goes on where it stopped,
as long as nothing of the program has changed; a run after a whole one starts anew, as `--anew` always does. A piece
that cannot be measured here (pages without Chromium, say) is named on the page with the reason, and the others go on.
"""

import argparse
import subprocess
import sys

from tests.benchmarks import bench_page
from tests.benchmarks.peers import FOLDER, ROOT
from tests.benchmarks.pieces import Pieces, program_key

WITH_FIGURES = ("peers", "machine_limits", "growth")
"""Modules that keep figures in files of their own, from which the page is written."""
WITH_TEXT = ("timings", "hostile_sizes", "reindexing", "pages")
"""Modules whose lines stand on the page as they print them."""


def main() -> int:
    """Measure what is not measured yet; tells by the exit status whether the page is whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--anew", action="store_true", help="forget what was measured before")
    options = parser.parse_args()
    pieces = Pieces(FOLDER / "pieces")
    if options.anew:
        pieces.finish()
    if not pieces.begin(program_key()):
        for path in FOLDER.glob("*.json"):
            path.unlink()
    for module in WITH_FIGURES:
        _say(module)
        pieces.take(module, lambda module=module: _run(module, shown=True))  # type: ignore[misc]
    told = {}
    for module in WITH_TEXT:
        _say(module)
        told[module] = pieces.take(module, lambda module=module: _run(module, shown=False))  # type: ignore[misc]
    bench_page.write(told)
    pieces.finish()
    failed = [module for module, said in told.items() if "reason" in said]
    return int(bool(failed))


def _run(module: str, *, shown: bool) -> dict[str, str]:
    """Run a module: what it printed, and the reason where it failed; one whose figures are needed has to succeed."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}"]
    done = subprocess.run(command, cwd=ROOT, check=shown, capture_output=not shown, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        return {"text": done.stdout, "reason": said[-1]}
    return {"text": done.stdout or ""}


def _say(module: str) -> None:
    print(f"measuring: {module}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
