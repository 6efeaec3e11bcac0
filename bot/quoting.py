"""The sentence of a passage that answers, cut to size, and the words in it that are the answer."""

import re

from embeddings.models import Hit

LONGEST_QUOTE = 300
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,120})[”\"]")


def find_quote(question: str, hit: Hit) -> str:
    """The sentence nearest to the question; of one longer than `LONGEST_QUOTE` its first clauses that fit."""
    start, end = hit.sentence
    sentence = hit.passage.text[start:end].strip()
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    cut = max(sentence.rfind(mark, 0, LONGEST_QUOTE) for mark in ";,:")
    return sentence[: cut if cut > 0 else LONGEST_QUOTE].strip()


def find_answer(question: str, quote: str) -> str | None:
    """The words that answer where a rule can tell them, an exact substring of the quote."""
    asked_for_name = re.search(r"\b(gì|nào|tên)\b", question.lower())
    quoted = _QUOTED.search(quote)
    return quoted.group(1) if asked_for_name and quoted else None
