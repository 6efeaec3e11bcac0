"""The bot in a process of its own, with the answerer without a model: `python -m ... BASE_URL DATA_DIR [OPTIONS]`.

`--seconds S` makes each answer take so long; `--stuck-after N` leaves every question after N answered ones without an
answer; `--database URL` takes another database than the data folder's; `--unlimited` lifts Telegram's limits on
messages.
"""

import argparse
import asyncio
import signal
import time
from pathlib import Path

from pydantic import SecretStr

from bot.answers import Answer
from bot.examples import EXAMPLES
from bot.settings import Settings
from bot.telegram.application import serve
from bot.telegram.incoming import inbox
from bot.telegram.outgoing import flood_limits
from embeddings.question.question import Question
from tests.bot.telegram.conftest import parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import TOKEN
from tests.conftest import PATIENCE

VILLAGES = [document(f"d{n}", f"Thôn số {n}", f"Trưởng thôn số {n} là ông Nguyễn Số{n}.") for n in range(40)]


class Villages(FakeAnswerer):
    """Takes its time over what people ask, and answers so many questions of theirs and no more."""

    def __init__(self, seconds: float, stuck_after: int | None) -> None:
        super().__init__([*LIBRARY, *VILLAGES])
        self._pause, self._left = seconds, stuck_after

    def answer(self, question: Question, top: int = 3) -> Answer:
        if question.text not in EXAMPLES:
            self._dwell()
        return super().answer(question, top)

    def _dwell(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                time.sleep(PATIENCE)
        time.sleep(self._pause)


async def main(options: argparse.Namespace) -> None:
    """Serve until SIGTERM."""
    if options.unlimited:
        flood_limits.MESSAGES_PER_SECOND = 100_000
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=Path(options.data_dir),
        telegram_token=SecretStr(TOKEN),
        telegram_base_url=f"{options.address}/bot",
        database_url=SecretStr(options.database) if options.database else None,
        access="open",
        admin_users=(900,),
    )
    inbox.AWAY_SECONDS = PATIENCE  # however long a standby takes on this machine
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(settings, parts_of(Villages(options.seconds, options.stuck_after)), stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("data_dir")
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--stuck-after", type=int)
    parser.add_argument("--database")
    parser.add_argument("--unlimited", action="store_true")
    asyncio.run(main(parser.parse_args()))
