"""Documents and passages out of the JSON that `dataclasses.asdict` makes of them."""

from collections.abc import Mapping
from typing import Any

from corpus.models import Cell, Document, Official, Passage, Place, Relation, RelationKind, Row


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
    official = _official(said) if (said := fields.get("official")) else None
    known = {"pages": pages, "headings": headings, "rows": rows, "places": places, "groups": groups}
    return Document(**{**fields, **known, "official": official})


def _row(fields: Mapping[str, Any]) -> Row:
    return Row(**{**fields, "cells": tuple(Cell(**cell) for cell in fields["cells"])})


def _official(fields: Mapping[str, Any]) -> Official:
    relations = (Relation(**{**each, "kind": RelationKind(each["kind"])}) for each in fields["relations"])
    places = tuple((str(name), int(start), int(end)) for name, start, end in fields["places"])
    recipients = tuple(map(str, fields["recipients"]))
    return Official(**{**fields, "relations": tuple(relations), "places": places, "recipients": recipients})


def passage_from_json(fields: Mapping[str, Any]) -> Passage:
    """The passage `dataclasses.asdict` and JSON made these fields of; those it may lack are None.

    Raises:
        TypeError: if the fields are not a passage's.
    """
    return Passage(**{**fields, "path": tuple(fields.get("path", ()))})
