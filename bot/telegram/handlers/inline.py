"""Inline mode: a question typed behind the name of the bot in any chat; what is chosen is posted by who asked.

Nothing of it is kept: most of what arrives are halves of questions, and Telegram forgets them within seconds.
"""

import asyncio

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ChatType, ParseMode
from telegram.ext import InlineQueryHandler

from bot.answering.answerer import Answerer
from bot.answering.look_alikes import fold_look_alikes
from bot.answers import Answer, Status
from bot.telegram import texts
from bot.telegram.handlers.questions import sound
from bot.telegram.incoming.senders import sender_of
from bot.telegram.outgoing.inline_reply import reply_inline
from bot.telegram.outgoing.message_html import render_answer
from bot.telegram.outgoing.sending import NO_PREVIEW
from bot.telegram.outgoing.text_html import clip, published_on
from bot.telegram.services import App, Context, services
from embeddings.question.question import Question

PAUSE_SECONDS = 0.4
"""Whoever types on within this time has not finished the question."""

LEAST_CHARACTERS = 6
MOST_RESULTS = 5
TITLE_SHOWN = 100
MOST_REMEMBERED = 10_000


def register(application: App) -> None:
    """Answer what is typed behind the bot's name in any chat."""
    application.add_handler(InlineQueryHandler(_answer))


async def _answer(update: Update, context: Context) -> None:
    """Answer the newest query of somebody who may ask (`admission` has let it through)."""
    query, sender, shared = update.inline_query, sender_of(update), services(context)
    if query is None or sender is None:
        return
    if len(shared.inline) >= MOST_REMEMBERED:
        shared.inline.clear()
    shared.inline[sender.id] = max(update.update_id, shared.inline.get(sender.id, 0))  # they come in any order
    await asyncio.sleep(PAUSE_SECONDS)
    if shared.inline.get(sender.id, 0) > update.update_id:
        return  # typed on meanwhile
    shared.inline.pop(sender.id, None)
    text = sound(query.query).strip()
    if len(text) < LEAST_CHARACTERS:
        await reply_inline(query, [], texts.INLINE_HOW)
    elif not shared.readiness:
        await reply_inline(query, [], texts.INLINE_STARTING, cache_seconds=0)
    else:
        alone = query.chat_type == ChatType.SENDER  # anywhere else people read along who may not see all documents
        answerer = await shared.answerer(sender.person if alone else None)
        answer = await shared.threads.think(_answered, answerer, text)
        results = results_of(answer)
        await reply_inline(query, results, None if results else texts.INLINE_NOTHING)


def _answered(answerer: Answerer, text: str) -> Answer:
    return fold_look_alikes(answerer.answer(Question(text), MOST_RESULTS))


def results_of(answer: Answer) -> list[InlineQueryResultArticle]:
    """The answer and its further passages, each as it would be posted; nothing where nothing was found."""
    if answer.status not in (Status.ANSWERED, Status.RELATED):
        return []
    found = []
    for number, citation in enumerate(answer.citations[:MOST_RESULTS]):
        words = answer.text if not number and answer.status is Status.ANSWERED and answer.text else citation.quote
        document = citation.document
        source = " · ".join(filter(None, (document.title, published_on(document.published))))
        content = InputTextMessageContent(
            render_answer(answer, number), parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        )
        found.append(
            InlineQueryResultArticle(
                str(number), clip(words, TITLE_SHOWN), content, description=clip(source, TITLE_SHOWN)
            )
        )
    return found
