"""Asking: the conversation of this browser, answers with their sources, what people think of them, starting afresh."""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.answers import Status
from bot.conversation import Reply
from bot.records.history import Asking
from bot.small_talk import SmallTalk
from bot.web.pages.answer_view import AnswerView, view_of_answer, view_of_exchange
from bot.web.pages.errors import TOO_MANY, not_found, problem
from bot.web.rendering import page, texts_of
from bot.web.services import WebServices, services
from bot.web.texts.fields import Texts
from bot.web.visitors import WEB, Visitor, form_of, visitor_of

SHOWN = 30
"""Exchanges of the conversation on the page; earlier ones are context no more anyway."""

PART = "x-danvan-part"
"""A script asks for the new part of the page only."""

LONGEST_ORIGIN = 40
ASKED_PER_MINUTE = 20
NEWCOMERS_PER_MINUTE_BY_HOST = 300
ASKED_PER_MINUTE_BY_ALL = 1200


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to something that is no question, or none that can be asked."""

    question: str
    sentence: str
    id: None = None


async def show_chat(request: Request) -> Response:
    """`GET /`: the conversation so far, and where to ask."""
    return await _chat_page(request)


async def ask(request: Request) -> Response:
    """`POST /ask`: the answer, as a part of the page for our script, else by going back to the page."""
    web, visitor, form = services(request), visitor_of(request), await form_of(request)
    host = request.client.host if request.client else ""
    newcomer = [] if visitor.person else [(f"newcomers from {host}", NEWCOMERS_PER_MINUTE_BY_HOST)]
    wait = await web.wait(
        (f"ask {visitor.person or visitor.browser}", ASKED_PER_MINUTE), ("ask", ASKED_PER_MINUTE_BY_ALL), *newcomer
    )
    if wait:
        return problem(request, TOO_MANY, headers={"retry-after": str(int(wait) + 1)})
    visitor = await known(request, visitor)
    asking = _asking(visitor, form)
    reply = await web.think(web.conversation.reply, asking)
    if reply.answer is not None:
        web.meter.answered("page", reply.answer)
    shown = await _shown(request, web, reply, asking)
    in_part = request.headers.get(PART) is not None
    if in_part:
        return page(request, "exchange.html.j2", {"exchange": shown, "form_token": visitor.form_token})
    if isinstance(shown, AnswerView) and shown.id is not None:
        return RedirectResponse(f"{_root(request)}/#a{shown.id}", 303)
    return await _chat_page(request, [shown])


async def rate(request: Request) -> Response:
    """`POST /feedback`: what this visitor thinks of an answer they were given."""
    web, visitor, form = services(request), visitor_of(request), await form_of(request)
    number, helpful = str(form.get("answer", "")), form.get("helpful") == "1"
    answer_id = int(number) if number.isdecimal() and number.isascii() and len(number) < 16 else 0  # noqa: PLR2004

    def keep() -> bool:
        exchange = web.history.exchange(answer_id)
        mine = exchange is not None and exchange.person == visitor.person and visitor.person is not None
        return mine and web.history.rate(answer_id, str(visitor.person), helpful=helpful)

    if not await web.write(keep):
        return not_found(request)
    if request.headers.get(PART) is not None:
        return page(request, "rated.html.j2")
    return RedirectResponse(f"{_root(request)}/#a{answer_id}", 303)


async def start_afresh(request: Request) -> Response:
    """`POST /afresh`: nothing asked so far is context any more, nor shown."""
    web, visitor, _ = services(request), visitor_of(request), await form_of(request)
    if visitor.person:
        await web.write(web.history.restart, place_of(visitor))
    return RedirectResponse(f"{_root(request)}/", 303)


async def forget(request: Request) -> Response:
    """`POST /forget`: delete everything this person has asked, here and elsewhere."""
    web, visitor, form = services(request), visitor_of(request), await form_of(request)
    t = texts_of(request)
    if form.get("sure") != "1":
        return page(request, "forget.html.j2", {"form_token": visitor.form_token})
    gone = await web.write(web.history.forget, visitor.person) if visitor.person else 0
    values = {"title": t.forgotten, "sentence": t.forgotten_sentence.format(count=gone)}
    return page(request, "message.html.j2", values | {"link": f"{_root(request)}/", "link_text": t.ask})


async def known(request: Request, visitor: Visitor) -> Visitor:
    """The visitor as somebody with a name: who asks without having signed in, where all may, gets one."""
    if visitor.person is not None:
        return visitor
    web, person = services(request), f"{WEB}:{secrets.token_hex(8)}"
    await web.write(web.sessions.open, person, visitor.token)
    return replace(visitor, person=person)


def place_of(visitor: Visitor) -> str:
    """The conversation of a browser."""
    return f"{WEB}:{visitor.browser}/{visitor.person}"


def _asking(visitor: Visitor, form: FormData) -> Asking:
    once = str(form.get("once", ""))[:LONGEST_ORIGIN] or secrets.token_hex(8)
    question = unicodedata.normalize("NFC", str(form.get("question", "")).replace("\r\n", "\n").strip())
    return Asking(str(visitor.person), place_of(visitor), once, question, again=True)


async def _shown(request: Request, web: WebServices, reply: Reply, asking: Asking) -> AnswerView | Said:
    """What the page shows of a reply; an answer is settled as soon as it is on its way."""
    t = texts_of(request)
    if reply.small_talk is not None:
        return Said(asking.text, small_talk(t, reply.small_talk))
    if reply.answer is not None and reply.answer.status is Status.INVALID:
        return Said(asking.text, " ".join(reply.answer.notes))
    if reply.answer_id is not None:
        await web.write(web.history.sent, reply.answer_id, asking.origin)
    if reply.answer is not None:
        return view_of_answer(reply.answer, reply.answer_id)
    exchange = await web.read(web.history.exchange, reply.answer_id or 0)
    if exchange is None:
        return Said(asking.text, t.failed_sentence)
    return await web.look(view_of_exchange, exchange, await web.readable(asking.person))


async def earlier(request: Request, visitor: Visitor) -> list[AnswerView]:
    """The conversation so far."""
    web = services(request)
    documents = await web.readable(visitor.person)

    def look() -> tuple[list[AnswerView], dict[int, bool]]:
        if visitor.person is None:
            return [], {}
        exchanges = web.history.conversation(place_of(visitor), SHOWN)
        verdicts = web.history.verdicts(visitor.person, [exchange.answer_id for exchange in exchanges])
        return [view_of_exchange(exchange, documents) for exchange in exchanges], verdicts

    exchanges, verdicts = await web.look(look)
    return [replace(one, helpful=verdicts.get(one.id or 0)) for one in exchanges]


async def _chat_page(request: Request, more: Sequence[AnswerView | Said] = ()) -> Response:
    web, visitor = services(request), visitor_of(request)
    values: dict[str, Any] = {
        "exchanges": [*await earlier(request, visitor), *more],
        "examples": web.readiness.examples,
        "is_ready": bool(web.readiness),
        "form_token": visitor.form_token,
        "once": secrets.token_hex(8),
    }
    return page(request, "chat.html.j2", values)


def small_talk(t: Texts, kind: SmallTalk) -> str:
    """What is answered to somebody who does not ask anything."""
    return {
        SmallTalk.GREETING: t.greeting,
        SmallTalk.THANKS: t.thanks,
        SmallTalk.FAREWELL: t.farewell,
        SmallTalk.IDENTITY: t.identity,
        SmallTalk.ACKNOWLEDGEMENT: t.acknowledged,
        SmallTalk.HELP: t.identity,
        SmallTalk.ANGER: t.sorry,
        SmallTalk.NOTHING_YET: t.nothing_yet,
    }[kind]


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


routes = [
    Route("/", show_chat),
    Route("/ask", ask, methods=["POST"]),
    Route("/feedback", rate, methods=["POST"]),
    Route("/afresh", start_afresh, methods=["POST"]),
    Route("/forget", forget, methods=["POST"]),
]
