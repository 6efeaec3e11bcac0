"""`ask --batch`: every line gets its answer, in order and at once, whatever stands in it."""

import io
import json
import random
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.commands.ask_batch import LONGEST_LINE, parse_line, read_lines
from embeddings.question.question import Question
from tests.conftest import DANVAN, PATIENCE, Run, environment

ASKED = "năm 2020 được chọn là năm gì?"


class Program:
    """`danvan ask --batch -`, asked one line after the other by a program that waits for each answer."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [DANVAN, "ask", "--batch", "-", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(data_dir=data_dir),
        )

    def send(self, line: bytes) -> dict[str, Any]:
        """Write a line, keep standard input open, and wait for the answer to it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline().decode("utf-8"))
        return answer

    def ask(self, question: str, **fields: Any) -> dict[str, Any]:
        return self.send(json.dumps({"question": question} | fields).encode())


@pytest.fixture(scope="module")
def program(indexed: Path) -> Iterator[Program]:
    running = Program(indexed)
    yield running
    out, err = running.process.communicate(timeout=PATIENCE)
    assert (running.process.returncode, out, err) == (0, b"", b"")


@pytest.mark.parametrize("identity", [7, "câu-1", None, [1, {"a": "é"}], 1.5, True])
def test_the_id_comes_back_as_it_went(program: Program, identity: Any) -> None:
    assert program.ask(ASKED, id=identity)["id"] == identity


def test_a_program_may_ask_read_and_ask_again(program: Program) -> None:
    first = program.ask(ASKED, id=1)
    second = program.ask("ai phát biểu?", id=2, context=first["question"])
    assert (first["id"], second["id"]) == (1, 2)
    assert first["citations"][0]["document_id"] == "tong-ket-nam-dan-van-chinh-quyen-2019"
    assert "Năm dân vận khéo" in first["citations"][0]["quote"]
    assert second["question"] == "ai phát biểu?"


@pytest.mark.parametrize(
    ("line", "identity", "says"),
    [
        (b"", None, "trống"),
        (b"   ", None, "trống"),
        (b"not json", None, "JSON"),
        (b'{"id": 3, "question": ', None, "JSON"),
        (b"[1, 2]", None, "JSON"),
        (b'"a question"', None, "JSON"),
        (b"{}", None, "question"),
        (b'{"id": 4}', 4, "question"),
        (b'{"id": 5, "question": 12}', 5, "question"),
        (b'{"id": 6, "question": null}', 6, "question"),
        (b'{"id": 7, "question": "a gi?", "context": ["b"]}', 7, "context"),
        (b'{"id": 8, "question": "\xff\xfe"}', 8, "UTF-8"),
        (b'{"id": NaN, "question": "a"}', None, "JSON"),
        (b"[" * 100_000, None, "JSON"),
        (b'{"id": 9, "question": ""}', 9, "trống"),
        (b'{"id": 10, "question": " \\u00a0\\t"}', 10, "trống"),
    ],
)
def test_a_bad_line_is_an_invalid_answer_with_the_reason(
    program: Program, line: bytes, identity: Any, says: str
) -> None:
    answer = program.send(line)
    assert answer["status"] == "invalid"
    assert answer["id"] == identity
    assert answer["citations"] == []
    assert answer["answer"] is None
    assert says in answer["notes"][0]
    assert answer["generation"]


@pytest.mark.parametrize(
    "question",
    ["🙂🙂", "\ufdfa" * 10, "\ud800", "\x00", "?", "x" * 4097, "á" * 2**20, "\u202e" * 50, "a\u0301" * 4096],
    ids=["emoji", "ligature", "surrogate", "null", "mark", "4097", "megabyte", "direction", "combining"],
)
def test_strange_questions_are_answered_cleanly(program: Program, question: str) -> None:
    answer = program.ask(question, id="x")
    assert answer["id"] == "x"
    assert answer["status"] in {"answered", "related", "not_found", "invalid"}
    assert (answer["status"] == "invalid") == (answer["citations"] == [])


def test_random_bytes_do_not_stop_it(program: Program) -> None:
    dice = random.Random(20200110)
    for number in range(25):
        text = dice.randbytes(dice.randint(1, 200)).decode("utf-8", "replace")
        assert program.ask(text, id=number)["id"] == number


def test_decomposed_letters_are_read_as_composed_ones(program: Program) -> None:
    composed, decomposed = program.ask(ASKED), program.ask(unicodedata.normalize("NFD", ASKED))
    assert decomposed["citations"][0]["passage_id"] == composed["citations"][0]["passage_id"]
    assert decomposed["status"] == composed["status"]


def test_a_file_is_answered_in_its_order(quick: Run, quick_indexed: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [{"id": n, "question": ASKED, "context": None} for n in range(3)]
    text = "\ufeff" + "\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    questions.write_bytes(text.encode("utf-8"))  # a mark at its start, Windows line ends, none after the last line
    done = quick("ask", "--batch", str(questions), "--json", "--top", "2", data_dir=quick_indexed)
    assert done.status == 0, done.err
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert [len(answer["citations"]) for answer in answers] == [2, 2, 2]
    assert "Năm dân vận khéo" in done.out  # letters as they are, not escaped
    assert done.err == ""


def test_a_line_is_read_without_waiting_for_the_next() -> None:
    class Watched(io.BytesIO):
        lines_read = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.lines_read += 1
            return super().readline(size)

    stream = Watched(b'{"question": "a"}\n{"question": "b"}\n')
    lines = read_lines(stream)
    assert next(lines).question == Question("a")
    assert stream.lines_read == 1


def test_an_endless_line_is_read_past() -> None:
    lines = list(read_lines(io.BytesIO(b"x" * (2 * LONGEST_LINE + 10) + b'\n{"id": 1, "question": "a"}\n')))
    assert [line.question for line in lines] == [None, Question("a")]
    assert "byte" in lines[0].problem


def test_a_line_keeps_what_stood_in_it() -> None:
    line = parse_line('{"id": "1", "question": "còn năm 2019?", "context": "năm 2020?", "more": 1}'.encode())
    assert line.question == Question("còn năm 2019?", "năm 2020?")
    assert line.identity == "1"
