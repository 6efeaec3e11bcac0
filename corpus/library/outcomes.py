"""What became of something that was to be added, corrected, removed or brought back."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.article.page import Page
from corpus.models import Document


class Action(StrEnum):
    """What was done."""

    ADDED = "added"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    REMOVED = "removed"
    RESTORED = "restored"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing.

    Attributes:
        source: where it came from, or the document it is about.
        action: what was done.
        sentence: why, where that is not plain.
        file: the file in the folder of documents.
        documents: as they are understood now; before, if it was removed. Several from one file of JSON lines.
        page: what the file itself says; None for JSON lines.
        warnings: what is doubtful about it, one sentence each.
        sha256: of the file's bytes.
        size: of the file in bytes.
    """

    source: str
    action: Action
    sentence: str = ""
    file: str | None = None
    documents: tuple[Document, ...] = ()
    page: Page | None = None
    warnings: tuple[str, ...] = ()
    sha256: str | None = None
    size: int = 0
