"""What people say about the answer given last: more of it, another one, right, wrong."""

from telegram import Message

from bot import phrases
from bot.records.exchanges import Exchange
from bot.small_talk import Remark
from bot.telegram import texts
from bot.telegram.handlers.kept_answers import buttons_of_kept, revived, view
from bot.telegram.handlers.reading_on import show_in_place, show_opening
from bot.telegram.incoming.senders import Sender
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.sending import answering, send
from bot.telegram.services import Context, services


async def answer_remark(context: Context, message: Message, sender: Sender, said: Remark, about: Exchange) -> None:
    """Answer a remark on an earlier answer.

    Args:
        context: of the update.
        message: with the remark.
        sender: whose it is.
        said: the remark.
        about: the answer.
    """
    if said in (Remark.GOOD, Remark.WRONG):
        shared = services(context)
        helpful = said is Remark.GOOD
        await shared.threads.write(shared.history.rate, about.answer_id, sender.person, helpful=helpful, citation=0)
    if said is Remark.GOOD:
        await send(context.bot, answering(message), texts.GLAD)
    elif said is Remark.WRONG:
        await _offer_another(context, message, about, texts.WRONG_NOTED)
    elif not about.citations:
        await send(context.bot, answering(message), phrases.NOTHING_TO_SHOW)
    elif said is Remark.MORE:
        await show_in_place(context, message, about, 0, in_place=False)
    elif said is Remark.SUMMARY:
        await show_opening(context, message, about)
    else:
        await _offer_another(context, message, about)


async def _offer_another(context: Context, message: Message, about: Exchange, first: str = "") -> None:
    """Show the next citation, with the question what was wrong where something was."""
    found = await revived(context, message, about, 1)
    html, buttons = (phrases.NO_OTHER, buttons_of_kept(about)) if found is None else view(about, found, 1)
    html = first + html
    if first:
        buttons = keyboards.reasons(buttons, about.answer_id, 0)
    await send(context.bot, answering(message), html, buttons=buttons)
