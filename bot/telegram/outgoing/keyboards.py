"""The buttons under messages, and what pressing one says: short ids, never more than 64 bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answers import Status
from bot.telegram import admin_texts, texts


class Press(StrEnum):
    """What a button does."""

    EXAMPLE = "e"
    SOURCE = "n"
    MORE = "m"
    CONTEXT = "c"
    RATE = "f"
    DOCUMENTS = "d"
    AGAIN = "r"
    REQUEST = "q"
    LET_IN = "qy"
    DECLINE = "qn"
    WITHDRAW = "w"
    REVOKE = "v"
    KEEP = "k"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: what for, on which answer (or page), with which number."""

    press: Press
    subject: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class More:
    """Items of a list that a message has no room for: the number of the first (0-based), and how many."""

    start: int
    count: int


_DATA = re.compile(r"([a-z]{1,2}):(\d{1,16})(?::(\d{1,3}))?", re.ASCII)
_PRESSES = frozenset(press.value for press in Press)


def data_of(pressed: Pressed) -> str:
    """The callback data of a button."""
    return f"{pressed.press}:{pressed.subject}:{pressed.number}"


def pressed_by(data: str | None) -> Pressed | None:
    """The button that callback data belongs to; None for what no button of ours says."""
    match = _DATA.fullmatch(data or "")
    if match is None or match[1] not in _PRESSES:
        return None
    return Pressed(Press(match[1]), int(match[2]), int(match[3] or 0))


def under_answer(
    answer_id: int, status: Status, citations: int, shown: int = 0, *, in_context: bool = False
) -> InlineKeyboardMarkup:
    """The buttons under an answer: its sources, the passage's surroundings, and the person's verdict."""
    evidence = []
    if status is not Status.NOT_FOUND:
        if in_context:
            evidence.append(_button(texts.BACK, Pressed(Press.SOURCE, answer_id, shown)))
        elif citations > 1:
            label = texts.OTHER_SOURCES.format(count=citations - 1)
            evidence.append(_button(label, Pressed(Press.SOURCE, answer_id, (shown + 1) % citations)))
        if citations and not in_context:
            evidence.append(_button(texts.CONTEXT, Pressed(Press.CONTEXT, answer_id, shown)))
    verdict = [
        _button(texts.HELPFUL, Pressed(Press.RATE, answer_id, 1)),
        _button(texts.UNHELPFUL, Pressed(Press.RATE, answer_id, 0)),
    ]
    return InlineKeyboardMarkup([row for row in (evidence, verdict) if row])


def with_more(markup: InlineKeyboardMarkup, answer_id: int, more: More | None) -> InlineKeyboardMarkup:
    """The same buttons under one that shows the rest of a list, where there is a rest."""
    if more is None:
        return markup
    label = texts.MORE_ITEMS.format(count=more.count)
    return InlineKeyboardMarkup([[_button(label, Pressed(Press.MORE, answer_id, more.start))], *markup.inline_keyboard])


def with_verdict(markup: InlineKeyboardMarkup, labels: dict[int, str]) -> InlineKeyboardMarkup:
    """The same buttons, those of the verdict labelled anew: number -> label."""

    def relabelled(button: InlineKeyboardButton) -> InlineKeyboardButton:
        pressed = pressed_by(str(button.callback_data))
        if pressed is None or pressed.press is not Press.RATE:
            return button
        return InlineKeyboardButton(labels[pressed.number], callback_data=button.callback_data)

    return InlineKeyboardMarkup([[relabelled(button) for button in row] for row in markup.inline_keyboard])


def examples(questions: Sequence[str]) -> InlineKeyboardMarkup:
    """One button a question."""
    return InlineKeyboardMarkup(
        [[_button(question, Pressed(Press.EXAMPLE, number))] for number, question in enumerate(questions)]
    )


def pages(page: int, last: int) -> InlineKeyboardMarkup | None:
    """Back and forth through the list of documents."""
    row = []
    if page > 0:
        row.append(_button(texts.PREVIOUS_PAGE, Pressed(Press.DOCUMENTS, page - 1)))
    if page < last:
        row.append(_button(texts.NEXT_PAGE, Pressed(Press.DOCUMENTS, page + 1)))
    return InlineKeyboardMarkup([row]) if row else None


def send_again(answer_id: int) -> InlineKeyboardMarkup:
    """The button under a note that an answer may not have arrived."""
    return InlineKeyboardMarkup([[_button(texts.SEND_AGAIN, Pressed(Press.AGAIN, answer_id))]])


def request_access(person: int) -> InlineKeyboardMarkup:
    """The button under a refusal: to be let in."""
    return InlineKeyboardMarkup([[_button(texts.REQUEST_ACCESS, Pressed(Press.REQUEST, person))]])


def decide(person: int) -> InlineKeyboardMarkup:
    """The buttons under somebody's wish to be let in."""
    return InlineKeyboardMarkup(
        [
            [
                _button(admin_texts.LET_IN, Pressed(Press.LET_IN, person)),
                _button(admin_texts.DECLINE, Pressed(Press.DECLINE, person)),
            ]
        ]
    )


def confirm_revoking(person: int) -> InlineKeyboardMarkup:
    """The buttons under the question whether an admin is to be shut out."""
    return InlineKeyboardMarkup(
        [
            [
                _button(admin_texts.REVOKE, Pressed(Press.REVOKE, person)),
                _button(admin_texts.KEEP, Pressed(Press.KEEP, person)),
            ]
        ]
    )


def withdrawals(fingerprints: Sequence[str]) -> InlineKeyboardMarkup | None:
    """A button for each open invitation, to make it worthless."""
    rows = [
        [_button(admin_texts.WITHDRAW.format(invitation=one), Pressed(Press.WITHDRAW, int(one, 16)))]
        for one in fingerprints
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(label: str, pressed: Pressed) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data_of(pressed))
