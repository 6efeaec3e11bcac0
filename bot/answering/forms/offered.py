"""Questions that offer two things (`siết hay nới`, `do huyện hay tỉnh ...`): nothing but words that say one of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, Piece, Span, withheld
from bot.answering.forms.asked_back import setting_of
from bot.answering.quoting import covered
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.question.alternatives import says_one
from embeddings.question.followup import content_words
from embeddings.question.opposites import Opposites, read_opposites, told_in

_LOOKED_AT = 3
_OUT_OF_REACH = 0.15
_TOLD_FROM, _LEAD = 0.5, 0.2
"""Share of what is asked that a clause must tell with what stands above it, and its lead over the other side's best."""
_TOLD_ALONE = 0.2
"""The same of the clause alone, whatever stands above it."""
_SURE = 0.8
_CLAUSE_END = re.compile(r";|[.…]+(?=\s|$)|,\s(?=(?:tuy|nhưng|song|đồng thời|từ đó|để|nhằm)\b)")
_ENDS = re.compile(r"[;:.…]|,\s(?:tuy|nhưng|song|đồng thời|từ đó)\b|\s(?:việc|đối với|trong|tại|ở|để|nhằm|của|trên)\s")
"""Where words that say one of two end."""
_LONGEST = 12
"""Words beyond which those found are cut to what says one of two."""


def answer_offered(asked: Asked, direct: Callable[[], Draft]) -> Draft:
    """The words that say one of the two things offered, else the passages alone.

    Args:
        asked: a question that offers two things and asks for nothing else.
        direct: answers it as if it asked for one thing.
    """
    question = asked.search.understanding.restored
    opposites, draft = read_opposites(question), direct()
    kept = [piece for piece in draft.pieces if _says_one(asked, opposites, piece)]
    if len(kept) == 1:
        return replace(draft, pieces=(_short(opposites, kept[0]),), goes_on=False)
    told = _told(asked, opposites) if opposites else None
    if told:
        return told
    return withheld(draft)


def _says_one(asked: Asked, opposites: Opposites | None, piece: Piece) -> bool:
    """Whether words say one of two and not the other; opposites in a clause that tells most of what is asked."""
    if opposites is None:
        return says_one(asked.search.understanding.restored, piece.text)
    text, worth = piece.hit.passage.text, _worth(asked, opposites)
    told = [
        side
        for start, end in _clauses(text)
        if start < piece.end and piece.start < end and covered(worth, text[start:end]) >= _TOLD_FROM
        for side, _ in told_in(opposites, text, max(start, piece.start), min(end, piece.end))
    ]
    return len(set(told)) == 1


def _worth(asked: Asked, opposites: Opposites) -> dict[str, float]:
    """What the words of a question beside the opposites are worth."""
    wanted = {fold(word) for word in content_words(opposites.rest)}
    return {word: value for word, value in asked.search.understanding.worth.items() if word in wanted}


def _short(opposites: Opposites | None, piece: Piece) -> Piece:
    """Long words cut to those that say one of two opposites."""
    if opposites is None or len(piece.text.split()) <= _LONGEST:
        return piece
    text = piece.hit.passage.text
    told = told_in(opposites, text, piece.start, piece.end)
    if not told:
        return piece
    start, end = told[0][1]
    return replace(piece, start=start, end=_end(text, end, piece.end))


def _end(text: str, start: int, limit: int) -> int:
    found = _ENDS.search(text, start, limit)
    return found.start() if found else limit


def _told(asked: Asked, opposites: Opposites) -> Draft | None:
    """The side of which a clause tells most of what is asked; None where neither leads."""
    best: list[tuple[float, Hit, Span] | None] = [None, None]
    for share, side, hit, span in _tellings(asked, opposites):
        known = best[side]
        if known is None or share > known[0]:
            best[side] = share, hit, span
    shares = [one[0] if one else 0.0 for one in best]
    chosen = best[0] if shares[0] > shares[1] else best[1]
    if chosen is None or abs(shares[0] - shares[1]) < _LEAD:
        return None
    share, hit, span = chosen
    first = hit is asked.search.hits[0] and asked.status is Status.ANSWERED and min(shares) == 0
    if share < _TOLD_FROM or asked.search.understanding.missing:
        return None
    rest = (hit, *(other for other in asked.search.hits if other.passage.id != hit.passage.id))
    confidence = asked.confidence if first else max(asked.confidence, min(share, _SURE))
    return Draft(AnswerKind.SPAN, Status.ANSWERED, confidence, (Piece(hit, *span),), rest, certain=True)


def _tellings(asked: Asked, opposites: Opposites) -> Iterator[tuple[float, int, Hit, Span]]:
    """Clauses that say one of two: what share of the question they tell, which side, where."""
    worth = _worth(asked, opposites)
    for hit in asked.search.hits[:_LOOKED_AT]:
        if asked.search.hits[0].score - hit.score > _OUT_OF_REACH:
            break
        text, setting = hit.passage.text, setting_of(asked, hit)
        for start, end in _clauses(text):
            found = told_in(opposites, text, start, end)
            alone = covered(worth, text[start:end])
            if len({side for side, _ in found}) == 1 and alone:
                share = max(alone, covered(worth, f"{text[start:end]} {setting}") if alone >= _TOLD_ALONE else 0.0)
                yield share, found[0][0], hit, found[0][1]


def _clauses(text: str) -> Iterator[Span]:
    """The sentences of a passage, parted where another thing is said."""
    for start, end in sentence_spans(text):
        begin = start
        for stop in _CLAUSE_END.finditer(text, start, end):
            yield begin, stop.start()
            begin = stop.end()
        if begin < end:
            yield begin, end
