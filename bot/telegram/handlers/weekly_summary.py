"""What happened in a week, told to the admins on Monday morning; nothing where nothing happened."""

from datetime import UTC, datetime, timedelta

from telegram.error import TelegramError

from bot.telegram import admin_texts
from bot.telegram.handlers.admins_only import admins_here
from bot.telegram.outgoing.sending import Where, send
from bot.telegram.outgoing.text_html import clip, escape
from bot.telegram.services import App, Services, services_of

NOTED = "weekly_summary"
DAYS = 7
FROM_UTC = timedelta(hours=7)
"""Vietnam's time, all year."""

MORNING = timedelta(hours=8)
MISSES_SHOWN = 5
MISS_SHOWN = 150
CHANGES_COUNTED = 500


async def summarise_week(application: App) -> None:
    """Send the summary if a week has begun since the last one; a first start only notes which week it is."""
    shared = services_of(application)
    if shared.settings.weekly_summary == "off":
        return
    week = week_of(datetime.now(UTC))
    if await shared.threads.read(shared.history.noted, NOTED) == week:
        return
    before = await shared.threads.write(shared.history.renote, NOTED, week)
    if before is None or before >= week:  # of several programs the first sends it; a clock set back sends nothing
        return
    html = await _summary(shared)
    if not html:
        return
    for number in await admins_here(shared):
        try:
            await send(application.bot, Where(number), html)
        except TelegramError:
            continue


def week_of(moment: datetime) -> str:
    """The week a moment belongs to, such as 2026-W48; weeks begin on Monday at 8 in Vietnam."""
    year, week, _ = (moment + FROM_UTC - MORNING).isocalendar()
    return f"{year}-W{week:02}"


async def _summary(shared: Services) -> str:
    """The summary as Telegram HTML, "" where nothing happened."""
    figures = await shared.threads.read(shared.statistics, DAYS)
    since = datetime.now(UTC) - timedelta(days=DAYS)
    changes = sum(entry.at >= since for entry in await shared.threads.read(shared.audit.last, CHANGES_COUNTED))
    requests = len(await shared.threads.read(shared.requests.open))
    if not (figures.questions or figures.helpful or figures.unhelpful or changes or requests):
        return ""
    html = admin_texts.SUMMARY.format(
        questions=figures.questions,
        people=figures.people,
        answered=figures.answered,
        helpful=figures.helpful,
        unhelpful=figures.unhelpful,
    )
    misses = await shared.threads.read(shared.misses, DAYS)
    if misses:
        html += admin_texts.SUMMARY_MISSES
        html += "".join(f"\n• {escape(clip(miss.question, MISS_SHOWN))}" for miss in misses[:MISSES_SHOWN])
    html += admin_texts.SUMMARY_CHANGES.format(count=changes) if changes else ""
    return html + (admin_texts.SUMMARY_REQUESTS.format(count=requests) if requests else "")
