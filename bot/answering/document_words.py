"""The words of whole documents, for what a question says that stands beside a passage and not in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.vietnamese import fold
from embeddings.extraction.body_names import body_words
from embeddings.index.office_records import OfficeRecord
from embeddings.remembered import remembered
from embeddings.retriever import Retriever
from embeddings.syllables import token_spans

_EDGE = 300
"""Characters at the beginning of a document in which its letterhead stands."""
_LONGEST_LINE = 100
"""Characters of a line of a signature; in a longer one a document still speaks of others."""
_MOST_LINES = 12
_LAST = 3000
"""Characters at the end of a document in which its signature stands."""
_SENT_TO = re.compile(r"^\s*(?:nơi nhận|kính gửi|[-–+•*]|lưu\b)|;\s*$", re.IGNORECASE)
_REMEMBERED = 32
"""Documents; a long one takes a tenth of a second to be read through."""
_LONGEST = 200_000
"""Characters of a document whose words are kept for the next question."""


@dataclass(frozen=True, slots=True)
class Around:
    """One document's words in the form that offices are compared in; see `extraction.office_matching.Context`.

    Attributes:
        words: all of them, a blank on each side.
        names: likewise, with `^` in front of those that begin with a capital and of numbers.
        head: what tells who issued it, the title, the publisher, the first lines and the last; None for that itself.
    """

    words: str
    names: str
    head: "Around | None" = None

    def letterhead(self) -> "Around":
        """Only what tells who issued the document."""
        return self.head or self

    def has(self, words: Sequence[str]) -> bool:
        """Whether the folded words stand next to each other."""
        return f" {' '.join(words)} " in self.words

    def has_name(self, words: Sequence[str]) -> bool:
        """Whether they stand next to each other as a name, the first with a capital (`nâng cao vận động` has none)."""
        behind = " \\^?".join(map(re.escape, words))
        return re.search(rf" \^{behind} ", self.names) is not None


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
    ends = f"{named} . {_opening(text)} . {_signature(text)}"
    return _words_of(f"{named} . {text}", _words_of(ends))


def _opening(text: str) -> str:
    """The short lines that a document begins with and the first long one, without those that say who gets it."""
    lines = [line for line in text[:_EDGE].splitlines() if not _SENT_TO.search(line)]
    long = next((place for place, line in enumerate(lines) if len(line) > _LONGEST_LINE), len(lines))
    return " . ".join(lines[: long + 1])


def _signature(text: str) -> str:
    """The short lines that a document ends with, without those that say who gets it; of a single line its end."""
    lines = [line for line in text[-_LAST:].splitlines() if line.strip() and not _SENT_TO.search(line)]
    short = list(takewhile(lambda line: len(line) <= _LONGEST_LINE, reversed(lines)))
    return " . ".join(short[:_MOST_LINES]) if "\n" in text.strip() else text[-_LONGEST_LINE:]


def _words_of(text: str, head: Around | None = None) -> Around:
    words = [text[start:end] for start, end in token_spans(text)]
    names = (f"^{fold(word)}" if word[0].isupper() or word[0].isdigit() else fold(word) for word in words)
    return Around(f" {' '.join(body_words(words))} ", f" {' '.join(names)} ", head)
