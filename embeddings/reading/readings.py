"""What a reader is asked and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a passage that may be the answer.

    Attributes:
        start, end: where they stand in the passage (characters, end excluded).
        margin: how much better they fit than "no answer here", in the network's units (logits); above 0 means that
            the reader believes them.
    """

    start: int
    end: int
    margin: float


class TaggedToken(NamedTuple):
    """A token of a passage as a part of the answer, or of one of several.

    Attributes:
        start, end: where it stands in the passage (characters, end excluded).
        begins: whether an answer or an item begins with it (a logit).
        inside: whether it belongs to one (a logit).
    """

    start: int
    end: int
    begins: float
    inside: float


class ClaimLogits(NamedTuple):
    """What a reader takes a passage to say of a question for yes or no (logits, of no meaning by themselves).

    Attributes:
        undecided: that it says neither.
        yes, no: that it affirms or denies.
    """

    undecided: float
    yes: float
    no: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one passage.

    Attributes:
        spans: candidates, best first, none overlapping a better one; empty only for an empty passage.
        answers: the reader's judgement whether the passage answers the question at all (a logit); 0 where it has none.
        tags: of every token in order, where the reader judges tokens one by one; else empty.
        claim: what the passage says of the question if that claims something; None where the reader does not judge it.
    """

    spans: tuple[Span, ...]
    answers: float = 0.0
    tags: tuple[TaggedToken, ...] = ()
    claim: ClaimLogits | None = None

    @property
    def margin(self) -> float:
        """Of the best span; very low if there is none."""
        return self.spans[0].margin if self.spans else -99.0


class SpanReader(Protocol):
    """Finds the words that answer a question in given passages."""

    name: str
    highest_margin: float
    """Passages that would need a higher margin than this to come first are not read."""

    def sees(self, question: str) -> bool:
        """Whether it reads all of a question, and not its beginning only."""
        ...

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """Read passages, given as (heading, text), for one question; one reading a passage, in their order."""
        ...
