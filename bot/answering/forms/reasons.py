"""Why and what for: the clause that gives a reason or purpose of what is asked; words that give none are no answer."""

from dataclasses import dataclass, replace

from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.sentences import answer_sentence
from bot.answering.quoting import covered
from bot.answers import AnswerKind, Status
from embeddings.extraction.reasons import Given, purposes, reasons
from embeddings.hits import Hit

_LOOKED_AT = 3
_OUT_OF_REACH = 0.15
"""Lead of the first hit from which another one's reasons are not looked at."""
_FIRST = 0.02
"""Lead of the first hit up to which another one is as good."""
_SAID, _SAID_CLEARLY = 0.5, 0.75
"""Share of the question's words that the sentence tells beside its reason; the latter with the title and the sentence
before, from which no reader need have found it."""
_SAID_NEAR = 0.4
"""The same with the title and the sentence before, where a reader found the answer in the reason."""
_READ = 0.5
"""How much it counts, against a share of the question's words, that a reader found the answer there."""
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    given: Given
    value: float
    sure: bool


def answer_reason(asked: Asked) -> Draft:
    """The clause that gives the reason or purpose of what is asked, else the passages without marked words."""
    found = max(_candidates(asked), key=lambda one: one.value, default=None)
    if found is None:
        draft = answer_sentence(asked)
        if any(_stands_in(piece, given) for piece in draft.pieces for given in _given(asked, piece.hit)):
            return draft
        return replace(draft, status=asked.status if asked.status is Status.NOT_FOUND else Status.RELATED, pieces=())
    around = {found.hit.passage.id: found.given.told}
    rest = (found.hit, *(hit for hit in asked.search.hits if hit.passage.id != found.hit.passage.id))
    piece = Piece(found.hit, *found.given.clause)
    confidence = max(asked.confidence, _SURE) if found.sure else asked.confidence
    status = Status.ANSWERED if found.sure else asked.status
    return Draft(AnswerKind.SENTENCE, status, confidence, (piece,), rest, around=around, certain=found.sure)


def _candidates(asked: Asked) -> list[_Candidate]:
    worth, found = asked.search.understanding.worth, []
    first = asked.search.hits[0].score
    for hit in asked.search.hits[:_LOOKED_AT]:
        if first - hit.score > _OUT_OF_REACH:
            break
        text = hit.passage.text
        title = asked.retriever.documents[hit.passage.document_id].title
        for given in _given(asked, hit):
            told = " ".join(text[start:end] for start, end in given.told)
            near = covered(worth, f"{told}\n{text[slice(*given.before)]}\n{title}")
            said, read, lead = covered(worth, told), _is_read(hit, given), first - hit.score
            if said >= _SAID or (near >= _SAID_NEAR and read):
                clear = (said >= _SAID and (read or near >= _SAID_CLEARLY)) or (read and lead <= _FIRST)
                sure = clear and not asked.search.understanding.missing
                found.append(_Candidate(hit, given, said + near + _READ * read - lead, sure))
    return found


def _given(asked: Asked, hit: Hit) -> tuple[Given, ...]:
    return (purposes if asked.form.aspect == "purpose" else reasons)(hit.passage.text)


def _stands_in(piece: Piece, given: Given) -> bool:
    return piece.start < given.clause[1] and given.clause[0] < piece.end


def _is_read(hit: Hit, given: Given) -> bool:
    """Whether a reader's best words stand in the clause."""
    best = hit.reading.spans[0] if hit.reading and hit.reading.spans else None
    return best is not None and best.start < given.clause[1] and given.clause[0] < best.end
