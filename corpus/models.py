"""What a document and a passage are, everywhere in the project."""

from dataclasses import dataclass


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
    """

    id: str
    title: str
    published: str | None
    publisher: str | None
    author: str | None
    url: str | None
    text: str
    snapshot: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of a document: a paragraph, or a run of whole sentences out of a long one.

    `document.text[start:end] == text` always holds; offsets count characters (code points).

    Attributes:
        id: 16 characters of `a-z2-7`, made from document id, normalised text and occurrence (see `corpus.splitting`).
        document_id: the document it stands in.
        ordinal: 0-based place among the document's passages, in reading order.
    """

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    text: str
