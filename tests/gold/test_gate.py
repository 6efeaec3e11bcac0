"""The whole gold set over the five articles, held against its floors: what a change must not make worse."""

from pathlib import Path

from bot.evaluation.quality_gate import hold, read_gate
from bot.evaluation.run import Run as GoldRun
from tests.conftest import GOLD, Run

FOLDER = Path(__file__).parent


def test_the_articles_gold_set_keeps_its_floors(gold_run: GoldRun) -> None:
    result = hold(gold_run, read_gate(FOLDER / "gate.toml"))
    assert gold_run.summary.n == len(GOLD.read_text("utf-8").splitlines())
    assert gold_run.gold.problems == ()
    assert result.passed, result.sentences


def test_the_gold_set_fits_the_articles(danvan: Run, indexed: Path) -> None:
    done = danvan("gold", "check", str(GOLD), data_dir=indexed)
    assert done.status == 0, done.err


def test_the_practice_set_fits_its_documents(danvan: Run, indexed: Path) -> None:
    practice = FOLDER / "practice"
    done = danvan("gold", "check", str(practice / "questions.jsonl"), "--documents", str(practice), data_dir=indexed)
    assert done.status == 0, done.err
