"""Where a sentence denies in so many words what a claim says: a negation right in front of the claim's own words."""

import re
from collections.abc import Iterator, Sequence

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.reading.readings import Reading
from embeddings.verdicts.claim_numbers import absent
from embeddings.verdicts.claim_words import Claim, claim_words, negations, spoken_spans, spoken_words

Span = tuple[int, int]

_BREAK = re.compile(r"[,;:.!?()\n–]")
_LEAST_WORDS = 2
"""Words of the claim in a row behind a negation, grammar apart, from which they are what it denies."""
_LEAST_SHARE = 0.5
"""Share of the claim's other words that the sentence, its title or the sentence before must have."""
_LEAST_MARGIN = -2.0
"""Of what a reader found, from which it may deny a claim."""
_NEAR_START = 2
"""Words at the beginning of what a reader found in which its negation stands."""
_WHOLE = 0.95
"""Share of a claim's words that a passage with its title has where what a reader found denies it."""
_ABOUT = 0.75
"""The same for the whole passage with its title."""


def denied_clause(text: str, title: str, claim: Claim) -> Span | None:
    """The clause of a passage that denies a claim, from its negation on (`không nhận đơn qua điện thoại`).

    Only where the claim itself denies nothing, where the words behind the negation are those the claim ends with and
    no other sentence says them without it, and where the rest of the claim is what sentence and passage speak of.

    Args:
        text: of the passage.
        title: of the document.
        claim: what is asked.
    """
    if negations(claim.words) or absent(claim.text, f"{title}\n{text}"):
        return None
    found: Span | None = None
    said = 0
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for begin, behind, run in _denied(sentence, claim):
            outside = [*claim.words[: run[0]], *claim.words[run[1] :]]
            here = _is_told(outside, claim, f"{title}\n{sentence}", _LEAST_SHARE)
            if found is None and here and _is_told(outside, claim, f"{title}\n{text}", _ABOUT):
                found = start + begin, start + behind
                said = run[1] - run[0]
    if found is None:
        return None
    ending = f" {' '.join(claim.words[len(claim.words) - said :])} "
    rest = f"{text[: found[0]]}\n{text[found[1] :]}"
    return None if ending in f" {' '.join(spoken_words(rest))} " else found


def _denied(sentence: str, claim: Claim) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """The clauses of a sentence from a negation on that has a claim's last words behind it, and which of them."""
    spoken = spoken_spans(sentence)
    words = [word for word, _ in spoken]
    for place in negations(words):
        begin, end = spoken[place][1][0], _clause_end(sentence, spoken[place][1][1])
        behind = [word for word, where in spoken[place + 1 :] if where[0] < end]
        run = None if _is_conditional(words, place, sentence[:begin]) else _run(claim.words, behind)
        if run:
            yield begin, end, run


def read_denial(text: str, span: Span, title: str, claim: Claim, reading: Reading | None) -> Span | None:
    """What a reader found where it begins with a negation, in a sentence about a claim that denies nothing.

    (`đã rà soát ... trong quý I chưa`: `chưa thực hiện trong quý I`.)
    """
    if reading is None or not reading.spans or negations(claim.words) or absent(claim.text, f"{title}\n{text}"):
        return None
    best = reading.spans[0]
    words = spoken_words(text[best.start : best.end])
    inside = span[0] <= best.start < span[1] and best.margin >= _LEAST_MARGIN
    if not inside or not any(place < _NEAR_START for place in negations(words)):
        return None
    before = text[span[0] : best.start]
    if _is_conditional(words, negations(words)[0], before):
        return None
    said = _is_told(claim.words, claim, f"{title}\n{text[span[0] : span[1]]}", _ABOUT)
    return (best.start, best.end) if said and _is_told(claim.words, claim, f"{title}\n{text}", _WHOLE) else None


def _run(claim: Sequence[str], behind: Sequence[str]) -> tuple[int, int] | None:
    """Where in the claim, at its end, the words stand that a clause begins with, grammar in front skipped."""
    particles = claim_words().particles
    while behind and behind[0] in particles:
        behind = behind[1:]
    for start in range(len(claim)):
        length = 0
        while start + length < len(claim) and length < len(behind) and claim[start + length] == behind[length]:
            length += 1
        meant = sum(word not in particles for word in claim[start : start + length])
        if meant >= _LEAST_WORDS and start + length == len(claim):
            return start, start + length
    return None


def _is_told(words: Sequence[str], claim: Claim, where: str, least: float) -> bool:
    said = set(map(fold, spoken_words(where)))
    worth = {fold(word): claim.worth[fold(word)] for word in words if fold(word) in claim.worth}
    return sum(value for word, value in worth.items() if word in said) >= least * sum(worth.values())


def _is_conditional(words: Sequence[str], place: int, before: str) -> bool:
    """Whether nothing is denied as such: a condition, some of many, or no denial (`nếu không`, `không chỉ`)."""
    rules = claim_words()
    clause = spoken_words(_BREAK.split(before)[-1])
    return bool(rules.conditions.intersection(clause)) or (
        place + 1 < len(words) and words[place + 1] in rules.not_denying
    )


def _clause_end(sentence: str, start: int) -> int:
    match = _BREAK.search(sentence, start)
    end = match.start() if match else len(sentence)
    return start + len(sentence[start:end].rstrip())
