"""Comparisons: which of two something is said of, or what the documents say of either side, each with its source."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, Piece, withheld
from bot.answering.forms.compound import answer_sides
from bot.answering.forms.larger_side import by_number
from bot.answering.forms.offered import answer_offered
from bot.answering.forms.offices import answer_office, find_claimed
from bot.answering.forms.persons_narrowed import tells_of
from bot.answering.forms.sides_counted import answer_by_count
from bot.answering.forms.two_sides import answer_by_difference, answer_by_sides
from bot.answering.forms.yes_no import answer_yes_no
from bot.answers import AnswerKind, Status, Verdict
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.persons import persons
from embeddings.index.office_records import OfficeRecord
from embeddings.quantities.ordinals import YEAR, ordinals, told_otherwise
from embeddings.question.alternatives import offers
from embeddings.question.comparison import Comparison, read_comparison
from embeddings.question.narrowed_persons import body_said, head_said
from embeddings.question.office_question import read_office_claim
from embeddings.question.question import Question

_SURE = 0.8
_OR = re.compile(r"\s(?:hay|hoặc)\s", re.IGNORECASE)
_NOT_MEANT = re.compile(
    r"(?:\s*,\s*(?:chứ )?|\s+chứ )không phải (?:là )?(?!không\b)[^,?]*?\b(?:19|20)\d\d\b(?=\s*(?:,|[?.]?$))",
    re.IGNORECASE,
)
"""What a question says that it does not mean: a thing of another year."""
_ADDRESSES = frozenset(("ông", "bà", "anh", "chị", "cô", "chú", "đồng", "chí"))
_WHICH_WAY = re.compile(
    r"\b(?:tăng hay giảm|giảm hay tăng|hơn hay kém|kém hay hơn|nhiều hay ít|ít hay nhiều|cao hay thấp"
    r"|vượt hay thiếu)\b",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(r"\b(?:tăng|giảm|hơn|vượt|thiếu|thừa|chênh|kém|so với|khác)\b", re.IGNORECASE)
"""Words of a passage that compare by itself."""


def answer_comparison(asked: Asked, draft_for: Callable[[Asked], Draft], direct: Callable[[], Draft]) -> Draft | None:
    """Answer a question that compares two sides; None if it does not, or nothing is known of the sides alone.

    Args:
        asked: the whole question.
        draft_for: answers a question for one side.
        direct: answers the question as if it asked one thing, for a passage that compares by itself.
    """
    restored = asked.search.understanding.restored
    meant = _NOT_MEANT.sub("", restored).strip(" ,")
    if meant != restored and meant:  # `hội nghị năm 2021 chứ không phải năm 2019, ai ...`
        return draft_for(asked.ask(Question(meant, asked.question.previous)))
    changed = _changed(asked, restored)
    if changed:
        return changed
    comparison = read_comparison(restored)
    comparison = comparison and _by_known_names(asked, comparison)
    if comparison is None:
        if _WHICH_WAY.search(restored):
            return _saying_so(direct())
        return answer_offered(asked, direct) if offers(restored) and answer_office(asked) is None else None
    return _side(asked, comparison, direct) if comparison.chooses else _both(asked, comparison, draft_for, direct)


def _changed(asked: Asked, question: str) -> Draft | None:
    """By how much something has changed, where the question asks which way (`tăng hay giảm`)."""
    way = _WHICH_WAY.search(question)
    if way is None or asked.search.understanding.missing:
        return None
    return answer_by_difference(asked, f"{question[: way.start()]} {question[way.end() :]}")


def _by_known_names(asked: Asked, comparison: Comparison) -> Comparison:
    """Sides that end with the name of somebody the documents know are that person (`ở Hải Phòng Bùi Minh Quang`)."""
    if not comparison.chooses:
        return comparison
    known = asked.retriever.offices.of_person
    sides = [side.split() for side in comparison.sides]
    starts = [
        next((start for start in range(1, len(words) - 1) if known(fold(" ".join(words[start:])))), 0)
        for words in sides
    ]
    if not any(starts):
        return comparison
    first, second = (" ".join(words[start:]) for words, start in zip(sides, starts, strict=True))
    before = [word for words, start in zip(sides, starts, strict=True) for word in words[:start]]
    said = " ".join([comparison.said, *(word for word in before if word.lower() not in _ADDRESSES)])
    return replace(comparison, sides=(first, second), questions=(f"{first} {said}", f"{second} {said}"), said=said)


def _side(asked: Asked, comparison: Comparison, direct: Callable[[], Draft]) -> Draft | None:
    """The one of two sides that something is said of."""
    if comparison.last and (found := direct()).pieces:
        return found if _is_numbered_so(asked, comparison, found) else withheld(found)
    chosen = _chosen(asked, comparison) or answer_by_sides(asked, comparison)
    if chosen is None and _are_offered(asked, comparison):
        chosen = _only_of_both(comparison, direct())
    return chosen if chosen is None or _is_numbered_so(asked, comparison, chosen) else withheld(chosen)


def _is_numbered_so(asked: Asked, comparison: Comparison, draft: Draft) -> bool:
    """Whether the sentences of an answer number nothing differently than the question (`giải nhì` for `giải nhất`).

    The sides themselves may be numbered (`quý 1 hay quý 2`), and years are told by whole documents.
    """
    offered = [ordinals(side) for side in comparison.sides]
    for piece in draft.pieces:
        text = piece.hit.passage.text
        sentence = next((text[a:b] for a, b in sentence_spans(text) if a <= piece.start < b), text)
        otherwise = told_otherwise(asked.search.understanding.restored, sentence).difference(*offered)
        if any(noun != YEAR for noun, _ in otherwise):
            return False
    return True


def _both(
    asked: Asked, comparison: Comparison, draft_for: Callable[[Asked], Draft], direct: Callable[[], Draft]
) -> Draft | None:
    """What is said of either side, or which of them has more."""
    whole = direct()
    if any(_SAYS_SO.search(piece.text) for piece in whole.pieces):
        return whole
    sides = answer_sides(asked, comparison.questions, draft_for)
    told = [{(piece.hit.passage.id, piece.start) for piece in sides.pieces if piece.part == side} for side in (0, 1)]
    if told[0] & told[1]:  # the words for one side are none for the other
        sides = withheld(sides)
    if comparison.by_number:
        counted = (
            by_number(comparison, sides, lambda one: asked.retriever.documents[one].published) if sides.pieces else None
        ) or answer_by_count(asked, comparison)
        return counted or (sides if sides.pieces else _only_of_both(comparison, whole))
    if not sides.pieces and _WHICH_WAY.search(asked.search.understanding.restored):
        return _saying_so(whole)
    return sides if sides.pieces else None


def _saying_so(draft: Draft) -> Draft:
    """What was found where it compares by itself; one number alone does not say which way something has changed."""
    if any(_SAYS_SO.search(piece.text) for piece in draft.pieces):
        return draft
    return withheld(draft)


def _are_offered(asked: Asked, comparison: Comparison) -> bool:
    """Whether the sides are joined by `hay`, or are persons asked about an office: no `phối hợp với ..., ai ...`."""
    claims = (read_office_claim(question, asked.retriever.offices) for question in comparison.questions)
    named = all(list(persons(side)) == [(0, len(side))] for side in comparison.sides)
    return named or _OR.search(asked.search.understanding.restored) is not None or all(claims)


def _only_of_both(comparison: Comparison, draft: Draft) -> Draft | None:
    """The one of two that what was found names alone; None where nothing was found; else passages alone."""
    if not draft.pieces:
        return None
    naming = [tuple(piece for piece in draft.pieces if fold(side) in fold(piece.text)) for side in comparison.sides]
    if sum(map(bool, naming)) == 1:
        pieces = naming[0] or naming[1]
        return draft if len(pieces) == len(draft.pieces) else replace(draft, pieces=pieces, goes_on=False)
    return withheld(draft)


def offers_two(asked: Asked) -> bool:
    """Whether a question that sounds like yes or no offers two things to choose from (`A hay B là ...?`)."""
    question = asked.search.understanding.restored
    comparison = read_comparison(question)
    return offers(question) or (comparison is not None and comparison.chooses)


def _chosen(asked: Asked, comparison: Comparison) -> Draft | None:
    """The one of two persons who holds an office, else the one of two things that a passage says it of.

    Returns:
        None where neither offices nor passages tell them apart.
    """
    found = [_holder(asked, question) for question in comparison.questions]
    holders = [record for record in found if record is not None]
    if not holders:
        nearly = [_nearly_holder(asked, question) for question in comparison.questions]
        holders = [record for record in nearly if record is not None]
    if not holders and (body := body_said(comparison.said)):
        told = [asked.retriever.offices.of_person(fold(side)) for side in comparison.sides]
        head = head_said(comparison.said)
        of_it = [
            next((one for one in records if tells_of(one.office, body) and head in (None, not one.deputy)), None)
            for records in told
        ]
        holders = [record for record in of_it if record is not None]
    if not holders:
        return _affirmed(asked, comparison)
    if len(holders) != 1:
        return None
    record = holders[0]
    hit = asked.hit_of(asked.retriever.passages[record.passage])
    piece = Piece(hit, *record.name_span, office=record.stretch_span)
    return Draft(AnswerKind.OFFICE, Status.ANSWERED, _SURE, (piece,), asked.search.hits)


def _affirmed(asked: Asked, comparison: Comparison) -> Draft | None:
    """The one of two things of which a passage says what is asked, where none says it of the other."""
    drafts = [answer_yes_no(asked.ask(Question(f"có phải {question} không"))) for question in comparison.questions]
    said = [number for number, draft in enumerate(drafts) if draft and draft.verdict is Verdict.YES]
    if len(said) != 1:
        return None
    draft, side = drafts[said[0]], comparison.sides[said[0]]
    if draft is None:
        return None
    hit = draft.pieces[0].hit
    place = fold(hit.passage.text).find(fold(side))
    if place < 0 or len(fold(hit.passage.text)) != len(hit.passage.text):
        return None
    piece = Piece(hit, place, place + len(side))
    around = {hit.passage.id: [(draft.pieces[0].start, draft.pieces[0].end)]}
    return Draft(AnswerKind.SPAN, Status.ANSWERED, draft.confidence, (piece,), draft.hits, around=around)


def _holder(asked: Asked, question: str) -> OfficeRecord | None:
    """What says that a person holds an office, None where nothing does."""
    claim = read_office_claim(question, asked.retriever.offices)
    return find_claimed(asked, claim)[0] if claim else None


def _nearly_holder(asked: Asked, question: str) -> OfficeRecord | None:
    """What says that a person holds an office whose first words are those asked for (`Phó Thủ tướng Thường trực`)."""
    claim = read_office_claim(question, asked.retriever.offices)
    if claim is None:
        return None
    wanted = fold(question[claim.office.start : claim.office.end])
    records = (record for name in claim.persons for record in asked.retriever.offices.of_person(name))
    return next((record for record in records if fold(record.office).startswith(f"{wanted} ")), None)
