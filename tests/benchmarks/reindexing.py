"""How long reindexing takes: `python -m tests.benchmarks.reindexing [DOCUMENTS] [--quick]`, also part of `make bench`.

Generated documents (1,000) are indexed, nothing is changed, one is changed, one is removed; then the dry run, verifying
and going back are timed. Every run is a process of its own, timed from outside, with the processor time it took.
`--quick` puts the small encoder of the tests in the place of the bundled model, which leaves everything but the
embedding.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.conftest import DANVAN, QUICK
from tests.generated import text_of, write_documents

PARAGRAPHS, SENTENCES = 2, 2


def main(documents: int, *, quick: bool) -> None:
    """Print the figures and the machine they were taken on."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {documents} documents")
    program = QUICK if quick else [str(DANVAN)]
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        write_documents(data_dir / "documents", documents, PARAGRAPHS, SENTENCES)
        _timed(program, data_dir, "reindex, everything new", "reindex")
        _timed(program, data_dir, "reindex, nothing changed", "reindex")
        changed = data_dir / "documents" / f"bao-cao-{documents // 2:04}.txt"
        changed.write_text(text_of(documents // 2, PARAGRAPHS, SENTENCES, edition=1), encoding="utf-8")
        _timed(program, data_dir, "dry run, one document changed", "reindex", "--dry-run")
        _timed(program, data_dir, "reindex, one document changed", "reindex")
        changed.unlink()
        _timed(program, data_dir, "reindex, one document removed", "reindex")
        _timed(program, data_dir, "verify", "verify")
        _timed(program, data_dir, "verify --sample 0", "verify", "--sample", "0")
        _timed(program, data_dir, "rollback", "rollback")


def _timed(program: list[str], data_dir: Path, label: str, *arguments: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        [*program, *arguments, "--json"],
        env=os.environ | {"DANVAN_DATA_DIR": str(data_dir)},
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    facts: dict[str, Any] = json.loads(done.stdout)
    embedded = f"{facts['embedded']:6} texts embedded" if "embedded" in facts else ""
    print(f"{label:<32}{seconds:8.2f} s {worked:8.2f} s of a processor {embedded}", flush=True)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(numbers[0] if numbers else 1000, quick="--quick" in sys.argv)
