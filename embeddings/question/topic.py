"""What a question leaves to the next one to live on: one subject, never a chain of questions.

"ai phát biểu?" leaves the subject as it was. One that only puts something else in its place ("còn năm 2014?", "thế còn
Thái Nguyên?") leaves the same question about that: in the earlier one's words, with the new year, or with the new thing
behind them. The thing named after that takes its place, so that no more than one ever stands there.
"""

import re

from corpus.vietnamese import fold
from embeddings.question.followup import content_words
from embeddings.question.question import Understanding

_NARROWED = " – "
"""Between a subject and what it was narrowed to."""
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)\d{2}(?![\w/-])")
_ONLY_NAMES = re.compile(
    r"(?:(?:thế|vậy|rồi|và)\s+còn|còn|thế|vậy|rồi|và)\s+(?P<thing>.+?)(?:\s+(?:thì\s+)?(?:sao|thế nào|ra sao))?"
    r"|(?P<other>.+?)\s+thì\s+(?:sao|thế nào|ra sao)",
    re.IGNORECASE,
)
"""A question that names another thing and asks nothing of its own."""
_ASKS = re.compile(r"\b(?:ai|gi|nao|dau|may|bao nhieu|bao gio|bao lau|the nao|ra sao|sao|vi sao|khong|chua)\b")


def topic_after(previous: str | None, understanding: Understanding) -> str:
    """What the question behind a follow-up may live on; "" where the question stands alone, and is the subject itself.

    Args:
        previous: what the question might have lived on itself.
        understanding: of the question.
    """
    if previous is None or not understanding.inherited:
        return ""
    subject = previous.rpartition(_NARROWED)[0] or previous
    new = _named_instead(understanding)
    if not new:
        return previous
    year = _YEAR.search(new)
    if year and _is_year(new) and _YEAR.search(previous):
        return _YEAR.sub(year.group(), previous)
    return f"{subject.rstrip(' ?.!')}{_NARROWED}{new}"


def _named_instead(understanding: Understanding) -> str:
    """The thing that a question names in place of the one before, "" where it names none."""
    asked = understanding.restored.strip(" ?.!,")
    only = _ONLY_NAMES.fullmatch(asked)
    if only:
        thing: str = only.group("thing") or only.group("other")
        if not _ASKS.search(fold(thing)) and content_words(thing):
            return thing
    return ", ".join(name.text for name in understanding.named)


def _is_year(thing: str) -> bool:
    return all(word.lower() == "năm" or _YEAR.fullmatch(word) for word in thing.split())
