"""Question in, passages out: the published generation, searched by meaning and by words."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.groups import Groups, may_see
from corpus.models import Document, Passage
from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import BUNDLED, Encoder, Vectors, load_encoder
from embeddings.fusion import Scores, fuse, stretch
from embeddings.hits import Hit, Search
from embeddings.index.dense import DenseScores
from embeddings.index.generations import Contents, Generation, published, read
from embeddings.index.lexical import FOLDED
from embeddings.part_lookup import FoundPart, PartFinder
from embeddings.part_passages import PartPassage, passages_of_part
from embeddings.question.answer_type import Kind, expect, fit
from embeddings.question.followup import PREVIOUS_WEIGHT
from embeddings.question.question import Question
from embeddings.question.understanding import QuestionInterpreter

DENSE_WEIGHT = 0.47
"""Share of the dense channel where the best passage has `_USUAL_COVERAGE` of the question's words; see `_share`."""
_USUAL_COVERAGE = 0.4
_TRUST_IN_WORDS = 0.8
_LEAST_SHARE, _LARGEST_SHARE = 0.3, 0.8
_CANDIDATES = 200
_LEAST_DEPENDENCE = 0.05
_COVERAGE_SHARE = 0.4
_FIT_WEIGHT = 0.07
_CAPTION = 140
_CAPTION_PENALTY = 0.1
"""A caption or heading (characters) tells who or where, hardly ever what was said, why or how."""
_MOST_VIEWS = 16
_READ_CLOSER = 20
"""Passages, best first, that are looked through for words of the kind the question waits for."""


@dataclass(frozen=True, slots=True)
class _Match:
    """One text looked up in both channels."""

    vector: Vectors
    lexical: Scores
    coverage: Scores
    candidates: set[int]


class Retriever:
    """Finds the passages of one generation; safe to use from several threads.

    Args:
        generation: the index to search.
        encoder: of the model the generation was built with.
        dense_weight: share of the dense channel in the fusion, 0 to 1; None to suit it to each question.
        contents: of the generation, where they are read already, or a part of them.
    """

    def __init__(
        self,
        generation: Generation,
        encoder: Encoder,
        dense_weight: float | None = None,
        contents: Contents | None = None,
    ) -> None:
        contents = contents or read(generation, encoder.fingerprint)
        self._generation, self._contents = generation, contents
        self._views: OrderedDict[frozenset[str], Retriever] = OrderedDict()
        self._opening_view = threading.Lock()
        self.generation_id = generation.id
        self.documents: Mapping[str, Document] = contents.documents
        self.passages: Sequence[Passage] = contents.passages
        self.offices = contents.offices
        self.encoder = encoder
        self._dense = contents.dense
        self.structure = contents.structure
        self._lexical = contents.lexical
        self._weight = dense_weight
        self._of_document = {
            identity: tuple(sorted(group, key=lambda passage: passage.ordinal))
            for identity, group in _grouped(contents.passages).items()
        }
        self._by_id = {passage.id: passage for passage in contents.passages}
        titles = (document.title for document in contents.documents.values())
        self._interpreter = QuestionInterpreter(
            [*titles, *(passage.text for passage in contents.passages)], contents.lexical, contents.spellings
        )
        self._parts = PartFinder(
            contents.documents, contents.structure, lambda word: contents.lexical.rarity(FOLDED + word)
        )
        self._number = {passage.id: number for number, passage in enumerate(contents.passages)}

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        model: str = BUNDLED,
        encoder: Encoder | None = None,
        dense_weight: float | None = None,
    ) -> "Retriever":
        """Open the published generation.

        Args:
            data_dir: where generations are kept.
            model: the model to load; see `load_encoder`.
            encoder: a model loaded already, in place of `model`.
            dense_weight: share of the dense channel in the fusion, 0 to 1; None to suit it to each question.

        Raises:
            IndexingError: if nothing is published, or what is published cannot be trusted.
            ModelError: if the model cannot be loaded.
        """
        generation = published(data_dir)
        return cls(generation, encoder or load_encoder(model), dense_weight)

    def visible_to(self, groups: Groups | None) -> "Retriever":
        """What members of these groups may search: an index of its own over the documents they may see.

        Nothing that is counted or learnt from other documents has a part in it: no passage or title, no word that
        counts as known or rare, no spelling or mark restored.

        Args:
            groups: names; None for who sees everything.
        """
        documents = self.documents.values()
        named = frozenset(name for document in documents for name in document.groups)
        if groups is None or all(may_see(document.groups, groups) for document in documents):
            return self
        mine = groups & named
        with self._opening_view:
            view = self._views.pop(mine, None)
            if view is None:
                part = self._contents.only({one.id for one in documents if may_see(one.groups, mine)})
                view = Retriever(self._generation, self.encoder, self._weight, part)
            self._views[mine] = view
            while len(self._views) > _MOST_VIEWS:
                self._views.popitem(last=False)
        return view

    def search(self, question: str | Question, top_k: int = 5) -> list[Hit]:
        """The best passages for a question, best first; at most `top_k`."""
        asked = Question(question) if isinstance(question, str) else question
        return list(self.look_up(asked, top_k).hits)

    def look_up(self, question: Question, top_k: int = 10) -> Search:
        """The best passages and how the question was understood."""
        understanding = self._interpreter.understand(question)
        if not self.passages:  # somebody who may see no document
            return Search(question, understanding, expect(understanding.restored), ())
        alone = self._match(understanding.restored, self._interpreter.terms(understanding.typed))
        share = understanding.dependence
        joined = None
        if share > _LEAST_DEPENDENCE:
            terms = self._interpreter.terms(understanding.typed)
            for term, weight in self._interpreter.terms(understanding.inherited).items():
                terms[term] = terms.get(term, 0.0) + PREVIOUS_WEIGHT * weight
            joined = self._match(understanding.in_full, terms)
        expected = expect(understanding.restored)
        part = self._parts.find(understanding.restored, understanding.inherited)
        looked_up = self._looked_up(part) if isinstance(part, FoundPart) else {}
        numbers = sorted(alone.candidates | (joined.candidates if joined else set()) | set(looked_up))
        dense, scores = self._score(alone, numbers)
        best = alone
        if joined:
            dense, in_context = self._score(joined, numbers)
            best = joined
            scores = (1 - share) * scores + share * in_context
        scores = (1 - _FIT_WEIGHT) * scores
        for i in np.argsort(-scores, kind="stable")[:_READ_CLOSER]:
            text = self.passages[numbers[i]].text
            scores[i] += _FIT_WEIGHT * fit(expected, text)
            if expected.kind is Kind.OTHER and len(text) < _CAPTION:
                scores[i] -= _CAPTION_PENALTY
        part_only = isinstance(part, FoundPart) and part.for_content
        if looked_up:
            scores = _with_part_first(scores, numbers, looked_up, in_order=part_only)
        order = np.argsort(-scores, kind="stable")[:top_k]
        hits = tuple(
            Hit(
                passage=self.passages[numbers[i]],
                score=float(scores[i]),
                rank=rank,
                dense=float(dense.whole[i]),
                lexical=float(best.lexical[numbers[i]]),
                coverage=float(best.coverage[numbers[i]]),
                sentences=_inside(dense.sentences[i], looked_up.get(numbers[i])),
                looked_up=looked_up[numbers[i]].spans if numbers[i] in looked_up and part_only else (),
            )
            for rank, i in enumerate(order, start=1)
        )
        return Search(question, understanding, expected, hits, part)

    def _looked_up(self, part: FoundPart) -> dict[int, PartPassage]:
        """The passages, by number, in which a part stands that was asked for, in the order to be shown."""
        units = self.structure.units[part.document_id]
        shown = passages_of_part(part.unit, units, self.passages_of(part.document_id))
        return {self._number[each.passage.id]: each for each in shown}

    def _match(self, text: str, terms: Mapping[str, float]) -> "_Match":
        vector = self.encoder.encode_questions([text])
        lexical = self._lexical.scores(terms)
        by_words = np.argsort(-lexical, kind="stable")[:_CANDIDATES]
        candidates = {*self._dense.nearest(vector, _CANDIDATES), *(int(number) for number in by_words)}
        return _Match(vector, lexical, self._lexical.coverage(terms), candidates)

    def _score(self, match: "_Match", numbers: list[int]) -> tuple[DenseScores, Scores]:
        dense = self._dense.scores(match.vector, numbers)
        by_meaning = np.asarray((stretch(dense.whole) + stretch(dense.sentence)) / 2, dtype=np.float32)
        by_words = np.asarray(
            (1 - _COVERAGE_SHARE) * stretch(match.lexical[numbers]) + _COVERAGE_SHARE * match.coverage[numbers],
            dtype=np.float32,
        )
        return dense, fuse(by_meaning, by_words, self._share(float(match.coverage.max(initial=0.0))))

    def _share(self, coverage: float) -> float:
        """The dense channel's share for a question: the fewer of its words any passage has, the more meaning counts.

        Somebody who asks in quite other words than the documents' finds only accidents by words. A weight given by
        the settings is kept whatever the question.
        """
        if self._weight is not None:
            return self._weight
        share = DENSE_WEIGHT + _TRUST_IN_WORDS * (_USUAL_COVERAGE - coverage)
        return min(max(share, _LEAST_SHARE), _LARGEST_SHARE)

    def hit_of(self, passage: Passage, score: float, rank: int) -> Hit:
        """A passage that was looked up otherwise than by searching, as a hit; no question has been compared with it."""
        sentences = tuple((start, end, 0.0) for start, end in sentence_spans(passage.text))
        return Hit(passage, score, rank, dense=0.0, lexical=0.0, coverage=0.0, sentences=sentences)

    def number_of(self, passage: Passage) -> int:
        """The number of one of this generation's passages in the index."""
        return self._number[passage.id]

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        return self._of_document.get(document_id, ())

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, None if this generation has none."""
        return self._by_id.get(passage_id)


def _with_part_first(
    scores: Scores, numbers: Sequence[int], part: Mapping[int, PartPassage], *, in_order: bool
) -> Scores:
    """Scores with those passages first in which a part stands that was asked for, 0 to 1.

    Args:
        scores: of the passages with these numbers.
        numbers: of passages.
        part: passages of the part.
        in_order: whether they are shown in reading order; else the likeliest of them first.
    """
    places = {number: place for place, number in enumerate(part)}
    halved = np.asarray(np.clip(scores, 0, 1) / 2, dtype=np.float32)
    for i, number in enumerate(numbers):
        if number in places:
            halved[i] = 1 - places[number] / (2 * len(places) + 1) if in_order else halved[i] + 0.5
    return halved


def _inside(
    sentences: Sequence[tuple[int, int, float]], part: PartPassage | None
) -> tuple[tuple[int, int, float], ...]:
    """The sentences of a passage that stand in the part that was asked for; all where none of them does."""
    spans = part.spans if part else ()
    inside = [each for each in sentences if any(each[0] < end and each[1] > start for start, end in spans)]
    return tuple(inside or sentences)


def _grouped(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.document_id, []).append(passage)
    return groups
