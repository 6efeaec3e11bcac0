"""What a document and a passage are, everywhere in the project."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where words of a text stand on the paper.

    Attributes:
        start, end: the words, in characters of the document's text.
        page: its number, from 1.
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


def document_from_json(fields: Mapping[str, Any]) -> Document:
    """The document `dataclasses.asdict` and JSON made these fields of; those it may lack are empty.

    Raises:
        TypeError, ValueError: if the fields are not a document's.
    """
    pages = tuple((int(offset), int(page)) for offset, page in fields.get("pages", ()))
    headings = tuple((int(offset), str(heading)) for offset, heading in fields.get("headings", ()))
    rows = tuple(_row(row) for row in fields.get("rows", ()))
    places = tuple(Place(**{**place, "box": tuple(place["box"])}) for place in fields.get("places", ()))
    groups = tuple(map(str, fields.get("groups", ())))
    known = {"pages": pages, "headings": headings, "rows": rows, "places": places, "groups": groups}
    return Document(**{**fields, **known})


def _row(fields: Mapping[str, Any]) -> Row:
    return Row(**{**fields, "cells": tuple(Cell(**cell) for cell in fields["cells"])})


def passage_from_json(fields: Mapping[str, Any]) -> Passage:
    """The passage `dataclasses.asdict` and JSON made these fields of; those it may lack are None.

    Raises:
        TypeError: if the fields are not a passage's.
    """
    return Passage(**{**fields, "path": tuple(fields.get("path", ()))})
