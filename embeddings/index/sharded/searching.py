"""A generation divided over several databases being searched: each shard finds its best, the best of all are merged."""

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np

from corpus.errors import UnreachableIndexError
from corpus.groups import Groups, may_see
from corpus.models import Document, Passage
from embeddings.encoder.encoder import Vectors
from embeddings.index.derived import Derived
from embeddings.index.narrowing import Narrowing
from embeddings.index.postgres.postings import Statistics
from embeddings.index.postgres.searching import PostgresIndex
from embeddings.index.protocol import Lexicon
from embeddings.index.scoring import ArrayMatch, DenseScores, Scores
from embeddings.index.sharded.asking import Shards
from embeddings.index.sharded.dividing import Numbering, shard_of
from embeddings.index.sharded.texts import DividedDocuments, DividedPassages


@dataclass(frozen=True, slots=True)
class Whole:
    """What holds of a generation over all shards.

    Attributes:
        generation: id.
        documents, passages: their numbers over all shards.
        derived: of all documents.
        group_sets: the different sets of groups that its documents belong to.
    """

    generation: str
    documents: Numbering
    passages: Numbering
    derived: Derived
    group_sets: frozenset[tuple[str, ...]]


class ShardedIndex:
    """A divided generation; see `protocol.OpenIndex`. Passages are numbered as they would be in one database.

    Args:
        shards: to ask.
        opened: shard -> its part; without those that were away when it was opened, which are missed at each search.
        whole: what holds over all of them, or over what is visible of them.
        base: what holds over all of them, if `whole` does not.
    """

    def __init__(
        self, shards: Shards, opened: Mapping[int, PostgresIndex], whole: Whole, base: Whole | None = None
    ) -> None:
        self._shards, self._opened, self._whole, self._base = shards, opened, whole, base or whole
        self._lacking = frozenset(range(len(shards.names))) - opened.keys()
        self._numbering = whole.passages
        self._passages = DividedPassages(shards, opened, whole.passages)
        self.generation_id = whole.generation
        self.documents: Mapping[str, Document] = DividedDocuments(shards, opened, whole.documents)
        self.passages: Sequence[Passage] = self._passages
        self.lexicon: Lexicon = _SharedLexicon(self)
        derived = whole.derived
        self.structure, self.spellings, self.offices = derived.structure, derived.spellings, derived.offices
        self.document_numbers, self.language = derived.document_numbers, derived.language

    def begin(self) -> None:
        """A search begins in this thread."""
        self._shards.begin()
        self._shards.miss(self._lacking)

    @property
    def away(self) -> tuple[str, ...]:
        """The databases that this thread's search had to do without."""
        return self._shards.missed

    @property
    def group_sets(self) -> frozenset[tuple[str, ...]]:
        """The different sets of groups that its documents belong to."""
        return self._whole.group_sets

    def texts(self) -> Iterable[str]:
        """Titles, then passages."""
        yield from (document.title for document in self.documents.values())
        yield from (passage.text for passage in self.passages)

    def nearest(self, question: Vectors, count: int, narrowing: Narrowing | None = None) -> list[int]:
        """Numbers of the passages that own the `count` vectors nearest to a question's (1, dim), nearest first."""
        found = self._shards.ask(
            lambda each: self._opened[each].nearest_scored(question, count, narrowing), self._opened
        )
        streams = []
        for shard, rows in found.items():
            numbers = self._numbering.everywhere(shard, [number for number, _ in rows])
            streams.append([(distance, number) for number, (_, distance) in zip(numbers, rows, strict=True)])
        merged = heapq.merge(*(sorted(stream) for stream in streams))
        return list(dict.fromkeys(number for _, (_, number) in zip(range(count), merged, strict=False)))

    def vector_scores(self, question: Vectors, numbers: Sequence[int]) -> DenseScores:
        """Exact scores of the passages with these numbers for a question vector (1, dim)."""
        wanted = self._numbering.by_shard(numbers)
        found = self._shards.ask_all(lambda each: self._opened[each].vector_scores(question, wanted[each][1]), wanted)
        whole, sentence = np.zeros(len(numbers), np.float32), np.zeros(len(numbers), np.float32)
        sentences: list[Sequence[tuple[int, int, float]]] = [()] * len(numbers)
        for shard, scores in found.items():
            places = wanted[shard][0]
            whole[places], sentence[places] = scores.whole, scores.sentence
            for place, each in zip(places, scores.sentences, strict=True):
                sentences[place] = each
        return DenseScores(whole, sentence, sentences)

    def match_words(self, terms: Mapping[str, float], count: int, narrowing: Narrowing | None = None) -> "ShardedMatch":
        """Look weighted terms up, weighed by how rare they are over all shards; at most `count` candidates."""
        statistics = self.statistics(terms)
        found = self._shards.ask(
            lambda each: self._opened[each].match_with(statistics, terms, count, narrowing), self._opened
        )
        return ShardedMatch(self._numbering, found, count)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What BM25 has to know of the passages of all shards for some terms."""
        wanted = list(terms)
        found = self._shards.ask(lambda each: self._opened[each].statistics(wanted), self._opened)
        return reduce(add, (found[shard] for shard in sorted(found)))

    def look_ahead(self, terms: Sequence[str]) -> None:
        """Every shard looks up at once, and keeps, what will be asked for term by term."""
        self._shards.ask(lambda each: self._opened[each].lexicon.look_ahead(terms), self._opened)

    def passages_at(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages with these numbers, in this order."""
        return self._passages.at(numbers)

    def number_of(self, passage_id: str) -> int | None:
        """The number of a passage, None if there is none of this id.

        Raises:
            UnreachableIndexError: if none is found and one of the shards could not be asked.
        """
        found = self._shards.ask(lambda each: self._opened[each].number_of(passage_id), self._opened)
        for shard, number in found.items():
            if number is not None:
                return self._numbering.everywhere(shard, [number])[0]
        self._refuse(set(range(len(self._shards.names))) - found.keys())
        return None

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one.

        Raises:
            UnreachableIndexError: if the shard it would be in is away.
        """
        shard = shard_of(document_id, len(self._shards.names))
        self._refuse(self._lacking & {shard})
        return self._shards.ask_all(lambda each: self._opened[each].passages_of(document_id), [shard])[shard]

    def visible_to(self, groups: Groups | None) -> "ShardedIndex":
        """The same over the documents that members of these groups may see, everything counted over them alone."""
        if all(may_see(each, groups) for each in self.group_sets):
            return self
        base = self._base
        views = self._shards.ask_all(lambda each: self._opened[each].visible_to(groups), self._opened)
        documents = base.documents.only({shard: view.visible_documents for shard, view in views.items()})
        passages = base.passages.only({shard: view.visible_passages for shard, view in views.items()})
        sets = frozenset(each for each in self.group_sets if may_see(each, groups))
        seen = ShardedIndex(self._shards, views, replace(base, documents=documents, passages=passages), base)
        numbers = sorted(np.concatenate([*passages.keys, np.empty(0, np.int32)]).tolist())
        derived = base.derived.only(frozenset(seen.documents), numbers, list(seen.texts()))
        return ShardedIndex(self._shards, views, Whole(base.generation, documents, passages, derived, sets), base)

    def close(self) -> None:
        """The connections belong to the store."""

    def _refuse(self, lost: Collection[int]) -> None:
        """Raise an error if there are any."""
        for shard in sorted(lost):
            raise UnreachableIndexError(f"a part of the index cannot be reached ({self._shards.names[shard]})")


class ShardedMatch:
    """What words found in the shards; see `scoring.WordMatch`.

    Args:
        numbering: of the passages.
        found: shard -> what they found there, weighed alike.
        count: candidates at most.
    """

    def __init__(self, numbering: Numbering, found: Mapping[int, ArrayMatch], count: int) -> None:
        self._numbering, self._found = numbering, found
        best: list[tuple[float, int]] = []
        for shard, match in found.items():
            numbers = numbering.everywhere(shard, match.candidates)
            best += zip((-match.scores(match.candidates)).tolist(), numbers, strict=True)
        self.candidates: Sequence[int] = [number for _, number in sorted(best)[:count]]
        self.best_coverage = max((match.best_coverage for match in found.values()), default=0.0)

    def scores(self, numbers: Sequence[int]) -> Scores:
        """(n,) BM25 scores of the passages with these numbers; 0 for those of a shard that was away."""
        return self._gathered(numbers, ArrayMatch.scores)

    def coverage(self, numbers: Sequence[int]) -> Scores:
        """(n,) shares of the question's weighted terms that they have; likewise."""
        return self._gathered(numbers, ArrayMatch.coverage)

    def _gathered(self, numbers: Sequence[int], read: Callable[[ArrayMatch, Sequence[int]], Scores]) -> Scores:
        gathered = np.zeros(len(numbers), np.float32)
        for shard, (places, local) in self._numbering.by_shard(numbers).items():
            if shard in self._found:
                gathered[places] = read(self._found[shard], local)
        return gathered


class _SharedLexicon:
    """The terms of all shards; see `protocol.Lexicon`."""

    def __init__(self, index: ShardedIndex) -> None:
        self._index = index

    def __contains__(self, term: str) -> bool:
        return self._index.statistics([term]).frequencies[term] > 0

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term, 0 for one in every text, highest for an unknown one."""
        return self._index.statistics([term]).rarity(term)

    def rarities(self, terms: Sequence[str]) -> dict[str, float]:
        """The rarity of those of many terms that any passage has, looked up at once."""
        return self._index.statistics(terms).rarities(terms)

    def look_ahead(self, terms: Iterable[str]) -> None:
        """Look up at once what will be asked for term by term."""
        self._index.look_ahead(list(dict.fromkeys(terms)))
