"""What comes out of the retriever."""

from dataclasses import dataclass

from corpus.models import Passage
from embeddings.cell_lookup import FoundCell
from embeddings.fact_lookup import FoundFact
from embeddings.part_lookup import FoundPart, MissingPart
from embeddings.question.answer_type import Expectation
from embeddings.question.question import Question, Understanding
from embeddings.reading.readings import Reading


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found for a question.

    Attributes:
        score: fused score the ranking was made by, 0 to 1, higher is better.
        rank: 1 for the best.
        dense: cosine of question and passage (−1 to 1).
        lexical: BM25 score of the passage, 0 or more, not bounded.
        coverage: share of the question's words the passage has, rare ones counting more, 0 to 1.
        sentences: start and end of each sentence in the passage, and its cosine with the question.
        reading: what a reader found in the passage, None where none has read it.
        looked_up: where in the passage the pieces of that stand which was asked for by its number; empty where nothing
            was.
        quote: where in the passage the sentence stands that says what was looked up; None where the pieces are all.
    """

    passage: Passage
    score: float
    rank: int
    dense: float
    lexical: float
    coverage: float
    sentences: tuple[tuple[int, int, float], ...]
    reading: Reading | None = None
    looked_up: tuple[tuple[int, int], ...] = ()
    quote: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Everything a search found out: hits, best first, how the question was understood and what it waits for.

    Attributes:
        part: the part of a document that the question asks for by its number, or that its document does not have.
        fact: what the question asks of a document that it names by number.
        cell: the cell of a table that the question asks for by row and column.
        side: 1 if the question asks who need or may not, and a hit says so; -1 if it asks for one side of a rule and
            the first hit only takes the other; else 0.
        away: parts of the index that could not be searched, in words for logs; empty where all of it was.
    """

    question: Question
    understanding: Understanding
    expected: Expectation
    hits: tuple[Hit, ...]
    part: FoundPart | MissingPart | None = None
    fact: FoundFact | None = None
    cell: FoundCell | None = None
    side: int = 0
    away: tuple[str, ...] = ()
