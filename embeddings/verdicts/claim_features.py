"""What speaks for and against a passage saying what a yes-or-no question claims."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.persons import persons
from embeddings.quantities.quantities import quantities
from embeddings.question.followup import function_words
from embeddings.reading.readings import Reading
from embeddings.reading.readings import Span as ReadSpan
from embeddings.syllables import CAPITALS
from embeddings.verdicts.claim_agreement import alignment_features
from embeddings.verdicts.claim_numbers import number_features, without_numbers
from embeddings.verdicts.claim_words import Claim, claim_words, negations, spoken_words

Features = dict[str, float]
Span = tuple[int, int]

_PROPER = re.compile(rf"[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*)+")
_FAR_MARGIN = 12.0
_FAR_CLAIM, _FAR_ANSWER = 4.0, 2.0
"""Logits beyond which a reader is no surer of a claim, and of the passage answering at all."""
_NEAR_WORDS = 4
_HALF = 0.5
_NEARLY = 0.95
_STREWN = 5
_ALL_TOLD, _ALIGNED = 0.95, 0.7
_WORD = re.compile(r"[^\W_]+")
_DENIES = ("number conflicts", "another person", "opposed", "one of both denies", "not done yet")
_AGAINST = (*_DENIES, "number nowhere", "whole against part", "year conflicts", "denied inside", "whole unsaid")


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
        title: what stands above it: the title, the date, the opening of its document.
        claim: what is asked.
        reading: of the passage for the question, None where nobody has read it.
    """
    span = evidence_span(text, claim, reading)
    sentence = text[span[0] : span[1]]
    spoken = spoken_words(sentence)
    here, there = list(map(fold, spoken)), set(map(fold, spoken_words(f"{title}\n{text}")))
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
    features |= number_features(claim.text, sentence, f"{title}\n{text}")
    features |= _agreement(claim, text, span, title)
    features |= alignment_features(claim, spoken, there)
    features |= _names(claim, sentence, f"{title}\n{text}")
    features |= _polarity(claim, here, spoken)
    features |= _together(features)
    return features | _read(claim, text, span, spans_read(reading)) | _judged(reading)


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


def tells_all(features: Features) -> bool:
    """Whether a passage has every word of a claim, most of them in one sentence and in order."""
    return features["said in passage"] >= _ALL_TOLD and features["aligned"] >= _ALIGNED


def share_said(text: str, span: Span, claim: Claim) -> float:
    """The largest share of the claim's words, by worth, that one clause between semicolons has."""
    start, end = span
    edges = [start, *(place + 1 for place in range(start, end) if text[place] == ";"), end]
    return max(_said(text, clause, claim) for clause in pairwise(edges))


def _said(text: str, span: Span, claim: Claim) -> float:
    said = set(map(fold, spoken_words(text[span[0] : span[1]])))
    total = sum(claim.worth.values()) or 1.0
    return sum(value for word, value in claim.worth.items() if word in said) / total


def _agreement(claim: Claim, text: str, span: Span, title: str) -> Features:
    """How far one sentence, with the title above it, tells the claim, its numbers apart."""
    rest = set(map(fold, spoken_words(without_numbers(claim.text))))
    worth = {word: value for word, value in claim.worth.items() if word in rest}
    total = sum(worth.values()) or 1.0
    spoken = list(map(fold, spoken_words(text[span[0] : span[1]])))
    here, above = set(spoken), set(map(fold, spoken_words(title)))
    said = sum(value for word, value in worth.items() if word in here) / total
    told = sum(value for word, value in worth.items() if word in here or word in above) / total
    neighbours = [pair for pair in pairwise(claim.folded) if pair[0] in claim.worth and pair[1] in claim.worth]
    beside = set(pairwise(spoken))
    return {
        "rest said": said,
        "rest told": told,
        "all told": float(told > _NEARLY),
        "clause said": share_said(text, span, claim),
        "pairs": sum(pair in beside for pair in neighbours) / max(len(neighbours), 1),
        "spread": _spread(spoken, claim),
    }


def _spread(spoken: Sequence[str], claim: Claim) -> float:
    """Over how many words of a sentence those of the claim are strewn, for each of them, at most 1."""
    last = {word: place for place, word in enumerate(spoken) if word in claim.worth}
    return min(1.0, (max(last.values()) - min(last.values())) / (_STREWN * len(last))) if last else 1.0


def _together(features: Features) -> Features:
    """What tells only together: a sentence that says the rest of the claim and agrees with it, or has another value."""
    told = max(0.0, features["rest told"] - _HALF) / (1 - _HALF)
    value = max(features.get("number conflicts", 0.0), features.get("year conflicts", 0.0))
    otherwise = max(features["opposed"], features["one of both denies"])
    against = max(value, otherwise, features.get("another person", 0.0), features.get("number nowhere", 0.0))
    return {
        "told and another value": told * value,
        "told and denied": told * otherwise,
        "told and another person": told * features.get("another person", 0.0),
        "told and nothing against": told * (1 - against),
        "told, numbers the same": told * (1 - against) * features.get("number counts the same", 0.0),
        "told, named elsewhere": told * features.get("names nowhere", 0.0),
    }


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


def _polarity(claim: Claim, here: Sequence[str], spoken: Sequence[str]) -> Features:
    """What of a claim the sentence turns round; `here` are its folded words, `spoken` the same with their marks."""
    words = claim_words()
    asked, said = " ".join(claim.words), " ".join(spoken)
    denied = bool(negations(claim.words))
    near = _denied_near(claim, here, spoken) or _denies_the_same(claim, spoken)
    opposed = any(
        _has(asked, one) and _has(said, other) and not _has(said, one)
        for pair in words.opposites
        for one, other in (pair, pair[::-1])
    )
    whole, part = any(_has(asked, word) for word in words.whole), any(_has(said, word) for word in words.partial)
    every = any(_has(said, word) for word in words.whole)
    same = any(_has(asked, word) and _has(said, word) for word in words.whole)
    ahead = claim.done and any(_has(said, word) for word in words.not_done)
    return {
        "claim denies": float(denied),
        "sentence denies": float(near),
        "one of both denies": float(denied != near),
        "opposed": float(opposed),
        "whole against part": float(whole and part and not same),
        "whole unsaid": float(whole and not every),
        "not done yet": float(ahead),
        "part in sentence": float(part),
    }


def _denied_near(claim: Claim, here: Sequence[str], spoken: Sequence[str]) -> bool:
    """Whether a negation of the sentence stands within a few words before one of the claim's words."""
    return any(one in claim.worth for place in negations(spoken) for one in here[place + 1 : place + 1 + _NEAR_WORDS])


def _denies_the_same(claim: Claim, spoken: Sequence[str]) -> bool:
    """Whether a sentence has every negation of a claim before the same word (`không có con dấu`)."""
    beside = set(pairwise(spoken))
    denied = [claim.words[place : place + 2] for place in negations(claim.words)]
    return bool(denied) and all(len(pair) > 1 and tuple(pair) in beside for pair in denied)


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
        "read denies": float(bool(negations(spoken_words(words)))),
        "read margin and new": new * max(-1.0, min(1.0, best.margin / _FAR_MARGIN)),
    }


def _judged(reading: Reading | None) -> Features:
    """What a reader takes the passage to say of the claim, each logit against another."""
    if reading is None or reading.claim is None:
        return {}
    undecided, yes, no = reading.claim
    return {
        "read yes": _bounded(yes - undecided, _FAR_CLAIM),
        "read no": _bounded(no - undecided, _FAR_CLAIM),
        "read yes over no": _bounded(yes - no, _FAR_CLAIM),
        "read answers": _bounded(reading.answers, _FAR_ANSWER),
    }


def _bounded(logit: float, far: float) -> float:
    return max(-1.0, min(1.0, logit / far))


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
