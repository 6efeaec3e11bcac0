"""The database and what is kept in it, opened as the settings say."""

from bot.records.access import Access
from bot.records.database import Database, default_url
from bot.settings import Settings

TELEGRAM = "telegram"
"""The channel whose numbers the settings hold."""

BOT_NAME = "telegram_bot"
INVITE_PREFIX = "i_"


def open_database(settings: Settings) -> Database:
    """The database, where the settings say, brought to the newest layout.

    Raises:
        DatabaseError: if it cannot be used.
    """
    return Database.open(
        settings.database_url.get_secret_value() if settings.database_url else default_url(settings.data_dir)
    )


def open_access(settings: Settings, database: Database) -> Access:
    """Who may ask, from the settings and the database."""
    return Access(
        database,
        admins=[f"{TELEGRAM}:{number}" for number in settings.admin_users],
        members=[f"{TELEGRAM}:{number}" for number in settings.allowed_users],
        is_open=settings.access == "open",
    )


def invite_link(bot_name: str | None, code: str) -> str:
    """What lets a person in: a link, or the words to send to the bot where its name is not known."""
    start = f"{INVITE_PREFIX}{code}"
    return f"https://t.me/{bot_name}?start={start}" if bot_name else f"/start {start}"
