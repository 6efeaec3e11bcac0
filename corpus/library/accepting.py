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
from corpus.library.inventory import Lying, Shelf
from corpus.library.outcomes import Action, Outcome
from corpus.library.recognising import Newcomer, Verdict, judge, meet
from corpus.library.snapshots import LogEntry
from corpus.models import Document

_DONE = frozenset((Action.ADDED, Action.REPLACED, Action.CORRECTED, Action.RESTORED))


class Acceptance:
    """One command's work on the folder."""

    def __init__(self, shelf: Shelf, changes: Changes | None, cache: PageCache | None) -> None:
        """Take what lies there, and what changes it: None says what would be done without doing it."""
        self._shelf = shelf
        self._changes = changes
        self._cache = cache
        self._fresh: set[str] = set()

    def take(self, item: Item, *, force: bool, target: Lying | None = None) -> Outcome:
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
            newcomer = meet(item, self._cache)
        except UnreadableError as error:
            what = "page" if item.address else "file"
            return Outcome(item.source, Action.REFUSED, f"The {what} is skipped: {error}.")
        verdict = judge(newcomer, self._shelf, self._fresh, force=force, target=target)
        if verdict.action in (Action.ADDED, Action.REPLACED):
            self._fresh.add(verdict.file)
        return self.carry_out(newcomer, verdict)

    def carry_out(self, newcomer: Newcomer, verdict: Verdict) -> Outcome:
        """Do what a verdict says.

        Raises:
            OSError: if something cannot be written.
        """
        previous, documents, page, digest = verdict.previous, newcomer.documents, newcomer.page, newcomer.sha256
        if verdict.action not in _DONE:
            documents = tuple(previous.documents) if previous else documents
        else:
            if verdict.action is Action.CORRECTED and previous is not None:
                page, digest = previous.page, previous.sha256
            if page is not None:
                documents = (document_from(_identity(verdict), page, verdict.known, digest),)
            if self._changes is not None:
                self._write(newcomer, verdict, documents if page is not None else ())
            self._arrange(newcomer, verdict, documents, page, digest)
        return Outcome(
            newcomer.found.source,
            verdict.action,
            verdict.sentence,
            verdict.file,
            documents,
            page,
            verdict.warnings,
            digest,
            len(newcomer.found.raw),
        )

    def _write(self, newcomer: Newcomer, verdict: Verdict, documents: tuple[Document, ...]) -> None:
        if self._changes is None:
            return
        found, previous = newcomer.found, verdict.previous
        stays = verdict.action is Action.CORRECTED
        raw = (self._changes.lying(verdict.file) or b"") if stays else found.raw
        old = self._changes.lying(previous.file) if previous else None
        moved = previous is not None and previous.file != verdict.file
        key = previous.key if previous and not moved else verdict.file
        entry = LogEntry(
            action=verdict.action.value,
            file=verdict.file,
            document=documents[0].id if documents else None,
            address=found.address or verdict.known.get("url"),
            sha256=sha256(raw).hexdigest(),
            size=len(raw),
            previous=sha256(old).hexdigest() if old is not None else None,
            moved_from=previous.file if previous and moved else None,
            source=None if verdict.action is Action.RESTORED else found.source,
            known=verdict.known,
            key=key,
        )
        self._changes.put(entry, None if stays else raw)

    def _arrange(
        self, newcomer: Newcomer, verdict: Verdict, documents: tuple[Document, ...], page: Page | None, digest: str
    ) -> None:
        """Have the shelf know what lies there now."""
        previous = verdict.previous
        if previous is not None and previous.file != verdict.file:
            self._shelf.drop(previous.file)
        own = digest if page is not None else ""
        key = previous.key if previous is not None and previous.file == verdict.file else verdict.file
        lying = Lying(verdict.file, own, list(documents), page, verdict.known, key)
        self._shelf.put(lying, newcomer.found.source)


def _identity(verdict: Verdict) -> str:
    """The id of the document that will lie there: its older version's if the name stays, else by its name."""
    previous = verdict.previous
    if (
        previous is not None
        and previous.documents
        and PurePosixPath(previous.file).stem == PurePosixPath(verdict.file).stem
    ):
        return previous.documents[0].id
    return document_id(PurePosixPath(verdict.file).stem)
