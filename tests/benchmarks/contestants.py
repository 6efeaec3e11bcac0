"""One contestant of `tests.benchmarks.peers` in a process of its own; prints its figures as a line of JSON.

Usage: python -m tests.benchmarks.contestants NAME build|first|measure|people FOLDER

FOLDER holds what `benchmark_files` names; `passages.jsonl` is there once danvan has built.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.benchmarks.benchmark_files import CORPUS, FOUND, PASSAGES, QUESTIONS, lines, write_lines
from tests.benchmarks.peer_systems import Haystack, LlamaIndex, Search, Txtai

CLIENTS = 8
PEOPLE, EACH = 50, 2
WARM_UP = 5


class Danvan:
    """This project, with its reader or without."""

    def __init__(self, folder: Path, reader: str) -> None:
        from bot.settings import Settings  # noqa: PLC0415 - not installed for peers

        self._folder = folder
        self._settings = Settings(data_dir=folder / "danvan", corpus_dir=folder / CORPUS, reader=reader)

    def build(self) -> None:
        """Index the documents, and tell the passages to the others."""
        from bot.wiring import open_index, open_indexer  # noqa: PLC0415
        from embeddings.headings import heading_of  # noqa: PLC0415
        from embeddings.index.dense import titled  # noqa: PLC0415

        open_indexer(self._settings).ensure_index()
        store = open_index(self._settings)
        documents, passages = store.read_texts(store.published())
        titles = {document.id: heading_of(document) for document in documents.values()}
        told = ({"text": one.text, "titled": titled(titles[one.document_id], one.text)} for one in passages)
        write_lines(self._folder / PASSAGES, told)

    def open(self) -> Search:
        """Load what is indexed and the models; no answer is kept for when it is asked again."""
        from bot.wiring import open_answerer  # noqa: PLC0415
        from embeddings.question.question import Question  # noqa: PLC0415

        answerer = open_answerer(self._settings)
        return lambda text: [one.passage.text for one in answerer.answer(Question(text), FOUND).citations]


OURS, OURS_WITHOUT_READER = "danvan", "danvan without reader"
CONTESTANTS: dict[str, Callable[[Path], Any]] = {
    OURS: lambda folder: Danvan(folder, "bundled"),
    OURS_WITHOUT_READER: lambda folder: Danvan(folder, "none"),
    "txtai hybrid": Txtai,
    "Haystack": Haystack,
    "LlamaIndex": LlamaIndex,
}
"""By the names that the page tells; `peer_environment.PEERS` has the same."""


def build(contestant: Any, folder: Path) -> dict[str, float]:
    """Index: seconds by the clock and of processor, imports and loading of the model left in."""
    started = time.perf_counter()
    contestant.build()
    passages = len(lines(folder / PASSAGES))
    worked = time.process_time()
    return {"seconds": time.perf_counter() - started, "processor_seconds": worked, "a_second": passages / worked}


def first(contestant: Any, folder: Path) -> dict[str, float]:
    """From the start of the process to the first answer: seconds of processor."""
    contestant.open()(lines(folder / QUESTIONS)[0]["question"])
    return {"processor_seconds": time.process_time()}


def measure(contestant: Any, folder: Path) -> dict[str, float]:
    """Warm questions, one client and then several: latency, throughput, processor time, quality, memory."""
    questions = lines(folder / QUESTIONS)
    search = warmed_up(contestant, questions)
    found: list[list[str]] = []
    waits, started, worked = [], time.perf_counter(), time.process_time()
    for item in questions:
        begun = time.perf_counter()
        found.append(search(item["question"]))
        waits.append(time.perf_counter() - begun)
    alone, processor = time.perf_counter() - started, time.process_time() - worked
    together, crowd, processor_of_crowd = _crowd(search, [[item["question"]] for item in questions], CLIENTS)
    return {
        "p50_ms": 1000 * quantiles(waits, n=20)[9],
        "p95_ms": 1000 * quantiles(waits, n=20)[18],
        "processor_ms": 1000 * processor / len(questions),
        "a_second": len(questions) / alone,
        "p50_ms_of_8": 1000 * quantiles(crowd, n=20)[9],
        "p95_ms_of_8": 1000 * quantiles(crowd, n=20)[18],
        "a_second_of_8": len(questions) / together,
        "cores_of_8": processor_of_crowd / together,
        "recall_marked": _recall(questions, found, unmarked=False),
        "recall_unmarked": _recall(questions, found, unmarked=True),
        "memory_mb": most_memory(),
    }


def people(contestant: Any, folder: Path) -> dict[str, float]:
    """Fifty people with two questions each at once, against the same questions one by one.

    Whoever has the answer to the first asks the second; all questions are different ones.
    """
    questions = [item["question"] for item in lines(folder / QUESTIONS)][: PEOPLE * EACH]
    search = warmed_up(contestant, lines(folder / QUESTIONS)[-WARM_UP:])
    worked, started = time.process_time(), time.perf_counter()
    for question in questions:
        search(question)
    alone, processor_alone = time.perf_counter() - started, time.process_time() - worked
    each = [questions[start : start + EACH] for start in range(0, len(questions), EACH)]
    together, waits, processor = _crowd(search, each, len(each))
    return {
        "questions": len(questions),
        "seconds": together,
        "processor_seconds": processor,
        "p50_ms": 1000 * quantiles(waits, n=20)[9],
        "p95_ms": 1000 * quantiles(waits, n=20)[18],
        "seconds_one_by_one": alone,
        "processor_seconds_one_by_one": processor_alone,
    }


def warmed_up(contestant: Any, questions: Sequence[Any]) -> Search:
    """The contestant ready to answer, having answered a few."""
    search: Search = contestant.open()
    for item in questions[:WARM_UP]:
        search(item["question"])
    return search


def most_memory() -> float:
    """Megabytes; `getrusage` would tell those of the process that started this one, if they were more."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    assert found
    return int(found[1]) / 1024


def _crowd(search: Search, clients: Sequence[Sequence[str]], at_once: int) -> tuple[float, list[float], float]:
    """Questions by so many at once, each client's one after the other.

    Returns:
        Seconds until the last answer, each question's wait in seconds, seconds of processor.
    """

    def ask(questions: Sequence[str]) -> list[float]:
        waits = []
        for question in questions:
            begun = time.perf_counter()
            search(question)
            waits.append(time.perf_counter() - begun)
        return waits

    worked, started = time.process_time(), time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        waits = [wait for some in pool.map(ask, clients) for wait in some]
    return time.perf_counter() - started, waits, time.process_time() - worked


def _recall(questions: list[Any], found: list[list[str]], *, unmarked: bool) -> float:
    """Share of the questions, typed with marks or without, whose first passage holds the evidence."""
    chosen = [(item, texts) for item, texts in zip(questions, found, strict=True) if item["unmarked"] == unmarked]
    right = [any(_plain(piece) in _plain(texts[0]) for piece in item["evidence"]) for item, texts in chosen if texts]
    return sum(right) / len(chosen)


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    name, step, place = sys.argv[1:]
    work = {"build": build, "first": first, "measure": measure, "people": people}[step]
    figures = work(CONTESTANTS[name](Path(place)), Path(place))
    print(json.dumps(figures))
