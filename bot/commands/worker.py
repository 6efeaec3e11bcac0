"""`danvan worker`."""

from bot.settings import load_settings
from bot.terminal.streams import say
from bot.wiring import open_indexing_queue
from corpus.errors import SettingsError


def worker() -> None:
    """Embed texts for whoever reindexes, beside other workers, until stopped; needs DANVAN_INDEX=postgres."""
    queue = open_indexing_queue(load_settings())
    if queue is None:
        raise SettingsError("workers need DANVAN_INDEX=postgres and DANVAN_DATABASE_URL: see docs/scale.md")
    queue.work(lambda: say("waiting for texts to embed; stop with Ctrl-C"))
