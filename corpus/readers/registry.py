"""Which reader understands a file, by the ending of its name and what its bytes begin with."""

from collections.abc import Callable
from pathlib import PurePath

from corpus.errors import UnreadableError
from corpus.page import Page
from corpus.readers.limits import DEFAULT_LIMITS, Limits

VERSION = 1
"""Of what the readers make of a file; pages kept in a cache are made anew when it changes."""


def read_bytes(name: str, raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read one file as far as it is understood.

    Args:
        name: the file's name; only its ending counts.
        raw: the whole file.
        limits: what is refused for its size.

    Raises:
        UnreadableError: with a clause that says why (`it is empty`), fit to follow "The file is skipped: ".
    """
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise UnreadableError(f"{suffix or 'a file without ending'} is not one of {', '.join(sorted(SUFFIXES))}")
    return reader(raw, limits)


def _text(raw: bytes, _: Limits) -> Page:
    from corpus.readers.text import read_text  # noqa: PLC0415

    return read_text(raw)


def _markdown(raw: bytes, _: Limits) -> Page:
    from corpus.readers.text import read_markdown  # noqa: PLC0415

    return read_markdown(raw)


def _html(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.html import read_html  # noqa: PLC0415

    return read_html(raw, limits)


def _pdf(raw: bytes, limits: Limits) -> Page:
    from corpus.readers.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(raw, limits)


_READERS: dict[str, Callable[[bytes, Limits], Page]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
}
SUFFIXES: frozenset[str] = frozenset(_READERS)
"""Endings of names that are read, in small letters with their dot."""
