"""Which index answers, from the phone: bringing it up to date behind the gate, going back, and what is kept."""

import asyncio
import logging
import secrets

from telegram import InlineKeyboardMarkup, Message, Update

from bot.records.audit import AuditAction
from bot.reindexing import ReindexReport
from bot.telegram import admin_texts
from bot.telegram.command_recognition import on_command
from bot.telegram.handlers.admins_only import for_admins, for_admins_taps, replace
from bot.telegram.handlers.taps import Tap, on_press
from bot.telegram.incoming.senders import sender_of
from bot.telegram.logs import describe
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.sending import answering, send
from bot.telegram.outgoing.text_html import clip, escape
from bot.telegram.services import App, Context, services
from corpus.errors import DanvanError

log = logging.getLogger(__name__)

PROBLEMS_SHOWN = 500
FLOORS_SHOWN = 10
FLOOR_SHOWN = 200


def register(application: App) -> None:
    """Answer the commands and buttons about the index."""
    application.add_handler(on_command("reindex", for_admins(_reindex_asked)))
    application.add_handler(on_command("kho", for_admins(_show)))
    application.add_handler(on_press(for_admins_taps(_reindex_tapped), Press.REINDEX))
    application.add_handler(on_press(for_admins_taps(_ask_whether), Press.ROLLBACK))
    application.add_handler(on_press(for_admins_taps(_roll_back), Press.ROLLBACK_SURE))


async def _show(update: Update, context: Context) -> None:
    shared, message = services(context), update.message
    if message is None:
        return
    retriever = (await shared.whole()).retriever
    kept = await shared.threads.look(shared.parts.kept, shared.settings)
    html = admin_texts.INDEX.format(
        generation=escape(retriever.generation_id),
        documents=len(retriever.documents),
        passages=len(retriever.passages),
        kept=", ".join(f"<code>{escape(one)}</code>" for one in kept) or "–",
    )
    await send(context.bot, answering(message), html, buttons=keyboards.index_steps(rollback=len(kept) > 1))


async def _reindex_asked(update: Update, context: Context) -> None:
    sender = sender_of(update)
    if update.message is not None and sender is not None:
        await _begin(update, context, update.message, sender.person)


async def _reindex_tapped(tap: Tap, update: Update, context: Context) -> None:
    await _begin(update, context, tap.message, tap.sender.person)


async def _begin(update: Update, context: Context, message: Message, person: str) -> None:
    running = services(context).reindexing
    if running.locked():
        await send(context.bot, answering(message), admin_texts.REINDEX_BUSY)
        return
    await running.acquire()  # before anything else is waited for: of two admins at once the other finds it taken
    try:
        await send(context.bot, answering(message), admin_texts.REINDEXING)
    except BaseException:
        running.release()
        raise
    context.application.create_task(_reindex_and_report(context, message, person), update=update)


async def _reindex_and_report(context: Context, message: Message, person: str) -> None:
    shared = services(context)
    try:
        report = await _reindexed(context, message)
        if report is None:
            return
        if report.changed and report.accepted:
            await shared.threads.write(shared.audit.note, person, AuditAction.REINDEXED, report.generation)
    finally:
        shared.reindexing.release()
    html, buttons = _told(report)
    await send(context.bot, answering(message), html, buttons=buttons)


async def _reindexed(context: Context, message: Message) -> ReindexReport | None:
    """Bring the index up to date; None where that failed, which the admin is told."""
    shared = services(context)
    try:
        return await shared.threads.think(shared.parts.reindex, shared.settings)
    except Exception as error:  # whatever it is, the admin hears of it and the bot goes on
        error_id = secrets.token_hex(4)
        log.error("error %s while reindexing: %s", error_id, describe(error))  # noqa: TRY400 - described already
        await send(context.bot, answering(message), admin_texts.REINDEX_FAILED.format(id=error_id))
        return None


def _told(report: ReindexReport) -> tuple[str, InlineKeyboardMarkup | None]:
    """What a reindex did, with what can be done about it."""
    buttons = None
    if not report.accepted:
        html = admin_texts.GATE_FAILED.format(generation=escape(report.generation or "–"))
        html += "".join(f"\n• {escape(clip(one, FLOOR_SHOWN))}" for one in report.missed[:FLOORS_SHOWN])
    elif report.changed:
        html = admin_texts.REINDEXED.format(
            documents=report.documents, passages=report.passages, seconds=round(report.seconds)
        )
        difference = report.difference
        counts = [len(ids) for ids in (difference.added, difference.changed, difference.removed)]
        if any(counts):
            html += admin_texts.CHANGED_DOCUMENTS.format(added=counts[0], changed=counts[1], removed=counts[2])
        html += admin_texts.GATE_PASSED if report.gated else ""
        buttons = keyboards.index_steps(reindex=False, rollback=True)
    else:
        html = admin_texts.REINDEX_UNCHANGED.format(documents=report.documents, passages=report.passages)
    if report.problems:
        names = ", ".join(problem.path.name for problem in report.problems)
        html += admin_texts.REINDEX_PROBLEMS.format(
            count=len(report.problems), names=escape(clip(names, PROBLEMS_SHOWN))
        )
    return html, buttons


async def _ask_whether(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    generation = (await services(context).whole()).retriever.generation_id
    html = admin_texts.ROLLBACK_ASK.format(generation=escape(generation))
    await send(context.bot, answering(tap.message), html, buttons=keyboards.confirm_rollback())


async def _roll_back(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    shared = services(context)
    try:
        before, generation = await asyncio.to_thread(shared.parts.roll_back, shared.settings)
    except DanvanError as error:
        log.info("an admin could not go back to an earlier index: %s", error)
        await replace(tap.message, context, admin_texts.NOT_ROLLED_BACK)
        return
    await shared.threads.write(shared.audit.note, tap.sender.person, AuditAction.ROLLED_BACK, generation)
    html = admin_texts.ROLLED_BACK.format(generation=escape(generation), before=escape(before or "–"))
    await replace(tap.message, context, html)
