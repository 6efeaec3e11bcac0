"""A document's text as paragraphs of runs: which passage each belongs to, what is quoted, where a page begins."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.models import Document, Passage

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n).)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is shown alike.

    Attributes:
        number: of the passage that begins here (from 1); None if none does.
        marked: whether it is quoted.
    """

    text: str
    number: int | None
    marked: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading of the document.

    Attributes:
        page: number of the page that begins here, None if none does.
        heading: whether the file marks it as a heading.
        cited: whether it belongs to the passage that is cited.
        number, passage: of the first passage that begins here (from 1; its id), None if none does.
    """

    runs: tuple[Run, ...]
    page: int | None
    heading: bool
    cited: bool
    number: int | None
    passage: str | None


def paragraphs(
    document: Document, passages: Sequence[Passage], marks: Mapping[str, Sequence[Span]] | None = None
) -> Iterator[Paragraph]:
    """Cut a document into what a page shows; every character but the blank lines between paragraphs is in one run.

    Args:
        document: the document.
        passages: all of its passages, in reading order.
        marks: by id of the passages that are cited, what is quoted of them (offsets into the passage's text); a
            passage without spans is quoted whole.
    """
    starts = [passage.start for passage in passages]
    by_id = {passage.id: passage for passage in passages}
    quoted: list[Span] = []
    for identity, spans in (marks or {}).items():
        if (passage := by_id.get(identity)) is not None:
            whole = spans or [(0, len(passage.text))]
            quoted += [(passage.start + start, min(passage.start + end, passage.end)) for start, end in whole]
    pages, headings = dict(document.pages), {offset for offset, _ in document.headings}
    page_offsets = sorted(pages)
    turned = 0
    for match in _PARAGRAPH.finditer(document.text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        begins = bisect_right(page_offsets, end - 1)
        page = pages[page_offsets[begins - 1]] if begins > turned else None
        turned = max(turned, begins)
        here = passages[max(bisect_right(starts, start) - 1, 0) : bisect_right(starts, end - 1)]
        first = next((passage for passage in here if start <= passage.start < end), None)
        yield Paragraph(
            runs=tuple(_runs(document.text, (start, end), here, quoted)),
            page=page,
            heading=start in headings,
            cited=any(passage.id in (marks or {}) and passage.start < end and start < passage.end for passage in here),
            number=first.ordinal + 1 if first else None,
            passage=first.id if first else None,
        )


def _runs(text: str, span: Span, passages: Sequence[Passage], quoted: Sequence[Span]) -> Iterator[Run]:
    start, end = span
    numbers = {passage.start: passage.ordinal + 1 for passage in passages if start <= passage.start < end}
    borders = {start, end, *numbers}
    borders.update(border for mark in quoted for border in mark if start < border < end)
    cuts = sorted(borders)
    for left, right in pairwise(cuts):
        marked = any(mark[0] <= left and right <= mark[1] for mark in quoted)
        yield Run(text[left:right], numbers.get(left), marked)
