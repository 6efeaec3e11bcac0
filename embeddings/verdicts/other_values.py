"""Where a passage gives another number, year, place or name for what a yes-or-no question claims."""

import re

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.quantities.quantities import quantities
from embeddings.question.followup import function_words
from embeddings.reading.readings import Reading
from embeddings.syllables import CAPITALS
from embeddings.verdicts.claim_agreement import other_name
from embeddings.verdicts.claim_features import evidence_span, spans_read
from embeddings.verdicts.claim_numbers import absent, conflicting, other_year, without_numbers
from embeddings.verdicts.claim_words import Claim, claim_words, negations, spoken_words

Span = tuple[int, int]

_PLACE = re.compile(rf"\b(?:tại|ở)\s+(?P<name>[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)+)")
_PART_OF_DAY = re.compile(
    r"\b(?:buổi\s+)?(?P<part>sáng|trưa|chiều|tối|đêm)(?=\s+(?:ngày|hôm|nay|qua|mai|thứ|mùng)\b|\s+\d|$)"
    r"(?:\s+(?:ngày\s+)?\d[\d/]*)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b\d+(?:/\d+)?[-/][^\W\d_][\w/-]*")
_WORD = re.compile(r"[^\W_]+")
_TOLD_OTHERWISE = 0.7
"""Share of what a claim says besides its number from which another number for it is told."""
_NUMBER = re.compile(r"\d+")
_ALL = re.compile(r"(?<![\d./])(\d[\d.]*)/\1(?![\d./])")
_YEAR = re.compile(r"\b(?:năm|nam)\s+(?:19|20)\d\d\b", re.IGNORECASE)
_CLASSIFIERS = frozenset(("buoi", "cuoc", "dot", "phien", "ky", "hom", "vu", "viec"))
"""Folded words that only stand before the name of what happens."""
_SEEN_FROM = -4.0
"""Margin from which a number that a reader saw may be the one that a claim has otherwise, in another sentence."""


def tells_other_value(text: str, title: str, claim: Claim, reading: Reading | None) -> bool:
    """Whether a sentence that tells the rest of a claim has another number, year or place where the claim has its own.

    Args:
        text: of the passage.
        title: of its document.
        claim: what is asked.
        reading: of the passage, None where nobody has read it.
    """
    start, end = _speaking(text, claim, reading)
    sentence, context = text[start:end], f"{title}\n{text}"
    told = set(map(fold, spoken_words(f"{title}\n{_with_the_one_before(text, (start, end), claim, reading)}")))
    place = other_place(claim, sentence, context)
    own = _PLACE.search(claim.text)
    rest = claim.text[: own.start()] if place and own else without_numbers(claim.text)
    said = map(fold, spoken_words(rest))
    worth = {word: claim.worth[word] for word in said if word in claim.worth and word not in _CLASSIFIERS}
    share = sum(value for word, value in worth.items() if word in told) / (sum(worth.values()) or 1.0)
    if share < _TOLD_OTHERWISE or absent(claim.text, context) > 1:
        return False
    year = other_year(claim.text, sentence)
    return place is not None or year is not None or conflicting(claim.text, sentence) is not None


def other_place(claim: Claim, sentence: str, context: str) -> Span | None:
    """The one place that a sentence names with `tại`, where the claim ends with another that nothing names."""
    own = _PLACE.search(claim.text)
    if own is None or own.end() < len(claim.text) or fold(own["name"]) in fold(context):
        return None
    named = [match.span("name") for match in _PLACE.finditer(sentence)]
    return named[0] if len(named) == 1 else None


def other_part_of_day(claim: str, sentence: str) -> Span | None:
    """The one part of the day that a sentence names (`chiều ngày 15/11`), where a claim has another (`sáng 15/11`)."""
    own, told = list(_PART_OF_DAY.finditer(claim)), list(_PART_OF_DAY.finditer(sentence))
    if len(own) != 1 or len(told) != 1 or fold(own[0]["part"]) == fold(told[0]["part"]):
        return None
    return told[0].span()


def other_value(text: str, claim: Claim, reading: Reading | None) -> Span | None:
    """Where a passage gives another value for what is claimed: a number beside the same words, or what a reader found.

    Returns:
        None where no words stand against the claim.
    """
    read = spans_read(reading)
    start, end = _speaking(text, claim, reading)
    conflict = conflicting(claim.text, text[start:end]) or other_year(claim.text, text[start:end])
    if conflict and absent(claim.text, text) > 1:  # it tells of something else
        return None
    if conflict:
        return start + conflict.start, start + conflict.end
    place = (
        other_part_of_day(claim.text, text[start:end])
        or other_place(claim, text[start:end], text)
        or other_name(claim, text[start:end])
    )
    if place:
        return start + place[0], start + place[1]
    whole = _says_all(claim, text[start:end])
    if read and read[0].margin > 0 and not whole and _is_new(claim, text[read[0].start : read[0].end]):
        return read[0].start, read[0].end
    return None


def repeats(claim: Claim, words: str, asked: str) -> bool:
    """Whether words that deny nothing say no more than was asked, or what a claim without a number ends with, or all.

    A year is no such number; `1.127/1.127` are all. Words with all numbers of a claim, if it has several, say the same.

    Args:
        claim: what is asked.
        words: of a passage.
        asked: the whole question, with the one that it goes on from.
    """
    if negations(spoken_words(words)):
        return False
    said = [word for word in _WORD.findall(fold(words)) if word not in function_words()]
    if set(said) <= set(_WORD.findall(fold(asked))):
        return True
    if other_part_of_day(claim.text, words):  # `sáng 13/10` for `chiều 13/10`
        return False
    numbers = _NUMBER.findall(claim.text)
    if len(numbers) > 1 and set(numbers) <= set(_NUMBER.findall(words)):  # `quy định 02 năm 2019`
        return True
    last = next((word for word in reversed(claim.folded) if word in claim.worth), None)
    return (last in said and not quantities(_YEAR.sub("", claim.text))) or _ALL.search(words) is not None


def _speaking(text: str, claim: Claim, reading: Reading | None) -> Span:
    """The sentence that speaks of a claim most, or the one of a number that a reader saw and only that one has."""
    span = evidence_span(text, claim, reading)
    read = spans_read(reading)
    if not read or read[0].margin < _SEEN_FROM or conflicting(claim.text, text[span[0] : span[1]]):
        return span
    other = next((one for one in sentence_spans(text) if one[0] <= read[0].start < one[1]), span)
    rival = conflicting(claim.text, text[other[0] : other[1]])
    seen = rival is not None and read[0].start <= other[0] + rival.start < read[0].end
    return other if seen else span


def _with_the_one_before(text: str, span: Span, claim: Claim, reading: Reading | None) -> str:
    """A sentence, with the one before it where that speaks of the claim most: it says whom the sentence is about."""
    most = evidence_span(text, claim, reading)
    before = most[0] < span[0] and text[most[1] : span[0]].strip() == ""
    return text[most[0] if before else span[0] : span[1]]


def _says_all(claim: Claim, sentence: str) -> bool:
    """Whether a sentence has every word of a claim, grammar apart: what a reader found in it is no other value."""
    said = set(map(fold, spoken_words(sentence)))
    return all(fold(word) in said for word in claim.words if word not in claim_words().particles)


def _is_new(claim: Claim, words: str) -> bool:
    codes, numbers = set(_CODE.findall(words)), quantities(words)
    own = {key for one in quantities(claim.text) for key in one.keys}
    if codes & set(_CODE.findall(claim.text)) or (numbers and all(own.intersection(one.keys) for one in numbers)):
        return False  # the claim's own, written in another way
    said = [word for word in _WORD.findall(fold(words)) if word not in function_words()]
    return bool(said) and sum(word not in claim.folded for word in said) > len(said) / 2
