"""What is new, changed or gone between the documents of a generation and those of today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.models import Document, Passage


@dataclass(frozen=True, slots=True)
class Difference:
    """From one state of the documents to the next.

    Attributes:
        added, changed, removed: ids of documents, in their order; changed ones differ in their text or in what is known
            of them.
        passages_added, passages_removed, passages_kept: counts, by passage id.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    passages_added: int = 0
    passages_removed: int = 0
    passages_kept: int = 0


def compare(
    before: Mapping[str, Document],
    passages_before: Iterable[Passage],
    documents: Sequence[Document],
    passages: Iterable[Passage],
) -> Difference:
    """Compare documents and passages of a generation (`before`) with others."""
    now = {document.id for document in documents}
    ids_before = {passage.id for passage in passages_before}
    ids = {passage.id for passage in passages}
    return Difference(
        added=tuple(document.id for document in documents if document.id not in before),
        changed=tuple(document.id for document in documents if before.get(document.id, document) != document),
        removed=tuple(identity for identity in before if identity not in now),
        passages_added=len(ids - ids_before),
        passages_removed=len(ids_before - ids),
        passages_kept=len(ids & ids_before),
    )
