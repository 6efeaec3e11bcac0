"""Which documents a search is narrowed to: by date, by publisher, by name."""

from dataclasses import dataclass, field

from corpus.models import Document


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which documents are searched; nothing is said of what is None or empty.

    The words are still weighed over the whole index, so that a narrowed search ranks as the wide one does. What
    somebody may not see is another matter: see `OpenIndex.visible_to`.

    Attributes:
        since, until: ISO dates, both inclusive; a document of a whole year counts if the year overlaps.
        publisher: in the document's own words.
        documents: ids.
    """

    since: str | None = None
    until: str | None = None
    publisher: str | None = None
    documents: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.publisher or self.documents)

    def fits(self, document: Document) -> bool:
        """Whether a document is searched."""
        published = document.published or ""
        if self.documents and document.id not in self.documents:
            return False
        if self.publisher and document.publisher != self.publisher:
            return False
        if (self.since or self.until) and not published:
            return False
        if self.since and published < self.since[: len(published)]:
            return False
        return not self.until or published <= self.until
