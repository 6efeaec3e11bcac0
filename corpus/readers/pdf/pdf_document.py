"""A PDF -> what it says, with the number of the page each paragraph begins on."""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.article.furniture.vocabulary import Role
from corpus.article.page import Dropped, Mark, Page, read_page
from corpus.cleaning import clean, repair_legacy
from corpus.errors import UnreadableError
from corpus.readers.pdf.pdf_layout import Paragraph, body_size, paragraphs_of
from corpus.readers.pdf.pdf_lines import Printed, running_lines
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.warning_texts import GUESSED, LEGACY

_WORKER = Path(__file__).with_name("pdf_worker.py")
_HEADER_WITHIN = 1024  # bytes
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
_UNKNOWN_LETTER = re.compile(r"\(cid:\d+\)")
_MOST_UNKNOWN = 0.1
_SCANNED = 0.8  # share of the pages that are pictures
_STAMP = 60  # characters a page; a scanner or an electronic signature prints as many
_NAMED = 10
_HEADLINE_SIZE = 1.15
_HEADING_SIZE = 1.08
_TITLE_WORDS = range(3, 46)
_HEADING_WORDS = 25
_NUMBERED = re.compile(r"(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/-]\s|(?:Điều|Chương|Mục|Phần)\s")
_REFUSED = {
    "encrypted": "it is an encrypted PDF; save it without a password",
    "broken": "it is a damaged PDF that cannot be opened",
    "memory": "it is a PDF that needs more than {memory} MB of memory to be read",
    "pages": "it is a PDF of more than {pages} pages; split it",
}


def read_pdf(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read a PDF that holds text.

    Raises:
        UnreadableError: if it is no PDF, encrypted, cut short, damaged, beyond the limits, or only pictures.
    """
    if b"%PDF-" not in raw[:_HEADER_WITHIN]:
        raise UnreadableError("it is not a PDF, whatever its name says")
    if re.search(rb"\d obj\b", raw[max(raw.rfind(b"%%EOF"), 0) :]):
        raise UnreadableError("it is a PDF cut short: its end is missing; copy or download it again")
    taken_apart = _take_apart(raw, limits)
    pages, legacy = _printed(taken_apart["pages"])
    empty = [number for number, page in enumerate(pages, start=1) if not page]
    letters = sum(len(line.text) for page in pages for line in page)
    pictures = sum(page["pictures"] > 0 for page in taken_apart["pages"])
    if pictures > _SCANNED * len(pages) and letters < _STAMP * len(pages):
        raise UnreadableError("it is a scanned PDF: pictures of pages; have its text recognised (OCR) first")
    if not letters:
        raise UnreadableError("it is a PDF without text")
    page = _understand(pages, [(page["width"], page["height"]) for page in taken_apart["pages"]])
    warnings = []
    if taken_apart["damaged"]:
        warnings.append("The PDF is damaged and was read as far as its parts were found; compare it with the paper.")
    if empty:
        numbers = ", ".join(map(str, empty[:_NAMED])) + (" and others" if len(empty) > _NAMED else "")
        warnings.append(f"There is no text, perhaps a scanned picture, on page {numbers}.")
    if legacy:
        warnings.append(LEGACY)
    return replace(page, warnings=(*page.warnings, *warnings))


def _take_apart(raw: bytes, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-P", str(_WORKER), str(limits.pages), str(limits.memory_bytes)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=limits.seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"it is a PDF that takes longer than {limits.seconds:g} seconds to read") from error
    try:
        result: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableError(_REFUSED["broken"]) from error
    if (code := result.get("refused")) is not None:
        raise UnreadableError(_REFUSED[code].format(memory=limits.memory_bytes // 1_000_000, pages=limits.pages))
    return result


def _printed(pages: Sequence[dict[str, Any]]) -> tuple[list[list[Printed]], bool]:
    """The lines of each page with clean text, and whether legacy letters were repaired."""
    raw = [" ".join(str(line[6]).translate(_LIGATURES).split("\n")) for page in pages for line in page["lines"]]
    together = unicodedata.normalize("NFC", "\n".join(raw))
    unknown = sum(len(found) for found in _UNKNOWN_LETTER.findall(together))
    if unknown > len(together) * _MOST_UNKNOWN:
        raise UnreadableError("its fonts do not say which letters they show; have a program recognise its text (OCR)")
    repaired = repair_legacy(_UNKNOWN_LETTER.sub("", together))
    legacy = repaired != _UNKNOWN_LETTER.sub("", together)
    texts = iter(repaired.split("\n"))
    printed: list[list[Printed]] = []
    for number, page in enumerate(pages, start=1):
        lines = []
        for left, bottom, right, top, size, bold, _ in page["lines"]:
            text = next(texts)
            cut = "\u00ad" if text.rstrip().endswith("\u00ad") else ""  # cleaning takes the hyphen that tells
            if cleaned := clean(text):
                lines.append(Printed(left, bottom, right, top, size, bold, cleaned + cut, number))
        printed.append(lines)
    return printed, legacy


def _understand(pages: Sequence[Sequence[Printed]], sizes: Sequence[tuple[float, float]]) -> Page:
    running = running_lines(pages, [height for _, height in sizes])
    text = [[line for line in page if line not in running] for page in pages]
    paragraphs = paragraphs_of(text, [width for width, _ in sizes])
    if not paragraphs:
        raise UnreadableError("it is a PDF without text but for what repeats on every page")
    size = body_size(paragraphs)
    headline = _headline(paragraphs, size)
    page = read_page(
        "\n".join(paragraph.text for paragraph in paragraphs),
        [
            Mark(paragraph.page, tuple(paragraph.breaks), heading=_is_heading(paragraph, size, headline))
            for paragraph in paragraphs
        ],
        headline,
    )
    repeated = dict.fromkeys(line.text for lines in pages for line in lines if line in running)
    return replace(
        page,
        dropped=(*page.dropped, *(Dropped(text, Role.LAYOUT) for text in repeated)),
        warnings=(*page.warnings, *((GUESSED,) if page.title and not headline else ())),
    )


def _headline(paragraphs: Sequence[Paragraph], size: float) -> str:
    """The paragraph in the largest letters on the first page, if they are larger than the text's."""
    top = [
        paragraph
        for paragraph in paragraphs
        if paragraph.page == paragraphs[0].page
        and paragraph.size > size * (_HEADING_SIZE if paragraph.bold else _HEADLINE_SIZE)
        and len(paragraph.text.split()) in _TITLE_WORDS
    ]
    return max(top, key=lambda paragraph: paragraph.size).text if top else ""


def _is_heading(paragraph: Paragraph, size: float, headline: str) -> bool:
    text = paragraph.text
    if text == headline or len(text.split()) > _HEADING_WORDS or text.endswith((".", ";", ",")):
        return False
    numbered = _NUMBERED.match(text) is not None or text.isupper()
    return paragraph.size > size * _HEADING_SIZE or (paragraph.bold and numbered)
