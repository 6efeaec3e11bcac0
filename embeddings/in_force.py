"""Of documents that took each other's place, the one that holds at the time asked about comes first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.models import Document
from corpus.official.document_numbers import find_numbers
from corpus.official.standing import Standing, Status, documents_with_number, standings
from embeddings.hits import Hit, Search
from embeddings.question.asked_time import AskedTime, asked_time
from embeddings.question.question import Understanding

_AS_GOOD = 0.6
"""Share of the best score of a document that holds no more, from which on its successor is taken for as good."""
_NOW = frozenset(("moi", "nhat", "hien", "nay", "hanh", "tai"))
"""Folded words that ask for what holds now."""
_BELOW = 0.75
"""What the best passage of a document that holds no more keeps of its successor's score: they compete no longer."""


@dataclass(frozen=True, slots=True)
class Validity:
    """The standing of a generation's documents.

    Attributes:
        standings: by document id; documents that are no official ones are not in it.
        today: which day it is.
    """

    documents: Mapping[str, Document]
    standings: Mapping[str, Standing]
    today: Callable[[], date] = date.today

    @classmethod
    def of(cls, documents: Mapping[str, Document], today: Callable[[], date] = date.today) -> "Validity":
        """Read it off the documents."""
        return cls(documents, standings(documents.values()), today)

    def status(self, document_id: str) -> Status | None:
        """Whether a document holds today; None for one that is no official one."""
        standing = self.standings.get(document_id)
        return standing.on(self.today().isoformat()) if standing else None

    def in_one_line(self, one: str, other: str) -> bool:
        """Whether one of two documents came in the place of the other."""
        return other in self._line(one)

    def in_order(self, search: Search) -> Search:
        """The same hits; those of a document that does not hold then stand below those of the one that does.

        A document that the question names by its number stays where it is.
        """
        hits = search.hits
        involved = {hit.passage.document_id for hit in hits if self._has_relatives(hit.passage.document_id)}
        if len(involved) < 2:  # noqa: PLR2004 - there is nothing to choose
            return search
        question = search.understanding.restored
        time = asked_time(question, self.today())
        named = {
            identity
            for number in find_numbers(question)
            for identity in documents_with_number(number, self.documents.values())
        }
        best = {identity: _best(hits, identity) for identity in involved}
        scores = {hit.passage.id: hit.score for hit in hits}
        for identity in involved - named:
            if self._holds(identity, time):
                continue
            rivals = [best[other] for other in self._line(identity) & involved if self._holds(other, time)]
            ahead = max(rivals, default=0.0)
            if ahead >= _AS_GOOD * best[identity] and best[identity] > 0:
                share = min(1.0, _BELOW * ahead / best[identity])
                for hit in hits:
                    if hit.passage.document_id == identity:
                        scores[hit.passage.id] = hit.score * share
        understanding = search.understanding
        if any(scores[hit.passage.id] != hit.score for hit in hits):
            understanding = _without_time(understanding, time)
        ordered = sorted(hits, key=lambda hit: -scores[hit.passage.id])
        ranked = (_placed(hit, scores[hit.passage.id], rank) for rank, hit in enumerate(ordered, start=1))
        return replace(search, hits=tuple(ranked), understanding=understanding)

    def _has_relatives(self, identity: str) -> bool:
        standing = self.standings.get(identity)
        return standing is not None and bool(standing.by or standing.replaces)

    def _line(self, identity: str) -> set[str]:
        """All documents that came before or after one in the same place."""
        line: set[str] = set()
        waiting = [identity]
        while waiting:
            current = waiting.pop()
            standing = self.standings.get(current)
            if current not in line and standing is not None:
                line.add(current)
                waiting += [*standing.by, *standing.replaces]
        return line - {identity}

    def _holds(self, identity: str, time: AskedTime) -> bool:
        """Whether a document holds on some day of the time asked about; of `trước đây`, whether it no longer does."""
        standing = self.standings[identity]
        if time.before:
            return standing.on(time.last) in (Status.REPLACED, Status.REPEALED, Status.EXPIRED)
        begun = standing.effective is None or standing.effective <= time.last
        over = standing.over is not None and (standing.ended is None or standing.ended <= time.first)
        return begun and not over


def _placed(hit: Hit, score: float, rank: int) -> Hit:
    """A hit in its place; what was read in one that has been put back is no rival's answer any more."""
    return replace(hit, score=score, rank=rank, reading=hit.reading if score == hit.score else None)


def _without_time(understanding: Understanding, time: AskedTime) -> Understanding:
    """The question without `mới`, `hiện nay` or its year, once these have decided between documents."""
    years = {time.first[:4]} if time.said else set()
    return replace(
        understanding,
        worth={word: value for word, value in understanding.worth.items() if word not in _NOW | years},
        named=tuple(name for name in understanding.named if name.text.split()[-1] not in years),
        missing=tuple(name for name in understanding.missing if name.split()[-1] not in years),
    )


def _best(hits: Sequence[Hit], identity: str) -> float:
    return max((hit.score for hit in hits if hit.passage.document_id == identity), default=0.0)
