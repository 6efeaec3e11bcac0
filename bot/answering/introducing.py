"""What introduces somebody (`đồng chí NAME, OFFICE phát biểu`) is no answer to what that person did or said."""

import re

from corpus.vietnamese import fold
from embeddings.extraction.holdings import holdings
from embeddings.syllables import tokens

Span = tuple[int, int]

_DID = re.compile(
    r"\b(?:phat bieu|noi|ket luan|danh gia|yeu cau|de nghi|nhan manh|khang dinh|cho rang|cho biet|bieu duong|nhac"
    r"|bao cao|chu tri|tra loi|mong|muon|dan|bao|chi dao|luu y|de xuat|kien nghi|nhan xet|neu|trao|tham du|du|ky|chi ra"
    r"|lam gi (?:o|tai|trong) (?:toa dam|hoi nghi|dien dan|buoi|cuoc|le|dai hoi|phien))\b"
)
_OFFICE = re.compile(r"\b(?:chuc|cuong vi|chuc danh|chuc vu|vai tro|la ai|cong tac o|tu cach)\b")


def asks_what_was_done(question: str) -> bool:
    """Whether a question asks for what somebody did or said, and not for an office."""
    folded = fold(question)
    return _DID.search(folded) is not None and _OFFICE.search(folded) is None


def only_introduces(question: str, said: str, span: Span) -> bool:
    """Whether words are no more than the office under which a text names a person of the question.

    Args:
        question: with its marks.
        said: the sentence.
        span: of the words in it.
    """
    known = {fold(word) for word in tokens(question)}
    for holding in holdings(said):
        start, end = holding.stretch
        name = [fold(word) for word in tokens(said[slice(*holding.name)])]
        if start <= span[0] and span[1] <= end and len(known.intersection(name)) > len(name) / 2:
            return True
    return False
