"""Questions about anything else, put to the five articles: those of practice/offtopic.jsonl kept from the fit."""

import json
from pathlib import Path

from tests.conftest import Run

FAR = Path(__file__).parent / "practice" / "offtopic.jsonl"


def statuses(danvan: Run, indexed: Path, questions: list[str]) -> list[str]:
    lines = "\n".join(json.dumps({"id": number, "question": asked}) for number, asked in enumerate(questions))
    done = danvan("ask", "--batch", "-", "--json", stdin=lines.encode(), data_dir=indexed)
    assert done.status == 0, done.err
    return [json.loads(line)["status"] for line in done.out.splitlines()]


def test_what_has_nothing_to_do_with_the_documents_is_not_answered(danvan: Run, indexed: Path) -> None:
    items = [json.loads(line) for line in FAR.read_text("utf-8").splitlines()]
    asked = [item["question"] for item in items if item["split"] == "test"]
    assert len(asked) >= 40
    found = statuses(danvan, indexed, asked)
    assert len(found) == len(asked)
    answered = [question for question, status in zip(asked, found, strict=True) if status == "answered"]
    assert len(answered) <= 1, answered


def test_documents_are_not_said_to_be_about_a_subject_that_none_has(danvan: Run, indexed: Path) -> None:
    asked = ["giá vàng hôm nay", "vay vốn ngân hàng", "công tác dân vận", "phản biện xã hội"]
    assert statuses(danvan, indexed, asked) == ["not_found", "not_found", "related", "related"]
