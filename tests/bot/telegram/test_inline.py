"""`@bot câu hỏi` in any chat: for those who may ask, from what whoever reads along may see, never shared."""

import json
from typing import Any

import pytest

from bot.telegram import texts
from tests.bot.telegram.conftest import MEMBER, STRANGER, Run, parts_of
from tests.bot.telegram.fakes import FakeAnswerer
from tests.bot.telegram.markup import parse
from tests.bot.telegram.server import Call, Server

PRICE = "giá nước sạch là bao nhiêu?"


async def answered(server: Server, query: str) -> dict[str, Any]:
    def found() -> Call | None:
        calls = server.called("answerInlineQuery")
        return next((call for call in calls if call.fields["inline_query_id"] == query), None)

    call: Call = await server.until(found)
    decoded = {name: _decoded(value) for name, value in call.fields.items()}
    assert decoded["is_personal"] in (True, "true")
    assert int(decoded["cache_time"]) <= 60
    return decoded


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


async def test_a_question_gets_its_answer_as_it_would_be_posted(server: Server, run: Run) -> None:
    async with run():
        shown = await answered(server, await server.type_inline(MEMBER, PRICE))
        first, *others = shown["results"]
        text, entities = parse(first["input_message_content"]["message_text"])
        await server.quiet()
    assert first["description"] == "Kế hoạch cấp nước sạch"
    assert "6.500" in text
    assert any(entity.kind == "bold" for entity in entities)
    assert others
    assert not server.messages


async def test_a_stranger_gets_nothing_but_the_way_in(server: Server, run: Run, answerer: FakeAnswerer) -> None:
    async with run():
        asked = len(answerer.asked)
        shown = await answered(server, await server.type_inline(STRANGER, PRICE))
        assert shown["results"] == []
        assert shown["button"]["text"] == texts.INLINE_STRANGER
        assert len(answerer.asked) == asked


async def test_only_what_is_typed_last_is_looked_up(server: Server, run: Run, answerer: FakeAnswerer) -> None:
    async with run():
        asked = len(answerer.asked)
        for length in range(8, len(PRICE)):
            await server.type_inline(MEMBER, PRICE[:length])
        await answered(server, await server.type_inline(MEMBER, PRICE))
        assert PRICE in [question.text for question in answerer.asked[asked:]]
        assert len(answerer.asked) - asked < len(PRICE) - 8
        shown = await answered(server, await server.type_inline(MEMBER, "gì"))
    assert shown["button"]["text"] == texts.INLINE_HOW


@pytest.mark.parametrize(("chat_type", "sees"), [("sender", True), ("private", False), ("group", False)])
async def test_documents_of_a_group_are_shown_to_the_person_alone(
    server: Server, run: Run, chat_type: str, sees: bool
) -> None:
    class Grouped(FakeAnswerer):
        def visible_to(self, groups: frozenset[str] | None) -> FakeAnswerer:
            return self if groups else FakeAnswerer(list(self.retriever.documents.values())[:1])

    async with run(parts_of(Grouped())):
        await server.say(MEMBER, "xin chào")
        await server.answer_to(MEMBER)
        from bot.records.access import Access  # noqa: PLC0415

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(Access, "groups", lambda self, person: frozenset({"thuong-vu"}))
            shown = await answered(server, await server.type_inline(MEMBER, PRICE, chat_type))
    said = json.dumps(shown["results"], ensure_ascii=False)
    assert ("Kế hoạch cấp nước sạch" in said) is sees
