"""What a document and a passage are, everywhere in the project."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a numbered part of an official document is, from the outermost to the innermost."""

    ATTACHMENT = "phụ lục"
    PART = "phần"
    CHAPTER = "chương"
    SECTION = "mục"
    SUBSECTION = "tiểu mục"
    ARTICLE = "điều"
    CLAUSE = "khoản"
    POINT = "điểm"


@dataclass(frozen=True, slots=True)
class Unit:
    """A numbered part of an official document's text: an Điều, a khoản of it, a Chương.

    Attributes:
        number: in one form, `3` for both III and 3; for a điểm its letter, for what is attached its name.
        label: the number, or the whole label, as it is written.
        title: its heading without the number, "" where it has none.
        start, end: where it stands, the parts inside it included, in characters of the document's text.
        body: where the text behind its label and title begins.
        parent: which of the document's units it stands in, None for the outermost.
    """

    level: Level
    number: str
    label: str
    title: str
    start: int
    body: int
    end: int
    parent: int | None = None


class RelationKind(StrEnum):
    """What one document does to another."""

    REPLACES = "replaces"
    REPEALS = "repeals"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True)
class Relation:
    """That a document replaces, repeals or amends another one, as its text says.

    Attributes:
        number: of the other document, as it is written there.
        date: ISO date of the other document, None where it is not said.
        partly: whether only a part of the other document is meant.
        start, end: the sentence that says so, in characters of the text; both 0 if an admin said so.
    """

    kind: RelationKind
    number: str
    date: str | None = None
    partly: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Official:
    """What an official document says of itself; None or empty where it does not say.

    Attributes:
        number: as it is written (`11/2018/NQ-HĐND`).
        kind: what it is (`Nghị quyết`).
        subject: what it is about (trích yếu).
        agency: who issued it.
        place, date: where and when (ISO).
        signer, office: who signed it, and as what.
        recipients: whom it goes to.
        effective: ISO date from which it holds.
        expires: ISO date after which it does not, as it says itself.
        relations: what it does to other documents.
        replaced_by: number of the document that an admin says has replaced it.
        places: what of all that stands where in the text: name of an attribute, start, end.
        body, foot: where the text behind its head begins, and where that ends: recipients and signature follow.
    """

    number: str | None = None
    kind: str | None = None
    subject: str | None = None
    agency: str | None = None
    place: str | None = None
    date: str | None = None
    signer: str | None = None
    office: str | None = None
    recipients: tuple[str, ...] = ()
    effective: str | None = None
    expires: str | None = None
    relations: tuple[Relation, ...] = ()
    replaced_by: str | None = None
    places: tuple[tuple[str, int, int], ...] = ()
    body: int = 0
    foot: int | None = None

    def frames(self, start: int, end: int) -> bool:
        """Whether a stretch of the text is head or foot of the document alone."""
        return end <= self.body or (self.foot is not None and start >= self.foot)

    def place_of(self, attribute: str) -> tuple[int, int] | None:
        """Where in the text an attribute stands, None where it does not."""
        return next(((start, end) for name, start, end in self.places if name == attribute), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table in a text.

    Attributes:
        column: what the table calls its column, "" if it does not.
        start, end: where its value stands, in characters.
    """

    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table in a document's text, a paragraph of its own.

    Attributes:
        table: number of the table in the document, from 0.
        start, end: where it stands in the text.
        cells: from left to right, their places in the document's text.
        caption: the line above the table, "" if there is none.
    """

    table: int
    start: int
    end: int
    cells: tuple[Cell, ...]
    caption: str = ""


NO_PAGE = 0
"""Instead of the number of a page, of words on a picture that is packed into a file without pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words of a text stand on the paper.

    Attributes:
        start, end: the words, in characters of the document's text.
        page: its number, from 1, or `NO_PAGE`.
        box: left, top, right, bottom in points (1/72 inch) from the upper left corner of the page as it is read.
        confidence: of the recognition that read them, 0 to 1.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    confidence: float


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
        rows: of the tables in it, ascending.
        places: of words that were recognised on a picture, ascending; empty for texts that are text in the file.
        groups: names, ascending, of those whose members alone may see it (see `corpus.groups`); empty for everybody.
        official: what it says of itself if it is an official document; else None.
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
    rows: tuple[Row, ...] = ()
    places: tuple[Place, ...] = ()
    groups: tuple[str, ...] = ()
    official: Official | None = None


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
        path: the numbered parts of the document it stands in (`Chương III`, `Điều 7`, `Khoản 2`), outermost first.
    """

    id: str
    document_id: str
    ordinal: int
    start: int
    end: int
    text: str
    page: int | None = None
    heading: str | None = None
    path: tuple[str, ...] = ()
