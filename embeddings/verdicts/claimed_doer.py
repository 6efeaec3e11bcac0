"""Who a claim says does something, against who a sentence says does it."""

import re
from typing import NamedTuple

from corpus.vietnamese import fold
from embeddings.verdicts.claim_words import Claim, claim_words, spoken_words

_OF_ONE = ("chu tri", "chu toa", "ban hanh", "tham dinh", "phe duyet")
_OF_MANY = ("dieu hanh", "phat bieu", "tiep dan", "tiep cong dan", "huong dan")
"""Folded deeds, whose doer stands in front of them; of one alone, or of whoever else is told of."""
_DEED = re.compile(rf"(?<!\w)(?:{'|'.join((*_OF_ONE, *_OF_MANY))})(?!\w)")
_LAST = 2
"""Words of the doer that are looked for: the last before the deed, where names of bodies and persons differ."""
_CLAUSE_START = re.compile(r"(?:^|[;:])\s*")


class OtherDoer(NamedTuple):
    """Who does what a claim says of somebody else.

    Attributes:
        start, end: the clause up to the deed, in the sentence.
        alone: whether nobody else does it, so that the claim is denied.
    """

    start: int
    end: int
    alone: bool


def other_doer(claim: Claim, sentence: str) -> OtherDoer | None:
    """Who a sentence says does it, where it names the claimed doer, but not in front of the deed; else None.

    (`Phòng Tư pháp chủ trì, phối hợp với Phòng Tài chính`, claimed is `Phòng Tài chính chủ trì`.)
    """
    plain, text = fold(claim.text), fold(sentence)
    deed = _DEED.search(plain)
    if deed is None or len(plain) != len(claim.text) or len(text) != len(sentence):
        return None
    before = [word for word in spoken_words(claim.text[: deed.start()]) if word not in claim_words().particles]
    doer = set(map(fold, before[-_LAST:]))
    told = list(re.finditer(rf"(?<!\w){deed.group()}(?!\w)", text))
    if len(doer) < _LAST or not told or not doer <= _words(sentence):
        return None
    if any(doer & _words(sentence[: one.start()]) for one in told):
        return None
    start = max(one.end() for one in _CLAUSE_START.finditer(sentence, 0, told[0].start()))
    return OtherDoer(start, told[0].end(), deed.group() in _OF_ONE and start < told[0].start())


def _words(text: str) -> set[str]:
    return set(map(fold, spoken_words(text)))
