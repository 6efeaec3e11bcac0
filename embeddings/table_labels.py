"""The rows of all tables by what names them: the cells that hold words and no figures (`Xã Tân Hòa`, `Số hội nghị`)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.models import Cell, Document, Row
from corpus.vietnamese import fold
from embeddings.syllables import agrees, tokens

LONGEST_LABEL = 14
"""Words; a longer cell is text."""
_KINDS = (
    *("thành phố", "thị trấn", "thị xã", "tổ dân phố", "khu phố", "phường", "huyện", "quận", "tỉnh", "xã", "thôn"),
    *("bản", "ấp", "làng", "xóm", "khối", "đồng chí", "ông", "bà"),
)
"""What stands before a name and may be left out, or said where the table does not."""
_FIGURE = re.compile(r"[\W\d_]*(?:%|đ|đồng|triệu|tỷ|ha|km|kg|m2?|x)?[\W\d_]*", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A cell that names its row.

    Attributes:
        words: its words, without the word for the kind of place or person before a name.
    """

    document_id: str
    row: int
    cell: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class TableLabels:
    """The cells of the documents' tables that name rows, by their folded words.

    Attributes:
        documents: by id.
    """

    documents: Mapping[str, Document]

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], Sequence[Labelled]]:
        found: defaultdict[tuple[str, ...], list[Labelled]] = defaultdict(list)
        for identity, document in self.documents.items():
            for at, row in enumerate(document.rows):
                for place, cell in enumerate(row.cells):
                    text = document.text[cell.start : cell.end]
                    spoken = _BRACKETS.sub(" ", text)  # without a unit or remark in brackets, as people say it
                    for words in {bare_label(text), bare_label(spoken)}:
                        if 0 < len(words) <= LONGEST_LABEL and len(row.cells) > 1:
                            found[folded(words)].append(Labelled(identity, at, place, words))
        return dict(found)

    def named_in(self, words: Sequence[str]) -> Iterator[tuple[int, int, Labelled]]:
        """The labels that a question names, with the first and behind the last of its words that do.

        Args:
            words: of the question, as typed: a mark that is not typed fits any.
        """
        if not self._by_words:
            return
        plain = folded(words)
        for first in range(len(words)):
            for last in range(first + 1, min(first + LONGEST_LABEL, len(words)) + 1):
                for label in self._by_words.get(plain[first:last], ()):
                    if all(map(agrees, words[first:last], label.words)):
                        yield first, last, label


def is_figure(text: str) -> bool:
    """Whether a cell holds nothing but a number, with its unit; a year names a row or column as words do."""
    return _FIGURE.fullmatch(text) is not None and not _YEAR.fullmatch(text)


def bare_label(text: str) -> tuple[str, ...]:
    """The words of a cell that may name its row, none for a figure; the kind of a place or person is left out."""
    if is_figure(text):
        return ()
    words = tuple(tokens(text)[: LONGEST_LABEL + 4])
    lowered = " ".join(words).lower()
    kind = next((kind for kind in _KINDS if lowered.startswith(kind + " ")), "")
    return words[len(kind.split()) :]


@lru_cache(maxsize=65536)
def folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without marks and case."""
    return tuple(map(fold, words))


def text_of(document: Document, cell: Cell) -> str:
    """What stands in a cell."""
    return document.text[cell.start : cell.end]


def table_of(document: Document, row: Row) -> list[Row]:
    """The rows of the table that a row stands in."""
    return [other for other in document.rows if other.table == row.table]
