"""Whether a passage, a quote and an answer are right for a gold question."""

import re
from collections.abc import Sequence

from bot.answers import Answer, Citation
from bot.evaluation.metrics import Ranking
from bot.gold.gold_items import GoldItem, collapse

QUOTE_LIMIT = 300
RIGHT = "evidence"


def is_right(item: GoldItem, citation: Citation) -> bool:
    """Return whether a citation answers a question: its passage holds one of the evidence texts, in any document.

    Sets judged by document (BEIR) ask for a relevant document instead. Nothing is right for an unanswerable question.
    """
    if not item.answerable:
        return False
    if item.relevant is not None:
        return citation.document.id in item.relevant
    passage = collapse(citation.passage.text)
    return any(collapse(evidence) in passage for evidence in item.evidence)


def is_quote_right(item: GoldItem, citation: Citation) -> bool | None:
    """Return whether the quote alone would satisfy the person who asked; None if the set cannot tell.

    The citation must be right, and its quote must
    - contain one of the evidence texts, or
    - contain one of the short answers (whole words, case aside), or
    - where an evidence text is longer than any quote may be, lie inside it.
    A set judged by document can only tell by its short answers.
    """
    if not item.answerable or (item.relevant is not None and not item.answers):
        return None
    if not is_right(item, citation):
        return False
    quote = collapse(citation.quote)
    texts = [collapse(evidence) for evidence in item.evidence]
    return (
        any(text in quote or (len(text) > QUOTE_LIMIT and quote and quote in text) for text in texts)
        or any(holds_words(quote, answer) for answer in item.answers)
    )  # fmt: skip


def holds_words(text: str, words: str) -> bool:
    """Return whether text contains the words as whole words, case and white space aside."""
    pattern = rf"(?<!\w){re.escape(collapse(words).casefold())}(?!\w)"
    return re.search(pattern, collapse(text).casefold()) is not None


def ranking_of(item: GoldItem, citations: Sequence[Citation]) -> Ranking:
    """Turn citations, best first, into what the ranking measures read.

    Evidence texts are alternatives of one and the same answer, so the first passage that holds any of them is the one
    relevant thing and later ones no longer matter: recall@k is 0 or 1. Judged by document, each document counts once,
    where it appears first, and recall@k is the share of the relevant documents.
    """
    if item.relevant is not None:
        return Ranking(list(dict.fromkeys(citation.document.id for citation in citations)), item.relevant)
    rank = first_right_rank(item, citations)
    found = [RIGHT if place == rank else f"other {place}" for place in range(1, len(citations) + 1)]
    return Ranking(found, {RIGHT: 1})


def first_right_rank(item: GoldItem, citations: Sequence[Citation]) -> int | None:
    """Return the place of the first right citation, 1 for the best; None if there is none."""
    return next((place for place, citation in enumerate(citations, 1) if is_right(item, citation)), None)


def is_first_right(item: GoldItem, answer: Answer) -> bool:
    """Return whether the citation shown first is right."""
    return bool(answer.citations) and is_right(item, answer.citations[0])
