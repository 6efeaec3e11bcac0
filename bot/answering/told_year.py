"""A year in a question that the document says before the passage that answers does not: it is asked without it.

A report says once which year it is of; readers see one passage and take a year that it lacks for another one.
"""

import re
from collections.abc import Callable, Sequence

from bot.answering.drafts import Asked, Draft
from bot.answers import Status
from corpus.models import Document, Passage
from embeddings.extraction.offices import offices
from embeddings.quantities.years import YEAR, own_years_in
from embeddings.question.question import Question

_DATED = re.compile(r"\b(?:19|20)\d\d\b(?!/|-\w)")
"""A year that is no part of a number of a paper."""
_ALONE = re.compile(r"(?<![/\d-])\b(?:19|20)\d\d\b(?![/-])")
"""A year that is no part of a day or a number of a paper."""
_LED = re.compile(r"\s*,?\s*(?:\b(?:trong|vào|ở|của|cả)\s+)?(?:\bnăm\s+)?(?<!/)\b(?:19|20)\d\d\b(?!/)", re.IGNORECASE)
_LEAST_WORDS = 3


def without_told_year(asked: Asked, draft: Draft, answer: Callable[[Asked], Draft]) -> Draft:
    """The answer to the question without its year, where only the passage's document says that year; else the draft.

    Args:
        asked: the question.
        draft: of the answer to it as it was asked.
        answer: answers another question.
    """
    question, hits = asked.search.understanding.restored, asked.search.hits
    years = set(YEAR.findall(question))
    if draft.status is Status.ANSWERED or len(years) != 1 or asked.search.understanding.dependence:
        return draft
    if offices(question):  # who held it in that year is for the directory to say
        return draft
    passage = hits[0].passage
    document = asked.retriever.documents[passage.document_id]
    rest = _LED.sub("", question).strip(" ,")
    if YEAR.search(rest) or len(rest.split()) < _LEAST_WORDS:
        return draft
    if year_of(passage, document, asked.retriever.passages_of(document.id)) not in years:
        return draft
    other = asked.ask(Question(rest))
    if other.search.hits[0].passage.id != passage.id:
        return draft
    found = answer(other)
    same = all(piece.hit.passage.id == passage.id for piece in found.pieces)
    return found if found.status is Status.ANSWERED and found.pieces and same else draft


def year_of(passage: Passage, document: Document, passages: Sequence[Passage]) -> str | None:
    """The one year that a passage which names none is of: of its document's title, of what stands last before it.

    Returns:
        None where the passage names a year itself, where title (or else date) and text name different ones, or where
        several stand beside each other.
    """
    if YEAR.search(passage.text):
        return None
    before = [other.text for other in passages if other.ordinal < passage.ordinal]
    title, text = _last_years([document.title]), _last_years([*reversed(before)])
    known = title or (set(YEAR.findall(document.published or "")) if text else set())
    years = known | text
    return years.pop() if len(years) == 1 else None


def _last_years(texts: Sequence[str]) -> set[str]:
    """The years in the first of some texts that has one of its own; those of days where none has another."""
    of_their_own = [own_years_in(text) for text in texts]
    for pattern in (_ALONE, _DATED):
        for text in of_their_own:
            years = set(pattern.findall(text))
            if years:
                return years
    return set()
