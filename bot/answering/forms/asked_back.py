"""Claims with a value in them (`bà Lan chủ trì phải không`), decided by what answers the question for that value."""

import re
from collections.abc import Callable, Sequence

from bot.answering.drafts import Asked, Draft, Piece
from bot.answers import AnswerKind, Status, Verdict
from bot.phrases import phrases
from corpus.dates import vietnamese_date
from corpus.splitting import LONGEST_PASSAGE, sentence_spans
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.quantities.quantities import quantities
from embeddings.question.question import Question
from embeddings.verdicts.bounds import bounded_span
from embeddings.verdicts.claim_features import claim_features, denies
from embeddings.verdicts.claim_words import Claim, claim_words, spoken_words
from embeddings.verdicts.claimed_value import ClaimedValue, ValueKind, claimed_value, compared
from embeddings.verdicts.read_affirmation import as_spelt
from embeddings.verdicts.value_clauses import (
    clause_at,
    is_led,
    is_of_another_period,
    places_of,
    said_in,
    without_parallels,
)

Span = tuple[int, int]

_OF_VALUES = (AnswerKind.SPAN, AnswerKind.LIST, AnswerKind.OFFICE)
_SHARED = re.compile(
    r"(?<!\w)(?:dự(?! (?:án|kiến|toán|thảo|báo|phòng|trữ|định|đoán))|có mặt|tham gia)(?!\w)", re.IGNORECASE
)
"""Doings of many at once, of whom another one is no denial."""
_AFFIRMED_FROM, _DENIED_FROM = 0.9, 0.7
"""Share of the claim's other words, by worth, that the passage with its setting must tell."""


def answer_by_value(asked: Asked, claim: Claim, draft_for: Callable[[Asked], Draft]) -> Draft | None:
    """`Đúng` or `Không`, as the documents have the claimed value or another one; None where they do not tell.

    Args:
        asked: the yes-or-no question.
        claim: in it.
        draft_for: answers a question for the value.
    """
    value = claimed_value(claim.text, asked.search.understanding.typed)
    if value is None or _names_unknown(asked, value):
        return None
    draft = draft_for(asked.ask(Question(value.question, asked.question.previous)))
    if draft.status is not Status.ANSWERED or not draft.pieces or draft.kind not in _OF_VALUES:
        return None
    found = [(compared(value, _words_of(value, piece)), piece) for piece in draft.pieces]
    same = next((piece for verdict, piece in found if verdict), None) or _nearer(claim, value, draft.pieces)
    if same is not None:
        return _drafted(asked, draft, same, Verdict.YES) if _affirms(asked, claim, value, same) else None
    first = found[0][1]
    otherwise = not draft.goes_on and all(verdict is False for verdict, _ in found)
    beside = any(_is_beside(value, piece) for _, piece in found)
    return (
        _drafted(asked, draft, first, Verdict.NO)
        if otherwise and not beside and _denies(asked, claim, value, draft)
        else None
    )


def _denies(asked: Asked, claim: Claim, value: ClaimedValue, draft: Draft) -> bool:
    """Whether the passage of another value than the claimed one tells the rest of the claim of it alone."""
    piece = draft.pieces[0]
    text, sentence = piece.hit.passage.text, _sentence_span(piece)
    if value.unit not in fold(text[slice(*sentence)]) or _told(asked, claim, value, piece, text) < _DENIED_FROM:
        return False
    if is_led(claim, value, text, sentence, piece.start) is False:  # `đạt 45 tỷ`, claimed is `tăng`
        return False
    shared = value.kind is ValueKind.PERSON and _SHARED.search(value.rest)
    return not shared and not _is_told_elsewhere(asked, claim, value, draft)


def _is_told_elsewhere(asked: Asked, claim: Claim, value: ClaimedValue, draft: Draft) -> bool:
    """Whether any passage found has the claimed value where as much of the claim is told as with the other value."""
    first = draft.pieces[0]
    sentence, told = _sentence_span(first), _clause_of(value, first)
    least = min(_AFFIRMED_FROM, _told(asked, claim, value, first, told))
    hits = {hit.passage.id: hit for hit in (*asked.search.hits, *draft.hits, first.hit)}
    for piece in (Piece(hit, *span) for hit in hits.values() for span in places_of(value, hit.passage.text)):
        clause = _clause_of(value, piece)
        if piece.hit is first.hit and sentence[0] <= piece.start < sentence[1]:  # what stands above speaks for both
            if _share(claim, value, clause) >= _share(claim, value, told):
                return True
        elif _told(asked, claim, value, piece, clause) >= least:
            return True
    return False


def _clause_of(value: ClaimedValue, piece: Piece) -> str:
    """The clause that a value stands in, between commas only where numbers are told one by one."""
    text, whole = piece.hit.passage.text, value.kind is not ValueKind.NUMBER
    return text[slice(*clause_at(text, _sentence_span(piece), piece.start, whole=whole))]


def _words_of(value: ClaimedValue, piece: Piece) -> str:
    """What a piece says, with the words around it that make a bound of its number."""
    text, whole = piece.hit.passage.text, value.kind is ValueKind.NUMBER
    return text[slice(*bounded_span(text, piece.start, piece.end))] if whole else piece.text


def _affirms(asked: Asked, claim: Claim, value: ClaimedValue, piece: Piece) -> bool:
    """Whether the sentence of a value that is the claimed one says the rest of the claim too, and denies nothing."""
    text, sentence = piece.hit.passage.text, _sentence_span(piece)
    title = asked.retriever.documents[piece.hit.passage.document_id].title
    against = denies(claim_features(text, title, claim, piece.hit.reading))
    if against or is_led(claim, value, text, sentence, piece.start) is False:
        return False
    if is_of_another_period(claim, value, text, sentence, piece.start):
        return False
    above = setting_of(asked, piece.hit).replace(text[slice(*sentence)], "")  # the opening may be that very sentence
    told = without_parallels(value, text, sentence, piece.start)
    return _share(claim, value, f"{above}\n{told}") >= _AFFIRMED_FROM


def setting_of(asked: Asked, hit: Hit) -> str:
    """What stands above a passage: its document's title, date and first sentence, which say what and when it is of."""
    document = asked.retriever.documents[hit.passage.document_id]
    opening = document.text[:LONGEST_PASSAGE]
    date = vietnamese_date(document.published) if document.published else ""
    first = next((opening[slice(*span)] for span in sentence_spans(opening)), "")
    return f"{document.title}\n{date}\n{first}"


def _names_unknown(asked: Asked, value: ClaimedValue) -> bool:
    """Whether no passage has something else than the value that the claim names."""
    return any(fold(name) not in fold(value.text) for name in asked.search.understanding.missing)


def _told(asked: Asked, claim: Claim, value: ClaimedValue, piece: Piece, text: str) -> float:
    """Share of a claim's words, its value apart, that words tell with the title, date and opening above them."""
    return _share(claim, value, f"{setting_of(asked, piece.hit)}\n{text}")


def _share(claim: Claim, value: ClaimedValue, text: str) -> float:
    """The same, without what stands above."""
    spelt = as_spelt(claim)
    said = {spelt(word) for word in spoken_words(text)}
    usual = sum(claim.worth.values()) / max(len(claim.worth), 1)  # a word without its marks may be a common one
    meant = [word for word in spoken_words(value.rest) if word not in claim_words().particles]
    worth = {spelt(word): claim.worth.get(fold(word), usual) for word in meant}
    return sum(weight for word, weight in worth.items() if word in said) / (sum(worth.values()) or 1.0)


def _is_beside(value: ClaimedValue, piece: Piece) -> bool:
    """Whether the clause of a person found names the claimed one too (`đồng chí A và đồng chí B đồng chủ trì`)."""
    if value.kind is not ValueKind.PERSON:
        return False
    text = piece.hit.passage.text
    start, end = clause_at(text, _sentence_span(piece), piece.start, whole=True)
    return any(start <= one[0] < end for one in places_of(value, text))


def _nearer(claim: Claim, value: ClaimedValue, pieces: Sequence[Piece]) -> Piece | None:
    """The claimed number in the sentence of another one, where its clause has more of the claim's words.

    (`Ban Chấp hành gồm 39 ủy viên, Ban Thường vụ gồm 11 ủy viên`.)
    """
    if value.kind is ValueKind.PERSON or len(pieces) != 1:
        return None
    piece, text = pieces[0], pieces[0].hit.passage.text
    sentence = start, end = _sentence_span(piece)
    own = {key for one in quantities(value.text) for key in one.keys[:1]}
    here = _worth_of(claim, value, text, sentence, piece.start)
    for one in quantities(text[start:end]):
        span = start + one.start, start + one.end
        if own & set(one.keys) and _worth_of(claim, value, text, sentence, span[0]) > here:
            return Piece(piece.hit, *span)
    return None


def _worth_of(claim: Claim, value: ClaimedValue, text: str, sentence: Span, place: int) -> tuple[bool, float]:
    """What the clause at a place has of the claim: the word that leads to its number, then what all words are worth.

    The words of the value itself speak for it anywhere, and do not count.
    """
    spelt = as_spelt(claim)
    said, own = said_in(text, clause_at(text, sentence, place), spelt), set(spoken_words(value.text))
    worth = sum(claim.worth.get(fold(word), 0.0) for word in set(claim.words) - own if spelt(word) in said)
    counted = value.kind is ValueKind.NUMBER
    return counted and is_led(claim, value, text, sentence, place) is True, worth


def _sentence_span(piece: Piece) -> Span:
    text = piece.hit.passage.text
    return next((one for one in sentence_spans(text) if one[0] <= piece.start < one[1]), (0, len(text)))


def _drafted(asked: Asked, draft: Draft, piece: Piece, verdict: Verdict) -> Draft:
    notes = () if verdict is Verdict.YES else (phrases(asked.language).other_value.format(value=piece.text),)
    return Draft(
        AnswerKind.YES_NO, Status.ANSWERED, draft.confidence, (piece,), draft.hits, verdict, notes, around=draft.around
    )
