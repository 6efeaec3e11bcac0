"""What the steps of a comparison hand to each other: names below its folder, and lines of JSON."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

CORPUS = "corpus"
MODEL = "model"
QUESTIONS = "questions.jsonl"
PASSAGES = "passages.jsonl"
FOUND = 3
"""Passages that a question asks for."""


def lines(path: Path) -> list[Any]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write_lines(path: Path, items: Iterable[Any]) -> None:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), "utf-8")
