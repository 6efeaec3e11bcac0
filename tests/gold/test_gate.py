"""The whole gold set over the five articles, held against its floors: what a change must not make worse."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

FOLDER = Path(__file__).parent


@pytest.mark.timeout(900)
def test_the_articles_gold_set_keeps_its_floors(danvan: Run, indexed: Path) -> None:
    gold = FOLDER / "articles.jsonl"
    done = danvan("evaluate", str(gold), "--json", "--gate", str(FOLDER / "gate.toml"), data_dir=indexed)
    assert done.status == 0, done.err
    result = json.loads(done.out)
    assert result["n"] == len(gold.read_text("utf-8").splitlines())
    assert result["gate"]["passed"]


def test_the_gold_set_fits_the_articles(danvan: Run, indexed: Path) -> None:
    done = danvan("gold", "check", str(FOLDER / "articles.jsonl"), data_dir=indexed)
    assert done.status == 0, done.err


def test_the_practice_set_fits_its_documents(danvan: Run, indexed: Path) -> None:
    practice = FOLDER / "practice"
    done = danvan("gold", "check", str(practice / "questions.jsonl"), "--documents", str(practice), data_dir=indexed)
    assert done.status == 0, done.err
