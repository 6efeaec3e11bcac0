"""`danvan ask --batch`: one JSON object a line in, one answer a line out, each as soon as it is known."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Never

from bot.answering.answerer import Answerer
from bot.answers import Answer, Status
from bot.terminal.rendering import answer_as_json
from bot.terminal.streams import print_json
from corpus.surrogates import without_surrogates
from embeddings.question.question import Question

LONGEST_LINE = 16 * 2**20
"""Bytes; what is longer is read past, not kept in memory."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was understood.

    Attributes:
        identity: its "id", None if it has none or it could not be read.
        question: None if there is none to ask.
        text: what stood in the place of the question, to be echoed.
        problem: why there is no question, for the person who asked; "" if there is one.
    """

    identity: Any
    question: Question | None
    text: str = ""
    problem: str = ""


def answer_lines(current: Callable[[], Answerer], stream: BinaryIO, top: int, *, explain: bool = False) -> None:
    """Answer every line of a stream, in its order, writing each answer before the next line is read.

    Args:
        current: the answerer for the next question; another one once another index has been published.
        stream: the lines.
        top: how many passages to cite.
        explain: whether to tell how each question was read and what was found.
    """
    for line in read_lines(stream):
        answerer = current()
        if line.question is None:
            answer, search = _invalid(line, answerer.retriever.generation_id), None
        elif explain:
            answer, search = answerer.explain(line.question, top)
        else:
            answer, search = answerer.answer(line.question, top), None
        print_json(answer_as_json(answer, line.identity, search))


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """Understand a stream line by line, without waiting for more than the line in hand."""
    first = True
    while raw := stream.readline(LONGEST_LINE + 1):
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Line(None, None, problem=f"Dòng dài hơn {LONGEST_LINE:,} byte.")
        else:
            yield parse_line(raw.removeprefix(b"\xef\xbb\xbf") if first else raw)
        first = False


def parse_line(raw: bytes) -> Line:
    """One line of a batch; whatever is wrong with it becomes a sentence, and its id is kept if it can be read."""
    text = raw.decode("utf-8", "replace")
    try:
        fields = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        problem = "Dòng trống." if not text.strip() else "Dòng không phải là một đối tượng JSON hợp lệ."
        return Line(None, None, problem=problem)
    if not isinstance(fields, dict):
        return Line(None, None, problem="Dòng không phải là một đối tượng JSON.")
    identity, question, context = fields.get("id"), fields.get("question"), fields.get("context")
    if not isinstance(question, str):
        return Line(identity, None, problem='Thiếu "question", hoặc "question" không phải là chuỗi ký tự.')
    question = without_surrogates(question)
    if not isinstance(context, str | None):
        return Line(identity, None, question, '"context" phải là câu hỏi trước (chuỗi ký tự) hoặc null.')
    if not _is_utf8(raw):
        return Line(identity, None, question, "Dòng không phải là văn bản UTF-8.")
    return Line(identity, Question(question, None if context is None else without_surrogates(context)), question)


def _invalid(line: Line, generation: str) -> Answer:
    return Answer(line.text, Status.INVALID, None, (), 0.0, (line.problem,), generation, 0.0)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")
