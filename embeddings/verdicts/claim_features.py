"""What speaks for and against a passage saying what a yes-or-no question claims."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.persons import persons
from embeddings.quantities.quantities import Quantity, quantities
from embeddings.question.followup import function_words
from embeddings.reading.readings import Reading
from embeddings.reading.readings import Span as ReadSpan
from embeddings.syllables import CAPITALS, token_spans

Features = dict[str, float]
Span = tuple[int, int]

_PROPER = re.compile(rf"[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)+")
_FAR_MARGIN = 12.0
_NEAR_WORDS = 4
_BEHIND = 3
_WORD = re.compile(r"[^\W_]+")
_DENIES = ("number conflicts", "another person", "opposed", "one of both denies")
_AGAINST = (
    *("number conflicts", "number nowhere", "another person", "opposed", "one of both denies", "whole against part"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A yes-or-no question as a claim.

    Attributes:
        text: the question without what makes a question of it, marks and case as they are.
        folded: its folded words.
        worth: folded content words and their rarity.
        sure: whether it asks for a confirmation (`phải không`), not for something new (`có ... không`).
    """

    text: str
    folded: tuple[str, ...]
    worth: Mapping[str, float]
    sure: bool


def read_claim(question: str, worth: Mapping[str, float]) -> Claim:
    """The claim in a yes-or-no question, with its marks restored."""
    text = question.strip(" ?.!,")
    plain = fold(text)
    sure = re.search(r"\b(?:phai|dung)\b", plain) is not None or plain.endswith((" a", " ha", " sao"))
    for pattern in _words().markers:
        plain = fold(text)
        match = pattern.search(plain)
        if match and len(plain) == len(text):
            text = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,")
    words = tuple(_WORD.findall(fold(text)))
    return Claim(text, words, {word: value for word, value in worth.items() if word in words}, sure)


def evidence_span(text: str, claim: Claim, reading: Reading | None) -> Span:
    """The sentence of a passage that speaks of the claim most."""
    read = spans_read(reading)

    def value(span: Span) -> float:
        said = _said(text, span, claim)
        inside = [one.margin for one in read[:3] if span[0] <= one.start < span[1]]
        return said + 0.3 * (max(inside) + _FAR_MARGIN) / (2 * _FAR_MARGIN) if inside else said

    return max(sentence_spans(text), key=value)


def claim_features(text: str, title: str, claim: Claim, reading: Reading | None) -> Features:
    """Features of a passage for a claim.

    Args:
        text: of the passage, not blank.
        title: of its document.
        claim: what is asked.
        reading: of the passage for the question, None where nobody has read it.
    """
    span = evidence_span(text, claim, reading)
    sentence = text[span[0] : span[1]]
    here, there = _WORD.findall(fold(sentence)), set(_WORD.findall(fold(f"{title}\n{text}")))
    total = sum(claim.worth.values()) or 1.0
    missing = {word: value for word, value in claim.worth.items() if word not in there}
    missing_here = {word: value for word, value in claim.worth.items() if word not in here}
    features: Features = {
        "bias": 1.0,
        "sure": float(claim.sure),
        "said in sentence": 1 - sum(missing_here.values()) / total,
        "said in passage": 1 - sum(missing.values()) / total,
        "rarest missing": max(missing.values(), default=0.0) / max([*claim.worth.values(), 1e-6]),
        "rarest missing in sentence": max(missing_here.values(), default=0.0) / max([*claim.worth.values(), 1e-6]),
        "missing words": min(len(missing), 4) / 4,
        "content words": min(len(claim.worth), 8) / 8,
        "runs": _longest_run(claim.folded, here) / max(len(claim.folded), 1),
    }
    features |= _numbers(claim, sentence, text)
    features |= _names(claim, sentence, f"{title}\n{text}")
    features |= _polarity(claim, here)
    return features | _read(claim, text, span, spans_read(reading))


def spans_read(reading: Reading | None) -> Sequence[ReadSpan]:
    """What a reader found, best first; nothing where nobody has read."""
    return reading.spans if reading else ()


def speaks_against(features: Features) -> bool:
    """Whether a passage has anything that may be another value than the claim's: a number, a name, a negation."""
    return _answers_with_no(features) or any(features.get(name, 0.0) > 0 for name in _AGAINST)


def denies(features: Features) -> bool:
    """Whether the sentence that speaks of the claim has another number, another person or a negation in its place.

    A negation in the words that a reader found counts too (`đã nhận ... chưa`: `chưa được nhận`).
    """
    return _answers_with_no(features) or any(features.get(name, 0.0) > 0 for name in _DENIES)


def _answers_with_no(features: Features) -> bool:
    return features.get("read denies", 0.0) > features.get("claim denies", 0.0)


def share_said(text: str, span: Span, claim: Claim) -> float:
    """The largest share of the claim's words, by worth, that one clause between semicolons has."""
    start, end = span
    edges = [start, *(place + 1 for place in range(start, end) if text[place] == ";"), end]
    return max(_said(text, clause, claim) for clause in pairwise(edges))


def other_value(text: str, claim: Claim, reading: Reading | None) -> Span | None:
    """Where a passage gives another value for what is claimed: a number beside the same words, or what a reader found.

    Returns:
        None where no words stand against the claim.
    """
    read = spans_read(reading)
    start, end = evidence_span(text, claim, reading)
    conflict = _conflicting(claim, text[start:end])
    if conflict:
        return start + conflict.start, start + conflict.end
    if read and read[0].margin > 0 and _is_new(claim, text[read[0].start : read[0].end]):
        return read[0].start, read[0].end
    return None


def _said(text: str, span: Span, claim: Claim) -> float:
    said = {fold(text[span[0] + a : span[0] + b]) for a, b in token_spans(text[span[0] : span[1]])}
    total = sum(claim.worth.values()) or 1.0
    return sum(value for word, value in claim.worth.items() if word in said) / total


def _numbers(claim: Claim, sentence: str, text: str) -> Features:
    asked = quantities(claim.text)
    if not asked:
        return {"numbers": 0.0}
    here = {key for found in quantities(sentence) for key in found.keys}
    there = {key for found in quantities(text) for key in found.keys}
    in_sentence = sum(bool(set(one.keys[:2]) & here) for one in asked)
    in_passage = sum(bool(set(one.keys[:2]) & there) for one in asked)
    return {
        "numbers": 1.0,
        "number in sentence": in_sentence / len(asked),
        "number in passage": in_passage / len(asked),
        "number nowhere": float(in_passage < len(asked)),
        "number conflicts": float(_conflicting(claim, sentence) is not None),
    }


def _conflicting(claim: Claim, sentence: str) -> Quantity | None:
    """A number of the sentence that counts or dates the same as one of the claim does, and is another one."""
    here = quantities(sentence)
    keys = {key for found in here for key in found.keys}
    counted = [_behind(sentence, found.end) for found in here]
    for asked in quantities(claim.text):
        if set(asked.keys[:2]) & keys:
            continue
        unit = _behind(claim.text, asked.end)
        for found, behind in zip(here, counted, strict=True):
            same_unit = bool(unit) and behind[: len(unit)] == unit
            percent = asked.keys[0].endswith("%") and found.keys[0].endswith("%")
            if (asked.is_date and found.is_date) or (
                not found.is_date and not asked.is_date and (same_unit or percent)
            ):
                return found
    return None


def _behind(text: str, place: int) -> list[str]:
    """The folded first word behind a number, which is what is counted."""
    return _WORD.findall(fold(text[place : place + 24]))[:1]


def _names(claim: Claim, sentence: str, context: str) -> Features:
    names = [match.group() for match in _PROPER.finditer(claim.text)]
    if not names:
        return {"names": 0.0}
    folded_here, folded_there = fold(sentence), fold(context)
    here = sum(fold(name) in folded_here for name in names)
    there = sum(fold(name) in folded_there for name in names)
    people = [claim.text[start:end] for start, end in persons(claim.text)]
    others = [sentence[start:end] for start, end in persons(sentence)]
    another = bool(people) and all(fold(name) not in folded_here for name in people) and bool(others)
    return {
        "names": 1.0,
        "names in sentence": here / len(names),
        "names nowhere": float(there < len(names)),
        "another person": float(another),
    }


def _polarity(claim: Claim, here: Sequence[str]) -> Features:
    words = _words()
    asked, said = " ".join(claim.folded), " ".join(here)
    denied = any(word in claim.folded for word in words.negations)
    near = _denied_near(claim, here)
    opposed = any(
        _has(asked, one) and _has(said, other) and not _has(said, one)
        for pair in words.opposites
        for one, other in (pair, pair[::-1])
    )
    whole, part = any(_has(asked, word) for word in words.whole), any(_has(said, word) for word in words.partial)
    return {
        "claim denies": float(denied),
        "sentence denies": float(near),
        "one of both denies": float(denied != near),
        "opposed": float(opposed),
        "whole against part": float(whole and part),
        "part in sentence": float(part),
    }


def _denied_near(claim: Claim, here: Sequence[str]) -> bool:
    """Whether a negation of the sentence stands within a few words before one of the claim's words."""
    for place, word in enumerate(here):
        if word in _words().negations and any(one in claim.worth for one in here[place + 1 : place + 1 + _NEAR_WORDS]):
            return True
    return False


def _read(claim: Claim, text: str, span: Span, read: Sequence[ReadSpan]) -> Features:
    if not read:
        return {"read": 0.0}
    best = read[0]
    words = text[best.start : best.end]
    said = [word for word in _WORD.findall(fold(words)) if word not in function_words()]
    new = sum(word not in claim.folded for word in said) / max(len(said), 1)
    asked, found = quantities(claim.text), quantities(words)
    keys = {key for one in asked for key in one.keys}
    other_number = bool(asked) and bool(found) and not any(key in keys for one in found for key in one.keys)
    return {
        "read": 1.0,
        "margin": max(-_FAR_MARGIN, min(_FAR_MARGIN, best.margin)) / _FAR_MARGIN,
        "read in sentence": float(span[0] <= best.start < span[1]),
        "read new": new,
        "read nothing new": float(new == 0),
        "read other number": float(other_number),
        "read same number": float(bool(asked) and bool(found) and not other_number),
        "read long": min(len(said), 12) / 12,
        "read denies": float(any(word in _words().negations for word in _WORD.findall(fold(words)))),
        "read margin and new": new * max(-1.0, min(1.0, best.margin / _FAR_MARGIN)),
    }


def _is_new(claim: Claim, words: str) -> bool:
    said = [word for word in _WORD.findall(fold(words)) if word not in function_words()]
    return bool(said) and sum(word not in claim.folded for word in said) > len(said) / 2


def _longest_run(asked: Sequence[str], here: Sequence[str]) -> int:
    """Length of the longest run of words of the claim that stands in the sentence."""
    said = f" {' '.join(here)} "
    best = 0
    for start in range(len(asked)):
        while start + best < len(asked) and f" {' '.join(asked[start : start + best + 1])} " in said:
            best += 1
    return best


def _has(words: str, one: str) -> bool:
    return f" {one} " in f" {words} "


@dataclass(frozen=True, slots=True)
class _ClaimWords:
    markers: tuple[re.Pattern[str], ...]
    negations: frozenset[str]
    partial: tuple[str, ...]
    whole: tuple[str, ...]
    opposites: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _words() -> _ClaimWords:
    data = tomllib.loads(files("embeddings").joinpath("data/claims.toml").read_text("utf-8"))
    return _ClaimWords(
        markers=tuple(re.compile(pattern) for pattern in data["markers"]),
        negations=frozenset(data["negations"]),
        partial=tuple(data["partial"]),
        whole=tuple(data["whole"]),
        opposites=tuple((one, other) for one, other in data["opposites"]),
    )
