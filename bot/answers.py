"""What the assistant answers with, whatever the channel."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Document, Passage


class Status(StrEnum):
    """What kind of answer this is; the values are part of the contract of the command line."""

    ANSWERED = "answered"
    RELATED = "related"
    NOT_FOUND = "not_found"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage offered as evidence.

    Attributes:
        quote: the sentence that answers, or the clauses of it around the answer; an exact substring of
            `passage.text`, at most 300 characters.
        link: address a person can open (see the contract), None where there is none; never made up.
        score: the retriever's fused score of the passage, 0 to 1.
        rank: 1 for the best.
    """

    document: Document
    passage: Passage
    quote: str
    link: str | None
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    Attributes:
        text: the words that answer, an exact substring of the first citation's quote; None where none were seen.
        confidence: calibrated probability that the first citation holds the answer, 0 to 1.
        notes: sentences in Vietnamese: what was expanded, what no document mentions, why a question is invalid.
        generation: id of the index generation that answered.
        elapsed_ms: wall time from question to answer, milliseconds.
    """

    question: str
    status: Status
    text: str | None
    citations: tuple[Citation, ...]
    confidence: float
    notes: tuple[str, ...]
    generation: str
    elapsed_ms: float


def page_of(passage: Passage) -> str:
    """Where in its file a passage begins (`trang 3`), "" for files without pages."""
    return f"trang {passage.page}" if passage.page is not None else ""
