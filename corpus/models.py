"""What a document and a passage are, everywhere in the project."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One official text as understood: its own words, without the furniture of the page it came on.

    Attributes:
        id: stable name of the document in its library: the file's stem or a slug of it, `[A-Za-z0-9._-]+`; or the `_id`
            of a JSON line, as written.
        title: headline of the text, one line.
        published: ISO date of publication (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), None if the page does not say.
        publisher: who published it, in the page's own words or the host of its known address.
        author: who signed it.
        url: the address it is known to have, never a guess.
        text: NFC paragraphs separated by one blank line; the title is not repeated here.
        snapshot: SHA-256 (hex) of the raw bytes it was read from.
        pages: (character offset in `text`, page number from 1), ascending, for files that have pages; else empty.
        headings: (character offset in `text`, heading that holds from there on), ascending; empty where none is marked.
    """

    id: str
    title: str
    published: str | None
    publisher: str | None
    author: str | None
    url: str | None
    text: str
    snapshot: str
    pages: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of a document: a paragraph, or a run of whole sentences out of a long one.

    `document.text[start:end] == text` always holds; offsets count characters (code points).

    Attributes:
        id: 16 characters of `a-z2-7`, made from document id, normalised text and occurrence (see `corpus.splitting`).
        document_id: the document it stands in.
        ordinal: 0-based place among the document's passages, in reading order.
        page: number of the page it begins on, None where the file has none.
        heading: the heading it stands under, None where none is marked.
    """

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    text: str
    page: int | None = None
    heading: str | None = None


def document_from_json(fields: Mapping[str, Any]) -> Document:
    """The document `dataclasses.asdict` and JSON made these fields of; those it may lack are empty.

    Raises:
        TypeError, ValueError: if the fields are not a document's.
    """
    pages = tuple((int(offset), int(page)) for offset, page in fields.get("pages", ()))
    headings = tuple((int(offset), str(heading)) for offset, heading in fields.get("headings", ()))
    return Document(**{**fields, "pages": pages, "headings": headings})


def passage_from_json(fields: Mapping[str, Any]) -> Passage:
    """The passage `dataclasses.asdict` and JSON made these fields of; those it may lack are None.

    Raises:
        TypeError: if the fields are not a passage's.
    """
    return Passage(**fields)
