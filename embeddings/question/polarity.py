"""Whether a question asks who must or who need not, who may or who may not, and whether a sentence says the same.

Sentences for one and against it look alike to scores (`phải nộp lệ phí`, `không phải nộp lệ phí`): they differ in a
word that every index counts for little.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.vietnamese import fold
from embeddings.syllables import folded_words

_NOT = r"(?:không|ko|khong|chẳng|chưa|khỏi)"
_MODAL = r"(?:phải|cần|bị|được|bắt buộc|có quyền|có nghĩa vụ|có trách nhiệm)"
_VERB = r"([^\W\d_]+)(?:\s+([^\W\d_]+))?"
_ASKS_NEGATED = re.compile(
    rf"\b{_NOT}\s+(?:{_MODAL}\s+)?(?!phải(?:\s+là|\W*$)|là\b|ai\b|gì\b|nào\b){_VERB}", re.IGNORECASE
)
_ASKS_EXEMPT = re.compile(r"\b(?:miễn|ngoại lệ|loại trừ|ngoại trừ)\b", re.IGNORECASE)
_ASKS_FORBIDDEN = re.compile(r"\b(?:bị cấm|nghiêm cấm|cấm)\b", re.IGNORECASE)
_ASKS_MODAL = re.compile(rf"\b{_MODAL}\s+{_VERB}", re.IGNORECASE)
_TAG = re.compile(r"\b(?:phải không|đúng không|được không|có phải|hay không|không)\W*$|^\s*có phải\b", re.IGNORECASE)
_EXEMPTS = re.compile(
    rf"\b{_NOT}\s+(?:thu|áp dụng|thuộc|bao gồm|tính|chịu|yêu cầu|xét|xem xét|giải quyết|tiếp nhận|cho phép|{_MODAL})\b"
    r"|\bmiễn\b|\bngoại trừ\b|\b(?:nghiêm )?cấm\b|(?:^|[,;(]\s*)trừ\s",
    re.IGNORECASE,
)
_PAYING = frozenset(("nop", "dong", "tra", "thu", "chiu"))
_LEAST = 2  # letters of a verb


@dataclass(frozen=True, slots=True)
class Polarity:
    """Which side of a rule a question asks for.

    Attributes:
        negative: whether it asks for those who need not, may not, are left out.
        verb: folded first word of what they must or may, "" where the question only says `miễn` or `cấm`.
    """

    negative: bool
    verb: str


def polarity(question: str) -> Polarity | None:
    """Read it off a question with its marks; None where it takes no side, or asks whether something is so.

    Args:
        question: NFC, marks restored.
    """
    asked = question.strip()
    if _TAG.search(asked):
        return None
    negated = _ASKS_NEGATED.search(asked)
    if negated:
        return Polarity(negative=True, verb=_verb(negated))
    if _ASKS_EXEMPT.search(asked) or _ASKS_FORBIDDEN.search(asked):
        return Polarity(negative=True, verb="")
    modal = _ASKS_MODAL.search(asked)
    return Polarity(negative=False, verb=_verb(modal)) if modal and len(_verb(modal)) >= _LEAST else None


def agreement(asked: Polarity, sentence: str) -> int:
    """1 if a sentence takes the side that is asked for, -1 if it takes the other, 0 if it takes none."""
    exempts = _EXEMPTS.search(sentence) is not None
    said = folded_words(sentence)
    has_verb = not asked.verb or asked.verb in said
    if asked.negative:
        if exempts:
            return 1
        modal = re.search(rf"\b{_MODAL}\b", sentence, re.IGNORECASE) is not None
        return -1 if modal and has_verb else 0
    paying = asked.verb in _PAYING and not _PAYING.isdisjoint(said)
    if exempts and (_is_negated(asked.verb, said) or paying):
        return -1
    return 1 if has_verb and re.search(rf"\b{_MODAL}\s", sentence, re.IGNORECASE) and not exempts else 0


def _is_negated(verb: str, said: Sequence[str]) -> bool:
    """Whether a word of negation stands within three words before every place of a verb."""
    places = [place for place, word in enumerate(said) if word == verb]
    negations = ("khong", "chua", "chang", "mien", "cam")
    return bool(places) and all(any(word in negations for word in said[max(place - 3, 0) : place]) for place in places)


def _verb(match: re.Match[str]) -> str:
    return fold(match[1])
