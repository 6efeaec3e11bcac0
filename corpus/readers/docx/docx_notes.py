"""Footnotes and endnotes of a DOCX: numbered as they are referred to, read where they are."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from lxml import etree

from corpus.readers.docx.docx_package import W

_PARTS = ("footnotes", "endnotes")


class Notes:
    """The notes of a document, by part and id."""

    def __init__(self, document: Document) -> None:
        """Find them."""
        self._bodies: dict[tuple[str, str], Any] = {}
        self._numbers: dict[tuple[str, str], str] = {}
        for relation in document.part.rels.values():
            name = relation.reltype.rsplit("/", 1)[-1]
            if name in _PARTS and not relation.is_external:
                root = _root(relation.target_part)
                for note in root if root is not None else ():
                    if note.get(f"{W}type") in (None, "normal"):
                        self._bodies[name, note.get(f"{W}id", "")] = note

    def number(self, part: str, identity: str) -> str:
        """The number printed for a note, by the order in which they are first asked for; "" if there is none."""
        key = part, identity
        if key not in self._bodies:
            return ""
        return self._numbers.setdefault(key, str(len(self._numbers) + 1))

    def body(self, part: str, identity: str) -> Any:
        """The element that holds a note's paragraphs."""
        return self._bodies[part, identity]

    def unasked(self) -> Iterator[tuple[str, str]]:
        """Notes that no text has referred to."""
        return (key for key in self._bodies if key not in self._numbers)


def _root(part: Any) -> Any:
    if hasattr(part, "element"):
        return part.element
    try:
        return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
