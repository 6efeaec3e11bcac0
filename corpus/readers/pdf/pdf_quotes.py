"""Where on a PDF's page a quote is printed: the words of the page matched with the words of the quote."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.readers.pdf.pdf_lines import Printed
from corpus.readers.pdf.pdf_pages import ReadPage
from corpus.readers.pdf.places import Box

_SURE = 3  # words in a row that are hardly there by chance
_LEAST = 0.5  # share of the quote's words; what has fewer is another text
_SAME_LINE = 0.5  # of the letters' size
_MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Match:
    """Words of one printed line that are words of the quote, in the same order.

    Attributes:
        line: number of the line on the page.
        start, size: of the words in the line.
        quoted: where they begin in the quote.
        length: of the line, in words.
    """

    line: int
    start: int
    size: int
    quoted: int
    length: int

    @property
    def is_sure(self) -> bool:
        """Whether they are found by themselves, without what stands before or after."""
        return self.size >= _SURE


def quoted_boxes(page: ReadPage, quote: str) -> list[Box]:
    """Boxes around the printed words of a quote, one a line, in the order of the quote.

    Lines of another column may stand between its own: looked for is the chain of line by line matches that holds most
    words, each farther on in the quote than the one before.

    Args:
        page: as it was read.
        quote: words of the document on this page; marks count, case, white space and punctuation do not.

    Returns:
        Boxes on the page as it is read; empty if the quote is not on it.
    """
    wanted = [folded for word in quote.split()[:_MOST_WORDS] if (folded := _folded(word))]
    lines = [
        [
            _Word(folded, word.left, word.right)
            for word in line.words
            if (folded := _folded(line.text[word.start : word.end]))
        ]
        for line in page.lines
    ]
    chain = _best_chain(_matches(lines, wanted), page.lines)
    if sum(match.size for match in chain) < _LEAST * len(wanted):
        return []
    boxes = []
    for match in chain:
        words = lines[match.line][match.start : match.start + match.size]
        line = page.lines[match.line]
        boxes.append(Box(words[0].left, line.bottom, words[-1].right, line.top))
    return boxes


def _folded(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", word).casefold() if letter.isalnum())


def _matches(lines: Sequence[Sequence[_Word]], wanted: Sequence[str]) -> list[_Match]:
    """Matches of all lines, in the order of the quote."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)  # what is compared with everything is remembered
    found = []
    for number, words in enumerate(lines):
        matcher.set_seq1([word.folded for word in words])
        found += [
            _Match(number, start, size, quoted, len(words))
            for start, quoted, size in matcher.get_matching_blocks()
            if size >= _SURE or (size and (start == 0 or start + size == len(words)))
        ]
    return sorted(found, key=lambda match: (match.quoted, match.line))


def _best_chain(matches: Sequence[_Match], printed: Sequence[Printed]) -> list[_Match]:
    best: list[tuple[int, int | None]] = []
    for place, match in enumerate(matches):
        before = max(
            (
                (best[other][0], other)
                for other, earlier in enumerate(matches[:place])
                if _goes_on(earlier, match) and _is_farther_on(printed[earlier.line], printed[match.line])
            ),
            default=(0, None),
        )
        best.append((before[0] + match.size, before[1]))
    at: int | None = max(range(len(matches)), key=lambda place: best[place][0], default=None)
    chain = []
    while at is not None:
        chain.append(matches[at])
        at = best[at][1]
    return chain[::-1]


def _goes_on(earlier: _Match, later: _Match) -> bool:
    """Whether one match may be the next of a chain; a word or two have to be the very next words."""
    end = earlier.quoted + earlier.size
    if earlier.is_sure and later.is_sure:
        return end <= later.quoted
    return end == later.quoted and earlier.start + earlier.size == earlier.length and later.start == 0


def _is_farther_on(earlier: Printed, later: Printed) -> bool:
    """Whether a line is read after another one: below it, beside it, or in the next column."""
    return later.top < earlier.top - _SAME_LINE * earlier.size or later.left >= earlier.right
