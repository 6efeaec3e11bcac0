"""`danvan serve`: the Telegram bot."""

import logging

from bot.settings import load_settings, token_problem
from bot.telegram.application import run
from bot.wiring import quieten
from corpus.errors import SettingsError


def serve() -> None:
    """Run the Telegram bot until it is stopped; builds the index first if there is none."""
    settings = load_settings()
    problem = token_problem(settings)
    if problem:
        raise SettingsError(problem)
    quieten(settings)
    logging.getLogger("bot").setLevel(logging.INFO)

    run(settings)
