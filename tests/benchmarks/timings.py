"""How long it takes: `make bench`, or `python -m tests.benchmarks.timings [QUESTIONS.jsonl]`.

Times the installed program from outside, as a person or a program meets it: a first reindex of the five articles, a
cold `danvan ask`, and warm questions through `ask --batch`, one sent when the one before is answered. Questions are
those of the gold set over the five articles unless a file of lines with "question" and "context" is given.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DANVAN = Path(sys.executable).with_name("danvan")
GOLD = Path(__file__).parent.parent / "gold" / "articles.jsonl"
ASKED = "năm 2020 được chọn là năm gì?"
COLD_RUNS = 3
WARM_UP = 5


def main(questions: Path) -> None:
    """Print the figures and the machine they were taken on."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DANVAN_DATA_DIR": folder}
        print(f"reindex of the five articles   {_seconds(environment, 'reindex'):8.1f} s")
        cold = [_seconds(environment, "ask", ASKED) for _ in range(COLD_RUNS)]
        print(f"danvan ask, cold               {statistics.median(cold):8.1f} s   (median of {COLD_RUNS})")
        waits = _warm(environment, questions)
    percentiles = statistics.quantiles(waits, n=20)
    print(f"a warm question through --batch{statistics.median(waits):8.1f} ms  (median of {len(waits)})")
    print(f"                               {percentiles[-1]:8.1f} ms  (95% are faster)")


def _seconds(environment: dict[str, str], *arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([DANVAN, *arguments], env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def _warm(environment: dict[str, str], questions: Path) -> list[float]:
    """Milliseconds from sending each question to having read its answer, warm-up left out."""
    command = [str(DANVAN), "ask", "--batch", "-", "--json"]
    waits = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin
        assert process.stdout
        for line in questions.read_text(encoding="utf-8").splitlines():
            asked = {name: value for name, value in json.loads(line).items() if name in {"id", "question", "context"}}
            started = time.perf_counter()
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            process.stdout.readline()
            waits.append((time.perf_counter() - started) * 1000)
        process.stdin.close()
    return waits[WARM_UP:]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD)
