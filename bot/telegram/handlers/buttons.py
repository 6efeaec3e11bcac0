"""What happens when a button under one of the bot's messages is pressed."""

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.records.exchanges import Exchange
from bot.telegram import texts
from bot.telegram.handlers.document_list import show_page
from bot.telegram.handlers.kept_answers import buttons_of_kept, revived, view, view_of_rest
from bot.telegram.handlers.questions import Origin, answer, ask_alone
from bot.telegram.handlers.taps import Tap, on_press, with_exchange
from bot.telegram.outgoing import keyboards
from bot.telegram.outgoing.keyboards import Press
from bot.telegram.outgoing.sending import edit, edit_buttons
from bot.telegram.services import App, Context, services

REASONS = tuple(texts.REASONS)


def register(application: App) -> None:
    """Handle the buttons under answers, examples and the list of documents."""
    application.add_handler(on_press(_ask_example, Press.EXAMPLE))
    application.add_handler(on_press(_turn_page, Press.DOCUMENTS))
    application.add_handler(on_press(with_exchange(_show_source), Press.SOURCE))
    application.add_handler(on_press(with_exchange(_show_more), Press.MORE))
    application.add_handler(on_press(with_exchange(_ask_alone), Press.ALONE))
    application.add_handler(on_press(with_exchange(_rate), Press.RATE))
    application.add_handler(on_press(with_exchange(_say_why), Press.REASON))
    application.add_handler(on_press(with_exchange(_send_again), Press.AGAIN))


async def _ask_example(tap: Tap, update: Update, context: Context) -> None:
    """A tap on an example asks what its button says, whatever the examples are by now, and nothing before it."""
    rows = tap.message.reply_markup.inline_keyboard if tap.message.reply_markup else ()
    labels = [button.text for row in rows for button in row if button.callback_data == keyboards.data_of(tap.pressed)]
    question = (labels or list(services(context).readiness.examples))[0]
    origin = Origin(f"tap-{tap.query}", services(context).inbox.was_taken_up(update), update)
    await answer(context, tap.message, tap.sender, question, origin, alone=True)


async def _turn_page(tap: Tap, update: Update, context: Context) -> None:  # noqa: ARG001
    await show_page(context, tap.message, tap.pressed.subject, in_place=True)


async def _show_source(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Put another citation in the place of the one shown."""
    message, number = tap.message, tap.pressed.number
    found = await revived(context, message, exchange, number)
    html, buttons = (texts.GONE, buttons_of_kept(exchange, number)) if found is None else view(exchange, found, number)
    await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons)


async def _show_more(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Put the items of a long list that had no room in the place of those shown."""
    message = tap.message
    found = await revived(context, message, exchange, 0)
    gone = texts.GONE, keyboards.under_rest(exchange.answer_id)
    html, buttons = gone if found is None else view_of_rest(exchange, found, tap.pressed.number)
    await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons)


async def _ask_alone(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Answer the question once more, as if nothing had been asked before it, in the place of the answer."""
    if exchange.person == tap.sender.person:
        await ask_alone(context, tap.message, exchange)


async def _rate(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Keep the person's verdict and show that it was kept; of a bad one ask what was wrong."""
    shared = services(context)
    message, helpful = tap.message, bool(tap.pressed.number)
    shown = keyboards.shown_in(message.reply_markup)
    await shared.threads.write(
        shared.history.rate, exchange.answer_id, tap.sender.person, helpful=helpful, citation=shown
    )
    if message.reply_markup is None:
        return
    labelled = keyboards.with_verdict(message.reply_markup, await _labels(tap, context, exchange, helpful=helpful))
    asked = keyboards.without_reasons(labelled) if helpful else keyboards.reasons(labelled, exchange.answer_id, shown)
    await edit_buttons(context.bot, message, asked)


async def _labels(tap: Tap, context: Context, exchange: Exchange, *, helpful: bool) -> dict[int, str]:
    """The labels of the verdict's buttons: in private what was chosen, in groups how many chose what."""
    if tap.message.chat.type == ChatType.PRIVATE:
        labels = {1: texts.HELPFUL, 0: texts.UNHELPFUL}
        return labels | {int(helpful): texts.CHOSEN.format(label=labels[int(helpful)])}
    shared = services(context)
    good, bad = await shared.threads.read(shared.history.ratings, exchange.answer_id)
    return {1: _counted(texts.HELPFUL, good), 0: _counted(texts.UNHELPFUL, bad)}


async def _say_why(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Keep what was wrong with an answer, and with which of its passages."""
    number = tap.pressed.offset - 1
    if not 0 <= number < len(REASONS):
        return
    shared, message = services(context), tap.message
    await shared.threads.write(
        shared.history.rate,
        exchange.answer_id,
        tap.sender.person,
        helpful=False,
        reason=REASONS[number],
        citation=tap.pressed.number,
    )
    if message.reply_markup is not None:
        await edit_buttons(context.bot, message, _told(message.reply_markup, number))


def _told(markup: InlineKeyboardMarkup, number: int) -> InlineKeyboardMarkup:
    """The buttons with the reason that was given in the place of all that could be."""
    label = texts.REASON_CHOSEN.format(reason=texts.REASONS[REASONS[number]].lower())
    return keyboards.with_verdict(keyboards.without_reasons(markup), {0: label})


async def _send_again(tap: Tap, update: Update, context: Context, exchange: Exchange) -> None:  # noqa: ARG001
    """Send an answer that may not have arrived, in the place of the note that offered it."""
    message = tap.message
    found = await revived(context, message, exchange, 0)
    html, buttons = (texts.GONE, buttons_of_kept(exchange)) if found is None else view(exchange, found, 0)
    if await edit(context.bot, message.chat_id, message.message_id, html, buttons=buttons):
        shared = services(context)
        await shared.threads.write(shared.history.sent, exchange.answer_id, str(message.message_id))


def _counted(label: str, count: int) -> str:
    return texts.COUNTED.format(label=label, count=count) if count else label
