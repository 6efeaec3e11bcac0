"""Several questions in one: each is answered on its own, with its own quote, and what was not found is named."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, withheld
from bot.answers import AnswerKind, Status
from bot.phrases import phrases, within_quotes
from corpus.dates import vietnamese_date
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.persons import persons
from embeddings.question.compound import about, split_question
from embeddings.question.followup import content_words
from embeddings.question.question import Question
from embeddings.question.question_form import Form
from embeddings.syllables import tokens

_THAT_PERSON = re.compile(
    r"\b(?:người|nguoi|ông|ong|bà|ba|đồng chí|dong chi|vị|vi)\s+(?:đó|do|này|nay|ấy|ay)\b", re.IGNORECASE
)
_DEPENDS_FROM = 0.5
"""Dependence from which a part says nothing without the one before it."""
_LOOKED_AT = 4
_DOCUMENTS = (AnswerKind.OVERVIEW, AnswerKind.DOCUMENTS)


def answer_compound(asked: Asked, draft_for: Callable[[Asked], Draft]) -> Draft | None:
    """Answer part by part; None if the question asks one thing.

    Args:
        asked: the whole question.
        draft_for: answers a question that asks one thing.
    """
    parts = split_question(asked.search.understanding.restored)
    if len(parts) < 2 or asked.form.form in (Form.DOCUMENTS,) or asked.form.outlined:  # noqa: PLR2004 - several
        return None
    drafts = _drafts(asked, parts, draft_for)
    if any(draft.kind in _DOCUMENTS for draft in drafts):
        return None
    joined = _joined(asked, parts, drafts)
    return replace(joined, notes=(*_which(asked, joined), *joined.notes))


def _which(asked: Asked, draft: Draft) -> tuple[str, ...]:
    """What the answer is of, where the question names nothing (`họp ở đâu, ai chủ trì`) and others are near."""
    told = {piece.hit.passage.document_id for piece in draft.pieces}
    first = {hit.passage.document_id for hit in asked.search.hits[:_LOOKED_AT]}
    if len(told) != 1 or asked.search.understanding.named or first <= told:
        return ()
    document = asked.retriever.documents[next(iter(told))]
    text = phrases(asked.language)
    date = text.dated.format(date=vietnamese_date(document.published)) if document.published else ""
    return (text.told_of.format(title=within_quotes(document.title), date=date),)


def answer_sides(asked: Asked, parts: Sequence[str], draft_for: Callable[[Asked], Draft]) -> Draft:
    """Answer a question for each side of a comparison, each on its own.

    Args:
        asked: the whole question.
        parts: what is asked of each side.
        draft_for: answers a question that asks one thing.
    """
    return _joined(asked, parts, [draft_for(asked.ask(Question(part))) for part in parts])


def _drafts(asked: Asked, parts: Sequence[str], draft_for: Callable[[Asked], Draft]) -> list[Draft]:
    drafts: list[Draft] = []
    for number, part in enumerate(parts):
        said = _named(part, drafts[0]) if number else part
        posed = asked.ask(Question(said, parts[0] if number else asked.question.previous))
        draft = draft_for(posed)
        if drafts and _own(parts[0], part) and _tells(draft, parts[0], part) and not _tells(draft, part, parts[0]):
            # it answers the first part
            drafts[0] = drafts[0] if drafts[0].pieces else draft
        if drafts and not _goes_with(draft, drafts):
            draft = _anew(asked, posed, draft, parts[0], drafts, draft_for)
        if number and any(_says_the_same(draft, other) for other in drafts) and not _tells(draft, part, parts[0]):
            draft = withheld(draft)
        drafts.append(_of_the_same(draft, drafts) if drafts else draft)
    return drafts


def _anew(  # noqa: PLR0913, PLR0917 - what is known of a part
    asked: Asked,
    posed: Asked,
    draft: Draft,
    first: str,
    drafts: Sequence[Draft],
    draft_for: Callable[[Asked], Draft],
) -> Draft:
    """A later part that another document answers than those before, asked of what the first names, then of that one.

    A part that says nothing by itself (`ai chủ trì`) is not answered from another one: that is of another thing.
    """
    whole = about(posed.question.text, first)
    other = draft_for(asked.ask(Question(whole, asked.question.previous))) if whole else draft
    other = other if other.pieces else draft
    if not other.pieces or _goes_with(other, drafts) or not any(one.pieces for one in drafts):
        return other
    alone = posed.search.understanding.dependence < _DEPENDS_FROM
    if alone and posed.search.understanding.named:  # it says by itself what it is about
        return other
    document = _document_of(drafts)
    here = draft_for(asked.ask_in(posed.question, document)) if document else other
    if _goes_with(here, drafts):
        return here
    same = any(_says_the_same(other, one) for one in drafts)
    return other if alone or same else withheld(other)


def _named(part: str, first: Draft) -> str:
    """A part that asks about the one person whom the first is answered with (`người đó giữ chức gì`), by name."""
    if len(first.pieces) != 1:
        return part
    name = first.pieces[0].text
    return _THAT_PERSON.sub(lambda _: name, part, count=1) if list(persons(name)) == [(0, len(name))] else part


def _document_of(drafts: Sequence[Draft]) -> str | None:
    """The document of the first part that is answered; where none is, of the passage found first, if any was."""
    told = [piece.hit for draft in drafts for piece in draft.pieces] or [hit for draft in drafts for hit in draft.hits]
    return told[0].passage.document_id if told else None


def _says_the_same(draft: Draft, other: Draft) -> bool:
    return bool(draft.pieces) and {piece.text for piece in draft.pieces} == {piece.text for piece in other.pieces}


def _tells(draft: Draft, part: str, first: str) -> bool:
    """Whether the sentence of an answer says what a part asks for beside the first one (`ai đề dẫn, ai kết luận`)."""
    own = _own(part, first)
    if not draft.pieces:
        return False
    piece = draft.pieces[0]
    text = piece.hit.passage.text
    start, end = next((one for one in sentence_spans(text) if one[0] <= piece.start < one[1]), (0, len(text)))
    said = set(map(fold, tokens(text[start:end])))
    return 2 * len(own & said) >= len(own)


def _own(part: str, other: str) -> set[str]:
    """Words, folded, that one part has and another has not."""
    return set(map(fold, content_words(part))) - set(map(fold, content_words(other)))


def _goes_with(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a later part is answered by the document of those before it, and with other words."""
    if not draft.pieces or any(_says_the_same(draft, other) for other in drafts):
        return False
    return any(piece.hit.passage.document_id == _document_of(drafts) for piece in draft.pieces)


def _of_the_same(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Of holders of an office in several documents those in the document that answers the parts before, if any."""
    told = {piece.hit.passage.document_id for one in drafts for piece in one.pieces}
    mine = tuple(piece for piece in draft.pieces if piece.hit.passage.document_id in told)
    if draft.kind is not AnswerKind.OFFICE or not mine or len(mine) == len(draft.pieces):
        return draft
    hits = tuple(dict.fromkeys(piece.hit for piece in mine))
    rest = (hit for hit in draft.hits if hit.passage.id not in {one.passage.id for one in hits})
    return replace(draft, pieces=mine, hits=(*hits, *rest), notes=())


def _joined(asked: Asked, parts: Sequence[str], drafts: Sequence[Draft]) -> Draft:
    """The answers to all parts as one; what has none is named."""
    pieces = tuple(replace(piece, part=number) for number, draft in enumerate(drafts) for piece in draft.pieces)
    missing = [part for part, draft in zip(parts, drafts, strict=True) if not draft.pieces]
    text = phrases(asked.language)
    notes = [note for draft in drafts for note in draft.notes]
    notes += [text.part_missing.format(part=part) for part in missing] if pieces else []
    hits = tuple(hit for draft in drafts for hit in draft.hits[:1]) + asked.search.hits
    answered = [draft for draft in drafts if draft.pieces]
    return Draft(
        AnswerKind.COMPOUND,
        Status.ANSWERED if answered else max(drafts, key=lambda draft: draft.status is Status.RELATED).status,
        min((draft.confidence for draft in answered), default=max(draft.confidence for draft in drafts)),
        pieces,
        hits,
        notes=tuple(dict.fromkeys(notes)),
        parts=tuple(parts),
        goes_on=any(draft.goes_on for draft in drafts),
        around={identity: spans for draft in drafts for identity, spans in draft.around.items()},
    )
