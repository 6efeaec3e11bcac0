"""What a question names, looked up: a part of a document, a fact of it, a cell of a table, or the document itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.models import Document, Passage
from corpus.official.document_numbers import find_numbers
from corpus.official.standing import documents_with_number
from embeddings.cell_lookup import CellFinder, FoundCell
from embeddings.fact_lookup import FoundFact, find_fact
from embeddings.fusion import Scores
from embeddings.in_force import Validity
from embeddings.index.narrowing import Narrowing
from embeddings.index.structure import Structure
from embeddings.part_lookup import FoundPart, MissingPart, PartFinder
from embeddings.part_passages import PartPassage, passage_of_cell, passage_of_words, passages_of_part
from embeddings.question.followup import content_words
from embeddings.question.question import Understanding

_CONTENT_WORDS = 2
"""Words a question must have beside a document's number to be searched for within that document."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was found.

    Attributes:
        part: the part that is asked for, or that its document does not have.
        fact: what is asked of a document.
        cell: the cell of a table that is asked for by row and column.
        shown: passages, by their numbers, in which that stands, in the order to be shown.
        within: numbers of the passages of the one document that the question names; empty where it names none.
        restored, typed: the question as understood, without that document's number.
        document_id: of the document in which all that stands, "" where nothing was found.
    """

    part: FoundPart | MissingPart | None = None
    fact: FoundFact | None = None
    cell: FoundCell | None = None
    shown: Mapping[int, PartPassage] = field(default_factory=dict)
    within: frozenset[int] = frozenset()
    restored: str = ""
    typed: str = ""
    document_id: str = ""

    @property
    def exact(self) -> bool:
        """Whether what was looked up is all that is asked for; else it only says where to search."""
        return bool(self.fact or self.cell) or (isinstance(self.part, FoundPart) and self.part.for_content)

    def first(self, scores: Scores, numbers: Sequence[int]) -> Scores:
        """Scores, 0 to 1, of the passages with these numbers, those first that were looked up.

        In reading order where they are all that is asked for, else the likeliest first.
        """
        places = {number: place for place, number in enumerate(self.shown or self.within)}
        if not places:
            return scores
        halved = np.asarray(np.clip(scores, 0, 1) / 2, dtype=np.float32)
        for i, number in enumerate(numbers):
            if number in places:
                halved[i] = 1 - places[number] / (2 * len(places) + 1) if self.exact else halved[i] + 0.5
        return halved

    def pieces(self, number: int) -> tuple[tuple[int, int], ...]:
        """Where in a passage that stands which was asked for, if that is all that is asked for."""
        return self.shown[number].spans if self.exact and number in self.shown else ()

    def quote(self, number: int) -> tuple[int, int] | None:
        """The sentence that says a fact."""
        return self.shown[number].quote if number in self.shown else None

    def sentences(self, number: int, sentences: Sequence[tuple[int, int, float]]) -> tuple[tuple[int, int, float], ...]:
        """The sentences of a passage that stand in the part that is asked for; all where none of them does."""
        spans = self.shown[number].spans if number in self.shown else ()
        inside = [each for each in sentences if any(each[0] < end and each[1] > start for start, end in spans)]
        return tuple(inside or sentences)


class Lookups:
    """Looks up in one generation.

    Args:
        documents: by id.
        structure: their parts.
        validity: which of them hold.
        number_of: the number of a passage in the index.
        passages_of: of one document.
        rarity: of a folded word among the passages, higher for rarer ones.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - a generation
        self,
        documents: Mapping[str, Document],
        structure: Structure,
        validity: Validity,
        number_of: Callable[[Passage], int],
        passages_of: Callable[[str], Sequence[Passage]],
        rarity: Callable[[str], float],
    ) -> None:
        self._documents = documents
        self._structure = structure
        self._validity = validity
        self._passages_of = passages_of
        self._parts = PartFinder(documents, structure, rarity)
        self._cells = CellFinder(documents, rarity)
        self._number_of = number_of

    def find(self, understanding: Understanding, narrowing: Narrowing | None = None) -> LookedUp:
        """What a question names by number; nothing where it names nothing that is known, or what is narrowed away."""
        found = self._find(understanding)
        left_out = narrowing and found.document_id and not narrowing.fits(self._documents[found.document_id])
        return LookedUp() if left_out else found

    def asks_for_other_cell(self, understanding: Understanding, passage: Passage, words: tuple[int, int]) -> bool:
        """Whether words of a passage stand in another cell of a row than the one whose column the question asks for."""
        place = passage.start + words[0], passage.start + words[1]
        return self._cells.asks_for_other_cell(without_numbers(understanding.restored), passage.document_id, place)

    def _find(self, understanding: Understanding) -> LookedUp:
        part = self._parts.find(understanding.restored, understanding.inherited)
        if isinstance(part, FoundPart):
            units = self._structure.units[part.document_id]
            shown = passages_of_part(part.unit, units, self._passages_of(part.document_id))
            numbered = {self._number_of(each.passage): each for each in shown}
            return LookedUp(part, shown=numbered, document_id=part.document_id)
        if part is not None:
            return LookedUp(part, document_id=part.document_id)
        fact = find_fact(understanding.restored, self._documents, self._validity.standings)
        if fact is not None:
            found = passage_of_words(fact.span, self._passages_of(fact.document_id))
            if found is not None:
                shown_fact = {self._number_of(found.passage): found}
                return LookedUp(fact=fact, shown=shown_fact, document_id=fact.document_id)
        cell = self._cells.find(understanding.restored, understanding.inherited)
        if cell is not None:
            found = passage_of_cell(cell.row, cell.cell, self._passages_of(cell.document_id))
            if found is not None:
                shown_cell = {self._number_of(found.passage): found}
                return LookedUp(cell=cell, shown=shown_cell, document_id=cell.document_id)
        return self._named(understanding)

    def _named(self, understanding: Understanding) -> LookedUp:
        """The one document that a question names by number and asks something of."""
        numbers = find_numbers(understanding.restored)
        if len(numbers) != 1:
            return LookedUp()
        named = documents_with_number(numbers[0], self._documents.values())
        restored, typed = without_numbers(understanding.restored), without_numbers(understanding.typed)
        if len(named) != 1 or len(content_words(restored)) < _CONTENT_WORDS:
            return LookedUp()
        within = frozenset(self._number_of(passage) for passage in self._passages_of(named[0]))
        return LookedUp(within=within, restored=restored, typed=typed, document_id=named[0])


def without_numbers(question: str) -> str:
    """A question without the documents' numbers in it, and without the words that only lead to them."""
    for number in find_numbers(question):
        question = question.replace(number.written, " ")
    return re.sub(r"^(?:theo|trong|tại|ở|theo quy định của)\s+", "", " ".join(question.split()), flags=re.IGNORECASE)
