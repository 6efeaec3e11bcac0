"""How much of made-up files is read rightly: characters, titles, numbers, dates, signers, cells.

    python -m tests.corpus.office_files.measuring [LAYOUT ...]

prints a line for each layout; docs/decisions/documents.md has the figures.
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from corpus.article.page import Page
from corpus.official.letterhead import find_letterhead
from corpus.readers.programs import recognises
from corpus.readers.reader_limits import DEFAULT_LIMITS
from corpus.readers.registry import read_bytes, reader_apart
from tests.corpus.office_files import posted, printed, written
from tests.corpus.office_files.truth import OfficeDocument, office_document
from tests.corpus.readers.scanning import pictures_of, scanned_pdf, spoilt

EACH = 4
"""Documents in each layout."""


def scan_pdf(document: OfficeDocument) -> bytes:
    """Printed, copied badly and scanned at 200 dpi."""
    pages = pictures_of(printed.office_pdf(document, size=12))
    return scanned_pdf(*(spoilt(page, 1 + number % 2, seed=number) for number, page in enumerate(pages)))


@dataclass(frozen=True)
class Layout:
    """A way to make a file, its ending, and whether it holds the paragraphs beside the table too."""

    make: Callable[[OfficeDocument], bytes]
    suffix: str
    prose: bool = True
    clauses: int = 18


LAYOUTS = (
    Layout(printed.office_pdf, ".pdf"),
    Layout(printed.unruled_pdf, ".pdf"),
    Layout(printed.indented_pdf, ".pdf"),
    Layout(printed.gazette_pdf, ".pdf"),
    Layout(printed.columns_pdf, ".pdf"),
    Layout(scan_pdf, ".pdf", clauses=5),
    Layout(written.letterhead_docx, ".docx"),
    Layout(written.plain_docx, ".docx"),
    Layout(written.sheet_xlsx, ".xlsx", prose=False),
    Layout(written.text_odt, ".odt"),
    Layout(written.text_rtf, ".rtf"),
    Layout(written.mail_eml, ".eml"),
    Layout(written.text_md, ".md"),
    Layout(posted.portal_html, ".html"),
    Layout(posted.legacy_html, ".html"),
)


@dataclass
class Score:
    """Counts of what was right and of all there was, by what it is; and the sentences that were read wrongly."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str, right: float, of: float = 1) -> None:
        self.right[what] += right  # type: ignore[assignment]
        self.of[what] += of  # type: ignore[assignment]

    def share(self, what: str) -> float:
        return self.right[what] / self.of[what]

    def add(self, other: "Score") -> None:
        self.right += other.right
        self.of += other.of
        self.wrong += other.wrong


def measured(layout: Layout) -> Score:
    """What is right of the documents in one layout."""
    total = Score()
    for seed in range(EACH):
        document = office_document(seed * 7 + LAYOUTS.index(layout), clauses=layout.clauses)
        total.add(_scored(document, _read(layout, document), layout))
    return total


def _read(layout: Layout, document: OfficeDocument) -> Page:
    """Read without a process of its own, which would take longer than the reading."""
    raw = layout.make(document)
    if layout.suffix in (".pdf", ".xlsx"):
        return reader_apart(layout.suffix)(raw, DEFAULT_LIMITS)
    return read_bytes(f"a{layout.suffix}", raw)


def _scored(document: OfficeDocument, page: Page, layout: Layout) -> Score:
    score = Score()
    text = "\n".join((page.title, *page.paragraphs))
    said = [*document.office, document.number, document.place_and_date, document.subject, document.signer]
    said += [*document.body, document.table.caption, document.closing] if layout.prose else []
    for sentence in said:
        right = 1.0 if sentence in text else fuzz.partial_ratio(sentence, text) / 100
        score.count("characters", right * len(sentence), len(sentence))
        if right < 1:
            score.wrong.append(sentence)
    lines = [*page.paragraphs]
    head = find_letterhead(lines)
    number = head.number.written if head is not None and head.number is not None else ""
    score.count("titles", page.title == document.title)
    score.count("numbers", number == document.number)
    score.count("dates", page.published == document.date)
    score.count("signers", document.signer in page.paragraphs)
    score.count("cells", *_cells(document, page))
    score.count("no furniture", not _strange(document, page))
    if page.title != document.title:
        score.wrong.append(f"title: {page.title}")
    score.wrong += [f"furniture: {line}" for line in _strange(document, page)]
    return score


def _cells(document: OfficeDocument, page: Page) -> tuple[int, int]:
    """Cells found by the name of their row and of their column, and how many there are."""
    found: dict[tuple[str, str], str] = {}
    for row in page.rows:
        cells = [(cell.column, page.text[cell.start : cell.end]) for cell in row.cells]
        found |= {(cells[0][1], column): value for column, value in cells[1:]} if cells else {}
    wanted = {
        (row[0], column): value
        for row in document.table.rows
        for column, value in zip(document.table.columns[1:], row[1:], strict=True)
    }
    return sum(found.get(key) == value for key, value in wanted.items()), len(wanted)


def _strange(document: OfficeDocument, page: Page) -> list[str]:
    """Lines of what was read that are not the document's."""
    left, right = written.head_of(document)
    own = "\n".join(
        (*left, *right, document.title, *document.body, document.table.caption, document.closing, *written.FOOT)
    )
    own = "\n".join((own, document.post, document.signer, document.subject, *written.MAIL))
    starts = {row.start for row in page.rows}
    offset, strange = 0, []
    for line in page.paragraphs:
        if offset not in starts and fuzz.partial_ratio(line, own) < 80:
            strange.append(line)
        offset += len(line) + 2
    return strange


def main(names: Sequence[str]) -> None:
    """Print the figures."""
    total = Score()
    for layout in LAYOUTS:
        if names and layout.make.__name__ not in names:
            continue
        if layout.make is scan_pdf and not recognises():
            continue
        score = measured(layout)
        total.add(score)
        print(f"{layout.make.__name__:16}", *(f"{what} {score.share(what):.4f}" for what in score.of), flush=True)  # noqa: T201
        for sentence in score.wrong[:8]:
            print("    ", sentence[:150], flush=True)  # noqa: T201
    print(f"{'all':16}", *(f"{what} {total.share(what):.4f}" for what in total.of))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
