"""Lists, parts and overviews as messages: items on lines of their own, within one message, the rest behind a button."""

from dataclasses import replace

import pytest

from bot.answers import Answer, AnswerKind, AnswerText, Citation, Language, Status, Verdict
from bot.telegram.outgoing.keyboards import More, Press, pressed_by, under_answer, with_more
from bot.telegram.outgoing.message_html import next_items, render_answer, render_rest
from corpus.splitting import split
from tests.bot.telegram.fakes import document
from tests.bot.telegram.markup import parse

ITEMS = [f"việc thứ {number} là tuyên truyền, vận động <nhân dân> & trồng cây" for number in range(1, 41)]
TEXT = "Cấp ủy giao bốn mươi việc: " + "; ".join(ITEMS) + "."


def listed(count: int, **fields: object) -> Answer:
    source = document("a", "Tiêu đề <dài> & “lạ” " * 12, TEXT, "2031-02-10", "https://a.example.vn/?x=1&y=2")
    passage = split(source)[0]
    citation = Citation(source, passage, passage.text[:200], "https://a.example.vn/?x=1&y=2", 0.9, 1)
    items = tuple(AnswerText(item, 1) for item in ITEMS[:count])
    answer = Answer("?", Status.ANSWERED, ITEMS[0], (citation,), 0.9, (), "g", 1.0, AnswerKind.LIST, items)
    return replace(answer, **fields)  # type: ignore[arg-type]


def test_items_stand_on_lines_of_their_own() -> None:
    answer = listed(3)
    text, entities = parse(render_answer(answer))
    assert [line for line in text.split("\n") if line.startswith("• ")] == [f"• {item}" for item in ITEMS[:3]]
    assert [entity.text for entity in entities if entity.kind == "bold"] == ITEMS[:3]
    assert next_items(answer) is None


def test_a_long_list_goes_on_behind_a_button_until_all_was_shown() -> None:
    answer = listed(40)
    text, _ = parse(render_answer(answer))
    start = next_items(answer)
    assert start is not None
    assert len(text) <= 1200
    assert f"và {40 - start} mục nữa" in text
    shown = text.count("• ")
    while start is not None:
        text, _ = parse(render_rest(answer, start))
        assert len(text) <= 1200
        shown += text.count("• ")
        start = next_items(answer, start, rest=True)
    assert shown == 40


def test_the_button_says_how_many_are_left() -> None:
    plain = under_answer(7, Status.ANSWERED, 1)
    markup = with_more(plain, 7, More(5, 35))
    button = markup.inline_keyboard[0][0]
    assert button.text == "Và 35 mục nữa"
    pressed = pressed_by(str(button.callback_data))
    assert pressed is not None
    assert (pressed.press, pressed.subject, pressed.number) == (Press.MORE, 7, 5)
    assert with_more(plain, 7, None) is plain


@pytest.mark.parametrize(("verdict", "said"), [(Verdict.YES, "Đúng."), (Verdict.NO, "Không.")])
def test_a_verdict_comes_first(verdict: Verdict, said: str) -> None:
    text, _ = parse(render_answer(listed(1, kind=AnswerKind.YES_NO, verdict=verdict)))
    assert text.startswith(said)


def test_parts_each_have_their_words_and_their_source() -> None:
    answers = (AnswerText(ITEMS[0], 1, part=0), AnswerText(ITEMS[1], 1, part=1))
    answer = listed(2, kind=AnswerKind.COMPOUND, answers=answers, parts=("làm gì", "làm gì nữa", "ai làm"))
    text, entities = parse(render_answer(answer))
    assert len(text) <= 1200
    assert [entity.text for entity in entities if entity.kind == "bold"] == ITEMS[:2]
    assert text.count("Nguồn:") == 2
    assert "ai làm" not in text  # nothing answers it, which a note says


def test_an_overview_marks_nothing_and_is_labelled_by_its_note() -> None:
    note = "Trích những câu mở đầu của tài liệu."
    answer = listed(0, kind=AnswerKind.OVERVIEW, status=Status.RELATED, text=None, notes=(note,))
    text, entities = parse(render_answer(answer))
    assert text.startswith(note)
    assert len(text) <= 1200
    assert not [entity for entity in entities if entity.kind == "bold"]


def test_what_is_said_around_is_in_the_language_of_the_question() -> None:
    assert "Source:" in parse(render_answer(listed(2, language=Language.ENGLISH)))[0]
