"""A plain text file, or a crawled page saved as text -> what it says, without page furniture."""

import unicodedata
from dataclasses import replace

from corpus.article.page import Page, read_page
from corpus.cleaning import clean, decode, repair_legacy, unwrap
from corpus.readers.warning_texts import LEGACY, UNREADABLE_LETTERS


def read_text(raw: bytes) -> Page:
    """Read a text file or a saved page of any encoding.

    Raises:
        UnreadableError: if it is empty or binary.
    """
    text = decode(raw)
    page = read_page(unwrap(clean(text)))
    return replace(page, warnings=(*page.warnings, *legacy_warning(text)))


def legacy_warning(text: str) -> tuple[str, ...]:
    """What is to be said of a text that was typed in an old encoding, or of which letters are lost."""
    composed = unicodedata.normalize("NFC", text)
    found = []
    if "\ufffd" in composed:
        found.append(UNREADABLE_LETTERS)
    if repair_legacy(composed) != composed:
        found.append(LEGACY)
    return tuple(found)
