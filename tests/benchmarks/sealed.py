"""The sealed questions, in sum only: `python -m tests.benchmarks.sealed [--ids PREFIX]`.

`tests/gold/sealed.jsonl` holds questions over the five articles that nothing is tuned on. Nobody reads what became of a
single one of them: then they would be dev questions. They are replaced when they have been measured often; ids that
begin alike were written at one time.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SEALED = Path(__file__).parents[1] / "gold" / "sealed.jsonl"
_SHOWN = ("metrics", "refusal", "unmarked_twin", "forms", "by_kind", "by_type", "counts")


def main() -> int:
    """Ask them of a temporary index of the articles and print the sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ids", default="", help="only those whose id begins so")
    prefix = parser.parse_args().ids
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "sealed.jsonl"
        lines = SEALED.read_text("utf-8").splitlines()
        asked.write_text("\n".join(line for line in lines if json.loads(line)["id"].startswith(prefix)), "utf-8")
        command = [
            str(Path(sys.executable).with_name("danvan")),
            "evaluate",
            str(asked),
            "--documents",
            "corpus/documents",
            "--json",
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "DANVAN_DATA_DIR": folder}
        )
    if not done.stdout.strip():
        sys.stderr.write(done.stderr)
        return done.returncode or 1
    run = json.loads(done.stdout.splitlines()[0])
    sys.stdout.write(json.dumps({name: run[name] for name in _SHOWN if name in run}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
