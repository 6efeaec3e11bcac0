"""The passages in which a part of a document stands, each with the pieces of it that are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Level, Passage, Unit
from corpus.splitting import sentence_spans, trim

_DIVIDED = (Level.ATTACHMENT, Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)

_LONGEST_QUOTE = 300
"""Characters of a row that are quoted."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PartPassage:
    """A passage and where in it pieces of the part stand: its heading, each khoản or điểm, in reading order.

    Attributes:
        quote: the sentence around a single fact; None for parts, which are quoted themselves.
    """

    passage: Passage
    spans: tuple[Span, ...]
    quote: Span | None = None


def passages_of_part(unit: Unit, units: Sequence[Unit], passages: Sequence[Passage]) -> list[PartPassage]:
    """Where a part is shown, in reading order.

    Of a chapter and its like that is divided further, the heading and the headings of what it holds are shown; of
    anything else the whole text, piece by piece.

    Args:
        unit: the part.
        units: all parts of the document.
        passages: of the document, in reading order.
    """
    pieces = list(_pieces(unit, units))
    shown = []
    for passage in passages:
        if passage.end <= unit.start or passage.start >= unit.end:
            continue
        inside = ((max(start, passage.start), min(end, passage.end)) for start, end in pieces)
        within = ((start - passage.start, end - passage.start) for start, end in inside if start < end)
        spans = tuple(span for each in within if (span := trim(passage.text, *each)) and span[0] < span[1])
        if spans:
            shown.append(PartPassage(passage, spans))
    return shown


def passage_of_words(span: Span, passages: Sequence[Passage]) -> PartPassage | None:
    """The passage in which words of a document begin, with the sentences that they stand in; None if there is none."""
    for passage in passages:
        if passage.start <= span[0] < passage.end:
            start, end = span[0] - passage.start, min(span[1], passage.end) - passage.start
            around = [each for each in sentence_spans(passage.text) if each[0] < end and each[1] > start]
            quote = (around[0][0], around[-1][1]) if around else (start, end)
            return PartPassage(passage, ((start, end),), quote)
    return None


def passage_of_cell(row: Span, cell: Span, passages: Sequence[Passage]) -> PartPassage | None:
    """The passage in which a cell of a table stands, with its row, of a long one what stands before it.

    Args:
        row: a stretch of the document's text.
        cell: a stretch of the same.
        passages: of the document, in reading order.
    """
    for passage in passages:
        if passage.start <= cell[0] < passage.end:
            start, end = cell[0] - passage.start, min(cell[1], passage.end) - passage.start
            first, last = max(row[0] - passage.start, 0), min(row[1], passage.end) - passage.start
            if last - first > _LONGEST_QUOTE:
                last = min(max(end, start + 1), start + _LONGEST_QUOTE)
                first = max(first, last - _LONGEST_QUOTE)
                blank = passage.text.find(" ", first, start)
                first = first if first == 0 or blank < 0 else blank + 1
            return PartPassage(passage, ((start, min(end, last)),), (first, last))
    return None


def _pieces(unit: Unit, units: Sequence[Unit]) -> Iterator[Span]:
    place = units.index(unit)
    children = [child for child in units[place + 1 :] if child.parent == place]
    if unit.level in _DIVIDED and children and all(child.title for child in children):
        yield unit.start, unit.body
        yield from ((child.start, child.body) for child in children)
        return
    end = unit.start
    for child in children:
        yield end, child.start
        yield child.start, child.end
        end = child.end
    yield end, unit.end
