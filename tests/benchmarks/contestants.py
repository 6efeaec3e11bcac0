"""One contestant of `tests.benchmarks.peers` in a process of its own; prints its figures as a line of JSON.

Usage: python -m tests.benchmarks.contestants NAME build|first|measure FOLDER

FOLDER holds `corpus/` (documents), `questions.jsonl`, `model/` (the bundled model for others) and, once danvan has
built, `passages.jsonl`. What a contestant needs is imported when it is built: not all are installed everywhere.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from typing import Any

CLIENTS = 8
TOP = 3
WARM_UP = 5

Search = Callable[[str], list[str]]
"""Question -> texts of the passages found, best first."""


def lines(path: Path) -> list[Any]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


class Danvan:
    """This project, with its reader or without."""

    def __init__(self, folder: Path, reader: str) -> None:
        from bot.settings import Settings  # noqa: PLC0415

        data = folder / "danvan"
        self._folder = folder
        self._settings = Settings(data_dir=data, corpus_dir=folder / "corpus", reader=reader)

    def build(self) -> None:
        """Index the documents, and tell the passages to the others."""
        from bot.wiring import open_index, open_indexer  # noqa: PLC0415
        from embeddings.index.dense import titled  # noqa: PLC0415

        open_indexer(self._settings).ensure_index()
        store = open_index(self._settings)
        documents, passages = store.read_texts(store.published())
        with (self._folder / "passages.jsonl").open("w", encoding="utf-8") as file:
            for passage in passages:
                title = documents[passage.document_id].title
                told = {"text": passage.text, "titled": titled(title, passage.text)}
                file.write(json.dumps(told, ensure_ascii=False) + "\n")

    def open(self) -> Search:
        """Load what is indexed and the models."""
        from bot.wiring import open_answerer  # noqa: PLC0415
        from embeddings.question.question import Question  # noqa: PLC0415

        answerer = open_answerer(self._settings)
        return lambda text: [one.passage.text for one in answerer.answer(Question(text), TOP).citations]


class Txtai:
    """Txtai's hybrid index (dense and BM25) over the same passages with the same model."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self) -> None:
        """Embed and index the passages."""
        from txtai import Embeddings  # noqa: PLC0415

        prompts = {"query": "query: ", "data": "passage: "}
        embeddings = Embeddings(path=str(self._folder / "model"), hybrid=True, instructions=prompts)
        embeddings.index((number, one["titled"], None) for number, one in enumerate(self._passages()))
        embeddings.save(str(self._folder / "txtai"))

    def open(self) -> Search:
        """Load what is indexed and the model."""
        from txtai import Embeddings  # noqa: PLC0415

        embeddings = Embeddings()
        embeddings.load(str(self._folder / "txtai"))
        texts = [one["text"] for one in self._passages()]
        return lambda question: [texts[int(number)] for number, _ in embeddings.search(question, TOP)]

    def _passages(self) -> list[Any]:
        return lines(self._folder / "passages.jsonl")


CONTESTANTS: dict[str, Callable[[Path], Any]] = {
    "danvan": lambda folder: Danvan(folder, "bundled"),
    "danvan without reader": lambda folder: Danvan(folder, "none"),
    "txtai hybrid": Txtai,
}


def build(contestant: Any, _folder: Path) -> dict[str, float]:
    """Index: seconds by the clock and of processor, imports and loading of the model left in."""
    started, worked = time.perf_counter(), time.process_time()
    contestant.build()
    return {"seconds": time.perf_counter() - started, "processor_seconds": time.process_time() - worked}


def first(contestant: Any, folder: Path) -> dict[str, float]:
    """From the start of the process to the first answer: seconds of processor."""
    contestant.open()(lines(folder / "questions.jsonl")[0]["question"])
    return {"processor_seconds": time.process_time()}


def measure(contestant: Any, folder: Path) -> dict[str, float]:
    """Warm questions: latency, throughput, processor time, quality, memory."""
    questions = lines(folder / "questions.jsonl")
    search = contestant.open()
    for item in questions[:WARM_UP]:
        search(item["question"])
    found: list[list[str]] = []
    waits, started, worked = [], time.perf_counter(), time.process_time()
    for item in questions:
        begun = time.perf_counter()
        found.append(search(item["question"]))
        waits.append(time.perf_counter() - begun)
    alone, processor = time.perf_counter() - started, time.process_time() - worked
    together, crowd = _crowd(search, [item["question"] for item in questions])
    return {
        "p50_ms": 1000 * quantiles(waits, n=20)[9],
        "p95_ms": 1000 * quantiles(waits, n=20)[18],
        "processor_ms": 1000 * processor / len(questions),
        "a_second": len(questions) / alone,
        "p50_ms_of_8": 1000 * quantiles(crowd, n=20)[9],
        "p95_ms_of_8": 1000 * quantiles(crowd, n=20)[18],
        "a_second_of_8": len(questions) / together,
        "recall_marked": _recall(questions, found, unmarked=False),
        "recall_unmarked": _recall(questions, found, unmarked=True),
        "memory_mb": _most_memory(),
    }


def _most_memory() -> float:
    """Megabytes; `getrusage` would tell those of the process that started this one, if they were more."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    assert found
    return int(found[1]) / 1024


def _crowd(search: Search, questions: list[str]) -> tuple[float, list[float]]:
    """All questions by so many clients at once: seconds until the last answer, and each one's wait."""

    def ask(question: str) -> float:
        begun = time.perf_counter()
        search(question)
        return time.perf_counter() - begun

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        waits = list(pool.map(ask, questions))
    return time.perf_counter() - started, waits


def _recall(questions: list[Any], found: list[list[str]], *, unmarked: bool) -> float:
    """Share of the questions, typed with marks or without, whose first passage holds the evidence."""
    chosen = [(item, texts) for item, texts in zip(questions, found, strict=True) if item["unmarked"] == unmarked]
    right = [any(_plain(piece) in _plain(texts[0]) for piece in item["evidence"]) for item, texts in chosen if texts]
    return sum(right) / len(chosen)


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    name, step, place = sys.argv[1:]
    work = {"build": build, "first": first, "measure": measure}[step]
    figures = work(CONTESTANTS[name](Path(place)), Path(place))
    print(json.dumps(figures))
