"""Batches drawn from prepared questions: questions with passages for search, windows for reading."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from embeddings.training.prepared import EOS, KINDS, NEAR_MISS, PAD, Ints, Prepared
from embeddings.training.recipe import NEAR_MISS_SHARES, SHARES
from embeddings.training.typing_variants import SHARES as VARIANT_SHARES
from embeddings.training.typing_variants import VARIANTS

MOST_ANSWERS = 12
LONGEST_WINDOW = 288
"""Tokens; longer passages are cut around the answer, somewhere."""
LONGEST_PASSAGE = 176
"""Tokens; what is longer is cut off for search."""
NO_VERDICT, YES, NO = 0, 1, 2
UNKNOWN = -1
_PROMPT = 3
"""Tokens before a prepared passage's title: the first one and the prompt."""
_ANY = 0.5
"""How often any of the mined passages is drawn, and not the nearest."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts to encode: (n, tokens) ids and mask, sorted by length."""

    ids: torch.Tensor
    mask: torch.Tensor


@dataclass(frozen=True, slots=True)
class SearchBatch:
    """Questions and passages.

    Attributes:
        questions: the questions.
        passages: theirs and others, shortest first.
        own: (questions,) the passage of each.
        sentences: (passages, sentences, 2) first and last token (exclusive) of each sentence; -1 fills up.
        answer: (questions,) first token of the answer.
    """

    questions: Texts
    passages: Texts
    own: torch.Tensor
    sentences: torch.Tensor
    answer: torch.Tensor


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows to read, of like length.

    Attributes:
        ids, mask: (windows, tokens).
        passage: (windows, tokens) which tokens are the passage's.
        answers: (windows, MOST_ANSWERS, 2) first and last token (inclusive); -1 fills up.
        answered: (windows,) whether there is one.
        verdict: (windows,) NO_VERDICT, YES, NO, or UNKNOWN for other questions.
        several: (windows,) whether the answers are the items of a list.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    passage: torch.Tensor
    answers: torch.Tensor
    answered: torch.Tensor
    verdict: torch.Tensor
    several: torch.Tensor


class Sampler:
    """Draws batches.

    Args:
        data: what was prepared.
        seed: of the drawing.
        negatives: (questions, n) passages that do not answer, -1 fills up; without them others of the same text.
    """

    def __init__(self, data: Prepared, seed: int, negatives: Ints | None = None) -> None:
        self._data = data
        self._rng = np.random.default_rng(seed)
        self._negatives = negatives
        training = data.validation == 0
        self._answered = self._pools(training & (data.kind != NEAR_MISS), SHARES)
        self._missed = self._pools(training & (data.kind == NEAR_MISS), NEAR_MISS_SHARES)
        self._siblings: dict[int, list[int]] = defaultdict(list)
        for passage, text in enumerate(data.passage_text.tolist()):
            self._siblings[text].append(passage)

    def search(self, count: int) -> Iterator[SearchBatch]:
        """Batches of so many questions without end."""
        while True:
            yield self._search_batch(self._draw(self._answered, count))

    def reading(self, answered: int, missed: int, others: int, at_once: int) -> Iterator[list[Windows]]:
        """Batches without end, each in parts of `at_once` windows of like length.

        Args:
            answered: answered questions of a batch, read with their passages.
            missed: questions read with passages that nearly answer them.
            others: how many of the answered ones are read with another passage, too.
            at_once: windows of a part.
        """
        while True:
            chosen = [q for q in self._draw(self._answered, answered) if KINDS[self._data.kind[q]] != "heading"]
            pairs = [(q, int(self._data.passage_of[q])) for q in chosen]
            pairs += [(q, int(self._data.passage_of[q])) for q in self._draw(self._missed, missed)]
            pairs += [(q, other) for q in chosen[:others] if (other := self._other(q)) is not None]
            yield self.windows(pairs, at_once)

    def windows(self, pairs: Sequence[tuple[int, int]], at_once: int, variant: int | None = None) -> list[Windows]:
        """Windows over pairs of question and passage; `variant` fixes how the questions are typed."""
        made = sorted((self._window(q, p, variant) for q, p in pairs), key=lambda window: len(window[0]))
        return [_stacked(made[start : start + at_once]) for start in range(0, len(made), at_once)]

    def _search_batch(self, questions: list[int]) -> SearchBatch:
        data = self._data
        passages = {int(data.passage_of[q]) for q in questions}
        passages |= {other for q in questions if (other := self._other(q)) is not None}
        ordered = sorted(passages, key=lambda passage: len(data.passages[passage]))
        place = {passage: number for number, passage in enumerate(ordered)}
        return SearchBatch(
            padded([self._typed(q, None) for q in questions]),
            padded([data.passages[passage][:LONGEST_PASSAGE] for passage in ordered]),
            torch.tensor([place[int(data.passage_of[q])] for q in questions]),
            _filled([data.sentences[p][data.sentences[p][:, 1] <= LONGEST_PASSAGE] for p in ordered]),
            torch.tensor([int(data.answers[q][0, 0]) for q in questions]),
        )

    def _window(
        self, question: int, passage: int, variant: int | None
    ) -> tuple[list[int], int, list[tuple[int, int]], bool, int, bool]:
        """Ids, where the passage begins, answers, whether there are any, verdict, whether they are a list."""
        data = self._data
        asked = self._typed(question, variant).tolist()
        whole = data.passages[passage].tolist()[:-1]
        sentences = data.sentences[passage]
        body = int(sentences[0, 0]) if len(sentences) else _PROMPT
        prefix = [*asked, EOS, *whole[_PROMPT:body][:48], EOS]
        kind = int(data.kind[question])
        own = passage == int(data.passage_of[question]) and kind != NEAR_MISS
        spans = [(int(a), int(b) - 1) for a, b in data.answers[question]] if own else []
        room = LONGEST_WINDOW - len(prefix) - 1
        first = body
        if len(whole) - body > room:
            latest = min(min((a for a, _ in spans), default=len(whole)), len(whole) - room)
            earliest = max(body, max((b for _, b in spans), default=0) + 1 - room)
            first = int(self._rng.integers(earliest, latest + 1)) if latest > earliest else max(body, latest)
        shift = len(prefix) - first
        kept = [(a + shift, b + shift) for a, b in spans if a >= first and b < first + room]
        name = KINDS[kind] if kind != NEAR_MISS else ""
        verdict = UNKNOWN
        if name in ("yes", "no"):
            verdict = (YES if name == "yes" else NO) if own else NO_VERDICT
        return (
            [*prefix, *whole[first : first + room], EOS],
            len(prefix),
            kept[:MOST_ANSWERS],
            bool(kept),
            verdict,
            name == "list",
        )

    def _other(self, question: int) -> int | None:
        """A passage that does not answer."""
        own = int(self._data.passage_of[question])
        if self._negatives is not None:
            mined = [int(p) for p in self._negatives[question] if p >= 0]
            if mined:
                return mined[int(self._rng.integers(len(mined)))] if self._rng.random() < _ANY else mined[0]
        siblings = [p for p in self._siblings[int(self._data.passage_text[own])] if p != own]
        return siblings[int(self._rng.integers(len(siblings)))] if siblings else None

    def _typed(self, question: int, variant: int | None) -> Ints:
        if variant is None:
            variant = int(self._rng.choice(VARIANTS, p=VARIANT_SHARES))
        return self._data.questions[question * VARIANTS + variant]

    def _pools(self, wanted: NDArray[np.bool_], shares: Mapping[str, float]) -> list[tuple[float, NDArray[np.int64]]]:
        pools = []
        for number, name in enumerate(self._data.source_names):
            members = np.flatnonzero(wanted & (self._data.source == number))
            if name in shares and len(members):
                pools.append((shares[name], members))
        return pools

    def _draw(self, pools: list[tuple[float, NDArray[np.int64]]], count: int) -> list[int]:
        shares = np.array([share for share, _ in pools])
        chosen = self._rng.choice(len(pools), size=count, p=shares / shares.sum())
        drawn = [int(self._rng.choice(pools[number][1])) for number in chosen]
        return list(dict.fromkeys(drawn))


def _stacked(made: Sequence[tuple[list[int], int, list[tuple[int, int]], bool, int, bool]]) -> Windows:
    texts = padded([np.array(window[0], np.int32) for window in made])
    passage = texts.mask.clone()
    answers = torch.full((len(made), MOST_ANSWERS, 2), -1)
    for row, (ids, first, spans, _, _, _) in enumerate(made):
        passage[row, :first] = False
        passage[row, len(ids) - 1] = False
        for place, span in enumerate(spans):
            answers[row, place] = torch.tensor(span)
    return Windows(
        texts.ids,
        texts.mask,
        passage,
        answers,
        torch.tensor([window[3] for window in made]),
        torch.tensor([window[4] for window in made]),
        torch.tensor([window[5] for window in made]),
    )


def padded(rows: Sequence[Ints]) -> Texts:
    """Rows of ids filled up to the longest, and where they are real."""
    longest = max(len(row) for row in rows)
    ids = torch.full((len(rows), longest), PAD)
    mask = torch.zeros((len(rows), longest), dtype=torch.bool)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.from_numpy(row.astype(np.int64))
        mask[place, : len(row)] = True
    return Texts(ids, mask)


def _filled(rows: Sequence[Ints]) -> torch.Tensor:
    longest = max((len(row) for row in rows), default=1)
    filled = torch.full((len(rows), max(longest, 1), 2), -1)
    for place, row in enumerate(rows):
        if len(row):
            filled[place, : len(row)] = torch.from_numpy(row.astype(np.int64))
    return filled
