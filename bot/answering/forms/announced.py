"""A list that is answered whole because its sentence announces what the question asks for."""

import re

from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.asked_back import setting_of
from bot.answering.forms.lists_meant import is_of_another_kind
from bot.answers import AnswerKind, Status
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.listing.announced_lists import AnnouncedList, announced_lists
from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Kind
from embeddings.question.question_form import Form
from embeddings.verdicts.claim_numbers import unit_behind
from embeddings.verdicts.claim_words import one_denies, spoken_words

_LOOKED_AT = 3
_KIND = re.compile(
    r"\b(?:nguyên nhân|hạn chế|tồn tại|khuyết điểm|ưu điểm|kết quả|nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|bài học"
    r"|kiến nghị|đề nghị|đề xuất|điều kiện|(?<!chính )(?<!thẩm )quyền|nghĩa vụ|trách nhiệm)\b",
    re.IGNORECASE,
)
"""Kinds of things that reports list."""
_PERHAPS, _CLEARLY = 0.1, 0.5
"""Likelihood of a list from which one is looked for that says how many items it has, and any other."""
_TOLD_FROM, _HEAD_FROM, _NAMED_FROM = 0.7, 0.4, 0.5
"""Share of the question's words that the head must tell with what stands above its passage, and alone; the last where
question and head name the same number of the same things."""


def answer_announced(asked: Asked) -> Draft | None:
    """The items behind a colon whose sentence says most of the question; None where none does."""
    form = asked.form
    likelihood = form.likelihood[Form.LIST]
    if likelihood < _PERHAPS and not form.count:
        return None
    question = asked.search.understanding.restored
    best: tuple[float, Draft] | None = None
    for hit in asked.search.hits[:_LOOKED_AT]:
        text, above = hit.passage.text, None
        for found in announced_lists(text):
            if (not found.counted and likelihood < _CLEARLY) or form.count not in (None, len(found.items)):
                continue
            head = text[slice(*found.head)]
            if one_denies(head, question):
                continue
            above = setting_of(asked, hit) if above is None else above
            told, alone = _share(asked, f"{above}\n{head}"), _share(asked, head)
            named = found.counted and bool(_counted(head, len(found.items)) & _counted(question, form.count))
            enough = told >= _NAMED_FROM if named else told >= _TOLD_FROM and alone >= _HEAD_FROM
            if not enough or (best and told + alone <= best[0]) or _is_told_elsewhere(asked, hit, found):
                continue
            pieces = tuple(Piece(hit, *span) for span in found.items)
            rest = (other for other in asked.search.hits if other.passage.id != hit.passage.id)
            best = (
                told + alone,
                Draft(
                    AnswerKind.LIST,
                    Status.ANSWERED,
                    max(asked.confidence, told),
                    pieces,
                    (hit, *rest),
                    around={hit.passage.id: [found.head]},
                    certain=True,
                ),
            )
    names_asked = asked.search.expected.kind in (Kind.PERSON, Kind.PLACE)
    return None if best is None or (names_asked and is_of_another_kind(asked, best[1])) else best[1]


def _is_told_elsewhere(asked: Asked, hit: Hit, found: AnnouncedList) -> bool:
    """Whether a passage tells what is asked for beside a list.

    It counts such things there (`ba mức`), or names the kind that the question asks for first while the list is of
    another kind (`nguyên nhân của hạn chế`).
    """
    text, noun = hit.passage.text, set(asked.form.noun)
    head = text[slice(*found.head)]
    kind = _KIND.search(asked.search.understanding.restored)
    if kind and _KIND.search(head) and kind[0].lower() not in head.lower() and kind[0].lower() in text.lower():
        return True
    if found.counted and noun and not noun & _counted(head, len(found.items)):
        counted = (unit_behind(text, one.end) for one in quantities(text) if one.keys[0].isdecimal())
        return any(noun.intersection(words) for words in counted)
    return False


def _counted(text: str, number: int | None) -> set[str]:
    """The folded words that stand right behind a number in a text: what is counted."""
    told = [one for one in quantities(text) if one.keys[0] == str(number)]
    return {word for one in told for word in unit_behind(text, one.end)}


def _share(asked: Asked, text: str) -> float:
    """Share of the question's words, by worth, that a text has."""
    said = set(map(fold, spoken_words(text)))
    worth = asked.search.understanding.worth
    return sum(value for word, value in worth.items() if word in said) / (sum(worth.values()) or 1.0)
