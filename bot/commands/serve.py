"""`danvan serve`: the Telegram bot and the pages."""

import logging

from bot.model_wiring import quieten
from bot.settings import load_settings, token_problem
from corpus.errors import SettingsError

log = logging.getLogger(__name__)


def serve() -> None:
    """Run the Telegram bot and the pages until stopped; builds the index first if there is none."""
    settings = load_settings()
    problem = token_problem(settings)
    if problem and (settings.telegram_token or settings.web == "off"):
        raise SettingsError(problem)
    quieten(settings)
    logging.getLogger("bot").setLevel(logging.INFO)
    log.info("starting")
    from bot.serving import run  # noqa: PLC0415 - seconds to import, while nothing would be said

    run(settings)
