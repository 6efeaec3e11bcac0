"""Printed lines of a PDF -> paragraphs: lines, columns and pages joined, hyphens mended."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.readers.pdf.pdf_lines import Printed
from corpus.readers.pdf.pdf_order import stretches
from corpus.vietnamese import is_syllable

TABLE = "\ufffc"
"""The text of a line that stands for a whole table."""
_LONG_LINE = 25  # characters; shorter ones say nothing of the column's edges
_COLUMN_GAP = 60.0  # points between the left edges of two columns
_ENOUGH_LINES = 4
_INDENT = 0.8  # of the letters' size
_DEEPEST_INDENT = 8.0
_WIDEST_SPACE = 3.0  # between words of a justified line, of the letters' size
_ACROSS = 5.0  # points
_EXTRA_SPACE = 0.25  # of the letters' size above the usual distance of lines
_FILLED = 0.85  # of the way to the rightmost letter
_USUAL_STEP = 1.5
_OTHER_SIZE = 1.12
_HEADLINE_SIZE = 1.15
_BOLD_HEADLINE_SIZE = 1.08
_NOTE_SIZE = 0.88
_CENTRED = 8.0  # points
_JUST_CENTRED = 2.5
_WIDE = 0.7  # of the column's width; a centred line so wide goes on in the next
_TERMINAL = re.compile(r"[.!?…:;][”’\"'»)\]]*$")
_STOP = re.compile(r"[.!?…][”’\"'»)\]]*$")
_ITEM = re.compile(
    r"[-–+*•●▪■]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|[a-zđA-ZĐ][.)]\s|[IVXLC]{1,5}[.)/]\s|(?:Điều|Chương|Mục|Phần)\s+[\dIVX]"
)
_LABELLED = re.compile(r"[^\W\d][^:.;,]{1,30}: \S")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Paragraph:
    """Lines that were one paragraph.

    Attributes:
        breaks: (character offset in `text`, page that begins there).
        lines: (character offset in `text`, the line that begins there).
        beside: whether it stands beside other text, as in the head and foot of a letter.
    """

    text: str
    page: int
    size: float
    bold: bool
    breaks: list[tuple[int, int]] = field(default_factory=list)
    lines: list[tuple[int, Printed]] = field(default_factory=list)
    beside: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float


def paragraphs_of(pages: Sequence[Sequence[Printed]], widths: Sequence[float]) -> list[Paragraph]:
    """Join the lines of pages, without running ones, to paragraphs.

    Args:
        pages: the lines of each page.
        widths: of the pages, in points.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    layout = _Layout(pages, widths)
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    flow, notes = layout.flow()
    groups: list[list[Printed]] = []
    for line in flow:
        if groups and layout.continues(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    groups += [[line] for line in notes]
    paragraphs = [_joined(group, words) for group in groups]
    for paragraph, group in zip(paragraphs, groups, strict=True):
        paragraph.beside = layout.is_beside(group[0])
    return paragraphs


def body_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    return max(sizes, key=lambda size: sizes[size])


class _Layout:
    """What a document's pages have in common: columns, distance of lines, whether paragraphs are indented."""

    def __init__(self, pages: Sequence[Sequence[Printed]], widths: Sequence[float]) -> None:
        self._pages = pages
        self._widths = widths
        lines = [line for page in pages for line in page]
        self.size = statistics.median(line.size for line in lines for _ in range(len(line.text)))
        self._columns = _columns(lines)
        self._columns_of = {line.page: _columns(page) or self._columns for page in pages for line in page[:1]}
        self._step = _line_step(pages)
        self._beside: dict[Printed, int] = {}
        indented = sum(map(self._indented, lines))
        self._indents = indented >= _ENOUGH_LINES or indented * 20 >= len(lines) > _ENOUGH_LINES

    def flow(self) -> tuple[list[Printed], list[Printed]]:
        """All lines in reading order, and the footnotes, which would stand between two halves of a paragraph."""
        flow: list[Printed] = []
        notes: list[Printed] = []
        for page, width in zip(self._pages, self._widths, strict=True):
            lines = self._in_order(page, width)
            small: list[Printed] = []
            while lines and lines[-1].size < self.size * _NOTE_SIZE and len(lines) > 1 and lines[-1].text != TABLE:
                small.insert(0, lines.pop())
            flow += lines
            notes += small
        return flow, notes

    def is_beside(self, line: Printed) -> bool:
        """Whether a line stands beside other text in the head or foot of a page."""
        return line in self._beside

    def _in_order(self, page: Sequence[Printed], width: float) -> list[Printed]:
        """The lines of a page column by column, pieces that wide spaces have torn apart put together.

        A line across several columns, or alone in the middle of the page, such as a headline, ends the columns above.
        """
        columns = _side_by_side(self._columns_of.get(page[0].page, []) if page else [])
        if len(columns) < 2:  # noqa: PLR2004
            return self._in_stretches(page)
        gutters = [(column.right + after.left) / 2 for column, after in pairwise(columns)]
        ordered: list[Printed] = []
        band: list[list[Printed]] = [[] for _ in columns]
        for line in sorted(page, key=lambda line: (-round(line.bottom), line.left)):
            across = any(line.left < gutter - _ACROSS and line.right > gutter + _ACROSS for gutter in gutters)
            if across or _alone_in_the_middle(line, page, width / 2):
                ordered += [*(line for column in band for line in column), line]
                band = [[] for _ in columns]
            else:
                band[sum((line.left + line.right) / 2 > gutter for gutter in gutters)].append(line)
        return self._whole_lines([*ordered, *(line for column in band for line in column)])

    def _in_stretches(self, page: Sequence[Printed]) -> list[Printed]:
        """The lines of a page of one column, what stands side by side in its head and foot kept apart."""
        ordered: list[Printed] = []
        for stretch in stretches(page):
            if stretch.beside:
                number = len(self._beside) + 1
                self._beside.update(dict.fromkeys(stretch.lines, number))
                ordered += stretch.lines
            else:
                ordered += self._whole_lines(stretch.lines)
        return ordered

    def _whole_lines(self, lines: Sequence[Printed]) -> list[Printed]:
        whole: list[Printed] = []
        for line in lines:
            before = whole[-1] if whole else None
            if before is not None and abs(before.bottom - line.bottom) < 1 and self._reaches(before, line):
                text = f"{before.text} {line.text}"
                moved = len(before.text) + 1
                words = (
                    *before.words,
                    *(replace(word, start=word.start + moved, end=word.end + moved) for word in line.words),
                )
                whole[-1] = replace(before, right=line.right, top=max(before.top, line.top), text=text, words=words)
            else:
                whole.append(line)
        return whole

    def _reaches(self, before: Printed, line: Printed) -> bool:
        """Whether two pieces together fill a line of their column."""
        column = self._column(before)
        near = 0 < line.left - before.right < _WIDEST_SPACE * line.size
        return near and before.left < column.left + _DEEPEST_INDENT * line.size and line.right <= column.right + 1

    def continues(self, above: Printed, below: Printed) -> bool:
        """Whether a line belongs to the paragraph of the line above it, or of the last one of a column or page."""
        if TABLE in (above.text, below.text) or (_LABELLED.match(above.text) and _LABELLED.match(below.text)):
            return False
        sides = self._beside.get(above), self._beside.get(below)
        if any(sides):
            return sides[0] == sides[1] and above.bold == below.bold and _torn(above.text, below.text)
        if max(above.size, below.size) > min(above.size, below.size) * _OTHER_SIZE:
            return False
        return self._continues(above, below)

    def _continues(self, above: Printed, below: Printed) -> bool:
        if above.page != below.page or below.bottom > above.bottom:
            return self._continues_elsewhere(above, below)
        if above.bottom - below.bottom > (self._step + _EXTRA_SPACE) * above.size:
            return False
        large = above.size > self.size * (_BOLD_HEADLINE_SIZE if above.bold else _HEADLINE_SIZE)
        if large or (self._centred(above) and self._centred(below)):
            wide = above.right - above.left > (self._column(above).right - self._column(above).left) * _WIDE
            alike = above.bold == below.bold and above.text.isupper() == below.text.isupper()
            return alike and (large or wide)
        return self._continues_below(above, below)

    def _continues_below(self, above: Printed, below: Printed) -> bool:
        ended = _TERMINAL.search(above.text) is not None
        full = self._full(above, below)
        if below.left > above.left + _INDENT * above.size and not self._centred(above):
            hanging = _ITEM.match(above.text) and below.left < above.left + 4 * above.size
            return bool(hanging and full and not _ITEM.match(below.text))
        if ended and _ITEM.match(below.text):
            return False
        if self._indents and self._indented(below) and (ended or not below.text[0].islower()):
            return False  # as in a row of paragraphs of one line each
        return full or _torn(above.text, below.text)

    def _continues_elsewhere(self, above: Printed, below: Printed) -> bool:
        if self._indented(below) or _ITEM.match(below.text) or self._centred(below):
            return _torn(above.text, below.text) and not _ITEM.match(below.text)
        if _STOP.search(above.text):
            return self._indents and self._full(above, below)
        return _torn(above.text, below.text) or self._full(above, below)

    def _column(self, line: Printed) -> _Column:
        columns = self._columns_of.get(line.page) or self._columns
        inside = [column for column in columns if column.left - _INDENT * line.size <= line.left < column.right]
        return inside[-1] if inside else _Column(line.left, line.right)

    def _indented(self, line: Printed) -> bool:
        indent = line.left - self._column(line).left
        return _INDENT * line.size < indent < _DEEPEST_INDENT * line.size and not self._centred(line)

    def _centred(self, line: Printed) -> bool:
        column = self._column(line)
        off = abs((line.left + line.right) - (column.left + column.right)) / 2
        inset = line.left - column.left
        return (off < _CENTRED and inset > 2 * line.size) or (off < _JUST_CENTRED and inset > 0.3 * line.size)

    def _full(self, above: Printed, below: Printed) -> bool:
        """Whether the first word of the line below would not have fitted behind the line above."""
        word = below.text.split(maxsplit=1)[0]
        letter = (below.right - below.left) / max(len(below.text), 1)
        return self._column(above).right - above.right < letter * (len(word) + 1) + 0.3 * above.size


def _line_step(pages: Sequence[Sequence[Printed]]) -> float:
    """The usual distance of a paragraph's lines in sizes of their letters: that below lines which fill their column."""
    pairs = [
        ((above.bottom - below.bottom) / above.size, above.right >= _FILLED * max(line.right for line in page))
        for page in pages
        for above, below in pairwise(page)
        if 0 < above.bottom - below.bottom < 3 * above.size
        and abs(above.left - below.left) < _COLUMN_GAP
        and max(above.size, below.size) < min(above.size, below.size) * _OTHER_SIZE
    ]
    steps = [step for step, filled in pairs if filled] or [step for step, _ in pairs]
    return statistics.median_low(steps) if steps else _USUAL_STEP


def _columns(lines: Sequence[Printed]) -> list[_Column]:
    """Columns of running text, left to right, by the edges of long lines."""
    clusters: list[list[Printed]] = []
    for line in sorted((line for line in lines if len(line.text) >= _LONG_LINE), key=lambda line: line.left):
        if clusters and line.left - clusters[-1][-1].left < _COLUMN_GAP:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    columns = []
    for cluster in clusters:
        if len(cluster) >= _ENOUGH_LINES:
            lefts = Counter(round(line.left) for line in cluster)
            rights = sorted(line.right for line in cluster)
            left = min(edge for edge, often in lefts.items() if often * 10 >= len(cluster))
            columns.append(_Column(left, rights[int(len(rights) * 0.95)]))
    return columns


def _alone_in_the_middle(line: Printed, page: Sequence[Printed], middle: float) -> bool:
    if abs((line.left + line.right) / 2 - middle) > _CENTRED:
        return False
    return not any(other is not line and other.bottom < line.top and other.top > line.bottom for other in page)


def _side_by_side(columns: Sequence[_Column]) -> list[_Column]:
    """The columns, if none reaches into the next; else none."""
    return list(columns) if all(column.right < after.left for column, after in pairwise(columns)) else []


def _torn(above: str, below: str) -> bool:
    return below[:1].islower() and _STOP.search(above) is None and not above.endswith((";", ":"))


def _joined(lines: Sequence[Printed], words: Counter[str]) -> Paragraph:
    first = lines[0]
    paragraph = Paragraph(first.text, first.page, first.size, all(line.bold for line in lines), lines=[(0, first)])
    page = first.page
    for line in lines[1:]:
        paragraph.text = _without_hyphen(paragraph.text, line.text, words)
        if line.page != page:
            page = line.page
            paragraph.breaks.append((len(paragraph.text), page))
        paragraph.lines.append((len(paragraph.text), line))
        paragraph.text += line.text
    paragraph.text = paragraph.text.replace("\u00ad", "")
    return paragraph


def _without_hyphen(above: str, below: str, words: Counter[str]) -> str:
    """The text so far, ready for the next line to follow: with a space, or with a hyphen at its end mended.

    A hyphen printed only because a word was cut goes: if it is a soft one, or the whole word stands elsewhere in the
    document, or is a syllable of Vietnamese, or one of its halves is none. It stays between syllables (`Lê-nin`) and
    before capitals and digits (`NĐ-CP`).
    """
    match = _HYPHEN.search(above)
    following = _WORD.match(below)
    if match is None or following is None:
        return above if above.endswith(("-", "/")) and not above.endswith((" -", " /")) else above + " "
    whole = (match[1] + following[0]).lower()
    soft = above.endswith("\u00ad")
    cut = following[0].islower() and (
        words[whole] > 0
        or is_syllable(whole)
        or not (is_syllable(match[1].lower()) and is_syllable(following[0].lower()))
    )
    return above[:-1] if soft or cut else above
