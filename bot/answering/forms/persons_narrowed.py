"""Of the persons found those who are meant: by the office or body that is told beside their names, man or woman."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, Piece, withheld
from bot.answers import AnswerKind
from embeddings.extraction.body_names import body_words
from embeddings.extraction.persons import persons
from embeddings.extraction.text_words import words_of
from embeddings.question.narrowed_persons import asks_for_a_woman, body_of_persons, read_narrowed_persons
from embeddings.question.question import Question

_SEVERAL = 2
_OTHER_OFFICE = frozenset(("pho", "nguyen"))
"""Folded words in front of an office that make another one of it."""
_COMMITTEE = re.compile(r"\buy ban(?= (?:tinh|huyen|xa|phuong|thanh pho|thi xa|quan|thi tran)\b)")
_WOMAN_BEFORE = re.compile(r"(?:\b(?:bà|cô|chị)|\b[Nn]ữ (?:đồng chí|đại biểu))\s+$", re.IGNORECASE)
_MAN_BEFORE = re.compile(r"\b(?:ông|anh|chú)\s+$", re.IGNORECASE)
_NEAR = 16


def answer_narrowed(asked: Asked, draft_for: Callable[[Asked], Draft]) -> Draft | None:
    """Those of several persons who hold the office or are of the body that the question names.

    Args:
        asked: the question.
        draft_for: answers the question for all of them.

    Returns:
        None where it does not ask for some of several, or nobody of them is known to be meant.
    """
    narrowed = read_narrowed_persons(asked.search.understanding.restored)
    if narrowed is None:
        return None
    previous = asked.question.previous
    if not narrowed.base and not previous:
        return None
    question = Question(narrowed.base, previous) if narrowed.base else Question(previous or "")
    draft = draft_for(asked.ask(question))
    if draft.kind not in (AnswerKind.LIST, AnswerKind.OFFICE, AnswerKind.SPAN) or not draft.pieces:
        return None
    kept = [_by_name(piece) for piece in draft.pieces if _is_of(piece, narrowed.wanted)]
    known = all(piece.office and _names_a_person(piece) for piece in draft.pieces)
    return _kept(draft, kept) if kept or known else None


def those_meant(asked: Asked, draft: Draft) -> Draft:
    """A draft without persons of another body than the one that is asked for, and without men where women are."""
    question = asked.search.understanding.restored
    woman = asks_for_a_woman(question)
    if woman is not None and draft.pieces and all(_names_a_person(piece) for piece in draft.pieces):
        draft = _of_sex(asked, draft, woman=woman)
    narrowed = read_narrowed_persons(question)
    if narrowed and draft.kind is not AnswerKind.OFFICE:
        return _kept(draft, [_by_name(piece) for piece in draft.pieces if _is_of(piece, narrowed.wanted)])
    body = body_of_persons(question)
    if body and len(draft.pieces) >= _SEVERAL:
        kept = [_by_name(piece) for piece in draft.pieces if _is_of(piece, body)]
        return _kept(draft, kept) if kept else draft
    return draft


def _of_sex(asked: Asked, draft: Draft, *, woman: bool) -> Draft:
    """The women or the men of a draft; more may be meant where of somebody left out nothing tells which it is."""
    told = [(piece, _is_woman(asked, piece)) for piece in draft.pieces]
    kept = _kept(draft, [piece for piece, is_woman in told if is_woman in (woman, woman or None)])
    left_out = woman and any(is_woman is None for _, is_woman in told)
    return replace(kept, kind=draft.kind, goes_on=True) if kept.pieces and left_out else kept


def _kept(draft: Draft, pieces: list[Piece]) -> Draft:
    """The draft with some of its pieces; its passages alone where that are none."""
    if len(pieces) == len(draft.pieces):
        return draft
    if not pieces:
        return replace(withheld(draft), notes=())
    kind = AnswerKind.SPAN if len(pieces) == 1 and draft.kind is AnswerKind.LIST else draft.kind
    return replace(draft, kind=kind, pieces=tuple(pieces), goes_on=False)


def _is_of(piece: Piece, wanted: str) -> bool:
    """Whether what is told beside a name has an office or body."""
    text = piece.hit.passage.text
    return tells_of(
        text[slice(*piece.office)] if piece.office else piece.text if _names_a_person(piece) else "", wanted
    )


def tells_of(offices: str, wanted: str) -> bool:
    """Whether offices have an office or body in so many words, abbreviations written out (`UBND`, `Ủy ban tỉnh`)."""
    told = _words(offices)
    said = _words(wanted)
    for place in range(len(told) - len(said) + 1):
        if told[place : place + len(said)] == said and (not place or told[place - 1] not in _OTHER_OFFICE):
            return bool(said)
    return False


def _words(text: str) -> list[str]:
    words = " ".join(body_words(word.text for word in words_of(text)))
    return _COMMITTEE.sub("uy ban nhan dan", words).split()


def _by_name(piece: Piece) -> Piece:
    """Somebody told with offices (`ông Lê An, Bí thư`) by the name, the offices beside it."""
    name = next(persons(piece.text), None)
    if piece.office or name is None or name[0] > _NEAR or name[1] == len(piece.text):
        return piece
    behind = piece.start + name[1]
    text = piece.hit.passage.text
    office = behind + len(text[behind : piece.end]) - len(text[behind : piece.end].lstrip(" ,–-")), piece.end
    return replace(piece, end=behind, office=office)


def _names_a_person(piece: Piece) -> bool:
    return next(persons(piece.text), None) is not None


def _is_woman(asked: Asked, piece: Piece) -> bool | None:
    """Whether somebody is a woman, by `Thị`, `Văn` or a form of address in the document; None if nothing says so."""
    start, end = next(persons(piece.text))
    name = piece.text[start:end]
    between = [word.lower() for word in name.split()[1:-1]]
    if "thị" in between:
        return True
    text = asked.retriever.documents[piece.hit.passage.document_id].text
    for found in re.finditer(re.escape(name), text):
        before = text[max(found.start() - _NEAR, 0) : found.start()]
        if _WOMAN_BEFORE.search(before):
            return True
        if _MAN_BEFORE.search(before):
            return False
    return False if "văn" in between else None
