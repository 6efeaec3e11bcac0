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
    PAGE = "g"
    ORIGINAL = "b"
    ALONE = "o"
    RATE = "f"
    REASON = "x"
    TELL = "t"
    OFFICER = "h"
    DECLINE_HANDED = "hn"
    DOCUMENTS = "d"
    AGAIN = "r"
    REQUEST = "q"
    LET_IN = "qy"
    DECLINE = "qn"
    WITHDRAW = "w"
    REVOKE = "v"
    KEEP = "k"
    ADD = "a"
    DROP = "y"
    REINDEX = "i"
    ROLLBACK = "u"
    ROLLBACK_SURE = "uy"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: what for, on which answer (or page), with which number.

    Attributes:
        offset: how far from there, such as passages on from a citation.
    """

    press: Press
    subject: int
    number: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class More:
    """Items of a list that a message has no room for: the number of the first (0-based), and how many."""

    start: int
    count: int


_DATA = re.compile(r"([a-z]{1,2}):(\d{1,16})(?::(\d{1,3})(?::(-?[1-9]\d{0,4}))?)?", re.ASCII)
_PRESSES = frozenset(press.value for press in Press)


def data_of(pressed: Pressed) -> str:
    """The callback data of a button."""
    offset = f":{pressed.offset}" if pressed.offset else ""
    return f"{pressed.press}:{pressed.subject}:{pressed.number}{offset}"


def pressed_by(data: str | None) -> Pressed | None:
    """The button that callback data belongs to; None for what no button of ours says."""
    match = _DATA.fullmatch(data or "")
    if match is None or match[1] not in _PRESSES:
        return None
    return Pressed(Press(match[1]), int(match[2]), int(match[3] or 0), int(match[4] or 0))


def under_answer(
    answer_id: int, status: Status, citations: int, shown: int = 0, *, follows: bool = False
) -> InlineKeyboardMarkup:
    """The buttons under an answer: its other passages, the whole passage, the person's verdict.

    Args:
        answer_id: of the answer.
        status: of the answer.
        citations: how many there are.
        shown: which of them is shown (0-based).
        follows: whether the question was understood as going on from the one before.
    """
    evidence = []
    if status is not Status.NOT_FOUND and citations:
        following = (shown + 1) % citations
        if citations > 1:
            label = texts.OTHER_SOURCES.format(number=following, count=citations - 1) if following else texts.BACK
            evidence.append(_button(label, Pressed(Press.SOURCE, answer_id, following)))
        evidence.append(_button(texts.CONTEXT, Pressed(Press.CONTEXT, answer_id, shown)))
    alone = [_button(texts.ASK_ALONE, Pressed(Press.ALONE, answer_id))] if follows and not shown else []
    unanswered = status is not Status.ANSWERED and not shown
    further = [
        _button(texts.ASK_OFFICER, Pressed(Press.OFFICER, answer_id)),
        _button(texts.TELL_ME, Pressed(Press.TELL, answer_id)),
    ]
    rows = (evidence, alone, further if unanswered else [], _verdict(answer_id))
    return InlineKeyboardMarkup([row for row in rows if row])


def under_rest(answer_id: int) -> InlineKeyboardMarkup:
    """The buttons under the further items of a list: back to the answer, the person's verdict."""
    return InlineKeyboardMarkup([[_button(texts.BACK, Pressed(Press.SOURCE, answer_id))], _verdict(answer_id)])


def under_passage(  # noqa: PLR0913 - what can be read from there
    answer_id: int, shown: int, offset: int, *, is_first: bool, is_last: bool, has_file: bool
) -> InlineKeyboardMarkup:
    """The buttons under a passage in its place: read on, the whole document, back to the answer.

    Args:
        answer_id: of the answer that cites it or a passage near it.
        shown: which citation that is (0-based).
        offset: how many passages further on this one is.
        is_first: whether nothing stands before it.
        is_last: whether nothing stands behind it.
        has_file: whether the document's own file can be sent.
    """
    steps = []
    if not is_first:
        steps.append(_button(texts.EARLIER, Pressed(Press.CONTEXT, answer_id, shown, offset - 1)))
    if not is_last:
        steps.append(_button(texts.LATER, Pressed(Press.CONTEXT, answer_id, shown, offset + 1)))
    whole = [_button(texts.WHOLE, Pressed(Press.PAGE, answer_id, shown))]
    return _reading(answer_id, shown, [steps, whole], has_file=has_file)


def under_page(answer_id: int, shown: int, page: int, last: int, *, has_file: bool) -> InlineKeyboardMarkup:
    """The buttons under a page of a whole document; `page` and `last` count from 0, what is pressed from 1."""
    steps = []
    if page > 0:
        steps.append(_button(texts.PAGE_BEFORE, Pressed(Press.PAGE, answer_id, shown, page)))
    if page < last:
        steps.append(_button(texts.PAGE_AFTER, Pressed(Press.PAGE, answer_id, shown, page + 2)))
    return _reading(answer_id, shown, [steps, []], has_file=has_file)


def reasons(markup: InlineKeyboardMarkup, answer_id: int, shown: int) -> InlineKeyboardMarkup:
    """The same buttons, and below them what may have been wrong with the answer, two a row."""
    buttons = [
        _button(label, Pressed(Press.REASON, answer_id, shown, number))
        for number, label in enumerate(texts.REASONS.values(), start=1)
    ]
    kept = [row for row in markup.inline_keyboard if not _is_reason(row)]
    return InlineKeyboardMarkup([*kept, buttons[:2], buttons[2:]])


def without_reasons(markup: InlineKeyboardMarkup) -> InlineKeyboardMarkup:
    """The same buttons, without those of `reasons`."""
    return InlineKeyboardMarkup([row for row in markup.inline_keyboard if not _is_reason(row)])


def shown_in(markup: InlineKeyboardMarkup | None) -> int:
    """Which citation (0-based) stands above these buttons, as far as they tell."""
    for row in markup.inline_keyboard if markup else ():
        for button in row:
            pressed = pressed_by(str(button.callback_data))
            if pressed is not None and pressed.press in (Press.CONTEXT, Press.PAGE):
                return pressed.number
    return 0


def _is_reason(row: Sequence[InlineKeyboardButton]) -> bool:
    pressed = [pressed_by(str(button.callback_data)) for button in row]
    return any(one is not None and one.press is Press.REASON for one in pressed)


def _verdict(answer_id: int) -> list[InlineKeyboardButton]:
    return [
        _button(texts.HELPFUL, Pressed(Press.RATE, answer_id, 1)),
        _button(texts.UNHELPFUL, Pressed(Press.RATE, answer_id, 0)),
    ]


def _reading(
    answer_id: int, shown: int, rows: list[list[InlineKeyboardButton]], *, has_file: bool
) -> InlineKeyboardMarkup:
    if has_file:
        rows[-1].append(_button(texts.ORIGINAL, Pressed(Press.ORIGINAL, answer_id, shown)))
    back = [_button(texts.BACK, Pressed(Press.SOURCE, answer_id, shown))]
    return InlineKeyboardMarkup([row for row in (*rows, back, _verdict(answer_id)) if row])


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
        return InlineKeyboardButton(labels.get(pressed.number, button.text), callback_data=button.callback_data)

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


def decline_handed(identity: int) -> InlineKeyboardMarkup:
    """The button under a question that was handed to an officer; answered is it by a reply."""
    return InlineKeyboardMarkup([[_button(admin_texts.CANNOT_ANSWER, Pressed(Press.DECLINE_HANDED, identity))]])


def offered_documents(message_id: int) -> InlineKeyboardMarkup:
    """The buttons under what was understood of documents: take them in, or leave them."""
    return InlineKeyboardMarkup(
        [
            [
                _button(admin_texts.ADD, Pressed(Press.ADD, message_id)),
                _button(admin_texts.DROP, Pressed(Press.DROP, message_id)),
            ]
        ]
    )


def index_steps(*, reindex: bool = True, rollback: bool = False) -> InlineKeyboardMarkup:
    """The buttons by which an admin changes which index answers."""
    row = [_button(admin_texts.REINDEX, Pressed(Press.REINDEX, 0))] if reindex else []
    row += [_button(admin_texts.ROLLBACK, Pressed(Press.ROLLBACK, 0))] if rollback else []
    return InlineKeyboardMarkup([row])


def confirm_rollback() -> InlineKeyboardMarkup:
    """The buttons under the question whether the index before is to answer again."""
    return InlineKeyboardMarkup(
        [
            [
                _button(admin_texts.ROLLBACK_SURE, Pressed(Press.ROLLBACK_SURE, 0)),
                _button(admin_texts.DROP, Pressed(Press.DROP, 0)),
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
