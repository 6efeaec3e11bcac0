"""A plain text file, or a crawled page saved as text -> what it says, without page furniture."""

import unicodedata
from dataclasses import replace

from corpus.article.page import Page, read_page
from corpus.cleaning import clean, decode, repair_legacy, unwrap
from corpus.mending import mend_lines, mend_text
from corpus.readers.warning_texts import LEGACY, MENDED, UNREADABLE_LETTERS


def read_text(raw: bytes) -> Page:
    """Read a text file or a saved page of any encoding.

    Raises:
        UnreadableError: if it is empty or binary.
    """
    text = decode(raw)
    mended = mend_text(text)
    page = read_page(unwrap(clean(mended)))
    return replace(page, warnings=(*page.warnings, *repair_warnings(text, mended)))


def repair_warnings(text: str, mended: str) -> tuple[str, ...]:
    """What is to be said of a text that was spoilt or typed in an old encoding, or of which letters are lost.

    Args:
        text: as it was decoded.
        mended: what `mend_text` made of it.
    """
    composed = unicodedata.normalize("NFC", mended)
    found = []
    if mended != text or mend_lines(mended) != mended:
        found.append(MENDED)
    if "\ufffd" in composed:
        found.append(UNREADABLE_LETTERS)
    if repair_legacy(composed) != composed:
        found.append(LEGACY)
    return tuple(found)
