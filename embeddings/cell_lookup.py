"""A cell of a table asked for by row and column is looked up: `số hộ nghèo của xã Tân Hòa`, `xã nào nhiều nhất`.

The row is known by a cell that names it, the column by its name. Of several tables that have both, the one whose
caption, heading and title say the rest of the question; where that does not tell, nothing is looked up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.models import Document, Row
from corpus.official.document_numbers import DocumentNumber, find_numbers
from corpus.official.outline import heading_at, outline
from corpus.official.record import own_number
from corpus.vietnamese import fold
from embeddings.question.asked_cell import (
    ASKED_AS,
    ASKING,
    RECKONED,
    AskedExtreme,
    asked_extreme,
    may_ask_for_cell,
)
from embeddings.question.followup import function_words
from embeddings.syllables import tokens
from embeddings.table_extremes import figure_columns, label_of, row_with_extreme
from embeddings.table_labels import Labelled, TableLabels, folded, table_of, text_of

Rarity = Callable[[str], float]
Span = tuple[int, int]
_FITS = 0.6
"""How well a column's name must fit what is asked, from 0 to 1."""
_LEAD = 0.05
_MOST_ROWS = 300
_LEAST_WORTH = 0.1
_OF_ASKING = 0.25
"""What a word counts that questions also ask with (`số`), in a column's name."""
_MOST_UNSAID = 0.35
"""Share of the question's words, by rarity, that neither row nor column nor caption nor title need say."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class FoundCell:
    """The cell that a question asks for.

    Attributes:
        document_id: the document whose text has the table.
        row: the row as a stretch of that text.
        cell: what stands in the cell, a stretch of the same.
        label: the cell that names the row, a stretch of the same.
    """

    document_id: str
    row: Span
    cell: Span
    label: Span


@dataclass(frozen=True, slots=True)
class _Candidate:
    found: FoundCell
    text: str
    score: float


class CellFinder:
    """Looks cells up in the tables of one generation.

    Args:
        documents: by id.
        rarity: of a folded word among the passages, higher for rarer ones.
    """

    def __init__(self, documents: Mapping[str, Document], rarity: Rarity) -> None:
        self.documents = {identity: each for identity, each in documents.items() if each.rows}
        self._labels = TableLabels(self.documents)
        self._rarity = rarity

    def find(self, question: str, previous: str = "") -> FoundCell | None:
        """The one cell that a question asks for by row and column; None where it asks otherwise or that is not clear.

        Args:
            question: NFC, abbreviations written out; marks may be missing.
            previous: the question it may go on from, "" for none; says the row or the column where this one does not.
        """
        numbers = find_numbers(question)
        plain = " ".join(map(fold, tokens(question)))
        if not self.documents or not may_ask_for_cell(plain):
            return None
        for number in numbers:
            question = question.replace(number.written, " ")
        words, before = tuple(tokens(question)), tuple(tokens(previous))
        extreme = asked_extreme(" ".join(map(fold, words)))
        if extreme:
            return _clear(self._numbered(self._extremes(extreme), numbers))
        found = _clear(self._numbered(self._cells(words, ()), numbers))
        if found or not before:
            return found
        unnamed = next((rest for _, rest in self._rows(before)), before)
        found = _clear(self._numbered(self._cells(words, unnamed), numbers))
        return found or _clear(self._numbered(self._cells(before, (), words), numbers))

    def asks_for_other_cell(self, question: str, document_id: str, words: Span) -> bool:
        """Whether words stand in a cell of the row that a question names while it asks for another cell of that row.

        Args:
            question: NFC, abbreviations written out; marks may be missing.
            document_id: the document whose text has the words.
            words: where they stand in that text.
        """
        document = self.documents.get(document_id)
        for number, row in enumerate(document.rows if document else ()):
            if not row.start <= words[0] < row.end:
                continue
            there = [place for place, cell in enumerate(row.cells) if cell.start <= words[0] and words[1] <= cell.end]
            if not there:
                return False
            for labels, unnamed in self._rows(tuple(tokens(question))):
                if {(label.document_id, label.row) for _, _, label in labels} == {(document_id, number)}:
                    named = {label.cell for _, _, label in labels}
                    names = {
                        place: _name_words(cell.column) for place, cell in enumerate(row.cells) if place not in named
                    }
                    return there[0] in names and self._best_named(names, list(map(fold, unnamed))) not in {None, *there}
        return False

    def _best_named(self, names: Mapping[int, tuple[Sequence[str], Sequence[str]]], said: Sequence[str]) -> int | None:
        """The column whose name fits best what is said of any column; None where none fits or two do."""
        known = {word for each in names.values() for word in each[0]}
        asked = [word for word in dict.fromkeys(said) if word in known]
        scored = sorted(((self._fit(name, asked), place) for place, name in names.items()), reverse=True)
        if not asked or scored[0][0] < _FITS or (len(scored) > 1 and scored[0][0] < scored[1][0] + _LEAD):
            return None
        return scored[0][1]

    def _numbered(self, found: Iterable[_Candidate], numbers: Sequence[DocumentNumber]) -> Iterator[_Candidate]:
        """Those in the document with the numbers that a question names; all where it names none."""
        for each in found:
            own = own_number(self.documents[each.found.document_id].official)
            if not numbers or (own is not None and any(number.fits(own) for number in numbers)):
                yield each

    def _cells(
        self, words: Sequence[str], further: Sequence[str], asked: Sequence[str] | None = None
    ) -> Iterator[_Candidate]:
        """The cells whose row and column a question names.

        Args:
            words: name the row.
            further: name the column together with those of the words that do not name the row.
            asked: name the column instead of them, where there are any.
        """
        for labels, unnamed in self._rows(words):
            one = labels[0][2]
            document = self.documents[one.document_id]
            row = document.rows[one.row]
            said_of_column = [*unnamed, *further] if asked is None else asked
            rest = list(map(fold, said_of_column))
            plain = " ".join(rest)
            named = {label.cell for _, _, label in labels}
            fits = self._columns(document, row, [place for place in range(len(row.cells)) if place not in named], rest)
            fits = fits or _columns_asked_as(row, named, plain)
            said = sum(self._rarity(fold(word)) for first, last, _ in labels for word in words[first:last])
            if fits:
                place, score = fits
                cell = row.cells[place]
                label = row.cells[one.cell]
                found = FoundCell(
                    one.document_id, (row.start, row.end), (cell.start, cell.end), (label.start, label.end)
                )
                value = text_of(document, cell)
                if value:
                    yield _Candidate(found, value, score + said)

    def _rows(self, words: Sequence[str]) -> list[tuple[list[tuple[int, int, Labelled]], list[str]]]:
        """The rows that a question names best, each with the cells that name it and the words that do not."""
        rows: dict[tuple[str, int], list[tuple[int, int, Labelled]]] = {}
        for first, last, label in self._labels.named_in(words):
            rows.setdefault((label.document_id, label.row), []).append((first, last, label))
        best: list[tuple[float, list[tuple[int, int, Labelled]]]] = []
        for named in rows.values():
            kept: list[tuple[int, int, Labelled]] = []
            for one in sorted(named, key=lambda each: each[0] - each[1]):
                apart = all(one[1] <= first or one[0] >= last for first, last, _ in kept)
                if apart and one[2].cell not in {label.cell for _, _, label in kept}:
                    kept.append(one)
            worth = [sum(self._rarity(fold(word)) for word in words[first:last]) for first, last, _ in kept]
            if any(not _only_asks(words[first:last]) for first, last, _ in kept):
                best.append((sum(worth), kept))
        top = max((worth for worth, _ in best), default=0.0)
        likely = [kept for worth, kept in best if worth >= top / 2][:_MOST_ROWS]
        return [(kept, _beside(words, kept)) for kept in likely]

    def _columns(
        self, document: Document, row: Row, places: Sequence[int], rest: Sequence[str]
    ) -> tuple[int, float] | None:
        """The column that fits the rest of a question, and how well with all that is said around; None where none does.

        What caption, heading and title say of the table tells it from others and is no part of a column's name.
        """
        around = _around(document, row)
        names = {place: _name_words(row.cells[place].column) for place in places}
        in_a_column = {word for each in names.values() for word in (*each[0], *each[1])}
        asked = [word for word in dict.fromkeys(rest) if word not in ASKING and word not in function_words()]
        asked += [word for word in dict.fromkeys(rest) if word not in asked and word in in_a_column]
        about = [word for word in asked if word in in_a_column or word not in around]
        unsaid = [word for word in about if word not in in_a_column]
        if not asked or self._worth(unsaid) > _MOST_UNSAID * self._worth(asked):
            return None
        if any(_YEAR.fullmatch(word) or word in RECKONED for word in unsaid):
            return None
        scored = sorted(((self._fit(names[place], about), place) for place in places), reverse=True)
        if not scored or scored[0][0] < _FITS or (len(scored) > 1 and scored[0][0] < scored[1][0] + _LEAD):
            return None
        beside = [word for word in asked if word not in in_a_column]
        said = self._worth([word for word in beside if word in around]) / (self._worth(beside) or 1.0)
        return scored[0][1], scored[0][0] + said

    def _fit(self, name: tuple[Sequence[str], Sequence[str]], asked: Sequence[str]) -> float:
        """How well a column's name fits words: the harmonic mean of what is said of either in the other.

        Args:
            name: its words, and those in brackets (a unit), which need not be said.
            asked: each once.
        """
        words, unit = name
        both = self._worth([word for word in words if word in asked])
        if not both:
            return 0.0
        recall = self._worth([word for word in asked if word in words or word in unit]) / self._worth(asked)
        precision = both / self._worth(words)
        return 2 * recall * precision / (recall + precision)

    def _worth(self, words: Iterable[str]) -> float:
        return sum(max(self._rarity(word), _LEAST_WORTH) * (_OF_ASKING if word in ASKING else 1) for word in words)

    def _extremes(self, asked: AskedExtreme) -> Iterator[_Candidate]:
        """The names of the rows with the largest, or smallest, figure in the column that a question names."""
        for document in self.documents.values():
            for table in {row.table: row for row in document.rows}.values():
                rows = table_of(document, table)
                found = self._columns(document, rows[0], figure_columns(document, rows), asked.rest)
                if found is None:
                    continue
                place, score = found
                best = row_with_extreme(document, rows, place, most=asked.most)
                label = label_of(document, best, asked.noun) if best else None
                if best and label is not None:
                    span = best.cells[label].start, best.cells[label].end
                    cell = FoundCell(document.id, (best.start, best.end), span, span)
                    yield _Candidate(cell, text_of(document, best.cells[label]), score)


def _clear(candidates: Iterable[_Candidate]) -> FoundCell | None:
    """The best of what was found; None if something else is as good and says otherwise."""
    ordered = sorted(candidates, key=lambda each: -each.score)
    if not ordered:
        return None
    best = ordered[0]
    rivals = [each for each in ordered[1:] if each.score >= best.score - _LEAD and each.text != best.text]
    return None if rivals else best.found


def _beside(words: Sequence[str], labels: Iterable[tuple[int, int, Labelled]]) -> list[str]:
    """The words of a question that do not name its row."""
    taken = {place for first, last, _ in labels for place in range(first, last)}
    return [word for place, word in enumerate(words) if place not in taken]


def _only_asks(words: Sequence[str]) -> bool:
    return all(fold(word) in ASKING or fold(word) in function_words() for word in words)


def _name_words(column: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded words of a column's name, and those that stand in brackets."""
    inside = " ".join(_BRACKETS.findall(column))
    plain = _BRACKETS.sub(" ", column) or column
    return folded(tuple(dict.fromkeys(tokens(plain)))), folded(tuple(tokens(inside)))


def _around(document: Document, row: Row) -> frozenset[str]:
    """The folded words that say what a table is about: its caption, heading, group and the document's title."""
    heading = heading_at(document.text, outline(document.text), row.start) or ""
    group = document.text[row.start : row.cells[0].start] if row.cells else ""
    subject = (document.official.subject or "") if document.official else ""
    said = " ".join((row.caption, heading, group, document.title, subject, document.publisher or ""))
    return frozenset((*map(fold, tokens(said)), *(document.published or "")[:4].split()))


def _columns_asked_as(row: Row, named: set[int], plain: str) -> tuple[int, float] | None:
    """The one column that a question word asks for (`ai`, `khi nào`) where the question names none."""
    padded = f" {plain} "
    for asking, names in ASKED_AS.items():
        if f" {asking} " in padded:
            fitting = [
                place
                for place, cell in enumerate(row.cells)
                if place not in named and fold(cell.column).startswith(names)
            ]
            return (fitting[0], _FITS) if len(fitting) == 1 else None
    return None
