"""The engine of one machine: generations in a folder, FAISS and BM25 over them in memory."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.groups import Groups, may_see
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Encoder, ModelFacts, Progress, Vectors
from embeddings.encoder.vector_cache import VectorCache
from embeddings.index import building, publishing, verifying
from embeddings.index.derived import Derived
from embeddings.index.generation_facts import IndexGeneration, VectorCheck
from embeddings.index.generations import (
    FOLDER,
    Contents,
    Generation,
    as_manifest,
    generations,
    published,
    published_id,
    read,
    read_manifest,
    read_texts,
)
from embeddings.index.narrowing import Narrowing
from embeddings.index.parts import Parts
from embeddings.index.protocol import KEPT, Lexicon
from embeddings.index.scoring import ArrayMatch, DenseScores, best_places

_NARROWINGS = 4
"""Whose passages are remembered: each is asked for twice a question, and a conversation keeps to one."""


class FilesStore:
    """The generations of one data folder; see `protocol.IndexStore`."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def published_id(self) -> str | None:
        """Id of the published generation, None if there is none."""
        return published_id(self._data_dir)

    def published(self) -> Generation:
        """The published generation; see `generations.published`."""
        return published(self._data_dir)

    def generations(self) -> Sequence[Generation]:
        """All complete generations, oldest first."""
        return generations(self._data_dir)

    def build(self, documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None) -> Generation:
        """Build a generation beside the published one; see `building.build`."""
        return building.build(self._data_dir, documents, encoder, on_progress)

    def publish(self, generation: IndexGeneration, keep: int = KEPT) -> None:
        """Make a generation the one that answers; see `publishing.publish`."""
        publishing.publish(self._data_dir, self._ours(generation), keep)

    def discard(self, generation: IndexGeneration) -> None:
        """Remove a generation that will not be published."""
        publishing.discard(self._ours(generation))

    def sweep(self) -> int:
        """Remove what nobody can use; see `publishing.sweep`."""
        return publishing.sweep(self._data_dir)

    def rollback(self, keep: int = KEPT, fingerprint: str | None = None, to: str | None = None) -> Generation:
        """Publish an earlier generation again; see `publishing.rollback`."""
        return publishing.rollback(self._data_dir, keep, fingerprint, to)

    def verify(self, generation: IndexGeneration) -> list[str]:
        """What is wrong with a generation, one sentence each."""
        return verifying.verify(self._ours(generation))

    def check_vectors(self, generation: IndexGeneration, encoder: Encoder, sample: int) -> VectorCheck:
        """Embed a random sample of a generation's texts anew and compare."""
        return verifying.check_vectors(self._ours(generation), encoder, sample)

    def open(self, generation: IndexGeneration, fingerprint: str) -> "FilesIndex":
        """Load a generation once its checksums have been found right; see `generations.read`."""
        return FilesIndex(generation.id, read(self._ours(generation), fingerprint))

    def read_texts(self, generation: IndexGeneration) -> tuple[dict[str, Document], tuple[Passage, ...]]:
        """All documents, by id, and passages of a generation; see `generations.read_texts`."""
        return read_texts(self._ours(generation))

    def vector_cache(self, facts: ModelFacts, *, writing: bool = True) -> VectorCache:
        """What was embedded before, in the data folder."""
        return VectorCache(self._data_dir, facts, writing=writing)

    def read_parts(self, generation: IndexGeneration) -> Parts:
        """All that a generation is made of."""
        ours = self._ours(generation)
        contents = read(ours, ours.manifest.fingerprint)
        derived = Derived(
            contents.structure, contents.spellings, contents.offices, contents.document_numbers, contents.language
        )
        documents, dense = list(contents.documents.values()), contents.dense
        return Parts(documents, contents.passages, dense.rows, dense.vectors(), derived)

    def write_parts(self, generation: IndexGeneration, parts: Parts) -> Generation:
        """Write a generation of another store, under its id; see `building.write`."""
        return building.write(self._data_dir, as_manifest(generation), parts)

    def _ours(self, generation: IndexGeneration) -> Generation:
        if isinstance(generation, Generation):
            return generation
        folder = self._data_dir / FOLDER / generation.id
        return Generation(generation.id, folder, read_manifest(folder))


class FilesIndex:
    """A generation in memory; see `protocol.OpenIndex`."""

    away: tuple[str, ...] = ()

    def __init__(self, generation_id: str, contents: Contents) -> None:
        self.generation_id = generation_id
        self._contents = contents
        self.documents: Mapping[str, Document] = contents.documents
        self.passages: Sequence[Passage] = contents.passages
        self.lexicon: Lexicon = contents.lexical
        self.structure = contents.structure
        self.spellings = contents.spellings
        self.offices = contents.offices
        self.document_numbers = contents.document_numbers
        self.language = contents.language
        self._numbers = {passage.id: number for number, passage in enumerate(contents.passages)}
        places = {document_id: place for place, document_id in enumerate(contents.documents)}
        owners = (places[passage.document_id] for passage in contents.passages)
        self._documents = np.fromiter(owners, np.int32, len(contents.passages))
        """(passages,) the place of each one's document."""
        self._left_by = lru_cache(maxsize=_NARROWINGS)(self._searched)
        self._of_document: dict[str, list[Passage]] = {}
        for passage in contents.passages:
            self._of_document.setdefault(passage.document_id, []).append(passage)
        for group in self._of_document.values():
            group.sort(key=lambda passage: passage.ordinal)

    @classmethod
    def read(cls, generation: Generation, fingerprint: str) -> "FilesIndex":
        """Load a generation once its checksums have been found right; see `generations.read`."""
        return cls(generation.id, read(generation, fingerprint))

    @property
    def group_sets(self) -> frozenset[tuple[str, ...]]:
        """The different sets of groups that its documents belong to."""
        return frozenset(document.groups for document in self.documents.values())

    def begin(self) -> None:
        """Nothing is counted: all of it is in memory."""

    def texts(self) -> Iterable[str]:
        """Titles, then passages."""
        yield from (document.title for document in self.documents.values())
        yield from (passage.text for passage in self.passages)

    def nearest(self, question: Vectors, count: int, narrowing: Narrowing | None = None) -> list[int]:
        """Numbers of the passages that own the `count` vectors nearest to a question's (1, dim), nearest first."""
        return self._contents.dense.nearest(question, count, self._among(narrowing))

    def vector_scores(self, question: Vectors, numbers: Sequence[int]) -> DenseScores:
        """Exact scores of the passages with these numbers for a question vector (1, dim)."""
        return self._contents.dense.scores(question, numbers)

    def match_words(self, terms: Mapping[str, float], count: int, narrowing: Narrowing | None = None) -> ArrayMatch:
        """Look weighted terms up; at most `count` candidates."""
        scores, coverage = self._contents.lexical.match(terms)
        among = self._among(narrowing)
        if among is None:
            return ArrayMatch(scores, coverage, best_places(scores, count), float(coverage.max(initial=0.0)))
        best = among[best_places(scores[among], count)].tolist()
        return ArrayMatch(scores, coverage, best, float(coverage[among].max(initial=0.0)))

    def passages_at(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages with these numbers, in this order."""
        return [self.passages[number] for number in numbers]

    def number_of(self, passage_id: str) -> int | None:
        """The number of a passage, None if there is none of this id."""
        return self._numbers.get(passage_id)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        return tuple(self._of_document.get(document_id, ()))

    def visible_to(self, groups: Groups | None) -> "FilesIndex":
        """The same over the documents that members of these groups may see, everything counted over them alone."""
        seen = {one.id for one in self.documents.values() if may_see(one.groups, groups)}
        if len(seen) == len(self.documents):
            return self
        return FilesIndex(self.generation_id, self._contents.only(seen))

    def close(self) -> None:
        """Nothing but memory is held."""

    def _among(self, narrowing: Narrowing | None) -> NDArray[np.int64] | None:
        return self._left_by(narrowing) if narrowing else None

    def _searched(self, narrowing: Narrowing) -> NDArray[np.int64]:
        """The numbers of the passages that a narrowing leaves, ascending."""
        fitting = np.fromiter(map(narrowing.fits, self.documents.values()), bool, len(self.documents))
        return np.flatnonzero(fitting[self._documents])
