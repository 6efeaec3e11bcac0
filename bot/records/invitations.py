"""What an invitation looks like to the person who is sent it."""

BOT_NAME = "telegram_bot"
"""Under which the history notes the bot's user name."""

INVITE_PREFIX = "i_"


def invite_link(bot_name: str | None, code: str) -> str:
    """What lets a person in: a link, or the words to send to the bot where its name is not known."""
    start = f"{INVITE_PREFIX}{code}"
    return f"https://t.me/{bot_name}?start={start}" if bot_name else f"/start {start}"


def invite_page(address: str, code: str) -> str:
    """The page on which an invitation is accepted.

    Args:
        address: where the pages are reached, without a slash at its end.
        code: of the invitation.
    """
    return f"{address}/invite/{code}"
