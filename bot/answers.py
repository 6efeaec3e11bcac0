"""What the assistant answers with, whatever the channel."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Document, Passage
from corpus.recognised_words import uncertain_words


class Status(StrEnum):
    """What kind of answer this is; the values are part of the contract of the command line."""

    ANSWERED = "answered"
    RELATED = "related"
    NOT_FOUND = "not_found"
    INVALID = "invalid"


class AnswerKind(StrEnum):
    """The form of an answer, as the question asks for it; the values are part of the contract of the command line."""

    SPAN = "span"
    LIST = "list"
    YES_NO = "yes_no"
    SENTENCE = "sentence"
    OFFICE = "office"
    COMPOUND = "compound"
    OVERVIEW = "overview"
    DOCUMENTS = "documents"


class Verdict(StrEnum):
    """What a yes-or-no question is answered with; the values are part of the contract of the command line."""

    YES = "yes"
    NO = "no"


class Language(StrEnum):
    """The language a question was asked in; what is said around the documents' own words is said in it too."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage offered as evidence.

    Attributes:
        quote: the sentence that answers, or the clauses of it around the answer; an exact substring of
            `passage.text`, at most 300 characters.
        link: address a person can open (see the contract), None where there is none; never made up.
        score: the retriever's fused score of the passage, 0 to 1.
        rank: 1 for the best.
        further_quotes: more of the same passage, behind `quote` in reading order, where the answer is spread over it.
        place: the numbered part of the document that the quote stands in, as officials cite it (`Khoản 2 Điều 7`), ""
            where the document is not divided so.
    """

    document: Document
    passage: Passage
    quote: str
    link: str | None
    score: float
    rank: int
    further_quotes: tuple[str, ...] = ()
    place: str = ""

    @property
    def quotes(self) -> tuple[str, ...]:
        """All that is quoted of the passage, in reading order; 600 characters together at most."""
        return (self.quote, *self.further_quotes)

    @property
    def uncertain(self) -> tuple[str, ...]:
        """Words of the quotes that were recognised on a picture without certainty."""
        found: dict[str, None] = {}
        for quote in self.quotes:
            start = self.passage.start + max(self.passage.text.find(quote), 0)
            found |= dict.fromkeys(uncertain_words(self.document, start, start + len(quote)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class AnswerText:
    """Words that answer: the only ones, or one item of several.

    Attributes:
        text: an exact substring of the passage of the citation with rank `citation`.
        citation: rank of the citation it stands in.
        part: of a question that asks several things, which of them it answers (0-based); else None.
        office: what stands beside a person's name there, an exact substring too; None where nothing does.
    """

    text: str
    citation: int
    part: int | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    Attributes:
        text: the words that answer, an exact substring of the first citation's quotes: the only one of `answers`, or
            its items as one stretch where they stand so, else the first; None where none were seen.
        confidence: calibrated probability that the first citation holds the answer, 0 to 1.
        notes: sentences in the language of the question: what was expanded, what no document mentions, why a question
            is invalid.
        generation: id of the index generation that answered.
        elapsed_ms: wall time from question to answer, milliseconds.
        kind: the form of the answer.
        answers: everything that answers, in the order to be read; empty for an overview and for documents.
        verdict: of a yes-or-no question that is answered; else None.
        parts: of a question that asks several things, each of them as it was understood; else empty.
        goes_on: whether a list may have more items than are shown ("…", "v.v.", cut off where its passage ends).
        language: what the question was asked in.
        follows: the earlier question it was understood as going on from; "" where it was understood alone.
        topic: of such a question, what the next one may live on; "" where that is the question itself.
    """

    question: str
    status: Status
    text: str | None
    citations: tuple[Citation, ...]
    confidence: float
    notes: tuple[str, ...]
    generation: str
    elapsed_ms: float
    kind: AnswerKind = AnswerKind.SPAN
    answers: tuple[AnswerText, ...] = ()
    verdict: Verdict | None = None
    parts: tuple[str, ...] = ()
    goes_on: bool = False
    language: Language = Language.VIETNAMESE
    follows: str = ""
    topic: str = ""


def page_of(passage: Passage) -> str:
    """Where in its file a passage begins (`trang 3`), "" for files without pages."""
    return f"trang {passage.page}" if passage.page is not None else ""


def place_of(citation: Citation) -> str:
    """Where a quote stands in its document (`Khoản 2 Điều 7, trang 3`), "" where neither is known."""
    return ", ".join(part for part in (citation.place, page_of(citation.passage)) if part)


def where_is(passage: Passage) -> str:
    """Where a whole passage stands in its document (`Chương III › Điều 7, trang 3`), "" where nothing is known."""
    return ", ".join(part for part in (" › ".join(passage.path), page_of(passage)) if part)
