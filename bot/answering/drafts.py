"""What a form of answer proposes before it is put together: words in passages, their order, a status and how sure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.answering.quoting import Quoter
from bot.answers import AnswerKind, Language, Status, Verdict
from corpus.models import Passage
from embeddings.hits import Hit, Search
from embeddings.question.question import Question
from embeddings.question.question_form import QuestionForm
from embeddings.retriever import Retriever

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that answer, and the passage they stand in.

    Attributes:
        part: of a question that asks several things, which of them they answer.
        office: where the office stands that is told beside a person's name.
    """

    hit: Hit
    start: int
    end: int
    part: int | None = None
    office: Span | None = None

    @property
    def text(self) -> str:
        """The words."""
        return self.hit.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed answer.

    Attributes:
        confidence: how probable it is that it is right, 0 to 1.
        pieces: the words that answer, in the order to be read.
        hits: passages to be cited, best first; those of the pieces go before them.
        around: further words that a quote should hold (what somebody does, what a list is of), as spans by passage id.
        notes: sentences for the person who asked, before all others.
        certain: whether the words themselves say that they answer, so that nothing else need be judged.
    """

    kind: AnswerKind
    status: Status
    confidence: float
    pieces: tuple[Piece, ...] = ()
    hits: tuple[Hit, ...] = ()
    verdict: Verdict | None = None
    notes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    goes_on: bool = False
    around: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    certain: bool = False


def withheld(draft: Draft) -> Draft:
    """A draft with its passages alone: what it says is not shown as an answer."""
    status = Status.RELATED if draft.status is Status.ANSWERED else draft.status
    return replace(draft, status=status, pieces=(), goes_on=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was searched for, as the forms of answers see it.

    Attributes:
        quoter: finds quotes and answering words for it.
        form: what it asks for.
        confidence: probability that the first hit answers, whatever the form.
        status: that this probability stands for.
        retriever: of the generation that answers.
        ask: searches for another question; see `Answerer.ask`.
        ask_in: searches for another question in the one document of an id.
        language: it was asked in.
    """

    question: Question
    search: Search
    quoter: Quoter
    form: QuestionForm
    confidence: float
    status: Status
    retriever: Retriever
    ask: Callable[[Question], "Asked"]
    ask_in: Callable[[Question, str], "Asked"]
    language: Language = Language.VIETNAMESE

    def hit_of(self, passage: Passage) -> Hit:
        """The hit of a passage; one that was not among them comes behind the last."""
        for hit in self.search.hits:
            if hit.passage.id == passage.id:
                return hit
        last = self.search.hits[-1]
        return self.retriever.hit_of(passage, score=last.score, rank=last.rank + 1)
