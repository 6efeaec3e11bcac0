"""This project beside others on the same passages with the same model: `python -m tests.benchmarks.peers [FILE.json]`.

The documents and questions are those of tests/gold/practice; each question is asked with its marks and without. Every
step of every contestant is a process of its own, on one thread for each library, each with the model in the form it
uses by default. Figures go into a file of JSON, from which `bench_page` writes docs/benchmarks.md.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus.vietnamese import fold
from tests.benchmarks.benchmark_files import CORPUS, MODEL, PASSAGES, QUESTIONS, lines, write_lines
from tests.benchmarks.contestants import OURS, OURS_WITHOUT_READER
from tests.benchmarks.machine import about_machine
from tests.benchmarks.peer_environment import PeerEnvironment, open_environment
from tests.benchmarks.pieces import Pieces, program_key

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "var" / "bench"
PRACTICE = ROOT / "tests" / "gold" / "practice"
KINDS = ("direct", "paraphrase")
"""Of the questions: those whose marks decide, not their abbreviations, slips or the question before them."""
_OWN_PACKAGES = ("danvan", "onnxruntime", "torch", "faiss-cpu", "numpy")
_INDEXES = ("danvan", "txtai", "haystack.json", "llama_index", "llama_index_bm25", CORPUS)


def main() -> None:
    """Prepare, let everybody run, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=FOLDER / "peers.json")
    parser.add_argument("--documents", type=int, default=70, help="how many are indexed")
    parser.add_argument("--questions", type=int, default=100, help="at most so many, each asked twice")
    parser.add_argument("--starts", type=int, default=3, help="of which the median is told")
    options = parser.parse_args()
    figures = compare(FOLDER, options.documents, options.questions, options.starts)
    options.file.parent.mkdir(parents=True, exist_ok=True)
    options.file.write_text(json.dumps(figures, indent=1), "utf-8")


def compare(folder: Path, documents: int, questions: int, starts: int) -> dict[str, Any]:
    """All figures of all contestants, and what they were taken with."""
    environment = open_environment(folder)
    pieces = Pieces(folder / "pieces" / f"peers {documents} {questions}")
    pieces.begin(program_key())
    pieces.take("prepared", lambda: prepare(folder, documents, questions))
    names = [OURS, OURS_WITHOUT_READER, *(peer.name for peer in environment.installed)]
    found = {name: _run(name, folder, environment, pieces, starts) for name in names}
    pieces.finish()
    versions = {name: version(name) for name in _OWN_PACKAGES}
    versions |= {peer.told: environment.version(peer.told) for peer in environment.installed}
    passages = lines(folder / PASSAGES)
    return {
        "contestants": found,
        "failed": environment.failed,
        "passages": len(passages),
        "questions": len(lines(folder / QUESTIONS)),
        "operations_a_passage": _operations(folder, passages) / len(passages),
        "versions": versions,
        "machine": about_machine(),
    }


def prepare(folder: Path, documents: int, questions: int) -> None:
    """Write so many documents, questions about them, and the model for all."""
    for old in _INDEXES:
        path = folder / old
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (folder / CORPUS).mkdir(parents=True)
    chosen = lines(PRACTICE / "corpus.jsonl")[:documents]
    write_lines(folder / CORPUS / "corpus.jsonl", chosen)
    known = {one["_id"] for one in chosen}
    if not (folder / MODEL / "config.json").exists():
        from tests.benchmarks.exported_model import export  # noqa: PLC0415 - torch takes seconds

        export(folder / MODEL)
    items = [one for one in lines(PRACTICE / "questions.jsonl") if one["kind"] in KINDS and one["document"] in known]
    asked = [
        {
            "question": fold(item["question"]) if unmarked else item["question"],
            "evidence": item["evidence"],
            "unmarked": unmarked,
        }
        for unmarked in (False, True)
        for item in items[:questions]
    ]
    write_lines(folder / QUESTIONS, asked)


def _run(
    name: str, folder: Path, environment: PeerEnvironment, pieces: Pieces, starts: int
) -> dict[str, dict[str, float]]:
    """All steps of one contestant that are not done yet; "first" is the median of so many starts."""
    ours = name in (OURS, OURS_WITHOUT_READER)
    program = sys.executable if ours else str(environment.python)

    def step(which: str) -> dict[str, float]:
        print(f"{name}: {which}", file=sys.stderr)
        command = [program, "-m", "tests.benchmarks.contestants", name, which, str(folder)]
        variables = {key: value for key, value in os.environ.items() if not key.startswith("DANVAN_")}
        # Threads that spin while they wait for each other on a busy machine would be billed as work.
        variables |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
        variables |= {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}
        done = subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True)
        figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return figures

    def started() -> dict[str, float]:
        first = sorted((step("first") for _ in range(starts)), key=lambda figures: figures["processor_seconds"])
        return first[starts // 2]

    steps = {} if name == OURS_WITHOUT_READER else {"build": pieces.take(f"{name} build", lambda: step("build"))}
    steps["first"] = pieces.take(f"{name} first", started)
    for which in ("measure", "people"):
        steps[which] = pieces.take(f"{name} {which}", lambda which=which: step(which))  # type: ignore[misc]
    return steps


def _operations(folder: Path, passages: list[Any]) -> float:
    """Floating-point operations for embedding the passages; their tokens are counted with the model's tokenizer."""
    from tokenizers import Tokenizer  # noqa: PLC0415

    from tests.benchmarks.exported_model import operations_a_token  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(folder / MODEL / "tokenizer.json"))
    tokens = sum(len(found.ids) for found in tokenizer.encode_batch([one["titled"] for one in passages]))
    return tokens * operations_a_token()


if __name__ == "__main__":
    main()
