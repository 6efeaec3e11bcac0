"""What admins look after: figures, and questions without an answer."""

from telegram import Update

from bot.telegram import admin_texts
from bot.telegram.command_recognition import on_command
from bot.telegram.handlers.admins_only import for_admins, reply
from bot.telegram.outgoing.text_html import clip, escape
from bot.telegram.services import App, Context, services

STATS_DAYS = 7
UNANSWERED_DAYS = 30
UNANSWERED_SHOWN = 20


def register(application: App) -> None:
    """Answer the admins' commands."""
    commands = {
        "stats": _stats,
        "unanswered": _unanswered,
    }
    for name, handler in commands.items():
        application.add_handler(on_command(name, for_admins(handler)))


async def _stats(update: Update, context: Context) -> None:
    shared = services(context)
    figures = await shared.threads.read(shared.statistics, STATS_DAYS)
    retriever = (await shared.whole()).retriever
    html = admin_texts.STATS.format(
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
    await reply(update, context, html)


async def _unanswered(update: Update, context: Context) -> None:
    shared = services(context)
    found = await shared.threads.read(shared.misses, UNANSWERED_DAYS)
    if not found:
        await reply(update, context, admin_texts.NO_UNANSWERED.format(days=UNANSWERED_DAYS))
        return
    lines = [admin_texts.UNANSWERED.format(days=UNANSWERED_DAYS)]
    for miss in found[:UNANSWERED_SHOWN]:
        times = admin_texts.TIMES.format(count=miss.times) if miss.times > 1 else ""
        lines.append(f"• {escape(clip(miss.question, 150))}{times}")
    await reply(update, context, "\n".join(lines))
