"""What people may read: the documents of the published generation, and passages as they stood when they were cited."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.records.cited_passages import KeptPassage
from corpus.errors import DanvanError
from corpus.groups import Groups, may_see
from corpus.library.snapshots import LogEntry, Snapshots
from corpus.models import Document, Passage
from embeddings.index.protocol import IndexStore


class Texts(Protocol):
    """Documents and passages of one generation, such as an `embeddings.Retriever`."""

    generation_id: str
    documents: Mapping[str, Document]

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, None if this generation has none."""
        ...


class StoredTexts:
    """Documents and passages as they lie on disk, for as long as no retriever is open."""

    def __init__(self, generation_id: str, documents: Mapping[str, Document], passages: Sequence[Passage]) -> None:
        """Arrange what was read."""
        self.generation_id = generation_id
        self.documents: Mapping[str, Document] = documents
        self._by_id = {passage.id: passage for passage in passages}
        groups: dict[str, list[Passage]] = {}
        for passage in passages:
            groups.setdefault(passage.document_id, []).append(passage)
        self._of_document = {identity: tuple(group) for identity, group in groups.items()}

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        return self._of_document.get(document_id, ())

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, None if this generation has none."""
        return self._by_id.get(passage_id)


@dataclass(frozen=True, slots=True)
class Edition:
    """A document with its passages, as one generation has it.

    Attributes:
        is_present: whether that generation is the published one.
    """

    document: Document
    passages: tuple[Passage, ...]
    generation: str
    is_present: bool


class VisibleTexts:
    """The documents and passages of one generation that members of some groups may see."""

    def __init__(self, texts: Texts, groups: Groups | None) -> None:
        """Look at some texts with their eyes."""
        self.generation_id = texts.generation_id
        self.documents: Mapping[str, Document] = {
            identity: document for identity, document in texts.documents.items() if may_see(document.groups, groups)
        }
        self._texts = texts

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        return self._texts.passages_of(document_id) if document_id in self.documents else ()

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, None if there is none."""
        passage = self._texts.passage(passage_id)
        return passage if passage is not None and passage.document_id in self.documents else None


class VisibleDocuments:
    """What members of some groups may read: for everything else it is as if there were no such document.

    Blocking for a moment, safe to use from several threads.
    """

    def __init__(self, documents: "PublishedDocuments", groups: Groups | None) -> None:
        """Look at the documents with their eyes; None sees everything."""
        self._documents = documents
        self._groups = groups

    def texts(self) -> Texts:
        """Documents and passages of the generation that answers.

        Raises:
            IndexingError: if nothing is published, or what is published is damaged.
        """
        return VisibleTexts(self._documents.texts(), self._groups)

    def document(self, document_id: str) -> Edition | None:
        """A document as it is now, None if there is none of this id."""
        return self._if_visible(self._documents.document(document_id))

    def with_passage(self, passage_id: str) -> Edition | None:
        """The document in which a passage stands, or stood when it was cited (see `PublishedDocuments`)."""
        return self._if_visible(self._documents.with_passage(passage_id))

    def came_in(self, document: Document) -> LogEntry | None:
        """When and how the bytes of a document came in, None if it was laid into the folder by hand."""
        return self._documents.came_in(document)

    def _if_visible(self, edition: Edition | None) -> Edition | None:
        """What was open once is closed by what the document is now, and what was closed once stays closed."""
        if edition is None or not may_see(edition.document.groups, self._groups):
            return None
        now = self._documents.texts().documents.get(edition.document.id)
        return edition if now is None or may_see(now.groups, self._groups) else None


class PublishedDocuments:
    """Looks documents and passages up, whosoever may see them; who shows them to people goes by `visible_to`.

    Blocking for a moment, safe to use from several threads.
    """

    def __init__(
        self,
        data_dir: Path,
        store: IndexStore,
        opened: Callable[[], Texts | None],
        cited: Callable[[str], KeptPassage | None],
    ) -> None:
        """Look into a data folder.

        Args:
            data_dir: where snapshots are.
            store: where generations are.
            opened: the retriever that answers questions, None before it is loaded.
            cited: finds a passage as it stood when it was cited.
        """
        self._data_dir = data_dir
        self._store = store
        self._opened = opened
        self._cited = cited
        self._stored: StoredTexts | None = None
        self._earlier: dict[str, StoredTexts] = {}
        self._log: tuple[object, tuple[LogEntry, ...]] = (None, ())
        self._lock = threading.Lock()

    def visible_to(self, groups: Groups | None) -> VisibleDocuments:
        """What members of these groups may read; None sees everything."""
        return VisibleDocuments(self, groups)

    def texts(self) -> Texts:
        """Documents and passages of the generation that answers.

        Raises:
            IndexingError: if nothing is published, or what is published is damaged.
        """
        opened = self._opened()
        if opened is not None:
            self._stored = None
            return opened
        with self._lock:
            if self._stored is None or self._stored.generation_id != self._store.published_id():
                generation = self._store.published()
                self._stored = StoredTexts(generation.id, *self._store.read_texts(generation))
            return self._stored

    def document(self, document_id: str) -> Edition | None:
        """A document as it is now, None if there is none of this id."""
        texts = self.texts()
        document = texts.documents.get(document_id)
        return None if document is None else _edition(texts, document, is_present=True)

    def with_passage(self, passage_id: str) -> Edition | None:
        """The document in which a passage stands.

        As it is now; else as the newest generation that is kept has it; else only the passage, as it was cited. None
        for a passage that is neither kept nor was ever cited.
        """
        texts = self.texts()
        passage = texts.passage(passage_id)
        if passage is not None:
            return _edition(texts, texts.documents[passage.document_id], is_present=True)
        for earlier in self._kept(texts.generation_id):
            passage = earlier.passage(passage_id)
            if passage is not None:
                return _edition(earlier, earlier.documents[passage.document_id], is_present=False)
        kept = self._cited(passage_id)
        return None if kept is None else Edition(kept.document, (kept.passage,), kept.generation, is_present=False)

    def came_in(self, document: Document) -> LogEntry | None:
        """When and how the bytes of a document came in, None if it was laid into the folder by hand."""
        for entry in reversed(self._entries()):
            if entry.sha256 == document.snapshot and entry.action in ("added", "replaced", "restored"):
                return entry
        return None

    def _kept(self, except_for: str) -> list[StoredTexts]:
        """Earlier generations, newest first; those that cannot be read are passed over."""
        kept = [one for one in reversed(self._store.generations()) if one.id != except_for]
        with self._lock:
            self._earlier = {one.id: self._earlier[one.id] for one in kept if one.id in self._earlier}
            for one in kept:
                if one.id not in self._earlier:
                    try:
                        self._earlier[one.id] = StoredTexts(one.id, *self._store.read_texts(one))
                    except DanvanError:
                        continue
            return [self._earlier[one.id] for one in kept if one.id in self._earlier]

    def _entries(self) -> tuple[LogEntry, ...]:
        """The log of the library, read again only when it has grown."""
        snapshots = Snapshots(self._data_dir / "snapshots")
        stamp = snapshots.stamp()
        with self._lock:
            if self._log[0] != stamp:
                self._log = (stamp, tuple(snapshots.entries()))
            return self._log[1]


def _edition(texts: Texts, document: Document, *, is_present: bool) -> Edition:
    return Edition(document, texts.passages_of(document.id), texts.generation_id, is_present)
