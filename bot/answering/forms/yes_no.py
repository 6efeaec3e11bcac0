"""Yes or no: `Đúng` with the sentence that says it, `Không` only where a passage gives another value, else neither."""

import re
from collections.abc import Callable, Sequence

from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.asked_back import answer_by_value, setting_of
from bot.answering.forms.offices import find_claimed
from bot.answers import AnswerKind, Status, Verdict
from bot.phrases import phrases
from corpus.splitting import sentence_spans
from embeddings.extraction.offices import offices
from embeddings.extraction.persons import persons
from embeddings.hits import Hit
from embeddings.index.office_records import OfficeRecord
from embeddings.question.office_question import read_office_claim
from embeddings.verdicts.bounds import bounded_span
from embeddings.verdicts.claim_agreement import other_name
from embeddings.verdicts.claim_denial import denied_clause, read_denial
from embeddings.verdicts.claim_features import (
    Features,
    claim_features,
    denies,
    evidence_span,
    share_said,
    speaks_against,
    tells_all,
)
from embeddings.verdicts.claim_words import Claim, read_claim
from embeddings.verdicts.claimed_doer import only_helps
from embeddings.verdicts.claimed_value import claimed_value, leaves_open
from embeddings.verdicts.other_values import other_part_of_day, other_value, repeats, tells_other_value
from embeddings.verdicts.read_affirmation import other_year, read_affirmation, reads_the_value
from embeddings.verdicts.value_clauses import is_for_another_period, is_led_otherwise, places_of
from embeddings.verdicts.verdict_model import Likelihood, shipped, weighed

YES_FROM, NO_FROM = 0.6, 0.7
"""Probability from which a verdict is given; see docs/decisions/forms.md."""
_LOOKED_AT = 3
_OTHERWISE_FROM = 0.12
"""The same for `no` where another number, year or place stands where the claim has its own."""
_OUT_OF_REACH = 0.15
_AS_NEAR = 0.05
"""Lead of the first hit up to which another one may decide what the one that was chosen does not."""
_UNSURE = 0.3
_SAID_FROM = 0.8
"""Share of the claim's words in one clause from which the clause says so, if `yes` has its share."""
_SHARE_FROM, _SHARE_UNJUDGED = 0.5, 0.8
"""Of `yes` beside `not decided`; the latter by words alone."""
_LEAST_YES = 0.45
"""Probability that a claim must have, where a reader judged it, to be affirmed because a passage tells all of it."""
_TOLD_FROM = 0.6
"""Share of the claim's words in one clause that a passage must have to affirm it at all."""
_DENIED_FROM, _DENIED_TOLD_FROM = 0.7, 0.4
"""Probability of `no`, and share of the claim's words in one clause, from which what a reader found, or the sentence
that speaks of the claim, says otherwise though no value of the claim stands there in another form."""
_ALL_SAID = 0.95
"""The same share, from which the value that a reader finds for the question is the one that is claimed."""
_SURE = 0.9
_BOTH = re.compile(
    r"(?P<who>.+?)\s+(?:có phải\s+)?vừa (?:là|làm|giữ)\s+(?P<one>.+?),?\s+vừa (?:là|làm|giữ)\s+(?P<other>.+?)"
    r"(?:,?\s+(?:(?:có )?(?:phải|đúng)\s+)?(?:không|k|ko|à|hả))?$",
    re.IGNORECASE,
)
_MEMBER = re.compile(r"(?<!\w)(?:(?:tỉnh|thành|huyện|thị|quận|đảng) )?(?:ủy|uỷ) viên(?!\w)", re.IGNORECASE)
_CONDITION = re.compile(r"(?<!\w)(?:nếu|trừ|ngoại trừ)(?!\w)", re.IGNORECASE)
"""What limits a denial, so that a claim with the same condition may hold."""
_OF_A_BODY = re.compile(r"(?<!\w)(?:là của|do)(?!\w)", re.IGNORECASE)
"""What an office or a body does or has issued (`chỉ thị là của ...`), which is told beside no holder."""
_HOLDS = re.compile(r"(?<!\w)(?:là|làm|giữ)(?!\w)")


def answer_yes_no(asked: Asked, draft_for: Callable[[Asked], Draft] | None = None) -> Draft:
    """Judge the claim by the directory of holders, by what answers the question for its value, else by the first hits.

    Args:
        asked: the question.
        draft_for: answers a question for a value; None to judge by holders and hits alone.
    """
    understanding = asked.search.understanding
    claim = read_claim(understanding.restored, understanding.worth)
    return (
        _by_offices(asked)
        or (answer_by_value(asked, claim, draft_for) if draft_for else None)
        or _by_passages(asked, claim)
    )


def _by_offices(asked: Asked) -> Draft | None:
    """`X là Bí thư ... à`: what the directory has of X decides, offices matched whole."""
    both = _BOTH.match(asked.search.understanding.restored.strip(" ?"))
    if both:  # `X vừa là A vừa là B`: so where both are
        drafts = [_by_claim(asked, f"{both['who']} là {both[office]}") for office in ("one", "other")]
        return drafts[0] if all(draft and draft.verdict is Verdict.YES for draft in drafts) else None
    understanding = asked.search.understanding
    return _by_claim(asked, understanding.restored, understanding.typed if understanding.typed.isascii() else "")


def _by_claim(asked: Asked, question: str, typed: str = "") -> Draft | None:
    """The verdict on one office; names may have been given wrong marks, then they are read as typed."""
    known = asked.retriever.offices
    claim = read_office_claim(question, known) or (read_office_claim(typed, known) if typed else None)
    if claim is None:
        return None
    affirmed, other = find_claimed(asked, claim)
    record: OfficeRecord | None = affirmed or other
    if record is None:
        return None
    hit = asked.hit_of(asked.retriever.passages[record.passage])
    piece = Piece(hit, *record.stretch_span)
    given = Verdict.YES if affirmed else Verdict.NO
    text = phrases(asked.language)
    notes = () if affirmed else (text.other_value.format(value=f"{record.name}: {piece.text}"),)
    around = {hit.passage.id: [record.name_span]}
    return Draft(
        AnswerKind.YES_NO, Status.ANSWERED, _SURE, (piece,), asked.search.hits, given, notes=notes, around=around
    )


def _by_passages(asked: Asked, claim: Claim) -> Draft:
    """The verdict of the hit that decides most; where that gives none, of another that is as near to the claim."""
    search = asked.search
    judged: list[tuple[float, float, Hit, Likelihood, Features]] = []
    for hit in search.hits[:_LOOKED_AT]:
        lead = search.hits[0].score - hit.score
        if lead > _OUT_OF_REACH:
            break
        title = setting_of(asked, hit)
        features = claim_features(hit.passage.text, title, claim, hit.reading)
        likelihood = weighed(features, shipped(read=_is_judged(hit)))
        judged.append((max(likelihood.yes, likelihood.no) - lead, lead, hit, likelihood, features))
    if not judged:
        return Draft(AnswerKind.YES_NO, Status.NOT_FOUND, 0.0)
    judged.sort(key=lambda one: -one[0])
    for place, (_, lead, hit, likelihood, features) in enumerate(judged):
        draft = _verdict(asked, claim, hit, likelihood, features) if not place or lead <= _AS_NEAR else None
        if draft:
            return draft
    hit = judged[0][2]
    status = Status.NOT_FOUND if asked.status is Status.NOT_FOUND else Status.RELATED
    return Draft(AnswerKind.YES_NO, status, min(asked.confidence, _UNSURE), hits=_with_first(search.hits, hit))


def _is_judged(hit: Hit) -> bool:
    """Whether a reader has said what it takes a passage to say of the claim."""
    return hit.reading is not None and hit.reading.claim is not None


def _believes(hit: Hit) -> bool:
    """Whether a reader takes what it found in a passage for an answer."""
    return hit.reading is not None and bool(hit.reading.spans) and hit.reading.spans[0].margin > 0


def _with_first(hits: Sequence[Hit], first: Hit) -> tuple[Hit, ...]:
    return (first, *(other for other in hits if other.passage.id != first.passage.id))


def _verdict(asked: Asked, claim: Claim, hit: Hit, likelihood: Likelihood, features: Features) -> Draft | None:
    """What one passage says of the claim; None where it does not decide it."""
    search = asked.search
    rest = _with_first(search.hits, hit)
    title = setting_of(asked, hit)
    span = evidence_span(hit.passage.text, claim, hit.reading)
    denial = (
        None
        if search.understanding.missing
        else denied_clause(hit.passage.text, title, claim)
        or read_denial(hit.passage.text, span, title, claim, hit.reading)
    )
    if denial and not _CONDITION.search(hit.passage.text, *denial):
        return _contradicted(asked, Piece(hit, *denial), max(likelihood.no, NO_FROM), rest)
    value = claimed_value(claim.text)
    said = share_said(hit.passage.text, span, claim)
    probable = likelihood.yes >= YES_FROM and said >= _TOLD_FROM and not denies(features)
    unopposed = said >= _SAID_FROM and _is_unopposed(hit, features, claim, likelihood)
    another = other_name(claim, hit.passage.text[slice(*span)])
    complete = tells_all(features) and not speaks_against(features) and another is None
    read = None if speaks_against(features) else read_affirmation(hit.passage.text, title, claim, hit.reading)
    span = read or span
    sentence = hit.passage.text[slice(*span)]
    apart = (
        other_year(claim, sentence)
        or is_led_otherwise(claim, value, hit.passage.text, span)
        or only_helps(claim, sentence)
        or is_for_another_period(claim, value, hit.passage.text, span)
    )
    told = bool(unopposed or read or complete) and likelihood.yes > max(likelihood.no, _LEAST_YES * _is_judged(hit))
    again = said >= _ALL_SAID and not denies(features) and reads_the_value(hit.passage.text, span, claim, hit.reading)
    affirmed = not apart and (probable or told or again)
    if affirmed and not search.understanding.missing and not _claims_an_office(claim):
        piece = _supporting(hit, *span)
        sure = max(likelihood.yes, YES_FROM)
        return Draft(AnswerKind.YES_NO, Status.ANSWERED, sure, (piece,), rest, Verdict.YES)
    return None if _claims_an_office(claim) else _told_otherwise(asked, claim, hit, likelihood, complete=complete)


def _told_otherwise(asked: Asked, claim: Claim, hit: Hit, likelihood: Likelihood, *, complete: bool) -> Draft | None:
    """`Không`, with the value that a passage has in place of the claim's, or with what else it says of the same."""
    missing, text = asked.search.understanding.missing, hit.passage.text
    rest = _with_first(asked.search.hits, hit)
    other = other_value(text, claim, hit.reading)
    otherwise = likelihood.no >= _OTHERWISE_FROM and tells_other_value(text, setting_of(asked, hit), claim, hit.reading)
    contradicted = likelihood.no >= NO_FROM and not (complete and not missing)
    piece = Piece(hit, *other) if other and (contradicted or otherwise) else None
    if not other and not complete and not missing and _is_judged(hit) and likelihood.no >= _DENIED_FROM:
        spoken = evidence_span(text, claim, hit.reading)
        said = share_said(text, spoken, claim)
        read = _sentence_read(hit, spoken)
        told = said >= _DENIED_TOLD_FROM and not _CONDITION.search(text, *read)
        piece = _supporting(hit, *read) if told else None
    if piece is None or _is_open(claim, hit, (piece.start, piece.end)):
        return None
    is_office = any(piece.text == piece.text[office.start : office.end] for office in offices(piece.text))
    if is_office and not (_OF_A_BODY.search(claim.text) and _believes(hit)):
        return None  # whose it is, is for the directory of holders to say
    if repeats(claim, piece.text, f"{asked.question.previous or ''} {asked.search.understanding.restored}"):
        return None
    return _contradicted(asked, piece, max(likelihood.no, NO_FROM), rest)


def _sentence_read(hit: Hit, spoken: tuple[int, int]) -> tuple[int, int]:
    """The sentence of what a reader believes; the one that speaks of the claim where it believes nothing."""
    best = next((span for span in hit.reading.spans[:1] if span.margin > 0), None) if hit.reading else None
    if best is None:
        return spoken
    return next(
        (one for one in sentence_spans(hit.passage.text) if one[0] <= best.start and best.end <= one[1]), spoken
    )


def _is_open(claim: Claim, hit: Hit, span: tuple[int, int]) -> bool:
    """Whether another value has the claimed one in it, or is a number that a bound in the claim does not rule out."""
    text, value = hit.passage.text, claimed_value(claim.text)
    same = value is not None and bool(places_of(value, text[slice(*span)]))
    if same and not other_part_of_day(claim.text, text[slice(*span)]):
        return True
    return leaves_open(claim.text, text[slice(*bounded_span(text, *span))])


def _claims_an_office(claim: Claim) -> bool:
    """Whether somebody is said to hold an office, whose words may stand beside the name in any list of people.

    Who is told to hold another one may hold that one too.
    """
    who = next(persons(claim.text), None)
    held = [office.start for office in offices(claim.text)] + [one.start() for one in _MEMBER.finditer(claim.text)]
    beside = who is not None and any(not claim.text[who[1] : start].strip() for start in held)
    return beside or bool(who and held and _HOLDS.search(claim.text))


def _contradicted(asked: Asked, piece: Piece, sure: float, rest: Sequence[Hit]) -> Draft:
    """`Không`, with the words that say otherwise."""
    note = phrases(asked.language).other_value.format(value=piece.text)
    return Draft(AnswerKind.YES_NO, Status.ANSWERED, sure, (piece,), tuple(rest), Verdict.NO, notes=(note,))


def _is_unopposed(hit: Hit, features: Features, claim: Claim, likelihood: Likelihood) -> bool:
    """Whether a passage has nothing against a claim that it tells nearly all of, nor words that answer otherwise."""
    otherwise = speaks_against(features) or other_value(hit.passage.text, claim, hit.reading) is not None
    share = _SHARE_FROM if _is_judged(hit) else _SHARE_UNJUDGED
    return not otherwise and likelihood.yes >= share * (likelihood.yes + likelihood.unknown)


def _supporting(hit: Hit, start: int, end: int) -> Piece:
    """The sentence that says so, or what a reader found in it."""
    reading = hit.reading.spans if hit.reading else ()
    for span in reading[:1]:
        if span.margin > 0 and start <= span.start and span.end <= end:
            return Piece(hit, span.start, span.end)
    return Piece(hit, start, end)
