"""Narrowing the documents down by words, publisher and date, for lists of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from corpus.models import Document
from corpus.vietnamese import fold

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of documents is narrowed down to; "" where it is not.

    Attributes:
        words: all of them must stand in title or text, with marks or without.
        since, until: ISO dates, both inclusive; a document of a whole year counts if the year overlaps.
    """

    words: str = ""
    publisher: str = ""
    since: str = ""
    until: str = ""

    def fits(self, document: Document) -> bool:
        """Whether a document is wanted."""
        if self.publisher and document.publisher != self.publisher:
            return False
        if (self.since or self.until) and not document.published:
            return False
        published = document.published or ""
        if self.since and published < self.since[: len(published)]:
            return False
        if self.until and published > self.until:
            return False
        return not self.words or _words(self.words) <= words_of(document)


@lru_cache(maxsize=20_000)
def words_of(document: Document) -> frozenset[str]:
    """The syllables of a document, without marks."""
    return _words(f"{document.title}\n{document.publisher or ''}\n{document.text}")


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", fold(text)))


def wanted_by(query: Mapping[str, str]) -> Wanted:
    """What `words`, `publisher`, `from` and `to` of an address ask for; a date that is none asks for nothing."""
    return Wanted(
        words=query.get("words", "")[:_LONGEST].strip(),
        publisher=query.get("publisher", "")[:_LONGEST],
        since=_iso(query.get("from", "")),
        until=_iso(query.get("to", "")),
    )


def newest_first(documents: Sequence[Document]) -> list[Document]:
    """Documents by date, those without one last."""
    return sorted(documents, key=lambda document: (document.published or "", document.title), reverse=True)


def _iso(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""
