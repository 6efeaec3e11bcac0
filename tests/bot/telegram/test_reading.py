"""Whatever a server hands out as an update is read, reduced to what can be, or passed over; never more than that."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.records.database import Database, default_url
from bot.records.journal import Journal
from bot.telegram.incoming.reading import Unreadable, readable, readable_only

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ["message_id", "date", "chat", "from", "text", "entities", "sticker", "photo", "reply_to_message", "caption"]


@given(
    st.dictionaries(
        st.sampled_from(["update_id", "message", "edited_message", "callback_query", "inline_query"]),
        st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=6) | json_values,
        max_size=3,
    )
    | json_values
)
def test_whatever_comes_as_an_update_is_read_or_passed_over(fields: Any) -> None:
    found = readable(fields)
    if found is None:
        return
    if isinstance(found, Unreadable):
        assert all(len(part) <= 400 for part in (found.kind, found.reason))
        return
    Update.de_json(found, None).to_json()


@given(st.lists(json_values | st.fixed_dictionaries({"update_id": st.integers(1, 9)}), max_size=5))
def test_what_is_left_of_an_answer_to_get_updates_can_all_be_read(updates: list[Any]) -> None:
    content, _ = readable_only(json.dumps({"ok": True, "result": updates}).encode())
    for fields in json.loads(content)["result"]:
        Update.de_json(fields, None)


@given(st.binary(max_size=200))
def test_rubbish_in_the_place_of_an_answer_is_left_to_the_library(content: bytes) -> None:
    assert readable_only(content)[1] == []


def test_an_update_set_aside_is_noted_once_and_without_its_text(tmp_path: Path) -> None:
    database = Database.open(default_url(tmp_path))
    journal = Journal(database, "telegram:7")
    assert journal.set_aside(5, "message: sticker: TypeError")
    assert not journal.set_aside(5, "message: sticker: TypeError")
    assert journal.take_up() == []
    assert journal.purge() == 0
    database.close()
