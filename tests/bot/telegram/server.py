"""The Bot API emulator with what it lacks: HTML, link previews, edited messages, a user name, and faults on demand."""

import asyncio
import copy
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator, updates

from tests.bot.telegram.markup import Entity, MarkupError, parse
from tests.conftest import BOT_NAME, PATIENCE

TOKEN = "7:" + "A" * 35
USERNAME = BOT_NAME
BOT_ID = 7
_FIELDS = web.RequestKey("fields", tuple[dict[str, Any], dict[str, Any]])
UNMODELLED = ("link_preview_options", "message_thread_id", "disable_web_page_preview")

updates.KINDS.update({"edited_message", "channel_post", "my_chat_member"})


@dataclass
class Call:
    """One request of the bot, as it came."""

    method: str
    fields: dict[str, Any]
    at: float
    status: int = 0

    @property
    def chat(self) -> int:
        return int(self.fields.get("chat_id", 0))


@dataclass
class Sent:
    """A message of the bot as it stands now."""

    id: int
    chat: int
    html: str
    markup: dict[str, Any] | None
    reply_to: int | None
    preview_off: bool
    at: float
    edits: int = 0

    @property
    def text(self) -> str:
        return parse(self.html)[0]

    @property
    def entities(self) -> list[Entity]:
        return parse(self.html)[1]

    def entity(self, kind: str) -> Entity:
        return next(entity for entity in self.entities if entity.kind == kind)

    @property
    def buttons(self) -> dict[str, str]:
        """Label -> callback data or address."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return {button["text"]: button.get("callback_data", button.get("url", "")) for row in rows for button in row}


@dataclass
class Fault:
    """What goes wrong with the next requests of a method.

    Attributes:
        kind: "status" (refuse with `status`), "timeout" (answer too late), "reset" (close the connection), "slow" (do
            it after `seconds`).
        every: of the requests it is for, each so-many-th is struck.
        delivered: whether the request takes effect all the same.
        chat: only of requests about this chat.
        body: the refusal, as the server words it.
    """

    method: str
    kind: str
    times: int = 1
    status: int = 502
    retry_after: int | None = None
    delivered: bool = False
    seconds: float = 2 * PATIENCE
    chat: int | None = None
    body: dict[str, Any] | None = None
    every: int = 1
    seen: int = 0
    struck: int = 0

    def strikes(self, method: str, chat: int) -> bool:
        """Whether it strikes this request, which is counted."""
        if self.times <= 0 or self.method not in (method, "*") or self.chat not in (None, chat):
            return False
        self.seen += 1
        if self.seen % self.every:
            return False
        self.times -= 1
        self.struck += 1
        return True


@dataclass
class Server(LoBotApiEmulator):  # type: ignore[misc]
    """A Telegram of one bot; people write to it with `say`, `press` and `edit`."""

    calls: list[Call] = field(default_factory=list)
    messages: dict[tuple[int, int], Sent] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    deleted: set[tuple[int, int]] = field(default_factory=set)
    address: str = ""
    token: str = TOKEN
    hangs_up: bool = False
    """Whether each request needs a connection of its own."""

    def __post_init__(self) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True, max_updates=100_000)
        self.next_id = 1_000_000
        self._next_person_message = 1
        self.said: dict[tuple[int, int | None], dict[str, Any]] = {}
        self._changed = asyncio.Condition()

    # What people do

    async def say(self, user: int, text: str, chat: int | None = None, **more: Any) -> int:
        """A person writes; the message's id."""
        message = self.message(user, chat, text=text, **more)
        await self.enqueue_update({"message": message}, token=TOKEN)
        return int(message["message_id"])

    async def send_file(self, user: int, name: str, data: bytes, **more: Any) -> int:
        """A person sends a file; the message's id."""
        reference = f"file-{len(self.assets)}"
        self.assets[reference] = {"data": data, "filename": name, "content_type": "application/octet-stream"}
        file = {"file_id": reference, "file_unique_id": reference, "file_name": name, "file_size": len(data)}
        message = self.message(user, document=file, **more)
        await self.enqueue_update({"message": message}, token=TOKEN)
        return int(message["message_id"])

    async def type_inline(self, user: int, query: str, chat_type: str = "group") -> str:
        """A person types behind the bot's name in some chat; the query's id."""
        identity = f"{user}{time.monotonic_ns()}"
        typed = {"id": identity, "from": person(user), "query": query, "offset": "", "chat_type": chat_type}
        await self.enqueue_update({"inline_query": typed}, token=TOKEN)
        return identity

    async def edit(self, user: int, message_id: int, text: str, chat: int | None = None) -> None:
        """A person corrects an earlier message."""
        message = self.message(user, chat, text=text) | {"message_id": message_id, "edit_date": int(time.time())}
        await self.enqueue_update({"edited_message": message}, token=TOKEN)

    async def press(self, user: int, sent: Sent, data: str) -> str:
        """A person presses a button of one of the bot's messages; the id of the callback query."""
        query_id = f"{user}-{time.monotonic_ns()}"
        message = self.message(user, sent.chat, text=sent.text) | {
            "message_id": sent.id,
            "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bot", "username": USERNAME},
        }
        if sent.markup:
            message["reply_markup"] = sent.markup
        if (sent.chat, sent.reply_to) in self.said:
            message["reply_to_message"] = self.said[sent.chat, sent.reply_to]
        query = {"id": query_id, "from": person(user), "chat_instance": "1", "message": message, "data": data}
        await self.enqueue_update({"callback_query": query}, token=TOKEN)
        return query_id

    def message(self, user: int, chat: int | None = None, **more: Any) -> dict[str, Any]:
        """A message of a person as Telegram would send it."""
        chat = user if chat is None else chat
        about = {"id": chat, "type": "private", "first_name": "A"} if chat > 0 else group(chat)
        message: dict[str, Any] = {
            "message_id": self._next_person_message,
            "date": int(time.time()),
            "chat": about,
            "from": person(user),
        }
        self._next_person_message += 1
        message.update(more)
        self.said[chat, message["message_id"]] = message
        text = message.get("text", "")
        if text.startswith("/") and "entities" not in message:
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return message

    # What the bot did

    def sent_to(self, chat: int) -> list[Sent]:
        """The bot's messages in a chat, oldest first."""
        return [sent for (where, _), sent in self.messages.items() if where == chat]

    def called(self, method: str, chat: int | None = None) -> list[Call]:
        return [call for call in self.calls if call.method == method and (chat is None or call.chat == chat)]

    async def until(self, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        """Wait until `condition` holds and return what it returns."""
        async with asyncio.timeout(seconds), self._changed:
            while not (result := condition()):
                await self._changed.wait()
            return result

    async def answer_to(self, chat: int, count: int = 1) -> Sent:
        """Wait until the bot has sent `count` messages to a chat; the last of them."""
        found: list[Sent] = await self.until(lambda: len(self.sent_to(chat)) >= count and self.sent_to(chat))
        return found[count - 1]

    async def quiet(self, seconds: float = 0.3) -> None:
        """Give the bot time to do something it should not do."""
        await asyncio.sleep(seconds)

    @staticmethod
    def as_json(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    # The server's side

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        if method in ("sendMessage", "editMessageText") and "chat_id" in fields:
            return self._written(method, fields, uploads)
        if method == "sendChatAction":
            fields.pop("message_thread_id", None)
        result = super().validate(method, fields, uploads)
        if method == "editMessageReplyMarkup":
            key = int(fields["chat_id"]), int(fields["message_id"])
            self.messages[key].markup = self.decoded(fields.get("reply_markup"))
        if method == "getMe":
            result.update(id=BOT_ID, username=USERNAME)
        return result

    def _written(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        source = fields.get("text", "")
        if len(source.encode()) > 32 * 1024:
            raise ApiRefusal("Bad Request: message is too long")
        if fields.get("parse_mode") == "HTML":
            try:
                text = parse(source)[0]
            except MarkupError as error:
                raise ApiRefusal(f"Bad Request: can't parse entities: {error}") from error
        else:
            text = source.strip()
        chat = int(fields["chat_id"])
        key = (chat, int(fields.get("message_id", 0)))
        reply = self.decoded(fields.get("reply_parameters")) or {}
        if (chat, reply.get("message_id")) in self.deleted and not reply.get("allow_sending_without_reply"):
            raise ApiRefusal("Bad Request: message to be replied not found")
        if method == "editMessageText":
            if key not in self.messages or key in self.deleted:
                raise ApiRefusal("Bad Request: message to edit not found")
            same = self.messages[key].html == source and self.messages[key].markup == self.decoded(
                fields.get("reply_markup")
            )
            if same:
                raise ApiRefusal("Bad Request: message is not modified")
        preview = self.decoded(fields.get("link_preview_options")) or {}
        plain = {name: value for name, value in fields.items() if name not in UNMODELLED} | {"text": text}
        result = super().validate(method, plain, uploads)
        if chat < 0:
            result["chat"] = group(chat)
        sent = Sent(
            result["message_id"], chat, source, self.decoded(fields.get("reply_markup")),
            reply.get("message_id"), bool(preview.get("is_disabled")), time.monotonic(),
        )  # fmt: skip
        if method == "editMessageText":
            before = self.messages[key]
            sent.edits, sent.reply_to, sent.at = before.edits + 1, before.reply_to, before.at
        self.messages[chat, sent.id] = sent
        return result

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        call = Call(method, {}, time.monotonic())
        if method != "getUpdates":
            fields, uploads = await self.read_request(request)
            call.fields = copy.deepcopy(fields)
            request[_FIELDS] = fields, uploads
            self.calls.append(call)
        fault = next((fault for fault in self.faults if fault.strikes(method, call.chat)), None)
        if fault is not None:
            if fault.delivered:
                await super().handle(request)
            await self._wake()
            if fault.kind in ("timeout", "slow"):
                await asyncio.sleep(fault.seconds)
            if fault.kind in ("timeout", "reset"):
                if request.transport is not None:
                    request.transport.abort()
                raise web.HTTPInternalServerError
            if fault.kind == "status":
                return self._refusal(fault)
        response: web.StreamResponse = await super().handle(request)
        call.status = response.status
        if self.hangs_up:
            response.force_close()
        await self._wake()
        return response

    async def read_request(self, request: web.Request) -> Any:
        if _FIELDS in request:
            return request[_FIELDS]
        return await super().read_request(request)

    @staticmethod
    def _refusal(fault: Fault) -> web.Response:
        body: dict[str, Any] = {"ok": False, "error_code": fault.status, "description": "Fault on demand"}
        body |= fault.body or {}
        if fault.retry_after is not None:
            body["parameters"] = {"retry_after": fault.retry_after}
        return web.json_response(body, status=fault.status)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"Người {user}", "language_code": "vi"}


def group(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "supergroup", "title": "Nhóm"}


@asynccontextmanager
async def running_server() -> AsyncIterator[Server]:
    """The emulator on a free port of loopback."""
    server = Server()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    server.address = f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
