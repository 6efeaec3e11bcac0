"""The words of whole documents, for what a question says that stands beside a passage and not in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.extraction.body_names import body_words
from embeddings.index.office_records import OfficeRecord
from embeddings.remembered import remembered
from embeddings.retriever import Retriever
from embeddings.syllables import token_spans

_EDGE = 300
"""Characters at either end of a document in which its letterhead and its signature stand."""
_REMEMBERED = 32
"""Documents; a long one takes a tenth of a second to be read through."""
_LONGEST = 200_000
"""Characters of a document whose words are kept for the next question."""


@dataclass(frozen=True, slots=True)
class Around:
    """One document's words in the form that offices are compared in; see `extraction.office_matching.Context`.

    Attributes:
        words: all of them, a blank on each side.
        head: those of the title, the publisher, the first lines and the last.
    """

    words: str
    head: str

    def letterhead(self) -> "Around":
        """Only what tells who issued the document."""
        return Around(self.head, self.head)

    def has(self, words: Sequence[str]) -> bool:
        """Whether the folded words stand next to each other."""
        return f" {' '.join(words)} " in self.words


class DocumentWords:
    """Words of documents, read when they are first needed; for one question."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._known: dict[str, Around] = {}

    def around(self, record: OfficeRecord) -> Around:
        """The words of the document that a record stands in: its title, its publisher, its text."""
        return self.of_document(record.document)

    def of_document(self, identity: str) -> Around:
        """The words of a document."""
        if identity not in self._known:
            document = self._retriever.documents[identity]
            named = " . ".join(part for part in (document.title, document.publisher) if part)
            self._known[identity] = _around(document.text, named)
        return self._known[identity]


@remembered(_REMEMBERED, longest=_LONGEST)
def _around(text: str, named: str) -> Around:
    """The words of a document of this text and these names; the same documents are asked of again and again."""
    ends = f"{named} . {text[:_EDGE]} . {text[-_EDGE:]}"
    return Around(_compared(f"{named} . {text}"), _compared(ends))


def _compared(text: str) -> str:
    return f" {' '.join(body_words(text[start:end] for start, end in token_spans(text)))} "
