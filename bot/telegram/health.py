"""Is the bot alive? `python -m bot.telegram.health` exits with 0 if it gave a sign of life lately, else with 1."""

import sys
import time

from bot.settings import load_settings

HEARTBEAT = "heartbeat"
FRESH_SECONDS = 180.0


def main() -> int:
    """Look at the sign of life that `bot.telegram.upkeep` leaves in the data folder."""
    try:
        age = time.time() - (load_settings().data_dir / HEARTBEAT).stat().st_mtime
    except OSError:
        return 1
    return 0 if age < FRESH_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
