"""A plain text or Markdown file, or a crawled page saved as text -> what it says, without page furniture."""

import re

from corpus.cleaning import clean, decode, unwrap
from corpus.page import Page, read_page

_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)


def read_text(raw: bytes) -> Page:
    """Read a text file or a saved page of any encoding.

    Raises:
        UnreadableError: if it is empty or binary.
    """
    return read_page(unwrap(clean(decode(raw))))


def read_markdown(raw: bytes) -> Page:
    """Read a Markdown file; the `#` of headings are left out, everything else stays as typed.

    Raises:
        UnreadableError: if it is empty or binary.
    """
    return read_page(unwrap(clean(_MARKDOWN_HEADING.sub(r"\1", decode(raw)))))
