"""Several questions in one: each is answered on its own, with its own quote, and what was not found is named."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering.drafts import Asked, Draft
from bot.answers import AnswerKind, Status
from bot.phrases import phrases
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.question.compound import about, split_question
from embeddings.question.followup import content_words
from embeddings.question.question import Question
from embeddings.question.question_form import Form
from embeddings.syllables import tokens

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
    return None if any(draft.kind in _DOCUMENTS for draft in drafts) else _joined(asked, parts, drafts)


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
        draft = draft_for(asked.ask(Question(part, parts[0] if number else asked.question.previous)))
        if drafts and not _goes_with(draft, drafts[0]):
            whole = about(part, parts[0])
            other = draft_for(asked.ask(Question(whole, asked.question.previous))) if whole else draft
            draft = other if other.pieces else draft
        if number and any(_says_the_same(draft, other) for other in drafts) and not _tells(draft, part, parts[0]):
            draft = replace(draft, status=_shown_less(draft.status), pieces=(), goes_on=False)
        drafts.append(_of_the_same(draft, drafts[0]) if drafts else draft)
    return drafts


def _says_the_same(draft: Draft, other: Draft) -> bool:
    return bool(draft.pieces) and {piece.text for piece in draft.pieces} == {piece.text for piece in other.pieces}


def _tells(draft: Draft, part: str, first: str) -> bool:
    """Whether the sentence of an answer says what a part asks for beside the first one (`ai đề dẫn, ai kết luận`)."""
    own = set(map(fold, content_words(part))) - set(map(fold, content_words(first)))
    piece = draft.pieces[0]
    text = piece.hit.passage.text
    start, end = next((one for one in sentence_spans(text) if one[0] <= piece.start < one[1]), (0, len(text)))
    said = set(map(fold, tokens(text[start:end])))
    return 2 * len(own & said) >= len(own)


def _shown_less(status: Status) -> Status:
    return Status.RELATED if status is Status.ANSWERED else status


def _goes_with(draft: Draft, first: Draft) -> bool:
    """Whether a later part is answered by the first one's document, and with other words."""
    if not draft.pieces or {piece.text for piece in draft.pieces} == {piece.text for piece in first.pieces}:
        return False
    told = [piece.hit for piece in first.pieces] or first.hits[:1]
    return any(draft.pieces[0].hit.passage.document_id == hit.passage.document_id for hit in told)


def _of_the_same(draft: Draft, first: Draft) -> Draft:
    """Of holders of an office in several documents those in the document that answers the first part, if it has any."""
    told = {piece.hit.passage.document_id for piece in first.pieces}
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
