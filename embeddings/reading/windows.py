"""A question and a passage -> the token windows a reader sees, the same in training and in use.

One window is `<s> query: QUESTION </s></s> HEADING </s> TOKENS OF THE PASSAGE </s>`. A passage that is longer than the
room is read in overlapping windows, so that every answer of up to `OVERLAP` tokens stands whole in one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tokenizers import Tokenizer

from corpus.splitting import trim
from embeddings.network.unigram import UnigramTokenizer

LONGEST_WINDOW = 384
"""Tokens, special ones included."""
OVERLAP = 96
LONGEST_QUESTION = 64
LONGEST_HEADING = 48

_REMEMBERED = 256
"""Questions and headings, which stand before one passage after the other."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as tokens without special ones, and where each stands in it (characters, end excluded)."""

    ids: list[int]
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads at once.

    Attributes:
        ids: token ids, special ones included.
        first: place in `ids` of the first token of the passage.
        spans: where each token of the passage stands in the passage.
    """

    ids: list[int]
    first: int
    spans: list[Span]


class Features:
    """Makes windows with the bundled model's tokenizer.

    Args:
        tokenizer: the bundled network's, or the library's of the same vocabulary, which neither cuts nor fills up.
    """

    def __init__(self, tokenizer: Tokenizer | UnigramTokenizer) -> None:
        self._tokenizer = tokenizer
        single = self._tokenizer.encode("").ids
        self._bos, self._eos = single[0], single[-1]
        self._beginning = lru_cache(maxsize=_REMEMBERED)(self._first_tokens)

    def tokens(self, text: str) -> Tokens:
        """Tokens of a text; blanks around a token do not count as part of it."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return Tokens(encoding.ids, [trim(text, *span) for span in encoding.offsets])

    def holds(self, question: str) -> bool:
        """Whether a question stands whole in front of a passage."""
        return len(self._asked(question)) <= LONGEST_QUESTION

    def prefix(self, question: str, heading: str) -> list[int]:
        """Everything that stands before the passage."""
        asked = self._asked(question)[:LONGEST_QUESTION]
        above = self._beginning(heading, LONGEST_HEADING) if heading else ()
        return [self._bos, *asked, self._eos, self._eos, *above, self._eos]

    def _asked(self, question: str) -> tuple[int, ...]:
        """The tokens that a window has room for, and one more if there is one."""
        return self._beginning(f"query: {question}", LONGEST_QUESTION + 1)

    def _first_tokens(self, text: str, most: int) -> tuple[int, ...]:
        return tuple(self.tokens(text).ids[:most])

    def window(self, prefix: list[int], passage: Tokens, start: int, end: int) -> Window:
        """The window over the passage's tokens `start` to `end`."""
        return Window([*prefix, *passage.ids[start:end], self._eos], len(prefix), passage.spans[start:end])

    def windows(self, question: str, heading: str, passage: str, longest: int = LONGEST_WINDOW) -> list[Window]:
        """All windows over a passage, at least one."""
        prefix = self.prefix(question, heading)
        tokens = self.tokens(passage)
        room = longest - len(prefix) - 1
        return [self.window(prefix, tokens, start, start + room) for start in starts(len(tokens.ids), room)]


def starts(length: int, room: int) -> Sequence[int]:
    """First tokens of the windows over a passage of so many tokens."""
    if length <= room:
        return (0,)
    step = max(room - OVERLAP, 1)
    return (*range(0, length - room, step), length - room)
