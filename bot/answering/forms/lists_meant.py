"""Whether a list is meant where one is found: by the question's words, how many items there are, what a reader saw."""

import re

from bot.answering.drafts import Asked, Draft
from bot.answering.forms.lists import answer_list
from bot.answering.forms.persons_named import answer_persons, chair_elsewhere, who_chairs
from bot.answering.receiving import asks_where_to_turn
from embeddings.extraction.enumerations import begins_with_verb
from embeddings.question.answer_type import Kind, candidates
from embeddings.question.asked_noun import completions
from embeddings.question.question_form import Form
from embeddings.syllables import CAPITALS

CLEARLY_A_LIST = 0.7
"""Likelihood of a list, from the question alone, from which one thing is no answer."""
_PERHAPS_A_LIST, _COUNTED_PERHAPS = 0.05, 0.02
"""Likelihood of a list from which one is looked for; the latter where the question has a number that may be theirs."""
_LIST_FROM = 0.5
"""Likelihood of a list, from the question alone, from which one that is found is shown."""
_PERSONS_FROM = 0.1
"""The same where persons are asked for: `ai chủ trì` may mean one or four."""
_LIST_SURE = 0.5
"""Probability of a list found where the question does not clearly ask for one, from which it is shown as one."""
_LIST_SHOWN = 0.3
"""The same where it does."""
_LIST_COUNTED = 0.25
"""The same where it has as many items as the question asks for."""
_MARKED = frozenset((Kind.TIME, Kind.NUMBER))
"""Kinds of answers that are known by their shape."""
_NAME_OR_NUMBER = re.compile(rf"\b[{CAPITALS}][^\W\d_]*\s+[{CAPITALS}]|(?<=\s)[{CAPITALS}]|\d")
_NAME = re.compile(rf"\b[{CAPITALS}]")
_BY_NAME = re.compile(
    r"\b(?:chủ trì|chủ tọa|chủ toạ|điều hành|phát biểu|kết luận|đề dẫn|trình bày|ký)\b|\b(?:đồng chí|ông|bà|vị) nào\b"
)
"""What somebody does, or is asked for by, who is told by name."""
_SEVERAL = re.compile(r"\b(?:những|các|mấy|bao nhiêu)\b")
_DEEDS_TOO = re.compile(r"\b(?:những|các)\s+(?:việc\s+|điều\s+)?gì\b")
"""What is asked for beside a person (`kiến nghị với ai những gì`)."""
_TITLE = re.compile(r"“[^“”\n]{2,200}”")
_BETWEEN_ITEMS = re.compile(r"[^\w\s]|\n|\b(?:và|hoặc|hay|cùng|cũng|lẫn|thứ|là)\b", re.IGNORECASE)
"""Something without which no two items of a list stand beside each other; see `embeddings.extraction.enumerations`."""


def listed(asked: Asked) -> Draft | None:
    """Several things, where the question means several."""
    chairs = who_chairs(asked)
    if chairs:
        return chairs
    form = asked.form
    least = _COUNTED_PERHAPS if form.count else _PERHAPS_A_LIST
    if (form.likelihood[Form.LIST] >= least or form.named_too) and _may_be_meant(asked):
        draft = answer_list(asked)
        if draft and _is_meant(asked, draft):
            return draft
    may_be_persons = asked.search.expected.kind in (Kind.PERSON, Kind.NAME, Kind.OTHER)
    return answer_persons(asked) if may_be_persons else None


def _may_be_meant(asked: Asked) -> bool:
    """Whether `_is_meant` can say yes of any list at all: most questions need none to be looked for."""
    form, search = asked.form, asked.search
    likelihood = form.likelihood[Form.LIST]
    if likelihood >= _LIST_FROM or form.named_too or form.count:
        return True
    if search.expected.kind is Kind.PERSON:
        return likelihood >= _PERSONS_FROM
    if asks_where_to_turn(search.expected.question):  # one body, not all that it receives of
        return False
    best = ((hit.passage.text, hit.reading.spans[0]) for hit in search.hits if hit.reading and hit.reading.spans)
    return any(_BETWEEN_ITEMS.search(text, span.start, span.end) for text, span in best)


def _is_meant(asked: Asked, draft: Draft) -> bool:
    """Whether a list that was found is what the question asks for, by its words, their number and what a reader saw."""
    form, found = asked.form, draft.confidence
    expected = asked.search.expected
    likelihood = form.likelihood[Form.LIST]
    if is_of_another_kind(asked, draft) or (
        likelihood < CLEARLY_A_LIST and (_is_one_named(asked, draft) or _is_in_one_title(asked, draft))
    ):
        return False
    if likelihood >= _LIST_FROM or form.named_too:
        return found >= _LIST_SHOWN
    if form.count == len(draft.pieces):
        return found >= _LIST_COUNTED
    if found < _LIST_SURE:
        return False
    if expected.kind is Kind.PERSON:
        return likelihood >= _PERSONS_FROM
    return _is_read_together(asked, draft)


def is_of_another_kind(asked: Asked, draft: Draft) -> bool:
    """Whether a list has no day where days are asked for, no name where places are, only deeds where persons are.

    Where one day or number may be meant, each item must have its own.
    """
    expected = asked.search.expected
    if expected.kind is Kind.PERSON and not _DEEDS_TOO.search(expected.question.lower()):
        named = any(_NAME.search(piece.text) for piece in draft.pieces)
        if (_BY_NAME.search(expected.question.lower()) and not named) or chair_elsewhere(asked, draft.pieces):
            return True
        return all(begins_with_verb(piece.text, 0) for piece in draft.pieces)
    if expected.kind is Kind.PLACE and not any(_NAME_OR_NUMBER.search(piece.text) for piece in draft.pieces):
        return True
    named_too = expected.kind is Kind.NUMBER and asked.form.named_too  # `có mấy loại, là những loại nào`
    fitting = [bool(candidates(expected, piece.text)) for piece in draft.pieces]
    enough = any(fitting) if asked.form.likelihood[Form.LIST] >= CLEARLY_A_LIST else all(fitting)
    return expected.kind in _MARKED and not named_too and not enough


def _is_one_named(asked: Asked, draft: Draft) -> bool:
    """Whether the question asks for one thing by its noun (`xây dựng văn hóa gì`) that the list's passage names."""
    question = asked.search.expected.question
    return not _asks_for_several(asked) and bool(completions(question, draft.pieces[0].hit.passage.text))


def _is_in_one_title(asked: Asked, draft: Draft) -> bool:
    """Whether all items stand inside one title in quotation marks, of which a reader takes more for the one answer."""
    first, last = draft.pieces[0], draft.pieces[-1]
    reading, text = first.hit.reading, first.hit.passage.text
    if _asks_for_several(asked) or reading is None or not reading.spans or last.hit.passage.id != first.hit.passage.id:
        return False
    best = reading.spans[0]
    return best.end - best.start > last.end - first.start and any(
        title.start() <= min(best.start, first.start) and max(best.end, last.end) <= title.end()
        for title in _TITLE.finditer(text)
    )


def _asks_for_several(asked: Asked) -> bool:
    """Whether a question says that it means more than one thing, or how many."""
    form = asked.form
    return form.named_too or bool(form.count) or _SEVERAL.search(asked.search.expected.question.lower()) is not None


def _is_read_together(asked: Asked, draft: Draft) -> bool:
    """Whether a reader takes several items for the answer, and nothing in the first passage for a clearer one."""
    reading, first = draft.pieces[0].hit.reading, asked.search.hits[0].reading
    if reading is None or not reading.spans or (first and first.margin > reading.margin):
        return False
    best = reading.spans[0]
    return sum(best.start < one.end and one.start < best.end for one in draft.pieces) > 1
