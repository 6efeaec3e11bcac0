"""Updates as Telegram hands them out, each read by itself: one that cannot be read keeps nobody else waiting."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Update

ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
"""The kinds of updates the bot asks for."""

MESSAGES = ("message", "edited_message")
ESSENTIAL = frozenset({
    "message_id", "date", "edit_date", "chat", "from", "sender_chat", "is_automatic_forward", "text", "caption",
    "entities", "caption_entities", "message_thread_id", "is_topic_message", "media_group_id", "reply_markup",
})  # fmt: skip
"""Of a message that cannot be read whole: what a question in it is understood and answered by."""

TYPES: dict[str, type] = {
    "message_id": int, "date": int, "edit_date": int, "message_thread_id": int, "text": str, "caption": str,
    "media_group_id": str, "data": str, "query": str, "file_id": str, "file_name": str,
    "file_size": int, "username": str, "first_name": str, "last_name": str, "title": str,
    "migrate_to_chat_id": int, "migrate_from_chat_id": int,
}  # fmt: skip
"""Of fields of these names, wherever they stand: what the handlers take them to be."""

IDENTITIES: dict[str, type] = {"chat": int, "from": int, "sender_chat": int, "callback_query": str, "inline_query": str}
"""Of what stands under these names: the type of its `id`."""

_MISSING = re.compile(r"[\w.]+\(\) (?:missing|got an unexpected) .{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that is passed over.

    Attributes:
        kind: what it is, by the names of its fields ("message: sticker"); nothing of what it says.
        reason: why it cannot be read, without anything of what it says.
    """

    number: int
    kind: str
    reason: str


SetAside = Callable[[Unreadable], Awaitable[None]]


def readable(fields: Any) -> dict[str, Any] | Unreadable | None:
    """The form in which the library can read an update.

    Returns:
        The update as it is; of one that cannot be read whole, what is needed to answer the question in it; else why it
        cannot be read. None for what is no update at all: it has no number by which it could be confirmed. Halves of
        characters, which no library can encode, are replaced by "?".
    """
    number = fields.get("update_id") if isinstance(fields, dict) else None
    if isinstance(number, bool) or not isinstance(number, int):
        return None
    fields = _encodable(fields)
    problem = _problem(fields)
    if problem is None:
        return dict(fields)
    reduced = _reduced(fields)
    for tried in (reduced, _unmarked(reduced)):
        if tried is not None and _problem(tried) is None:
            return tried
    return Unreadable(number, _kind(fields), _reason(problem))


def readable_only(content: bytes) -> tuple[bytes, list[Unreadable]]:
    """The answer to getUpdates with what the library cannot read taken out.

    An update that cannot be read keeps its number, so that it is confirmed and not handed out again.

    Returns:
        The content to go on with, as it was where all of it can be read, and what was taken out.
    """
    try:
        answer = json.loads(content)
        updates = answer["result"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return content, []
    if not isinstance(updates, list):
        return content, []
    found = [one for one in map(readable, updates) if one is not None]
    kept = [{"update_id": one.number} if isinstance(one, Unreadable) else one for one in found]
    if kept == updates:
        return content, []
    return json.dumps({**answer, "result": kept}).encode(), [one for one in found if isinstance(one, Unreadable)]


def _encodable(fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields; a half of a character is one unit of UTF-16, as "?" is: what is marked in a text stays so."""
    try:
        written = json.dumps(fields, ensure_ascii=False)
        written.encode()
    except UnicodeEncodeError:
        return dict(json.loads(written.encode("utf-8", "replace")))
    except (ValueError, RecursionError):
        pass  # `_problem` will say so
    return fields


def _problem(fields: dict[str, Any]) -> Exception | None:
    """What the library has against an update; it must also be able to write it down, and the handlers to rely on it."""
    try:
        _refuse_other_types(fields)
        update = Update.de_json(fields, None)
        update.to_json()
        message = update.effective_message
        if message is not None:
            message.parse_entities()
            message.parse_caption_entities()
    except Exception as error:
        return error
    return None


def _refuse_other_types(value: Any, name: str = "") -> None:
    """The library takes any value for any field.

    Raises:
        TypeError: for a value that no handler could work with.
    """
    if isinstance(value, list):
        for one in value:
            _refuse_other_types(one)
    elif isinstance(value, dict):
        if name in IDENTITIES:
            _refuse_other_type(value.get("id"), IDENTITIES[name])
        for key, inner in value.items():
            if key in TYPES and inner is not None:
                _refuse_other_type(inner, TYPES[key])
            _refuse_other_types(inner, key)


def _refuse_other_type(value: object, wanted: type) -> None:
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise TypeError(f"{type(value).__name__} in the place of {wanted.__name__}")


def _reduced(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """The update with only the essentials of its message; None where there is no text in it to answer."""
    for name in MESSAGES:
        message = fields.get(name)
        if isinstance(message, dict) and (message.get("text") or message.get("caption")):
            return {"update_id": fields["update_id"], name: _essentials(message)}
    query = fields.get("callback_query")
    if isinstance(query, dict) and isinstance(query.get("message"), dict):
        kept = {key: query[key] for key in ("id", "from", "chat_instance", "data") if key in query}
        return {"update_id": fields["update_id"], "callback_query": kept | {"message": _essentials(query["message"])}}
    return None


def _unmarked(fields: dict[str, Any] | None) -> dict[str, Any] | None:
    """The same without what is marked in its text: that may begin or end within a character."""
    if fields is None:
        return None
    marks = ("entities", "caption_entities")
    return {
        name: {key: one for key, one in value.items() if key not in marks} if isinstance(value, dict) else value
        for name, value in fields.items()
    }


def _essentials(message: Mapping[str, Any], *, replied: bool = True) -> dict[str, Any]:
    kept = {key: value for key, value in message.items() if key in ESSENTIAL}
    earlier = message.get("reply_to_message")
    if replied and isinstance(earlier, dict):
        kept["reply_to_message"] = _essentials(earlier, replied=False)
    return kept


def _kind(fields: Mapping[str, Any]) -> str:
    """Names of fields only, and only such as Telegram's own look like."""
    kinds = [name for name in fields if name != "update_id" and _is_plain(name)]
    inside = fields.get(kinds[0]) if kinds else None
    more = sorted(set(inside) - ESSENTIAL) if isinstance(inside, dict) else []
    return (": ".join([", ".join(kinds), ", ".join(filter(_is_plain, more))]).strip(": ") or "empty")[:100]


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[a-z][a-z_]{1,40}", name) is not None


def _reason(error: Exception) -> str:
    """The kind of error; its message only where that is the library's own about a missing field."""
    told = str(error)
    name = type(error).__name__
    return f"{name}: {told}" if isinstance(error, TypeError) and _MISSING.fullmatch(told) else name
