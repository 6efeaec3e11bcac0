"""Is somebody being answered? `python -m bot.telegram.health` exits with 0 if the bot lately said so, else with 1.

The bot writes into its data folder, every few seconds, how many updates it has worked off and whether anything is
wrong (`heartbeat`, JSON). A bot that has fallen silent writes nothing any more.
"""

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.heartbeat import HEARTBEAT, leave_sign
from bot.settings import load_settings

FRESH_SECONDS = 180.0
STUCK_SECONDS = 300.0
"""Updates wait and none was worked off for so long: the bot is stuck."""

MOST_FAILURES = 5
"""So many updates in a row that ended in an error, or could not be read: nobody is being answered."""


@dataclass(slots=True)
class Pulse:
    """Counts what happens to updates, from their arrival to their end.

    Attributes:
        received: updates that were taken in.
        processed: those that were worked off, whatever came of it.
        set_aside: those that could not be read.
        failures: how many ended badly since the last that ended well.
    """

    received: int = 0
    processed: int = 0
    set_aside: int = 0
    failures: int = 0
    _failed: set[int] = field(default_factory=set)
    _progress: float = field(default_factory=time.monotonic)

    def taken_in(self) -> None:
        """An update has arrived."""
        if self.received == self.processed:
            self._progress = time.monotonic()
        self.received += 1

    def failed(self, number: int) -> None:
        """The update with this number ended in an error."""
        self._failed.add(number)

    def done(self, number: int) -> None:
        """The update with this number has been worked off."""
        self.processed += 1
        self._progress = time.monotonic()
        self.failures = self.failures + 1 if number in self._failed else 0
        self._failed.discard(number)

    def passed_over(self) -> None:
        """An update could not be read."""
        self.set_aside += 1
        self.failures += 1

    def problem(self, held_up: int = 0) -> str | None:
        """Why nobody is being answered, None if people are.

        Args:
            held_up: how many updates wait for Telegram itself.
        """
        if self.failures >= MOST_FAILURES:
            return f"the last {self.failures} updates could not be read or ended in an error"
        waiting = self.received - self.processed - held_up
        silent = time.monotonic() - self._progress
        if waiting > 0 and silent > STUCK_SECONDS:
            return f"{waiting} updates wait and none was worked off for {silent:.0f} s"
        return None


def beat(data_dir: Path, pulse: Pulse, problem: str | None) -> None:
    """Leave a sign of life."""
    counts = {
        "received": pulse.received,
        "processed": pulse.processed,
        "set_aside": pulse.set_aside,
        "failures": pulse.failures,
    }
    leave_sign(data_dir, problem, counts)


def main() -> int:
    """Look at the sign of life that the bot leaves in its data folder, and say what is wrong."""
    path = load_settings().data_dir / HEARTBEAT
    try:
        age = time.time() - path.stat().st_mtime
        problem = json.loads(path.read_bytes())["problem"]
    except (OSError, ValueError, KeyError, TypeError):
        problem, age = "there is no sign of life", 0.0
    if problem is None and abs(age) >= FRESH_SECONDS:  # a clock that was set back must not keep a dead bot alive
        problem = f"the last sign of life is {age:.0f} s old"
    if problem is not None:
        sys.stdout.write(f"{problem}\n")
    return 0 if problem is None else 1


if __name__ == "__main__":
    sys.exit(main())
