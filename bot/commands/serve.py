"""`danvan serve`: the Telegram bot and the pages."""

import logging

from bot.model_wiring import quieten
from bot.serving import run
from bot.settings import load_settings


def serve() -> None:
    """Run the Telegram bot and the pages until stopped; builds the index first if there is none."""
    settings = load_settings()
    quieten(settings)
    logging.getLogger("bot").setLevel(logging.INFO)

    run(settings)
