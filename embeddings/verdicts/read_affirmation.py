"""Where what a reader found says what a claim says: the claim's last words, in a passage that tells the rest."""

from collections.abc import Callable

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.quantities.quantities import quantities
from embeddings.reading.readings import Reading
from embeddings.verdicts.claim_words import Claim, claim_words, spoken_words

Span = tuple[int, int]

_LEAST_MARGIN = 0.0
"""Of what a reader found, from which it may affirm a claim."""
_TAIL = 3
"""Words at the end of a claim, grammar and setting apart, that say what is claimed of its subject."""
_YEAR = 4
_IS = "la"
_SURE_MARGIN, _LEAST_WORDS = 4.0, 2
"""Of what a reader finds, to be taken for the claimed value."""


def read_affirmation(text: str, setting: str, claim: Claim, reading: Reading | None) -> Span | None:
    """The sentence of what a reader found, where it has the claim's last words and the passage has all others.

    Args:
        text: of the passage.
        setting: what stands above it: the title, the date, the opening of its document.
        claim: what is asked.
        reading: of the passage for the question, None where nobody has read it.
    """
    if reading is None or not reading.spans or reading.spans[0].margin < _LEAST_MARGIN:
        return None
    best = reading.spans[0]
    span = next((one for one in sentence_spans(text) if one[0] <= best.start < one[1]), None)
    if span is None or other_year(claim, text[slice(*span)]):
        return None
    spelt = as_spelt(claim)
    above, here = _said(setting, spelt), _said(_clause(text, span, best.start), spelt)
    meant = [spelt(word) for word in claim.words if word not in claim_words().particles]
    own = [word for word in meant if word not in above]
    told = set(own) <= _said(text, spelt) and here.issuperset(own[-_TAIL:])
    near = 2 * sum(word in here for word in own) >= len(own)
    found = _said(text[best.start : best.end], spelt)
    return span if own and told and near and found & set(own) else None


def reads_the_value(text: str, span: Span, claim: Claim, reading: Reading | None) -> bool:
    """Whether a claim says what something is (`năm 2020 là năm dân vận khéo`), and a reader surely finds just that.

    Args:
        text: of the passage.
        span: of the sentence that speaks of the claim.
        claim: what is asked.
        reading: of the passage for the question, None where nobody has read it.
    """
    best = next((one for one in reading.spans[:1] if one.margin >= _SURE_MARGIN), None) if reading else None
    if best is None or not span[0] <= best.start < span[1]:
        return False
    spelt = as_spelt(claim)
    words = [spelt(word) for word in spoken_words(text[best.start : best.end])]
    words = words[max((place + 1 for place, word in enumerate(words) if fold(word) == _IS), default=0) :]
    own = [spelt(word) for word in claim.words]
    before = own[: len(own) - len(words)]
    is_value = bool(before) and fold(before[-1]) == _IS and own[len(before) :] == words
    return is_value and len(words) >= _LEAST_WORDS


def _clause(text: str, span: Span, place: int) -> str:
    """What stands between the semicolons around a place of a sentence."""
    start, end = span
    stop = text.find(";", place, end)
    return text[max(start, text.rfind(";", start, place) + 1) : stop if stop >= 0 else end]


def other_year(claim: Claim, sentence: str) -> bool:
    """Whether a claim names a year, and a sentence only others."""
    own, told = _years(claim.text), _years(sentence)
    return bool(own and told) and not own & told


def as_spelt(claim: Claim) -> Callable[[str], str]:
    """How words are compared: with their marks where the claim has any (`dẫn` is no `dân`), else without."""
    return str if any(not word.isascii() for word in claim.words) else fold


def _said(text: str, spelt: Callable[[str], str]) -> set[str]:
    return {spelt(word) for word in spoken_words(text)}


def _years(text: str) -> set[str]:
    return {key for one in quantities(text) for key in one.keys if len(key) == _YEAR and key.startswith(("19", "20"))}
