"""The clauses of a sentence, and whether a number stands in the one that speaks of it as a claim does."""

import re
from collections.abc import Callable

from corpus.vietnamese import fold
from embeddings.quantities.quantities import quantities
from embeddings.verdicts.claim_numbers import unit_behind
from embeddings.verdicts.claim_words import Claim, claim_words, spoken_spans, spoken_words
from embeddings.verdicts.claimed_value import ClaimedValue, ValueKind, spelt_name
from embeddings.verdicts.read_affirmation import as_spelt

Span = tuple[int, int]

_BETWEEN_SEMICOLONS = re.compile(r"[^;]+")
_LEADING = frozenset(("ngay", "thang", "nam", "hom", "hoi", "vao", "tu", "trong"))
"""Folded words that only lead to a date."""
_JOINED = re.compile(r"(?:\s+(?:và|hoặc|hay)|,)\s+(?:[^\W\d_]+\s+)?\d", re.IGNORECASE)
"""Behind a number that counts what the next one does (`ngày 10 và ngày 20 hằng tháng`)."""
_NEAR = 24
_EACH = re.compile(r"(?:mỗi|một|hằng|hàng|trên|/)\s*(giờ|ngày|tuần|tháng|quý|năm)(?!\w)", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:[^,;]|,(?=\d))+")


def clause_at(text: str, sentence: Span, place: int, *, whole: bool = False) -> Span:
    """What stands between the commas and semicolons around a place of a sentence; if whole, between semicolons."""
    start, end = sentence
    clauses = (_BETWEEN_SEMICOLONS if whole else _CLAUSE).finditer(text[start:end])
    found = ((start + one.start(), start + one.end()) for one in clauses)
    return next((one for one in found if one[0] <= place < one[1]), (place, place))


def places_of(value: ClaimedValue, text: str) -> list[Span]:
    """Where a text has a value, a number only with what it counts; names with their marks if these were typed."""
    if value.kind is ValueKind.PERSON:
        spelt = str if value.marked else fold
        wanted, words = spelt_name(value.text, marked=value.marked), spoken_spans(text)
        runs = (words[place : place + len(wanted)] for place in range(len(words)))
        return [(run[0][1][0], run[-1][1][1]) for run in runs if [spelt(word) for word, _ in run] == wanted]
    own = {key for one in quantities(value.text)[-1:] for key in one.keys[:1]}
    return [
        (one.start, one.end)
        for one in quantities(text)
        if own & set(one.keys)
        and (value.unit in ("", *unit_behind(text, one.end)) or _JOINED.match(text[one.end : one.end + _NEAR]))
    ]


def said_in(text: str, span: Span, spelt: Callable[[str], str]) -> set[str]:
    """The words of a stretch, as they are compared."""
    return {spelt(word) for word in spoken_words(text[slice(*span)])}


def is_led(claim: Claim, value: ClaimedValue, text: str, sentence: Span, place: int) -> bool | None:
    """Whether the claim's last word before its number or date stands in the clause of one of a sentence.

    (`tăng 45 tỷ` is not told by `đạt 45 tỷ, tăng 18 tỷ`.)

    Returns:
        None where no such word is claimed, or the sentence has it nowhere.
    """
    dated = value.kind is ValueKind.DATE
    words = spoken_words(claim.text[: max(claim.text.find(value.text), 0)])
    led = [word for word in words if not dated or fold(word) not in _LEADING][-1:]
    spelt = as_spelt(claim)
    if value.kind is ValueKind.PERSON or not led or led[0] in claim_words().particles:
        return None
    if spelt(led[0]) not in said_in(text, sentence, spelt):
        return None
    return spelt(led[0]) in said_in(text, clause_at(text, sentence, place, whole=dated), spelt)


def is_led_otherwise(claim: Claim, value: ClaimedValue | None, text: str, sentence: Span) -> bool:
    """Whether a sentence has the claimed number only where it is said of something else."""
    if value is None or value.kind is not ValueKind.NUMBER:
        return False
    own = {key for one in quantities(value.text) for key in one.keys[:1]}
    start, end = sentence
    same = [start + one.start for one in quantities(text[start:end]) if own & set(one.keys)]
    return bool(same) and all(is_led(claim, value, text, sentence, place) is False for place in same)


def is_of_another_period(claim: Claim, value: ClaimedValue, text: str, sentence: Span, place: int) -> bool:
    """Whether a number is told for another period than it is claimed for (`mỗi tháng`, claimed `mỗi năm`)."""
    claimed = _periods(claim.text[max(claim.text.find(value.text), 0) :])
    told = _periods(text[place : clause_at(text, sentence, place)[1]])
    return bool(claimed and told) and claimed.isdisjoint(told)


def is_for_another_period(claim: Claim, value: ClaimedValue | None, text: str, sentence: Span) -> bool:
    """Whether a sentence has the claimed number only for another period than it is claimed for."""
    if value is None or value.kind is not ValueKind.NUMBER:
        return False
    places = [start for start, _ in places_of(value, text) if sentence[0] <= start < sentence[1]]
    return bool(places) and all(is_of_another_period(claim, value, text, sentence, place) for place in places)


def _periods(text: str) -> set[str]:
    return {fold(one[1]) for one in _EACH.finditer(text)}


def without_parallels(value: ClaimedValue, text: str, sentence: Span, place: int) -> str:
    """A sentence without what other numbers, which count the same as the one at a place, have behind them.

    (`58 mô hình kinh tế, 47 mô hình văn hóa`: of `văn hóa` the 58 tell nothing.)
    """
    start, end = sentence
    own = clause_at(text, sentence, place)
    kept, left = [], start
    for one in quantities(text[start:end]) if value.kind is ValueKind.NUMBER and value.unit else ():
        first, last = start + one.start, clause_at(text, sentence, start + one.start)[1]
        if first >= left and not own[0] <= first < own[1] and value.unit in unit_behind(text, start + one.end):
            kept.append(text[left:first])
            left = last
    return "".join([*kept, text[left:end]])
