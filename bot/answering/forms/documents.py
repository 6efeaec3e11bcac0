"""Documents on a subject, the newest of them, and an outline of one document in its own words."""

from collections.abc import Iterator, Sequence

from bot.answering.drafts import Asked, Draft
from bot.answers import AnswerKind, Status
from bot.phrases import phrases
from embeddings.hits import Hit
from embeddings.question.question_form import Form

_LOOKED_AT = 30
"""Hits, whatever number is wanted."""
_NEWEST_REACH = 0.6
"""Share of the first document's score from which another one is on the subject too, where the newest is asked for."""
_OF_ONE = 0.55
"""Share of the first hits that stand in one document, from which a question is about that document."""
_FIRST = 5
_LEAST_LEAD = 30
_LEAST_UNSTOPPED = 120
"""Characters; a shorter passage, or one up to the second length that ends without a stop, is a caption or a heading."""


def answer_documents(asked: Asked) -> Draft:
    """The best passage of each document, best first or newest first; no words are marked."""
    if asked.search.understanding.missing or (asked.status is Status.NOT_FOUND and not asked.form.newest):
        return _not_mentioned(asked)
    hits = list(_best_of_each(asked.search.hits))
    notes = (phrases(asked.language).documents,)
    if asked.form.newest:
        first = hits[0].score
        near = [hit for hit in hits if hit.score >= _NEWEST_REACH * first]
        far = [hit for hit in hits if hit.score < _NEWEST_REACH * first]
        documents = asked.retriever.documents
        near.sort(key=lambda hit: documents[hit.passage.document_id].published or "", reverse=True)
        hits, notes = [*near, *far], (phrases(asked.language).newest,)
    return Draft(AnswerKind.DOCUMENTS, Status.RELATED, asked.confidence, hits=tuple(hits), notes=notes)


def answer_overview(asked: Asked) -> Draft:
    """Of one document its opening passages, in reading order; of a subject the best passages of several documents."""
    if asked.search.understanding.missing or (asked.status is Status.NOT_FOUND and not asked.form.outlined):
        return _not_mentioned(asked)
    of_one = _the_document(asked)
    if of_one is None:
        hits = tuple(_best_of_each(asked.search.hits))
        return Draft(
            AnswerKind.OVERVIEW, Status.RELATED, asked.confidence, hits=hits, notes=(phrases(asked.language).documents,)
        )
    opening = tuple(asked.hit_of(passage) for passage in asked.retriever.passages_of(of_one) if _tells(passage.text))
    others = tuple(hit for hit in _best_of_each(asked.search.hits) if hit.passage.document_id != of_one)
    notes = (phrases(asked.language).excerpts,)
    return Draft(AnswerKind.OVERVIEW, Status.RELATED, asked.confidence, hits=(*opening, *others), notes=notes)


def _tells(text: str) -> bool:
    stopped = text.rstrip(" ”\"')").endswith((".", "…", "!", "?", ":", ";"))
    return len(text) >= (_LEAST_LEAD if stopped else _LEAST_UNSTOPPED)


def _not_mentioned(asked: Asked) -> Draft:
    """No document is about what is asked: what others begin with, or have in common with it, says nothing of it."""
    return Draft(AnswerKind.SPAN, Status.NOT_FOUND, asked.confidence, hits=tuple(_best_of_each(asked.search.hits)))


def _the_document(asked: Asked) -> str | None:
    """The document that a question is about, None where it is about a subject."""
    first = asked.search.hits[:_FIRST]
    best = first[0].passage.document_id
    share = sum(hit.passage.document_id == best for hit in first) / len(first)
    bare_subject = asked.form.likelihood[Form.SPAN] > 0 and asked.form.aspect == "" and not asked.form.outlined
    return best if asked.form.outlined or (share >= _OF_ONE and not bare_subject) else None


def _best_of_each(hits: Sequence[Hit]) -> Iterator[Hit]:
    """The first hit of each document among those that are looked at."""
    seen: set[str] = set()
    for hit in hits[:_LOOKED_AT]:
        if hit.passage.document_id not in seen:
            seen.add(hit.passage.document_id)
            yield hit
