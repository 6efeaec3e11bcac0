"""Taking newcomers into the folder, one after the other, or saying why not."""

from hashlib import sha256
from pathlib import PurePosixPath

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.folder.file_names import document_id
from corpus.folder.page_cache import PageCache
from corpus.folder.reading_folder import document_from
from corpus.intake.gathering import Item, Refused
from corpus.library.changes import Changes
from corpus.library.inventory import Inventory, StoredFile
from corpus.library.outcomes import Action, Outcome
from corpus.library.recognising import Newcomer, Recognition, examine, recognise
from corpus.library.snapshots import LogEntry
from corpus.models import Document

_DONE = frozenset((Action.ADDED, Action.REPLACED, Action.CORRECTED, Action.RESTORED))


class Acceptance:
    """One command's work on the folder."""

    def __init__(self, inventory: Inventory, changes: Changes | None, cache: PageCache | None) -> None:
        """Take what lies there, and what changes it: None says what would be done without doing it."""
        self._inventory = inventory
        self._changes = changes
        self._cache = cache
        self._fresh: set[str] = set()

    def take(self, item: Item, *, force: bool, target: StoredFile | None = None) -> Outcome:
        """Add an item, or let it take the place of its older version.

        Args:
            item: what was found.
            force: also what is there already, and pages that shrank suspiciously.
            target: the file it was fetched anew for.

        Raises:
            OSError: if something cannot be written.
        """
        if isinstance(item, Refused):
            return Outcome(item.source, Action.REFUSED, item.sentence)
        try:
            newcomer = examine(item, self._cache)
        except UnreadableError as error:
            what = "page" if item.address else "file"
            return Outcome(item.source, Action.REFUSED, f"The {what} is skipped: {error}.")
        recognition = recognise(newcomer, self._inventory, self._fresh, force=force, target=target)
        if recognition.action in (Action.ADDED, Action.REPLACED):
            self._fresh.add(recognition.file)
        return self.carry_out(newcomer, recognition)

    def carry_out(self, newcomer: Newcomer, recognition: Recognition) -> Outcome:
        """Do what a recognition says.

        Raises:
            OSError: if something cannot be written.
        """
        previous, documents, page, digest = recognition.previous, newcomer.documents, newcomer.page, newcomer.sha256
        if recognition.action not in _DONE:
            documents = tuple(previous.documents) if previous else documents
        else:
            if recognition.action is Action.CORRECTED and previous is not None:
                page, digest = previous.page, previous.sha256
            if page is not None:
                documents = (document_from(_identity(recognition), page, recognition.known, digest),)
            if self._changes is not None:
                self._write(newcomer, recognition, documents if page is not None else ())
            self._arrange(newcomer, recognition, documents, page, digest)
        return Outcome(
            newcomer.found.source,
            recognition.action,
            recognition.sentence,
            recognition.file,
            documents,
            page,
            recognition.warnings,
            digest,
            len(newcomer.found.raw),
        )

    def _write(self, newcomer: Newcomer, recognition: Recognition, documents: tuple[Document, ...]) -> None:
        if self._changes is None:
            return
        found, previous = newcomer.found, recognition.previous
        stays = recognition.action is Action.CORRECTED
        raw = (self._changes.current_bytes(recognition.file) or b"") if stays else found.raw
        old = self._changes.current_bytes(previous.file) if previous else None
        moved = previous is not None and previous.file != recognition.file
        key = previous.key if previous and not moved else recognition.file
        entry = LogEntry(
            action=recognition.action.value,
            file=recognition.file,
            document=documents[0].id if documents else None,
            address=found.address or recognition.known.get("url"),
            sha256=sha256(raw).hexdigest(),
            size=len(raw),
            previous=sha256(old).hexdigest() if old is not None else None,
            moved_from=previous.file if previous and moved else None,
            source=None if recognition.action is Action.RESTORED else found.source,
            known=recognition.known,
            key=key,
        )
        self._changes.put(entry, None if stays else raw)

    def _arrange(
        self,
        newcomer: Newcomer,
        recognition: Recognition,
        documents: tuple[Document, ...],
        page: Page | None,
        digest: str,
    ) -> None:
        """Have the inventory know what lies there now."""
        previous = recognition.previous
        if previous is not None and previous.file != recognition.file:
            self._inventory.drop(previous.file)
        own = digest if page is not None else ""
        key = previous.key if previous is not None and previous.file == recognition.file else recognition.file
        stored = StoredFile(recognition.file, own, list(documents), page, recognition.known, key)
        self._inventory.put(stored, newcomer.found.source)


def _identity(recognition: Recognition) -> str:
    """The id of the document that will lie there: its older version's if the name stays, else by its name."""
    previous = recognition.previous
    if (
        previous is not None
        and previous.documents
        and PurePosixPath(previous.file).stem == PurePosixPath(recognition.file).stem
    ):
        return previous.documents[0].id
    return document_id(PurePosixPath(recognition.file).stem)
