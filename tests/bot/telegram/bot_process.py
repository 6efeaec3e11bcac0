"""The bot in a process of its own, with the answerer without a model: `python -m ... BASE_URL DATA_DIR SECONDS`."""

import asyncio
import signal
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram.application import serve
from bot.telegram.outgoing import flood_limits
from tests.bot.telegram.conftest import parts_of
from tests.bot.telegram.fakes import LIBRARY, FakeAnswerer, document
from tests.bot.telegram.server import TOKEN

VILLAGES = [document(f"d{n}", f"Thôn số {n}", f"Trưởng thôn số {n} là ông Nguyễn Số{n}.") for n in range(40)]


async def main(address: str, data_dir: str, seconds: float, *, unlimited: bool) -> None:
    """Serve until SIGTERM, each answer taking `seconds`; `unlimited` lifts Telegram's limits on messages."""
    if unlimited:
        flood_limits.MESSAGES_PER_SECOND = 100_000
    answerer = FakeAnswerer([*LIBRARY, *VILLAGES])
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=Path(data_dir),
        telegram_token=SecretStr(TOKEN),
        telegram_base_url=f"{address}/bot",
        access="open",
        admin_users=(900,),
    )
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)

    asyncio.get_running_loop().call_later(0.0, setattr, answerer, "seconds", seconds)
    await serve(settings, parts_of(answerer), stop)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), unlimited="unlimited" in sys.argv))
