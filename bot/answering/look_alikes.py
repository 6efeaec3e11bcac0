"""Look-alike sources: the same text republished is one source to a person, not three.

A matter of display: rankings and the JSON of the command line keep every passage.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import Answer, Citation
from corpus.similarity import jaccard
from corpus.vietnamese import fold
from embeddings.syllables import tokens

_RUN = 3
_ALIKE_FROM = 0.8


def fold_look_alikes(answer: Answer) -> Answer:
    """Keep the best of citations that say the same in the same words, and name the others' documents in a note."""
    kept: list[Citation] = []
    also: list[str] = []
    for citation in answer.citations:
        twin = next((other for other in kept if is_look_alike(citation, other)), None)
        if twin is None:
            kept.append(citation)
        elif citation.document.title not in (*also, twin.document.title):
            also.append(citation.document.title)
    if len(kept) == len(answer.citations):
        return answer
    told = (f"Nội dung này cũng có trong: {'; '.join(f'“{title}”' for title in also)}.",) if also else ()
    return replace(answer, citations=tuple(kept), notes=(*answer.notes, *told))


def is_look_alike(one: Citation, other: Citation) -> bool:
    """Whether two passages of different documents share most of their runs of three words (Jaccard index)."""
    if one.document.id == other.document.id:
        return False
    return jaccard(_runs(one.passage.text), _runs(other.passage.text)) >= _ALIKE_FROM


def _runs(text: str) -> set[tuple[str, ...]]:
    words: Sequence[str] = [fold(word) for word in tokens(text)]
    return {tuple(words[i : i + _RUN]) for i in range(max(len(words) - _RUN + 1, 1))}
