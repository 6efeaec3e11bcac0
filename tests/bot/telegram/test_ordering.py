"""Each chat in its order, and a group that gets another number in the order of both."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from telegram import Update

from bot.telegram.incoming.ordering import PerChat
from tests.bot.telegram.conftest import GROUP, MEMBER
from tests.bot.telegram.server import group, person
from tests.conftest import PATIENCE

MOVED = -1001234567
TO = {"migrate_to_chat_id": MOVED}
FROM = {"migrate_from_chat_id": GROUP}


def update(number: int, chat: int = GROUP, **more: Any) -> Update:
    message = {"message_id": number, "date": 1, "chat": group(chat), "from": person(MEMBER), **more}
    made = Update.de_json({"update_id": number, "message": message}, None)
    assert made is not None
    return made


async def order_of(updates: Sequence[Update], slow: Sequence[int] = (), failing: Sequence[int] = ()) -> list[int]:
    """The numbers of updates in the order in which they are done, though the slow ones take long."""
    done: list[int] = []
    processor = PerChat(100)

    async def work(number: int) -> None:
        for _ in range(100 if number in slow else 0):
            await asyncio.sleep(0)
        done.append(number)
        if number in failing:
            raise ValueError

    tasks = [processor.process_update(one, work(one.update_id)) for one in updates]
    await asyncio.gather(*tasks, return_exceptions=True)
    return done


async def test_each_chat_is_in_order_and_waits_for_no_other() -> None:
    updates = [update(1), update(2, MOVED), update(3), update(4, MOVED)]
    assert await order_of(updates, slow=[1]) == [2, 4, 1, 3]


@pytest.mark.parametrize(
    "moving",
    [[update(2, **TO)], [update(2, MOVED, **FROM)], [update(2, **TO), update(3, MOVED, **FROM)]],
    ids=["told in the old chat", "told in the new chat", "told in both"],
)
async def test_a_move_is_done_after_what_was_said_under_either_number_and_before_what_follows(
    moving: list[Update],
) -> None:
    updates = [update(1), *moving, update(4, MOVED), update(5)]
    done = await order_of(updates, slow=[1, 2, 3])
    first = 1 + len(moving)
    assert done[:first] == [one.update_id for one in updates[:first]]
    assert sorted(done[first:]) == [4, 5]


async def test_a_chat_goes_on_after_an_update_that_failed() -> None:
    assert await order_of([update(1), update(2), update(3)], failing=[1, 2]) == [1, 2, 3]


async def test_moves_in_both_directions_wait_for_nobody_forever() -> None:
    there, back = update(1, **TO), update(2, MOVED, migrate_to_chat_id=GROUP)
    async with asyncio.timeout(PATIENCE):
        assert await order_of([there, back, there, back], slow=[1]) == [1, 2, 1, 2]


async def test_nothing_is_kept_of_chats_that_are_quiet() -> None:
    processor = PerChat(100)
    for one in (update(1), update(2, **TO), update(3, MOVED)):
        await processor.process_update(one, asyncio.sleep(0))
    assert not processor._last
