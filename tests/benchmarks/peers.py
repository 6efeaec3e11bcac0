"""This project beside others on the same passages with the same model: `python -m tests.benchmarks.peers [--write]`.

The documents and questions are those of tests/gold/practice; half of the questions are asked with their marks, half
without. Peers go into an environment of their own below var/peers, which sees this project's packages and adds what
it lacks. Every step of every contestant is a process of its own; they take turns, on threads as many as there are
processors, each with the model in the form it uses by default. `--write` puts the figures into docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from corpus.vietnamese import fold
from tests.benchmarks.contestants import CONTESTANTS, lines

ROOT = Path(__file__).parent.parent.parent
PRACTICE = ROOT / "tests" / "gold" / "practice"
PAGE = ROOT / "docs" / "benchmarks.md"
PEERS = ("txtai",)
SIDE = 1024
"""Rows and columns of the matrices that are multiplied to find the machine's limit."""


def main() -> None:
    """Prepare, let everybody run, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=70, help="how many are indexed")
    parser.add_argument("--questions", type=int, default=200, help="at most so many about these")
    parser.add_argument("--starts", type=int, default=3, help="of which the median is told")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    folder = ROOT / "var" / "peers"
    python = environment_of_peers(folder)
    prepare(folder, options.documents, options.questions)
    figures: dict[str, Any] = {name: run(name, folder, python, options.starts) for name in CONTESTANTS}
    report = page(figures, folder)
    print(report)
    if options.write:
        PAGE.write_text(report, "utf-8")


def environment_of_peers(folder: Path) -> Path:
    """The Python that runs the peers, installed on first use.

    The project's own packages (torch, FAISS, transformers) are seen by it, so that all compare on the same versions.
    """
    place = folder / "venv"
    python = place / "bin" / "python"
    if not (place / "installed").exists():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        [packages] = (place / "lib").glob("python*/site-packages")
        own = Path(np.__file__).parent.parent
        (packages / "danvan_packages.pth").write_text(f"{own}\n", "utf-8")
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
        (place / "installed").touch()
    return python


def prepare(folder: Path, documents: int, questions: int) -> None:
    """Write so many documents, questions about them, and the model for all."""
    for old in ("danvan", "txtai", "corpus"):
        shutil.rmtree(folder / old, ignore_errors=True)
    (folder / "corpus").mkdir(parents=True)
    chosen = lines(PRACTICE / "corpus.jsonl")[:documents]
    _write(folder / "corpus" / "corpus.jsonl", chosen)
    known = {one["_id"] for one in chosen}
    if not (folder / "model" / "config.json").exists():
        from tests.benchmarks.exported_model import export  # noqa: PLC0415

        export(folder / "model")
    kinds = ("direct", "paraphrase")
    items = [one for one in lines(PRACTICE / "questions.jsonl") if one["kind"] in kinds and one["document"] in known]
    asked = []
    for number, item in enumerate(items[:questions]):
        unmarked = number % 2 == 1
        text = fold(item["question"]) if unmarked else item["question"]
        asked.append({"question": text, "evidence": item["evidence"], "unmarked": unmarked})
    _write(folder / "questions.jsonl", asked)


def _write(path: Path, items: list[Any]) -> None:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), "utf-8")


def run(name: str, folder: Path, python: Path, count: int) -> dict[str, dict[str, float]]:
    """All steps of one contestant; "first" is the median of so many starts."""
    program = str(python) if name.startswith("txtai") else sys.executable

    def step(which: str) -> dict[str, float]:
        command = [program, "-m", "tests.benchmarks.contestants", name, which, str(folder)]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DANVAN_")}
        environment |= {"OMP_WAIT_POLICY": "PASSIVE"}  # threads that spin on a busy machine are billed as work
        told = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        figures: dict[str, float] = json.loads(told.splitlines()[-1])
        return figures

    steps = {"build": step("build")}
    starts = sorted((step("first") for _ in range(count)), key=lambda figures: figures["processor_seconds"])
    return steps | {"first": starts[count // 2], "measure": step("measure")}


def machine_limit() -> float:
    """Floating-point operations a second of processor time in a product of float32 matrices."""
    left, right = np.random.default_rng(0).standard_normal((2, SIDE, SIDE), dtype=np.float32)
    left @ right
    worked = time.process_time()
    for _ in range(8):
        left @ right
    return 8 * 2.0 * SIDE**3 / (time.process_time() - worked)


def share_of_limit(folder: Path, seconds: float) -> float:
    """What share of the machine's limit txtai's indexing uses: the tokens are counted with the model's tokenizer."""
    from tokenizers import Tokenizer  # noqa: PLC0415

    from tests.benchmarks.exported_model import operations_a_token  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(folder / "model" / "tokenizer.json"))
    texts = [one["titled"] for one in lines(folder / "passages.jsonl")]
    tokens = sum(len(found.ids) for found in tokenizer.encode_batch(texts))
    return tokens * operations_a_token() / seconds / machine_limit()


def page(figures: dict[str, Any], folder: Path) -> str:
    """The figures as a page, ratios first."""
    passages, questions = lines(folder / "passages.jsonl"), lines(folder / "questions.jsonl")
    base = figures["txtai hybrid"]
    rows = [
        ("a warm question, processor", "measure", "processor_ms", "ms"),
        ("a warm question, p50", "measure", "p50_ms", "ms"),
        ("a warm question, p95", "measure", "p95_ms", "ms"),
        ("8 clients, p50", "measure", "p50_ms_of_8", "ms"),
        ("8 clients, p95", "measure", "p95_ms_of_8", "ms"),
        ("8 clients, questions a second", "measure", "a_second_of_8", ""),
        ("start to first answer, processor", "first", "processor_seconds", "s"),
        ("most memory", "measure", "memory_mb", "MB"),
        ("Recall@1 with marks", "measure", "recall_marked", ""),
        ("Recall@1 without marks", "measure", "recall_unmarked", ""),
    ]
    names = list(figures)
    table = [f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
    ratios = list(table)
    for label, step, key, unit in rows:
        told = [figures[name][step][key] for name in names]
        table.append(f"| {label} | {' | '.join(f'{value:.3g} {unit}'.strip() for value in told)} |")
        ratios.append(f"| {label} | {' | '.join(f'{value / base[step][key]:.2f}' for value in told)} |")
    speed = {name: len(passages) / figures[name]["build"]["processor_seconds"] for name in ("danvan", "txtai hybrid")}
    share = share_of_limit(folder, base["build"]["processor_seconds"])
    versions = ", ".join(f"{name} {version(name)}" for name in ("danvan", "torch", "faiss-cpu", "numpy"))
    return f"""# Beside others

    python -m tests.benchmarks.peers --write

gives this page: {len(passages)} passages of tests/gold/practice, {len(questions)} questions (every second one typed
without marks), the same passages and the same model (multilingual-e5-small, the bundled weights) for all; each step a
process of its own. Machines differ and are shared: the ratios count, and processor time before time by the clock.

Taken on {processor()}, {os.cpu_count()} processors, Python {platform.python_version()}; {versions};
load at the end {os.getloadavg()[0]:.0f}, so times by the clock are longer than on a quiet machine.

## Ratios to txtai hybrid

{chr(10).join(ratios)}

Txtai reads nothing: it ranks passages. `danvan` answers with the words, the sentence, a calibrated confidence.

## Figures

{chr(10).join(table)}

Indexing, passages for a second of processor, start and loading included: danvan {speed["danvan"]:.3g} (with a vector
for every sentence besides), txtai {speed["txtai hybrid"]:.3g}, which is {share:.0%} of what a product of float32
matrices of {SIDE} rows reaches on the same processor.
"""


def processor() -> str:
    """The processor's name."""
    found = [line.split(":", 1)[1] for line in _about_processor() if line.startswith("model name")]
    return found[0].strip() if found else platform.machine()


def _about_processor() -> list[str]:
    about = Path("/proc/cpuinfo")
    return about.read_text("utf-8").splitlines() if about.exists() else []


if __name__ == "__main__":
    main()
