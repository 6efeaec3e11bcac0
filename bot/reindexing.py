"""Bringing the index up to date with the documents: what has changed is found, embedded, built aside and published."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Protocol

from bot.data_folder.writer import only_writer
from bot.settings import Settings
from corpus.errors import CorpusError, DamagedIndexError, ForeignIndexError, IndexingError, MissingIndexError
from corpus.folder.file_names import SOURCES
from corpus.folder.folder_contents import FolderContents, Problem
from corpus.folder.reading_folder import seed
from corpus.library.changes import Changes
from corpus.library.snapshots import Snapshots
from corpus.models import Document, Passage
from corpus.splitting import sentence_spans, split
from embeddings.encoder.encoder import Encoder, ModelFacts
from embeddings.encoder.lazy_and_cached import CachedEncoder, CachedTexts, LazyEncoder, missing_from
from embeddings.encoder.vector_cache import key_of
from embeddings.headings import heading_of
from embeddings.index.building import SHAPE
from embeddings.index.comparing import Difference, compare
from embeddings.index.dense import titled
from embeddings.index.generation_facts import IndexGeneration
from embeddings.index.generations import refuse_foreign_model
from embeddings.index.protocol import IndexStore
from embeddings.retriever import Retriever

Progress = Callable[[int, int], None]
Gate = Callable[[Retriever], bool]

_LIBRARIES = ("danvan", "faiss-cpu")
"""Whose files an index holds: built with another version of one, it is built anew, out of the cached vectors."""


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a reindex did, or would do.

    Attributes:
        generation: id of the generation that is published now; None if there is none (after a dry run).
        changed: whether a new generation was published, or would have been but for the dry run or the gate.
        documents, passages: how many there are now.
        problems: files that could not be read, with the reason; the others were indexed.
        seconds: wall time.
        accepted: False if the gate said no: what was published before still is.
        difference: from the generation published before; from nothing if that cannot be read.
        embedded: texts (passages and their sentences) that the model was asked to embed, or would be: a passage longer
            than the model's window may then turn out to be some more.
        reason: why there is a new generation, in words; "" if there is none.
        gated: whether a gold set was asked first.
        missed: the floors that the new generation did not reach, one sentence each.
    """

    generation: str | None
    changed: bool
    documents: int
    passages: int
    problems: tuple[Problem, ...]
    seconds: float
    accepted: bool = True
    difference: Difference = field(default_factory=Difference)
    embedded: int = 0
    reason: str = ""
    gated: bool = False
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be indexed, and why."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    difference: Difference
    reason: str


def _shape(generation: IndexGeneration | None = None) -> dict[str, object]:
    """What besides documents and model decides what stands in a generation; of this program if none is given."""
    if generation:
        return generation.manifest.shape | {name: generation.manifest.versions.get(name) for name in _LIBRARIES}

    return SHAPE | {name: version(name) for name in _LIBRARIES}


class EmbeddingQueue(Protocol):
    """Has texts embedded by however many machines there are."""

    def embed(self, texts: Sequence[str], facts: ModelFacts, on_progress: Progress | None = None) -> None:
        """Return when the vectors of these texts are in the store's cache, or nobody could make them."""
        ...


def _facts(encoder: Encoder) -> ModelFacts:
    return ModelFacts(encoder.fingerprint, encoder.dimension, encoder.max_tokens)


@dataclass(frozen=True, slots=True)
class Indexer:
    """Keeps the index of one data folder up to date.

    Attributes:
        settings: say where the documents and the index are.
        read_documents: reads the folder of documents; with `writing=False` it writes nothing.
        model: gives the model; it may be loaded only when a text is to be embedded.
        store: where the generations are.
        queue: has texts embedded by many machines; None where this one embeds them alone.
    """

    settings: Settings
    read_documents: Callable[..., FolderContents]
    model: Callable[[], Encoder]
    store: IndexStore
    queue: EmbeddingQueue | None = None

    def reindex(
        self,
        *,
        full: bool = False,
        dry_run: bool = False,
        gate: Gate | None = None,
        on_progress: Progress | None = None,
        on_problem: Callable[[Problem], None] | None = None,
    ) -> ReindexReport:
        """Read the documents, build a generation aside and publish it; the published one stays whole until then.

        Args:
            full: build even if nothing changed, and embed everything anew.
            dry_run: read and compare only; writes nothing, and asks no gate.
            gate: says whether a generation may be published; asked of the published one if nothing changed.
            on_progress: told (texts embedded, texts to embed: passages and their sentences that are new).
            on_problem: told of each file that cannot be read, before the long work starts.

        Raises:
            DanvanError: if there is nothing to index, somebody else is writing, or the model cannot be loaded.
            OSError: if the data folder is full or cannot be written to.
        """
        if dry_run:
            return self._reindex(full=full, publishing=False, on_progress=on_progress, on_problem=on_problem)
        with only_writer(self.settings.data_dir, "reindex"):
            if self.settings.default_corpus:
                seed(self.settings.corpus_dir)
            self.store.sweep()
            Changes(self.settings.corpus_dir, Snapshots(self.settings.data_dir / "snapshots")).recover()
            return self._reindex(full=full, publishing=True, gate=gate, on_progress=on_progress, on_problem=on_problem)

    def ensure_index(self, on_progress: Progress | None = None) -> IndexGeneration:
        """The published generation; built now if there never was one.

        Raises:
            DanvanError: as `reindex`; a damaged or foreign index is refused, not replaced.
        """
        try:
            return self.store.published()
        except MissingIndexError:
            self.reindex(on_progress=on_progress)
            return self.store.published()

    def _reindex(
        self,
        *,
        full: bool,
        publishing: bool,
        gate: Gate | None = None,
        on_progress: Progress | None,
        on_problem: Callable[[Problem], None] | None,
    ) -> ReindexReport:
        started = time.monotonic()
        reading = self.read_documents(writing=publishing)
        for problem in reading.problems:
            if on_problem:
                on_problem(problem)
        if not reading.documents:
            raise CorpusError(
                f"no document in {self.settings.corpus_dir} can be read: add some there, or run: danvan corpus add"
            )
        encoder = self.model()
        self._refuse_to_open_documents(reading)
        plan = self._plan(reading.documents, encoder, full=full)
        accepted, embedded = True, 0
        if plan.reason and publishing:
            accepted, embedded = self._build_and_publish(plan, encoder, gate, on_progress, full=full)
        elif plan.reason:
            embedded = self._count_missing(plan, encoder, full=full)
        elif publishing and gate:
            accepted = gate(self._retriever(encoder, self.store.published()))
        return ReindexReport(
            generation=self.store.published_id(),
            changed=bool(plan.reason),
            documents=len(plan.documents),
            passages=len(plan.passages),
            problems=reading.problems,
            seconds=time.monotonic() - started,
            accepted=accepted,
            difference=plan.difference,
            embedded=embedded,
            reason=plan.reason,
        )

    def _refuse_to_open_documents(self, reading: FolderContents) -> None:
        """What closes documents to some people stands in `sources.toml`: one with mistakes must not open them."""
        if not any(problem.path.name == SOURCES for problem in reading.problems):
            return
        try:
            before, _ = self.store.read_texts(self.store.published())
        except IndexingError:
            return
        for document in reading.documents:
            lost = set(before[document.id].groups if document.id in before else ()).difference(document.groups)
            if lost:
                raise CorpusError(
                    f"{document.id} would be shown to people outside {', '.join(sorted(lost))}, while {SOURCES} has "
                    "mistakes: mend it, see danvan corpus check"
                )

    def _plan(self, documents: Sequence[Document], encoder: "Encoder", *, full: bool) -> _Plan:
        """Compare the documents with the published generation, if that can be used at all."""
        passages = [passage for document in documents for passage in split(document)]
        before: dict[str, Document] = {}
        passages_before: tuple[Passage, ...] = ()
        reason = "everything is built anew" if full else ""
        try:
            generation = self.store.published()
            before, passages_before = self.store.read_texts(generation)
            refuse_foreign_model(generation, encoder.fingerprint)
            if not reason and (list(before.values()) != list(documents) or list(passages_before) != passages):
                reason = "the documents have changed"
            if not reason and _shape(generation) != _shape():
                reason = "this version of danvan builds indexes otherwise"
        except MissingIndexError:
            reason = "there is no index yet"
        except ForeignIndexError:
            reason = reason or "the index is of another model or format"
        except DamagedIndexError:
            reason = reason or "the index is damaged"
        return _Plan(documents, passages, compare(before, passages_before, documents, passages), reason)

    def _count_missing(self, plan: _Plan, encoder: "Encoder", *, full: bool) -> int:
        """How many texts would have to be embedded, without the model and without writing anything."""
        with contextlib.closing(self._cache(encoder, writing=False)) as cache:
            texts = self._texts(plan, encoder, cache)
            return len(texts) if full else len(missing_from(cache, texts))

    def _texts(self, plan: _Plan, encoder: "Encoder", cache: CachedTexts) -> set[str]:
        """What is to be embedded but for the windows of passages that are not yet known to need some."""
        titles = {document.id: heading_of(document) for document in plan.documents}
        texts: set[str] = set()
        whole = [titled(titles[passage.document_id], passage.text) for passage in plan.passages]
        counts = cache.counts(key_of(text) for text in whole)
        for passage, text in zip(plan.passages, whole, strict=True):
            if counts.get(key_of(text), 0) <= encoder.max_tokens:
                texts.add(text)
            for start, end in sentence_spans(passage.text):
                texts.add(titled(titles[passage.document_id], passage.text[start:end]))
        return texts

    def _build_and_publish(
        self,
        plan: _Plan,
        encoder: "Encoder",
        gate: Gate | None,
        on_progress: Progress | None,
        *,
        full: bool,
    ) -> tuple[bool, int]:
        """Build a generation and publish it unless the gate says no.

        Returns:
            Whether it was published, and how many texts were embedded for it.
        """
        store = self.store
        with contextlib.closing(self._cache(encoder)) as cache:
            shared = 0
            if self.queue is not None and not full:
                missing = missing_from(cache, self._texts(plan, encoder, cache))
                shared = len(missing)
                if missing:
                    self.queue.embed(missing, _facts(encoder), on_progress)
            cached = CachedEncoder(encoder, cache, full=full)
            try:
                generation = store.build(plan.documents, cached, on_progress)
                try:
                    accepted = gate is None or gate(self._retriever(encoder, generation))
                    if accepted:
                        store.publish(generation, self.settings.keep_generations)
                finally:  # after Ctrl-C too: what is not published shall not be rolled back to
                    if store.published_id() != generation.id:
                        store.discard(generation)
            finally:
                store.sweep()
            if accepted:
                cache.keep_only(generation.id, cached.used, [kept.id for kept in store.generations()])
            return accepted, shared + cached.embedded

    def _cache(self, encoder: "Encoder", *, writing: bool = True) -> CachedTexts:
        return self.store.vector_cache(_facts(encoder), writing=writing)

    def _retriever(self, encoder: "Encoder", generation: IndexGeneration) -> "Retriever":

        real = encoder.real() if isinstance(encoder, LazyEncoder) else encoder
        return Retriever(self.store.open(generation, real.fingerprint), real, self.settings.dense_weight)
