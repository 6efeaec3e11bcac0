"""Answering an inline query: results for the one who typed it, or one line with a button that leads to the bot."""

import contextlib
from collections.abc import Sequence

from telegram import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton
from telegram.error import BadRequest

CACHE_SECONDS = 20
"""How long Telegram may show the same person the same answers; never anybody else."""

START = "hoi"
"""Payload of the link behind the button: `/start hoi` welcomes, or tells a stranger how to be let in."""


async def reply_inline(
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    said: str | None,
    cache_seconds: int = CACHE_SECONDS,
) -> None:
    """Show results, and above them a button.

    Args:
        query: to answer.
        results: what may be chosen.
        said: words of the button; None for no button.
        cache_seconds: how long Telegram may show the same again to the same person.
    """
    button = InlineQueryResultsButton(said, start_parameter=START) if said else None
    with contextlib.suppress(BadRequest):  # too old: the person has typed on, or gone
        await query.answer(results, cache_time=cache_seconds, is_personal=True, button=button)
