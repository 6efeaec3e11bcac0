"""/web: a code by which somebody who may ask here signs in to the pages."""

from telegram import Update
from telegram.constants import ChatType

from bot.records.sessions import CODE_MINUTES
from bot.telegram import texts
from bot.telegram.command_recognition import on_command
from bot.telegram.incoming.senders import sender_of
from bot.telegram.outgoing.sending import answering, send
from bot.telegram.outgoing.text_html import escape
from bot.telegram.services import App, Context, services


def register(application: App) -> None:
    """Answer /web."""
    application.add_handler(on_command("web", _sign_in))


async def _sign_in(update: Update, context: Context) -> None:
    message, sender, shared = update.message, sender_of(update), services(context)
    if message is None or sender is None:
        return
    if message.chat.type != ChatType.PRIVATE:  # a code is nothing for others to read
        await send(context.bot, answering(message), texts.SIGN_IN_ALONE)
        return
    code = await shared.threads.write(shared.sessions.code, sender.person)
    html = texts.SIGN_IN.format(code=code, minutes=CODE_MINUTES)
    if shared.settings.public_url:
        html += texts.SIGN_IN_AT.format(address=f"{escape(shared.settings.public_url)}/sign-in")
    await send(context.bot, answering(message), html)
