"""The command menus: one for everybody, one for each admin."""

import contextlib
import logging

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.telegram import admin_texts, texts
from bot.telegram.services import CHANNEL, App, services_of, user_id_of

log = logging.getLogger(__name__)


async def publish_menus(application: App) -> None:
    """Tell Telegram the commands; a menu that cannot be set is no reason not to serve."""
    shared = services_of(application)
    await follow_admins(application, shared.admins)
    try:
        await application.bot.set_my_commands(_menu(texts.COMMANDS))
    except TelegramError as error:
        log.warning("the command menu could not be set: %s", error)


async def follow_admins(application: App, known: set[str]) -> None:
    """Bring the menus up to date with who is an admin by now, wherever that was changed.

    Args:
        application: of the running bot.
        known: the admins at the last look; brought up to date, too.
    """
    shared = services_of(application)
    now = {person for person in await shared.threads.read(shared.access.admins) if person.startswith(f"{CHANNEL}:")}
    come, gone = now - known, known - now
    known.clear()
    known.update(now)  # before the calls: the upkeep looks again while a starting bot still makes them
    for person in come:
        await publish_admin_menu(application.bot, person)
    for person in gone:
        await withdraw_admin_menu(application.bot, person)


async def publish_admin_menu(bot: Bot, person: str) -> None:
    """Show an admin's commands in the admin's own chat with the bot, and nowhere else."""
    with contextlib.suppress(TelegramError):  # the admin may not have opened the chat yet
        scope = BotCommandScopeChat(user_id_of(person))
        await bot.set_my_commands(_menu((*texts.COMMANDS, *admin_texts.ADMIN_COMMANDS)), scope=scope)


async def withdraw_admin_menu(bot: Bot, person: str) -> None:
    """Leave somebody with everybody's commands."""
    with contextlib.suppress(TelegramError):
        await bot.delete_my_commands(scope=BotCommandScopeChat(user_id_of(person)))


def _menu(commands: tuple[tuple[str, str], ...]) -> list[BotCommand]:
    return [BotCommand(name, does) for name, does in commands]
