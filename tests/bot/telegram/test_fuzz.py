"""Whatever arrives in the place of an update, a button's data or a link's payload, nobody else waits for it."""

import asyncio
import copy
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.telegram.outgoing.keyboards import Press, Pressed, data_of, pressed_by
from tests.bot.telegram.conftest import parts_of
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.load import World, running_bot
from tests.bot.telegram.server import Server, running_server

PRICE = "giá nước sạch là bao nhiêu?"
WITNESS = 990_001
UPDATES = 40

words = st.text(max_size=40) | st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "So"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
payloads = st.from_regex(r"(?:i_|p_|)[\x20-\x7e]{0,64}", fullmatch=True) | words
data = st.from_regex(r"[a-z]{1,2}:\d{1,16}(?::\d{1,3}(?::-?[1-9]\d{0,4})?)?", fullmatch=True) | words

payloads.validate()
data.validate()
# Now, and not while a bot starts in another thread: what patterns need is imported then, and Python 3.11 may fail when
# two threads parse at once ("AST constructor recursion depth mismatch").


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "A"}


def _message(user: int, **more: Any) -> dict[str, Any]:
    chat = {"id": user, "type": "private", "first_name": "A"}
    return {"message_id": 5, "date": 1_700_000_000, "chat": chat, "from": _user(user), **more}


@st.composite
def whole_updates(draw: st.DrawFn) -> dict[str, Any]:
    """Updates of the right form with whatever people can put into them."""
    user, text = draw(st.integers(1, 50)), draw(words)
    kind = draw(st.sampled_from(["text", "start", "caption", "reply", "edited", "tap", "inline", "file", "command"]))
    command = [{"type": "bot_command", "offset": 0, "length": 6}]
    file = {"file_id": "f", "file_unique_id": "g", "file_name": text, "file_size": draw(st.integers(0, 10**10))}
    if kind == "tap":
        sent = _message(user, text="x") | {"from": {"id": 7, "is_bot": True, "first_name": "Bot"}}
        query = {"id": str(draw(st.integers(0, 10**9))), "from": _user(user), "chat_instance": "1", "message": sent}
        return {"callback_query": query | {"data": draw(data)}}
    if kind == "inline":
        return {"inline_query": {"id": "1", "from": _user(user), "query": text, "offset": draw(words)}}
    made: dict[str, Any] = {
        "text": {"text": text},
        "start": {"text": f"/start {draw(payloads)}", "entities": command},
        "command": {"text": f"/{text}", "entities": [{"type": "bot_command", "offset": 0, "length": len(text) + 1}]},
        "caption": {"caption": text, "document": file},
        "file": {"document": file},
        "reply": {"text": text, "reply_to_message": _message(7, text=text)},
        "edited": {"text": text, "edit_date": 1_700_000_001},
    }
    return {"edited_message" if kind == "edited" else "message": _message(user, **made[kind])}


@st.composite
def spoilt_updates(draw: st.DrawFn) -> dict[str, Any]:
    """The same with a part of them left out, or something else in its place."""
    update = copy.deepcopy(draw(whole_updates()))
    for _ in range(draw(st.integers(0, 2))):
        at: Any = next(iter(update.values()))
        while True:
            key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
            inner = at[key]
            if isinstance(inner, dict | list) and inner and draw(st.booleans()):
                at = inner
                continue
            break
        if isinstance(at, dict) and draw(st.booleans()):
            del at[key]
        else:
            at[key] = draw(values)
        if not next(iter(update.values())):
            break
    return update


def _is_sendable(update: dict[str, Any]) -> bool:
    try:
        return len(json.dumps(update).encode()) < 60_000  # the emulator's own limit
    except (ValueError, RecursionError):
        return False


@settings(max_examples=6, phases=[Phase.generate], derandomize=True)
@given(updates=st.lists(spoilt_updates().filter(_is_sendable), min_size=UPDATES, max_size=UPDATES))
def test_whatever_arrives_the_next_question_is_answered(updates: list[dict[str, Any]]) -> None:
    asyncio.run(_arrives(updates))


async def _arrives(updates: list[dict[str, Any]]) -> None:
    answerer = FakeAnswerer()
    with tempfile.TemporaryDirectory() as folder:
        async with running_server() as server, running_bot(World(server, Path(folder), answerer), parts_of(answerer)):
            for update in updates:
                await server.enqueue_update(update, token=server.token)
            await server.say(WITNESS, PRICE)
            await server.answer_to(WITNESS)
    apologies = [sent.text for sent in server.messages.values() if "mã lỗi" in sent.text]
    assert "6.500" in server.sent_to(WITNESS)[0].text
    assert not apologies, updates


@given(data | st.text(max_size=100))
def test_a_buttons_data_is_ours_or_nothing(typed: str) -> None:
    pressed = pressed_by(typed)
    assert pressed is None or pressed_by(data_of(pressed)) == pressed


@given(
    st.sampled_from(list(Press)), st.integers(0, 10**16 - 1), st.integers(0, 999),
    st.integers(-9999, 99999),
)  # fmt: skip
def test_what_a_button_says_is_read_back(press: Press, subject: int, number: int, offset: int) -> None:
    written = data_of(Pressed(press, subject, number, offset))
    assert len(written.encode()) <= 64
    assert pressed_by(written) == Pressed(press, subject, number, offset)


@pytest.mark.parametrize("payload", ["i_", "i_" + "A" * 62, "p_", "p_../../etc", "p_" + "a" * 16, "\ud800", "%00", "ư"])
async def test_a_links_payload_gets_one_answer(server: Server, tmp_path: Path, payload: str) -> None:
    answerer = FakeAnswerer()
    async with running_bot(World(server, tmp_path, answerer), parts_of(answerer)):
        await server.say(WITNESS, f"/start {payload}")
        sent = await server.answer_to(WITNESS)
        await server.quiet()
    assert "mã lỗi" not in sent.text
    assert len(server.sent_to(WITNESS)) == 1
