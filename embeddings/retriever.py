"""Question in, passages out: the published generation, searched by meaning and by words."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.errors import UnreachableIndexError
from corpus.groups import Groups, may_see
from corpus.models import Document, Passage
from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import BUNDLED, Encoder, Vectors, load_encoder
from embeddings.fusion import Scores, fuse, stretch
from embeddings.hits import Hit, Search
from embeddings.in_force import Validity
from embeddings.index.files import FilesIndex
from embeddings.index.generations import Generation, published
from embeddings.index.lexical import FOLDED
from embeddings.index.narrowing import Narrowing
from embeddings.index.protocol import OpenIndex
from embeddings.index.scoring import DenseScores, WordMatch
from embeddings.lookups import Lookups
from embeddings.question.answer_type import Kind, expect, fit
from embeddings.question.followup import PREVIOUS_WEIGHT
from embeddings.question.question import Question, Understanding
from embeddings.question.understanding import QuestionInterpreter

DENSE_WEIGHT = 0.55
"""Share of the dense channel where the best passage has `_USUAL_COVERAGE` of the question's words; see `_share`."""
_USUAL_COVERAGE = 0.4
_TRUST_IN_WORDS = 0.8
_LEAST_SHARE, _LARGEST_SHARE = 0.3, 0.8
_CANDIDATES = 200
_COVERAGE_SHARE = 0.4
TRANSLATED_WEIGHT = 0.15
"""Share of the words that a question's words stand for and a passage has, in the passage's score."""
_TRANSLATED_CANDIDATES = 50
_FIT_WEIGHT = 0.07
_CAPTION = 140
_CAPTION_PENALTY = 0.1
"""A caption or heading (characters) tells who or where, hardly ever what was said, why or how."""
_MOST_VIEWS = 16
_FRAME = 0.5
"""What a letterhead or signature keeps of its score: it is named there who issued what, not what it says."""
_IN_LINE = 30
"""Passages, best first, among which one of a newer document may take the place of the older one's."""
_READ_CLOSER = 20
"""Passages, best first, that are looked through for words of the kind the question waits for."""


@dataclass(frozen=True, slots=True)
class _Match:
    """One text looked up in both channels, and (`stood_for`) by the words that its own stand for, if there are any."""

    vector: Vectors
    words: WordMatch
    stood_for: WordMatch | None
    candidates: set[int]


class Retriever:
    """Finds the passages of one generation; safe to use from several threads.

    Args:
        index: the open index to search, of whatever engine; a generation on disk is opened.
        encoder: of the model the generation was built with.
        dense_weight: share of the dense channel in the fusion, 0 to 1; None to suit it to each question.

    Attributes:
        seen_by: the groups whose documents these are, the last of them those that this view was narrowed down to; empty
            where all documents of the generation are searched.
    """

    seen_by: tuple[Groups, ...] = ()

    def __init__(self, index: OpenIndex | Generation, encoder: Encoder, dense_weight: float | None = None) -> None:
        opened: OpenIndex = FilesIndex.read(index, encoder.fingerprint) if isinstance(index, Generation) else index
        self._index = opened
        self._views: OrderedDict[frozenset[str], Retriever] = OrderedDict()
        self._opening_view = threading.Lock()
        self.generation_id = opened.generation_id
        self.documents: Mapping[str, Document] = opened.documents
        self.passages: Sequence[Passage] = opened.passages
        self.structure = opened.structure
        self.offices = opened.offices
        self.encoder = encoder
        self._weight = dense_weight
        self._groups = opened.group_sets
        self.validity = Validity.of(opened.documents)
        self._interpreter = QuestionInterpreter(
            opened.language, opened.lexicon, opened.spellings, opened.document_numbers
        )
        self.lookups = Lookups(
            opened.documents,
            opened.structure,
            self.validity,
            self.number_of,
            self.passages_of,
            lambda word: opened.lexicon.rarity(FOLDED + word),
        )

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
        if groups is None or all(may_see(each, groups) for each in self._groups):
            return self
        mine = groups & frozenset(name for each in self._groups for name in each)
        with self._opening_view:
            view = self._views.pop(mine, None)
            if view is None:
                view = Retriever(self._index.visible_to(mine), self.encoder, self._weight)
                view.seen_by = (*self.seen_by, mine)
            self._views[mine] = view
            while len(self._views) > _MOST_VIEWS:
                self._views.popitem(last=False)
        return view

    def search(self, question: str | Question, top_k: int = 5, narrowing: Narrowing | None = None) -> list[Hit]:
        """The best passages for a question, best first; at most `top_k`, of the documents that `narrowing` leaves."""
        asked = Question(question) if isinstance(question, str) else question
        return list(self.look_up(asked, top_k, narrowing).hits)

    def look_up(self, question: Question, top_k: int = 10, narrowing: Narrowing | None = None) -> Search:
        """The best passages and how the question was understood.

        Raises:
            UnreachableIndexError: if the index is away, or the part of it that the question cannot do without.
        """
        self._index.begin()
        try:
            return self._looked_up(question, top_k, narrowing)
        except UnreachableIndexError:
            if not self._index.away:
                raise
            return self._looked_up(question, top_k, narrowing)  # without the part that was lost in the middle of it

    def _looked_up(self, question: Question, top_k: int, narrowing: Narrowing | None) -> Search:
        understanding = self._interpreter.understand(question)
        if not self.passages:  # somebody who may see no document
            return Search(question, understanding, expect(understanding.restored), ())
        joined = self._joined(understanding, narrowing) if understanding.inherited else None
        if joined and not self._goes_on(joined, understanding, narrowing):
            understanding, joined = self._interpreter.understand(Question(question.text)), None
        looked_up = self.lookups.find(understanding, narrowing)
        alone = self._match(
            looked_up.restored or understanding.restored,
            self._interpreter.terms(looked_up.typed or understanding.typed),
            narrowing,
        )
        share = understanding.dependence
        expected = expect(understanding.restored)
        numbers = sorted(
            alone.candidates | (joined.candidates if joined else set()) | {*looked_up.shown, *looked_up.within}
        )
        if not numbers:  # nothing is left of what could be searched
            found = (looked_up.part, looked_up.fact, looked_up.cell)
            return Search(question, understanding, expected, (), *found, away=self._index.away)
        dense, scores = self._score(alone, numbers)
        best = alone
        if joined:
            dense, in_context = self._score(joined, numbers)
            best = joined
            scores = (1 - share) * scores + share * in_context
        scores = (1 - _FIT_WEIGHT) * scores
        closer = np.argsort(-scores, kind="stable")[:_READ_CLOSER]
        for i, passage in zip(closer, self._index.passages_at([numbers[i] for i in closer]), strict=True):
            text = passage.text
            scores[i] += _FIT_WEIGHT * fit(expected, text)
            if self._is_frame(passage):
                scores[i] *= _FRAME
            elif expected.kind is Kind.OTHER and len(text) < _CAPTION:
                scores[i] -= _CAPTION_PENALTY
        scores = looked_up.first(scores, numbers)
        order = np.argsort(-scores, kind="stable")[: max(top_k, _IN_LINE)]
        chosen = [numbers[i] for i in order]
        bm25, coverage = best.words.scores(chosen), best.words.coverage(chosen)
        hits = tuple(
            Hit(
                passage=passage,
                score=min(max(float(scores[i]), 0.0), 1.0),
                rank=rank,
                dense=float(dense.whole[i]),
                lexical=float(bm25[rank - 1]),
                coverage=float(coverage[rank - 1]),
                sentences=looked_up.sentences(numbers[i], dense.sentences[i]),
                looked_up=looked_up.pieces(numbers[i]),
                quote=looked_up.quote(numbers[i]),
            )
            for rank, (i, passage) in enumerate(zip(order, self._index.passages_at(chosen), strict=True), start=1)
        )
        found = (looked_up.part, looked_up.fact, looked_up.cell)
        search = Search(question, understanding, expected, hits, *found, away=self._index.away)
        if not (looked_up.shown or looked_up.within):
            search = self.validity.in_order(search)
        return replace(search, hits=search.hits[:top_k])

    def stands_alone(self, question: Question) -> bool:
        """Whether the form of a question alone tells that it does not go on from the one before it."""
        return not self._interpreter.understand(question).inherited

    def _joined(self, understanding: Understanding, narrowing: Narrowing | None) -> "_Match":
        """A question looked up together with the one it lives on."""
        terms = self._interpreter.terms(understanding.typed)
        for term, weight in self._interpreter.terms(understanding.inherited).items():
            terms[term] = terms.get(term, 0.0) + PREVIOUS_WEIGHT * weight
        return self._match(understanding.in_full, terms, narrowing)

    def _goes_on(self, joined: "_Match", understanding: Understanding, narrowing: Narrowing | None) -> bool:
        """Whether a question with a subject of its own goes on from the one before it all the same.

        It does where the document that both together lead to has a word of its subject, and is the one that the
        question before leads to by itself.
        """
        subject = self._interpreter.own_subject(understanding)
        together = self._best_document(joined) if subject else None
        if not subject or together is None:
            return True
        found = [self._index.number_of(passage.id) for passage in self.passages_of(together)]
        there = [number for number in found if number is not None]
        if not self._index.match_words(subject, _CANDIDATES, None).coverage(there).max(initial=0.0) > 0:
            return False
        before = self._match(understanding.inherited, self._interpreter.terms(understanding.inherited), narrowing)
        return self._best_document(before) in (None, together)

    def _best_document(self, match: "_Match") -> str | None:
        """The document of the passage that fits best; None where none does."""
        numbers = sorted(match.candidates)
        if not numbers:
            return None
        [best] = self._index.passages_at([numbers[int(np.argmax(self._score(match, numbers)[1]))]])
        return best.document_id

    def _is_frame(self, passage: Passage) -> bool:
        """Whether a passage is nothing but the letterhead of a document, or whom it goes to and who signed it."""
        official = self.documents[passage.document_id].official
        return official is not None and official.frames(passage.start, passage.end)

    def _match(self, text: str, terms: Mapping[str, float], narrowing: Narrowing | None) -> "_Match":
        vector = self.encoder.encode_questions([text])
        words = self._index.match_words(terms, _CANDIDATES, narrowing)
        candidates = {*self._index.nearest(vector, _CANDIDATES, narrowing), *words.candidates}
        translated = self._interpreter.translated(text)
        stood_for = self._index.match_words(translated, _TRANSLATED_CANDIDATES, narrowing) if translated else None
        return _Match(vector, words, stood_for, candidates.union(stood_for.candidates if stood_for else ()))

    def _score(self, match: "_Match", numbers: list[int]) -> tuple[DenseScores, Scores]:
        dense = self._index.vector_scores(match.vector, numbers)
        by_meaning = np.asarray((stretch(dense.whole) + stretch(dense.sentence)) / 2, dtype=np.float32)
        bm25, coverage = match.words.scores(numbers), match.words.coverage(numbers)
        by_words = np.asarray((1 - _COVERAGE_SHARE) * stretch(bm25) + _COVERAGE_SHARE * coverage, dtype=np.float32)
        scores = fuse(by_meaning, by_words, self._share(match.words.best_coverage))
        if match.stood_for:
            scores = (1 - TRANSLATED_WEIGHT) * scores + TRANSLATED_WEIGHT * match.stood_for.coverage(numbers)
        return dense, scores

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
        """The number of one of this generation's passages in the index.

        Raises:
            KeyError: if it is none of them.
        """
        number = self._index.number_of(passage.id)
        if number is None:
            raise KeyError(passage.id)
        return number

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """All passages of a document, in reading order; none for an unknown one."""
        return self._index.passages_of(document_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id, None if this generation has none."""
        number = self._index.number_of(passage_id)
        return None if number is None else self._index.passages_at([number])[0]
