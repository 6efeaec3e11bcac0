"""What a newcomer is to the documents there are: new, a newer version of one, or one that is there already."""

import io
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath

from corpus.article.page import Page
from corpus.errors import UnreadableError
from corpus.folder.duplicates import A_NEWER_VERSION, text_key
from corpus.folder.file_names import document_id
from corpus.folder.page_cache import PageCache
from corpus.folder.reading_folder import JSON_LINES, document_from, understand
from corpus.intake.gathering import GatheredFile
from corpus.library.inventory import Inventory, StoredFile
from corpus.library.outcomes import Action
from corpus.models import Document
from corpus.readers.jsonl import BadLine, read_lines

_SHRUNK = 0.3
_TOLD = 3  # bad lines of a file that are named one by one


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Something found, as it was understood.

    Attributes:
        documents: one, or those of its lines; their ids count only for lines.
        page: None for lines.
        warnings: what is doubtful about it.
    """

    found: GatheredFile
    sha256: str
    documents: tuple[Document, ...]
    page: Page | None
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All its documents' text."""
        return "\n".join(document.text for document in self.documents)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is to be done with a newcomer.

    Attributes:
        file: where it goes, or the file that it is.
        previous: the file it takes the place of.
        known: what `sources.toml` shall say of it.
        sentence: why, where that is not plain.
    """

    action: Action
    file: str
    previous: StoredFile | None = None
    known: dict[str, str] = field(default_factory=dict)
    sentence: str = ""
    warnings: tuple[str, ...] = ()


def examine(found: GatheredFile, cache: PageCache | None) -> Newcomer:
    """Understand something found.

    Raises:
        UnreadableError: with a clause that says why it is no document.
    """
    digest = sha256(found.raw).hexdigest()
    if found.path.suffix.lower() != JSON_LINES:
        page = understand(found.path.name, found.raw, cache, digest)
        document = document_from(document_id(found.path.stem), page, found.known, digest)
        return Newcomer(found, digest, (document,), page, (*found.warnings, *page.notices))
    records = list(read_lines(io.BytesIO(found.raw)))
    documents = tuple(record for record in records if isinstance(record, Document))
    bad = [record.sentence for record in records if isinstance(record, BadLine)]
    if not documents:
        raise UnreadableError(bad[0].rstrip(".") if bad else "it is empty")
    more = [f"{len(bad) - _TOLD} more lines are skipped."] if len(bad) > _TOLD else []
    return Newcomer(found, digest, documents, None, (*found.warnings, *bad[:_TOLD], *more))


def recognise(
    newcomer: Newcomer, inventory: Inventory, fresh: set[str], *, force: bool, target: StoredFile | None = None
) -> Recognition:
    """Say what a newcomer is.

    Args:
        newcomer: as it was understood.
        inventory: what lies in the folder.
        fresh: files added or replaced by the same command, which a namesake never replaces.
        force: keep it even if its bytes or its text are there already, or if it shrank suspiciously.
        target: the file it is fetched anew for.

    Raises:
        OSError: if a file cannot be read to compare.
    """
    found = newcomer.found
    lines = newcomer.page is None
    previous = target or _previous(newcomer, inventory, fresh)
    twin = inventory.with_bytes(found.raw, newcomer.sha256, lines=lines)
    same_bytes = twin is not None
    twin = twin or (None if lines else inventory.with_text(newcomer.text))
    if twin is not None and twin is not previous and target is None:
        known_now = _address_learnt(newcomer, twin)
        if known_now:
            sentence = f"Its text is there already as {_name(twin)}, whose address is known now."
            return Recognition(Action.CORRECTED, twin.file, twin, known_now, sentence)
        if not force:
            what = "The same file" if same_bytes else "The same text"
            sentence = f"{what} is there already as {_name(twin)}; --force adds it all the same."
            return Recognition(Action.DUPLICATE, twin.file, twin, sentence=sentence)
    if previous is not None:
        return _newer(newcomer, previous, inventory, same_bytes=twin is previous and same_bytes, force=force)
    place = inventory.free_place(found.path)
    warnings = list(newcomer.warnings)
    if place != found.path and not lines:
        warnings.append(f"Another document is called {found.path.name}: this one is kept as {place.name}.")
    if not lines and (near := inventory.nearly(newcomer.text)):
        warnings.append(f"It is nearly the same text as {near[0]} ({near[1]:.0%}).")
    return Recognition(Action.ADDED, place.as_posix(), None, found.known, warnings=tuple(warnings))


def _previous(newcomer: Newcomer, inventory: Inventory, fresh: set[str]) -> StoredFile | None:
    """The version of the same page or file that lies there."""
    found = newcomer.found
    if found.address:
        return inventory.at_address(found.address)
    same = inventory.from_source(found.source)
    if same is not None and (same.file not in fresh or same.sha256 == newcomer.sha256):
        return same
    called = inventory.called(found.path)
    if called is None or called.file in fresh:
        return None
    alike = not called.documents or inventory.likeness(called, newcomer.text) >= A_NEWER_VERSION
    return called if alike else None


def _newer(
    newcomer: Newcomer, previous: StoredFile, inventory: Inventory, *, same_bytes: bool, force: bool
) -> Recognition:
    known = dict(newcomer.found.known) | dict(previous.known)
    if same_bytes:
        if known != dict(previous.known):
            return Recognition(
                Action.CORRECTED, previous.file, previous, known, "It was there; more is known of it now."
            )
        return Recognition(Action.UNCHANGED, previous.file, previous, known)
    if newcomer.found.address and newcomer.page and previous.page and not force:
        if _says_the_same(newcomer.page, previous.page):
            return Recognition(
                Action.UNCHANGED, previous.file, previous, known, "Only what surrounds the text has changed."
            )
        before, after = len(previous.page.text), len(newcomer.text)
        if after < before * _SHRUNK:
            sentence = (
                f"What came has only {after / before:.0%} of the text that was there, as an error page would; "
                "the document is left as it is (--force takes it all the same)."
            )
            return Recognition(Action.REFUSED, previous.file, previous, known, sentence)
    place = PurePosixPath(previous.file)
    suffix = newcomer.found.path.suffix
    if suffix.lower() != place.suffix.lower():
        place = inventory.successor_place(place.with_suffix(suffix), previous)
    warnings = newcomer.warnings
    if previous.documents and not newcomer.found.address:
        likeness = inventory.likeness(previous, newcomer.text)
        if likeness < A_NEWER_VERSION:
            back = f"danvan corpus restore {_name(previous)} brings that back"
            warnings = (*warnings, f"It has little in common with what it replaces ({likeness:.0%}); {back}.")
    return Recognition(Action.REPLACED, place.as_posix(), previous, known, warnings=warnings)


def _address_learnt(newcomer: Newcomer, twin: StoredFile) -> dict[str, str] | None:
    """What is known of a document once the address its text was fetched from is added; None if it has one."""
    if not newcomer.found.address or twin.page is None or twin.known.get("url"):
        return None
    return dict(twin.known) | {"url": newcomer.found.known["url"]}


def _says_the_same(page: Page, other: Page) -> bool:
    facts = [(each.title, each.published, each.author, each.publisher, text_key(each.text)) for each in (page, other)]
    return facts[0] == facts[1]


def _name(stored: StoredFile) -> str:
    return stored.documents[0].id if len(stored.documents) == 1 else stored.file
