"""A PDF -> what it says, with the number of the page each paragraph begins on."""

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.article.furniture.vocabulary import Role
from corpus.article.page import Dropped, Mark, Page, Unread, read_page
from corpus.cleaning import clean, repair_lines
from corpus.errors import UnreadableError
from corpus.models import Place
from corpus.plausibility import judge
from corpus.readers.pdf.pdf_insets import large_pictures, recognise_insets, seconds_left
from corpus.readers.pdf.pdf_layout import TABLE, Paragraph, body_size, paragraphs_of
from corpus.readers.pdf.pdf_lines import Printed, running_lines
from corpus.readers.pdf.pdf_pages import OpenedPdf, ReadPage
from corpus.readers.pdf.pdf_scans import STAMP, Scans, doubts_of_scans, recognise_pages, scanned, unread_scans
from corpus.readers.pdf.pdf_tables import PageTable, goes_on, joined, tables_of
from corpus.readers.programs import recognises
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.table_rows import row_texts
from corpus.readers.warning_texts import GUESSED, LEGACY

_HEADER_WITHIN = 1024  # bytes
_MOST_UNKNOWN = 0.1
_SCANNED = 0.8  # share of the pages that are pictures
_INSTALL = "install Tesseract to have its text recognised (danvan doctor says how)"
_NAMED = 10
_HEADLINE_SIZE = 1.15
_HEADING_SIZE = 1.08
_TITLE_WORDS = range(3, 46)
_HEADING_WORDS = 25
_NUMBERED = re.compile(r"(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/-]\s|(?:Điều|Chương|Mục|Phần)\s")


def read_pdf(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read a PDF that holds text.

    Raises:
        UnreadableError: if it is no PDF, encrypted, cut short, damaged, beyond the limits, or only pictures.
    """
    if b"%PDF-" not in raw[:_HEADER_WITHIN]:
        raise UnreadableError("it is not a PDF, whatever its name says")
    if re.search(rb"\d obj\b", raw[max(raw.rfind(b"%%EOF"), 0) :]):
        raise UnreadableError("it is a PDF cut short: its end is missing; copy or download it again")
    with OpenedPdf(raw) as opened:
        if len(opened) > limits.pages:
            raise UnreadableError(f"it is a PDF of more than {limits.pages} pages; split it")
        pages = list(opened.pages())
        attachments = opened.attachments()
        damaged = opened.damaged
        scans = Scans()
        if recognises() and not _is_waiting(pages, dynamic=opened.is_dynamic_form()):
            began = time.monotonic()
            scans = recognise_pages(opened, pages, scanned(pages), limits)
            taken = limits.recognised_pages - len(scans.recognised)
            left = replace(limits, recognised_pages=taken, recognising_seconds=seconds_left(limits, began))
            recognise_insets(opened, pages, left)
        _refuse_without_text(pages, dynamic=opened.is_dynamic_form(), tried=bool(scans.recognised or scans.left))
        legacy = repair(pages)
        page = understand(pages)
        broken = judge(page.text, page.pages).refusal if recognises() else ""
        if broken and not all(each.recognised for each in pages):
            scans = recognise_pages(opened, pages, range(1, len(pages) + 1), limits)
            repair(pages)
            page = understand(pages)
    warnings = list(doubts_of_scans(pages))
    if broken:
        warnings.append(f"Of the text in the file, {broken.partition(';')[0]}: its pages were recognised instead.")
    if damaged:
        warnings.append("The PDF is damaged and was read as far as its parts were found; compare it with the paper.")
    if (lost := sum(each.lost_marks for each in pages)) > 0:
        warnings.append(f"{lost} marks are printed apart from any letter and were left out; compare it with the paper.")
    if legacy:
        warnings.append(LEGACY)
    return replace(
        page,
        unread=(*page.unread, *_unread(pages, scans.left, *attachments), *unread_scans(scans, limits)),
        warnings=(*page.warnings, *warnings),
    )


def _is_waiting(pages: Sequence[ReadPage], *, dynamic: bool) -> bool:
    """Whether a form shows nothing but that it waits for Adobe's program."""
    return dynamic and _letters(pages) < STAMP * 10 * len(pages)


def _letters(pages: Sequence[ReadPage]) -> int:
    return sum(len(line.text) for page in pages for line in page.lines)


def _refuse_without_text(pages: Sequence[ReadPage], *, dynamic: bool, tried: bool) -> None:
    letters = _letters(pages)
    unknown = sum(page.unknown for page in pages)
    if _is_waiting(pages, dynamic=dynamic):
        raise UnreadableError("it is a form that only Adobe's programs show (XFA); print it to a new PDF")
    if unknown > (letters + unknown) * _MOST_UNKNOWN:
        raise UnreadableError(f"its fonts do not say which letters they show; {_INSTALL}")
    pictures = sum(bool(page.pictures) for page in pages)
    if not tried and pictures > _SCANNED * len(pages) and letters < STAMP * len(pages):
        raise UnreadableError(f"it is a scanned PDF: pictures of pages; {_INSTALL}")
    if not letters:
        raise UnreadableError("no text could be recognised on its pages" if tried else "it is a PDF without text")


def _unread(pages: Sequence[ReadPage], left: Sequence[int], attached: int, names: Sequence[str]) -> Iterator[Unread]:
    """What of the file is in no text."""
    empty = [
        number
        for number, page in enumerate(pages, start=1)
        if not page.lines and (page.pictures or not page.recognised) and number not in left
    ]
    if empty:
        sentence = f"There is no text, perhaps a scanned picture, on page {_numbers(empty)}."
        yield Unread("pages", len(empty), sentence)
    shown = {
        number: large
        for number, page in enumerate(pages, start=1)
        if page.lines and not page.recognised and (large := len(large_pictures(page)))
    }
    if shown:
        count = sum(shown.values())
        what = "1 picture is" if count == 1 else f"{count} pictures are"
        yield Unread("pictures", count, f"{what} not read, on page {_numbers(list(shown))}.")
    if attached:
        named = ", ".join(names) + (" and others" if attached > len(names) else "")
        what = "1 file packed into the PDF is" if attached == 1 else f"{attached} files packed into the PDF are"
        yield Unread("attachments", attached, f"{what} not read: {named}.")
    if comments := sum(page.comments for page in pages):
        what = "1 note stuck to its pages is" if comments == 1 else f"{comments} notes stuck to its pages are"
        yield Unread("comments", comments, f"{what} not read.")


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages[:_NAMED])) + (" and others" if len(pages) > _NAMED else "")


def repair(pages: Sequence[ReadPage]) -> bool:
    """Clean the lines of all pages in place; says whether legacy letters were repaired."""
    together = unicodedata.normalize(
        "NFC", "\n".join(" ".join(line.text.split("\n")) for page in pages for line in page.lines)
    )
    repaired = repair_lines(together)
    texts = iter(repaired.split("\n"))
    for page in pages:
        page.lines = [line for each in page.lines if (line := _cleaned(each, next(texts))).text]
    return repaired != together


def _cleaned(line: Printed, text: str) -> Printed:
    """A line with clean text, the places of its words kept while there are as many."""
    cut = "\u00ad" if text.rstrip().endswith("\u00ad") else ""  # cleaning takes the hyphen that tells
    cleaned = clean(text)
    if cleaned == line.text:
        return line
    words = []
    if len(spelled := cleaned.split(" ")) == len(line.words):
        start = 0
        for word, said in zip(line.words, spelled, strict=True):
            words.append(replace(word, start=start, end=start + len(said)))
            start += len(said) + 1
    return replace(line, text=cleaned + cut if cleaned else "", words=tuple(words))


def understand(pages: Sequence[ReadPage]) -> Page:
    """What pages say together.

    Args:
        pages: with clean lines.

    Raises:
        UnreadableError: if they hold no text.
    """
    running = running_lines([page.lines for page in pages], [page.height for page in pages])
    tables: dict[Printed, PageTable] = {}
    text: list[list[Printed]] = []
    for number, page in enumerate(pages, start=1):
        lines = [line for line in page.lines if line not in running]
        found = {_stand_in(table, number): table for table in tables_of(lines, page.rules)}
        inside = {line for table in found.values() for line in table.lines}
        text.append([*(line for line in lines if line not in inside), *found])
        tables |= found
    paragraphs = paragraphs_of(text, [page.width for page in pages])
    if not paragraphs:
        raise UnreadableError("it is a PDF without text but for what repeats on every page")
    plain = [paragraph for paragraph in paragraphs if paragraph.text != TABLE]
    size = body_size(plain or paragraphs)
    headline = _headline(plain, size) if plain else ""
    marked: list[tuple[str, Mark]] = []
    for number, part in enumerate(_with_tables(paragraphs, tables)):
        if isinstance(part, Paragraph):
            heading = _is_heading(part, size, headline)
            places = tuple(_places(part, pages))
            marked.append((part.text, Mark(part.page, tuple(part.breaks), heading=heading, places=places)))
        else:
            grid, on_pages = joined(part)
            marked += ((row.text, Mark(on_pages[row.number], table=number, cells=row.cells)) for row in row_texts(grid))
    understood = read_page("\n".join(said for said, _ in marked), [mark for _, mark in marked], headline, web=False)
    repeated = dict.fromkeys(line.text for page in pages for line in page.lines if line in running)
    aslant = dict.fromkeys(said for page in pages if (said := clean(page.aslant)))
    return replace(
        understood,
        dropped=(*understood.dropped, *(Dropped(said, Role.LAYOUT) for said in (*repeated, *aslant))),
        warnings=(*understood.warnings, *((GUESSED,) if understood.guessed else ())),
    )


def _stand_in(table: PageTable, page: int) -> Printed:
    """A line that keeps a table's place while lines are put in order."""
    box = table.box
    return Printed(box.left, box.bottom, box.right, box.top, table.size, bold=False, text=TABLE, page=page)


def _with_tables(
    paragraphs: Sequence[Paragraph], tables: Mapping[Printed, PageTable]
) -> Iterator[Paragraph | list[tuple[PageTable, int]]]:
    """The paragraphs, and tables with their pages in place of the lines that stand for them, parts of one together."""
    table: list[tuple[PageTable, int]] = []
    for paragraph in paragraphs:
        part = tables.get(paragraph.lines[0][1])
        follows = part is not None and table and paragraph.page != table[-1][1] and goes_on(table[-1][0], part)
        if table and not follows:
            yield table
            table = []
        if part is None:
            yield paragraph
        else:
            table.append((part, paragraph.page))
    if table:
        yield table


def _places(paragraph: Paragraph, pages: Sequence[ReadPage]) -> Iterator[Place]:
    """Where the words of a paragraph stand on their pages, if they were recognised on pictures."""
    for offset, line in paragraph.lines:
        page = pages[line.page - 1]
        height = page.shown_height or page.height
        for word in line.words:
            shown = word.shown
            if shown is None:
                continue
            box = (shown.left, height - shown.top, shown.right, height - shown.bottom)
            yield Place(offset + word.start, offset + word.end, line.page, box, word.confidence)


def _headline(paragraphs: Sequence[Paragraph], size: float) -> str:
    """The paragraph in the largest letters on the first page, if they are larger than the text's."""
    top = [
        paragraph
        for paragraph in paragraphs
        if paragraph.page == paragraphs[0].page
        and not paragraph.beside
        and paragraph.size > size * (_HEADING_SIZE if paragraph.bold else _HEADLINE_SIZE)
        and len(paragraph.text.split()) in _TITLE_WORDS
    ]
    return max(top, key=lambda paragraph: paragraph.size).text if top else ""


def _is_heading(paragraph: Paragraph, size: float, headline: str) -> bool:
    text = paragraph.text
    if paragraph.beside or text == headline or len(text.split()) > _HEADING_WORDS or text.endswith((".", ";", ",")):
        return False
    numbered = _NUMBERED.match(text) is not None or text.isupper()
    return paragraph.size > size * _HEADING_SIZE or (paragraph.bold and numbered)
