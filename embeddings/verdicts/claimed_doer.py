"""Whether a sentence names whom a claim says does something only as one who helps."""

import re

from corpus.vietnamese import fold
from embeddings.verdicts.claim_words import Claim, claim_words, spoken_words

_DEED = re.compile(r"(?<!\w)(?:chu tri|chu toa|ban hanh|tham dinh|phe duyet|huong dan)(?!\w)")
"""Folded deeds, whose doer stands in front of them."""
_UNDERGONE = re.compile(r"(?<!\w)(?:duoc|bi|su|viec|cong tac)\s+$")
"""In front of a deed that whoever stands before it does not do."""
_HELPS = re.compile(r"[,;]\s+(?:phoi hop (?:voi|cung)\s)|;")
"""Behind a deed, in front of others than its doer."""
_LAST = 2
"""Words of the doer that are looked for: the last before the deed."""


def only_helps(claim: Claim, sentence: str) -> bool:
    """Whether whoever a claim says does it stands behind the deed only, as one that is worked with or told of next.

    (`Phòng Tư pháp chủ trì, phối hợp với Phòng Tài chính`, claimed is `Phòng Tài chính chủ trì`.) Who does it instead
    is not said: the doer may stand behind the deed too (`dưới sự chủ trì của`).
    """
    plain, text = fold(claim.text), fold(sentence)
    deed = _DEED.search(plain)
    if deed is None or len(plain) != len(claim.text) or _UNDERGONE.search(plain, 0, deed.start()):
        return False
    before = [word for word in spoken_words(claim.text[: deed.start()]) if word not in claim_words().particles]
    doer = set(map(fold, before[-_LAST:]))
    told = list(re.finditer(rf"(?<!\w){deed.group()}(?!\w)", text))
    if len(doer) < _LAST or len(told) != 1 or len(text) != len(sentence):
        return False
    helped = _HELPS.search(text, told[0].end())
    if helped is None or not doer <= _words(sentence[helped.end() :]):
        return False
    return not doer & _words(sentence[: helped.start()])


def _words(text: str) -> set[str]:
    return set(map(fold, spoken_words(text)))
