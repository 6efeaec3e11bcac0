"""Figures of evaluations kept for the board."""

from bot.evaluation.run import Run
from bot.records.evaluations import Evaluations
from bot.settings import Settings
from bot.terminal.streams import say
from bot.wiring import open_database
from corpus.errors import DanvanError


def keep_figures(settings: Settings, run: Run) -> None:
    """Keep how a generation did; where nothing can be kept, a remark says so and the evaluation goes on."""
    name = f"{run.gold.name} ({run.split.value})" if run.split else run.gold.name
    figures = run.summary.values("metrics") | run.summary.values("refusal")
    try:
        database = open_database(settings)
        try:
            Evaluations(database).keep(run.generation, name, run.summary.n, figures)
        finally:
            database.close()
    except DanvanError as error:
        say(f"the board will not show these figures: {error}")
