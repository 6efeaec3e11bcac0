"""The admins' commands; for everybody else they do nothing."""

import logging
import secrets
from functools import wraps

from telegram import Update
from telegram.constants import ChatType

from bot.records.access import Role
from bot.records.invitations import invite_link
from bot.telegram import texts
from bot.telegram.command_recognition import Handler, argument, on_command
from bot.telegram.handlers.menus import withdraw_admin_menu
from bot.telegram.incoming.addressing import username
from bot.telegram.incoming.senders import sender_of
from bot.telegram.logs import describe
from bot.telegram.outgoing.message_html import clip, escape
from bot.telegram.outgoing.sending import answering, send
from bot.telegram.services import CHANNEL, App, Context, services, user_id_of

log = logging.getLogger(__name__)

ADMIN_WORDS = frozenset({"quantri", "admin"})
STATS_DAYS = 7
UNANSWERED_DAYS = 30
UNANSWERED_SHOWN = 20
PEOPLE_SHOWN = 80


def register(application: App) -> None:
    """Answer the admins' commands."""
    commands = {
        "stats": _stats,
        "unanswered": _unanswered,
        "reindex": _reindex,
        "moi_nguoi": _invite,
        "thu_hoi": _revoke,
        "nguoi": _people,
    }
    for name, handler in commands.items():
        application.add_handler(on_command(name, _for_admins(handler)))


def _for_admins(handler: Handler) -> Handler:
    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        message, sender, shared = update.message, sender_of(update), services(context)
        if message is None or sender is None:
            return
        if await shared.threads.read(shared.access.role, sender.person) is Role.ADMIN:
            await handler(update, context)
        elif message.chat.type == ChatType.PRIVATE:
            await send(context.bot, answering(message), texts.ADMIN_ONLY)

    return guarded


async def _answer(update: Update, context: Context, html: str) -> None:
    if update.message is not None:
        await send(context.bot, answering(update.message), html)


async def _stats(update: Update, context: Context) -> None:
    shared = services(context)
    figures = await shared.threads.read(shared.statistics, STATS_DAYS)
    retriever = (await shared.answerer()).retriever
    html = texts.STATS.format(
        days=figures.days,
        questions=figures.questions,
        people=figures.people,
        answered=figures.answered,
        related=figures.related,
        not_found=figures.not_found,
        helpful=figures.helpful,
        unhelpful=figures.unhelpful,
        median=round(figures.median_ms),
        p95=round(figures.p95_ms),
        documents=len(retriever.documents),
        passages=len(retriever.passages),
        generation=escape(retriever.generation_id),
    )
    await _answer(update, context, html)


async def _unanswered(update: Update, context: Context) -> None:
    shared = services(context)
    found = await shared.threads.read(shared.misses, UNANSWERED_DAYS)
    if not found:
        await _answer(update, context, texts.NO_UNANSWERED.format(days=UNANSWERED_DAYS))
        return
    lines = [texts.UNANSWERED.format(days=UNANSWERED_DAYS)]
    for miss in found[:UNANSWERED_SHOWN]:
        times = texts.TIMES.format(count=miss.times) if miss.times > 1 else ""
        lines.append(f"• {escape(clip(miss.question, 150))}{times}")
    await _answer(update, context, "\n".join(lines))


async def _reindex(update: Update, context: Context) -> None:
    shared = services(context)
    if shared.reindexing.locked():
        await _answer(update, context, texts.REINDEX_BUSY)
        return
    await _answer(update, context, texts.REINDEXING)
    context.application.create_task(_reindex_and_report(update, context), update=update)


async def _reindex_and_report(update: Update, context: Context) -> None:
    shared = services(context)
    async with shared.reindexing:
        try:
            report = await shared.threads.think(shared.parts.reindex, shared.settings)
        except Exception as error:  # whatever it is, the admin hears of it and the bot goes on
            error_id = secrets.token_hex(4)
            log.error("error %s while reindexing: %s", error_id, describe(error))  # noqa: TRY400 - described already
            await _answer(update, context, texts.REINDEX_FAILED.format(id=error_id))
            return
    words = texts.REINDEXED if report.changed else texts.REINDEX_UNCHANGED
    html = words.format(documents=report.documents, passages=report.passages, seconds=round(report.seconds))
    if report.problems:
        names = ", ".join(problem.path.name for problem in report.problems)
        html += texts.REINDEX_PROBLEMS.format(count=len(report.problems), names=escape(clip(names, 500)))
    await _answer(update, context, html)


async def _invite(update: Update, context: Context) -> None:
    message, sender, shared = update.message, sender_of(update), services(context)
    if message is None or sender is None:
        return
    role = Role.ADMIN if argument(message).lower() in ADMIN_WORDS else Role.MEMBER
    code = await shared.threads.write(shared.access.invite, role, sender.person)
    link = escape(invite_link(username(context.bot) or None, code))
    await _answer(update, context, texts.INVITATION.format(role=texts.INVITATION_ROLES[role], link=link))


async def _revoke(update: Update, context: Context) -> None:
    message, shared = update.message, services(context)
    if message is None:
        return
    number = argument(message)
    if not (number.isascii() and number.isdigit()):
        await _answer(update, context, texts.REVOKE_WHOM)
        return
    person = f"{CHANNEL}:{int(number)}"
    revoked = await shared.threads.write(shared.access.revoke, person)
    if revoked:
        await withdraw_admin_menu(context.bot, person)
    await _answer(update, context, (texts.REVOKED if revoked else texts.NOT_REVOKED).format(id=int(number)))


async def _people(update: Update, context: Context) -> None:
    shared = services(context)
    lines = [
        f"• <code>{user_id_of(person.id)}</code> – {texts.PERSON_ROLES[person.role]}"
        for person in await shared.threads.read(shared.access.people)
        if person.id.startswith(f"{CHANNEL}:")
    ]
    await _answer(update, context, "\n".join([texts.PEOPLE, *lines[:PEOPLE_SHOWN]]))
