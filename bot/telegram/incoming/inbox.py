"""The queue between Telegram and the handlers: what enters it has been written down first."""

import asyncio
import json
import logging
import time
from dataclasses import dataclass

from telegram import Bot, Update

from bot.records.database import DatabaseError
from bot.records.journal import MOST_ATTEMPTS, Journal
from bot.telegram.health import Pulse
from bot.telegram.incoming.addressing import is_addressed
from bot.telegram.incoming.reading import Unreadable
from bot.threads import Threads
from corpus.errors import DanvanError

log = logging.getLogger(__name__)

AGAIN_SECONDS = 1.0
AWAY_SECONDS = 60.0
"""How long answers wait for a database that several programs share; after that they are given all the same."""

LATER_SECONDS = (300.0, 3600.0)
"""How long an update that was left for later rests: the first time, and at most."""


@dataclass(slots=True)
class _Work:
    """An update that is being worked on.

    Attributes:
        entry: in the journal; None if it could not be written down.
        taken_up: whether somebody began to work on it before.
        in_doubt: whether somebody may have sent its answer before.
        left: whether it is to be left for later.
        unwritten: what is to be written down as soon as that works again; None if there is no need to.
        failures: how often the database was asked for its sake in vain.
        again: whether it is to be worked on again in a moment.
    """

    entry: int | None
    taken_up: bool = False
    in_doubt: bool = False
    left: bool = False
    unwritten: str | None = None
    failures: int = 0
    again: bool = False


class Inbox(asyncio.Queue[object]):
    """Writes each update into the journal before Telegram is told that it was received.

    The next getUpdates (or the webhook's reply) confirms an update only after `put` has returned. What is not meant
    for the bot is neither written down nor worked on. A journal that cannot be written to keeps nobody waiting: the
    update is worked on all the same, and what is to be crossed out is remembered until that works again.
    """

    def __init__(self, pulse: Pulse, threads: Threads) -> None:
        super().__init__()
        self._pulse = pulse
        self._threads = threads
        self._journal: Journal | None = None
        self._work: dict[int, _Work] = {}  # by the update's identity: servers that count anew use numbers twice
        self._unwritten: set[int] = set()
        self._uncrossed: list[int] = []
        self._rests: dict[int, tuple[float, float]] = {}
        self._writing = asyncio.Lock()
        self._away_since: float | None = None
        self._beginning: set[asyncio.Task[None]] = set()

    def use(self, journal: Journal) -> None:
        """Write into this journal from now on."""
        self._journal = journal

    async def put(self, item: object) -> None:
        """Take one update in, unless it is not for us or was received before; whatever it is, the next one can come."""
        if not isinstance(item, Update):
            await super().put(item)
            return
        try:
            if not is_addressed(item, item.get_bot()):
                return
            payload = item.to_json()
        except Exception as error:
            await self.set_aside(Unreadable(item.update_id, "looked at", type(error).__name__))
            return
        if item.inline_query is not None:  # forgotten by Telegram within seconds: nothing to be made up for later
            await self._enter(item, _Work(None))
            return
        async with self._writing:
            await self._receive(item, payload)

    async def set_aside(self, unreadable: Unreadable) -> None:
        """Note that an update could not be read, and pass it over."""
        self._pulse.passed_over()
        problem = f"{unreadable.kind}: {unreadable.reason}"
        try:
            if self._journal and not await self._threads.write(self._journal.set_aside, unreadable.number, problem):
                return
        except DanvanError:
            pass
        log.warning("update %d cannot be read and is passed over (%s)", unreadable.number, problem)

    async def take_up(self, bot: Bot) -> None:
        """Put in what was left open, by an earlier run or for later; give up what has failed too often."""
        await self._cross_out()
        if self._journal is None:
            return
        async with self._writing:
            now = time.monotonic()
            busy = {work.entry for work in self._work.values() if work.entry is not None}
            resting = {entry for entry, (until, _) in self._rests.items() if until > now}
            for left in await self._threads.write(self._journal.take_up, {*busy, *resting, *self._uncrossed}):
                update = _restored(left.payload, bot)
                if update is None or left.attempts >= MOST_ATTEMPTS:
                    log.error("update of journal entry %d given up after %d attempts", left.entry, left.attempts)
                    await self._threads.write(self._journal.finish, left.entry)
                else:
                    await self._enter(update, _Work(left.entry, taken_up=True, in_doubt=left.in_doubt))

    def leave_open(self, update: Update) -> None:
        """Leave an update for later: its answer could not be sent."""
        if id(update) in self._work:
            self._work[id(update)].left = True

    def was_taken_up(self, update: Update) -> bool:
        """Whether somebody began to work on this update before."""
        work = self._work.get(id(update))
        return work is not None and work.taken_up

    def is_in_doubt(self, update: Update) -> bool:
        """Whether a program that died may have sent the answer to this update."""
        work = self._work.get(id(update))
        return work is not None and work.in_doubt

    async def may_send(self, update: Update) -> bool:
        """Whether it is for this program to send the answer to an update; see `Journal`.

        Raises:
            DatabaseError: while the database cannot say; after a minute of that everybody is answered.
        """
        work = self._work.get(id(update))
        if work is None or self._journal is None or not self._journal.is_shared:
            return True
        try:
            if work.entry is None and work.unwritten is not None:
                number, payload = update.update_id, work.unwritten
                work.entry = await self._threads.write(self._journal.receive_late, number, payload)
                if work.entry is None:
                    return False
            ours = work.entry is None or await self._threads.write(self._journal.may_send, work.entry)
        except DatabaseError:
            work.failures += 1
            if self._is_long_away():
                return True
            raise
        self._away_since = None
        return ours

    def failures(self, update: Update) -> int:
        """How often the database was asked for the sake of this update in vain."""
        work = self._work.get(id(update))
        return 0 if work is None else work.failures

    def try_again(self, update: Update) -> bool:
        """Work on an update again in a moment, since the database that others share was away; False after a minute."""
        work = self._work.get(id(update))
        if work is None or self._journal is None or not self._journal.is_shared or self._is_long_away():
            return False
        work.failures += 1
        work.again = True
        return True

    def _is_long_away(self) -> bool:
        now = time.monotonic()
        self._away_since = self._away_since or now
        return now - self._away_since > AWAY_SECONDS

    def _begin_again(self, update: Update, work: _Work) -> None:
        async def enter() -> None:
            await asyncio.sleep(AGAIN_SECONDS)
            await self._enter(update, work)

        work.again = False
        self._work[id(update)] = work
        task = asyncio.create_task(enter())
        self._beginning.add(task)
        task.add_done_callback(self._beginning.discard)

    async def keep(self) -> None:
        """Hold on to what is worked on and cross out what is finished, when the database is back."""
        if self._journal is not None:
            await self._threads.write(self._journal.keep)
            await self._cross_out()

    async def finish(self, update: Update) -> None:
        """Cross an update out, unless it is left for later."""
        work = self._work.pop(id(update), None)
        self._pulse.done(update.update_id)
        if work is not None and work.again:
            self._begin_again(update, work)
            return
        self._unwritten.discard(update.update_id)
        if work is None or work.entry is None:
            return
        if work.left:
            await self._put_back(work.entry)
            return
        self._rests.pop(work.entry, None)
        self._uncrossed.append(work.entry)
        await self._cross_out()

    async def _receive(self, update: Update, payload: str) -> None:
        """Write an update down and let it in, unless it was received before."""
        if update.update_id in self._unwritten:
            return
        entry = unwritten = None
        if self._journal is not None:
            try:
                entry = await self._threads.write(self._journal.receive, update.update_id, payload)
                self._away_since = None
                if entry is None:
                    return
            except DanvanError as error:  # a full disk must not stop the bot from answering
                self._unwritten.add(update.update_id)
                unwritten = payload if self._journal.is_shared else None
                log.warning("an update could not be written down; it is worked on all the same: %s", error)
        await self._enter(update, _Work(entry, unwritten=unwritten))

    async def _enter(self, update: Update, work: _Work) -> None:
        self._work[id(update)] = work
        self._pulse.taken_in()
        await super().put(update)

    async def _put_back(self, entry: int) -> None:
        first, longest = LATER_SECONDS
        rest = min(2 * self._rests[entry][1], longest) if entry in self._rests else first
        self._rests[entry] = time.monotonic() + rest, rest
        try:
            if self._journal is not None:
                await self._threads.write(self._journal.put_back, entry)
        except DanvanError as error:
            log.warning("an update is left for later, but that could not be noted: %s", error)

    async def _cross_out(self) -> None:
        """Cross out what is finished; what cannot be now is left to the next time."""
        while self._journal is not None and self._uncrossed:
            entry = self._uncrossed[0]
            try:
                await self._threads.write(self._journal.finish, entry)
            except DanvanError as error:
                log.warning("%d finished updates are still to be crossed out: %s", len(self._uncrossed), error)
                return
            if entry in self._uncrossed:
                self._uncrossed.remove(entry)


def _restored(payload: str, bot: Bot) -> Update | None:
    try:
        return Update.de_json(json.loads(payload), bot)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
