"""What a person asked, and what it was understood as."""

from dataclasses import dataclass, field

from embeddings.question.names import Named
from embeddings.question.subject_words import NO_WORDS, SubjectWords

LONGEST_QUESTION = 4096
"""Characters, what Telegram lets a person send in one message; of a longer question before it no more is read."""
LONGEST_ANSWERED = 900
"""Characters of what is asked, courtesies and what else a letter says left out, to which words in a passage are an
answer; for more, a text that somebody pasted, there are the passages nearest to it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked.

    Attributes:
        text: the question as typed, any Unicode form.
        previous: the question asked before it in the same conversation, None if there was none.
    """

    text: str
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question was turned into before searching; shown by `danvan ask --explain`.

    Attributes:
        normalised: what was typed, in NFC, white space collapsed.
        asked: the question in it, without courtesies and, of a letter, without the sentences that do not ask.
        is_part: whether whole sentences were left out.
        restored: the question with tone marks and capitals restored; what the dense channel reads.
        typed: the question with slips mended and abbreviations written out, but only the marks that were typed; what
            the lexical channel reads.
        expanded: abbreviation -> the words it was read as.
        inherited: what is taken over from the previous question, "" where there was none or the question stands alone.
        previous: the whole of that question as understood, as a person may be told.
        dependence: probability that the question needs the previous one, 0 to 1; its share in the ranking; 0 where
            it stands alone.
        worth: folded word of the question (and, less, of the one before it) -> its rarity among the passages.
        subject: the words of the question that are not there to ask.
        resolved: relative dates -> what they were read as ("năm ngoái" -> "2025").
        named: names, numbers, years and codes of the question.
        missing: names, numbers, years and codes of the question that no passage holds.
        english: whether the question was asked in English; `restored` and `typed` are in Vietnamese all the same.
        notes: sentences in Vietnamese for the person who asked.
        merged_on: ISO date from which on a document must be to speak of a place that the question calls by a name of
            before; "" where it does not.
    """

    normalised: str
    restored: str
    typed: str
    asked: str = ""
    is_part: bool = False
    expanded: dict[str, str] = field(default_factory=dict)
    inherited: str = ""
    previous: str = ""
    dependence: float = 0.0
    worth: dict[str, float] = field(default_factory=dict)
    subject: SubjectWords = NO_WORDS
    resolved: dict[str, str] = field(default_factory=dict)
    named: tuple[Named, ...] = ()
    missing: tuple[str, ...] = ()
    english: bool = False
    notes: tuple[str, ...] = ()
    merged_on: str = ""

    @property
    def in_full(self) -> str:
        """The question behind the one before it, if there was one."""
        return f"{self.inherited.rstrip('?. ')}. {self.restored}" if self.inherited else self.restored
