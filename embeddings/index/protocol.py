"""What an index is, whatever engine keeps it: built aside, published in one step, gone back from, proven, searched.

`IndexStore` is one place that holds generations, `OpenIndex` one generation that is being searched. `files` (FAISS and
BM25 in a folder) and `postgres` (pgvector and postings in a database) are two engines behind them; another one is one
more module that passes `tests/embeddings/index/test_engines.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from corpus.groups import Groups
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Encoder, ModelFacts, Progress, Vectors
from embeddings.encoder.lazy_and_cached import CachedTexts
from embeddings.index.corpus_language import CorpusLanguage
from embeddings.index.generation_facts import IndexGeneration, VectorCheck
from embeddings.index.known_numbers import KnownNumbers
from embeddings.index.narrowing import Narrowing
from embeddings.index.number_spellings import NumberSpellings
from embeddings.index.office_records import OfficeDirectory
from embeddings.index.parts import Parts
from embeddings.index.scoring import DenseScores, WordMatch
from embeddings.index.structure import Structure

KEPT = 3
"""Generations that are kept, the published one among them, unless the settings say otherwise."""


class Lexicon(Protocol):
    """Which terms an index has (see `lexical.index_terms`) and how rare they are."""

    def __contains__(self, term: str) -> bool:
        """Whether any passage has a term."""
        ...

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term, 0 for one in every text, highest for an unknown one."""
        ...

    def rarities(self, terms: Sequence[str]) -> dict[str, float]:
        """The rarity of those of many terms that any passage has, looked up at once."""
        ...

    def look_ahead(self, terms: Iterable[str]) -> None:
        """Look up at once what will be asked for term by term; nothing where every term is at hand anyway."""
        ...


class OpenIndex(Protocol):
    """One generation being searched; passages have numbers, from 0. Safe to use from several threads.

    Attributes:
        documents: by id; an engine may fetch each when it is asked for.
        passages: by number; likewise.
        lexicon: of its terms.
        structure: the numbered parts of its documents.
        spellings: how they write numbers and dates.
        offices: who holds which office in them, by number of the passage.
        document_numbers: the numbers of official documents that they have or mention.
        language: words, pairs, capitals and abbreviations of its titles and passages.
    """

    generation_id: str
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    lexicon: Lexicon
    structure: Structure
    spellings: NumberSpellings
    offices: OfficeDirectory
    document_numbers: KnownNumbers
    language: CorpusLanguage

    def begin(self) -> None:
        """A search begins in this thread."""
        ...

    @property
    def away(self) -> tuple[str, ...]:
        """Parts of the index that this thread had to do without since it began, in words for logs."""
        ...

    @property
    def group_sets(self) -> frozenset[tuple[str, ...]]:
        """The different sets of groups that its documents belong to."""
        ...

    def texts(self) -> Iterable[str]:
        """Titles, then passages: what the language of the documents is learnt from."""
        ...

    def nearest(self, question: Vectors, count: int, narrowing: Narrowing | None = None) -> Sequence[int]:
        """Numbers of the passages that own the `count` vectors nearest to a question's (1, dim), nearest first."""
        ...

    def vector_scores(self, question: Vectors, numbers: Sequence[int]) -> DenseScores:
        """Exact scores of the passages with these numbers for a question vector (1, dim)."""
        ...

    def match_words(self, terms: Mapping[str, float], count: int, narrowing: Narrowing | None = None) -> WordMatch:
        """Look weighted terms up; at most `count` candidates."""
        ...

    def passages_at(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages with these numbers, in this order."""
        ...

    def number_of(self, passage_id: str) -> int | None:
        """The number of a passage, None if there is none of this id."""
        ...

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        ...

    def visible_to(self, groups: Groups | None) -> "OpenIndex":
        """The same over the documents that members of these groups may see, everything counted over them alone.

        Args:
            groups: names; None for who sees everything. Itself is given back where nothing is hidden from them.
        """
        ...

    def close(self) -> None:
        """Release what it holds."""
        ...


class IndexStore(Protocol):
    """A place for generations, of which one is published; a reader of one never sees a half of another."""

    def published_id(self) -> str | None:
        """Id of the published generation, None if there is none; cheap enough to ask before every question."""
        ...

    def published(self) -> IndexGeneration:
        """The published generation.

        Raises:
            MissingIndexError: if nothing was published.
            DamagedIndexError, ForeignIndexError: if it cannot be read, or another format of this program wrote it.
        """
        ...

    def generations(self) -> Sequence[IndexGeneration]:
        """All complete generations, oldest first; those that cannot be read are left out."""
        ...

    def build(
        self, documents: Sequence[Document], encoder: Encoder, on_progress: Progress | None = None
    ) -> IndexGeneration:
        """Build a generation beside the published one and check what was written; it is not published yet.

        Raises:
            IndexingError: if there is nothing to index, or there is no room for it.
        """
        ...

    def publish(self, generation: IndexGeneration, keep: int = KEPT) -> None:
        """Make a generation the one that answers, in one step; then remove the oldest beyond `keep`.

        Raises:
            IndexingError: if it cannot be published; what was published stays published.
        """
        ...

    def discard(self, generation: IndexGeneration) -> None:
        """Remove a generation that will not be published."""
        ...

    def sweep(self) -> int:
        """Remove what nobody can use, such as what killed builds have left; only for the one writer."""
        ...

    def rollback(self, keep: int = KEPT, fingerprint: str | None = None, to: str | None = None) -> IndexGeneration:
        """Publish again the newest whole generation before the present one that was not rolled back from.

        Args:
            keep: so many generations stay.
            fingerprint: of the model that questions are embedded with.
            to: id, or its beginning, of the generation to publish in its place.

        Raises:
            IndexingError: if there is none, or none of the model with this fingerprint.
        """
        ...

    def verify(self, generation: IndexGeneration) -> list[str]:
        """What is wrong with a generation, one sentence each; empty when it is whole. No model is needed."""
        ...

    def check_vectors(self, generation: IndexGeneration, encoder: Encoder, sample: int) -> VectorCheck:
        """Embed a random sample of a whole generation's texts anew and compare."""
        ...

    def open(self, generation: IndexGeneration, fingerprint: str) -> OpenIndex:
        """Open a generation for questions that are embedded by the model with this fingerprint.

        Raises:
            ForeignIndexError: if it was built with another model.
            DamagedIndexError: if it is not whole.
        """
        ...

    def read_texts(self, generation: IndexGeneration) -> tuple[dict[str, Document], tuple[Passage, ...]]:
        """All documents, by id, and passages of a generation.

        Raises:
            DamagedIndexError: if it is not whole.
        """
        ...

    def vector_cache(self, facts: ModelFacts, *, writing: bool = True) -> CachedTexts:
        """What was embedded before, kept beside the generations.

        Args:
            facts: of the model.
            writing: False to read only.
        """
        ...

    def read_parts(self, generation: IndexGeneration) -> Parts:
        """All that a generation is made of, to write it to another store.

        Raises:
            DamagedIndexError: if it is not whole.
        """
        ...

    def write_parts(self, generation: IndexGeneration, parts: Parts) -> IndexGeneration:
        """Write a generation of another store, under its id; it is not published yet.

        Raises:
            IndexingError: if it cannot be written.
        """
        ...
