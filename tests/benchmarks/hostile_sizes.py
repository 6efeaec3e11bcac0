"""Large and hostile input against usual input, in seconds of processor: `python -m tests.benchmarks.hostile_sizes`.

The largest questions that are read, hostile ones (odd letters, endless words, one sign again and again), and a document
with one paragraph of 100,000 characters, each against questions of the gold set over the five articles.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bot.settings import Settings
from bot.wiring import open_answerer, open_indexer
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from embeddings.question.question import LONGEST_QUESTION, Question

GOLD = Path(__file__).parent.parent / "gold" / "articles.jsonl"
HOSTILE, LONGEST = 100, 10
PARAGRAPH = 100_000


def main() -> None:
    """Print how many times a usual question's time each takes."""
    questions = [json.loads(line)["question"] for line in GOLD.read_text("utf-8").splitlines()][:60]
    with tempfile.TemporaryDirectory() as folder:
        answerer = open_answerer(_indexed(Path(folder), paragraph=False))

        def ask(question: str) -> None:
            answerer.answer(Question(question), 3)

        for question in questions[:5]:
            ask(question)
        usual = median(_seconds(lambda question=question: ask(question)) for question in questions[5:])  # type: ignore[misc]
        print(f"a usual question                {1000 * usual:8.0f} ms of processor")
        took = [_seconds(lambda question=question: ask(question)) for question in longest(questions)]  # type: ignore[misc]
        print(f"{LONGEST_QUESTION} characters, median     {median(took) / usual:8.1f} times that")
        print(f"the slowest of {len(took)}               {max(took) / usual:8.1f} times that")
        took = [_seconds(lambda question=question: ask(question)) for question in hostile(HOSTILE)]  # type: ignore[misc]
        print(f"hostile ones, median            {median(took) / usual:8.1f} times")
        print(f"the slowest of {HOSTILE}              {max(took) / usual:8.1f} times")
    with tempfile.TemporaryDirectory() as folder:
        answerer = open_answerer(_indexed(Path(folder), paragraph=True))
        took = [_seconds(lambda question=question: ask(question)) for question in questions[5:25]]  # type: ignore[misc]
        print(f"beside a long paragraph, median {median(took) / usual:8.1f} times")
        print(f"the slowest                     {max(took) / usual:8.1f} times")


def longest(questions: list[str]) -> list[str]:
    """Questions one behind the other, as long as a question may be, each time in another order."""
    chance = random.Random(0)
    return [(" ".join(chance.sample(questions, len(questions))) * 9)[:LONGEST_QUESTION] for _ in range(LONGEST)]


def hostile(count: int) -> list[str]:
    """Questions nobody asks, of all lengths."""
    chance = random.Random(0)
    signs = [
        "a",
        "ả",
        "1",
        ".",
        "?",
        "(",
        "\u0301",
        "漢",
        "\U0001f600",
        "/",
        "-",
        "Ă",
        " ",
        "\u200b",
        "ﷺ",
        "0",
        "\t",
        '"',
    ]
    found = []
    for number in range(count):
        length = chance.choice((10, 100, 1000, LONGEST_QUESTION))
        few = chance.sample(signs, k=1 + number % 5)
        found.append("".join(chance.choices(few, k=length)))
    return found


def _indexed(folder: Path, *, paragraph: bool) -> Settings:
    """A data folder with the five articles, and a document of one endless paragraph beside them."""
    documents = folder / "documents"
    documents.mkdir()
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt"))]
    for name, text in texts:
        (documents / name).write_text(text, "utf-8")
    if paragraph:
        words = " ".join(" ".join(text.split()) for _, text in texts).replace(".", ",")
        (documents / "dai.txt").write_text(f"Một văn bản dài\n\n{(words * 9)[:PARAGRAPH]}", "utf-8")
    settings = Settings(data_dir=folder / "data", corpus_dir=documents)
    open_indexer(settings).ensure_index()
    return settings


def _seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
