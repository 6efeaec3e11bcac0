"""Batches drawn from prepared questions: questions with passages for search, windows for reading."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple, Self

import numpy as np
import torch
from numpy.typing import NDArray

from embeddings.training.prepared import CONTENT, EOS, KINDS, NEAR_MISS, PAD, Ints, Mined, Prepared
from embeddings.training.recipe import MISTAKEN_WEIGHT, NEAR_MISS_SHARES, SHARES
from embeddings.training.typing_variants import SHARES as VARIANT_SHARES
from embeddings.training.typing_variants import VARIANTS

MOST_ANSWERS = 12
LONGEST_WINDOW = 288
"""Tokens; longer passages are cut around the answer, somewhere."""
LONGEST_PASSAGE = 176
"""Tokens; what is longer is cut off for search."""
NO_VERDICT, YES, NO = 0, 1, 2
UNKNOWN = -1
_STEP = 8
"""Lengths are filled up to a multiple of this, which kernels of GPUs ask for."""
_PROMPT = 3
"""Tokens before a prepared passage's title: the first one and the prompt."""
_ANY = 0.5
"""How often any of the mined passages is drawn, and not the nearest."""


class Movable:
    """Tensors that go to a device together."""

    __slots__ = ()

    def to(self, device: torch.device) -> Self:
        """The same on a device."""
        names = [field.name for field in fields(self)]  # type: ignore[arg-type]
        return type(self)(*(getattr(self, name).to(device) for name in names))


@dataclass(frozen=True, slots=True)
class Texts(Movable):
    """Texts to encode: (n, tokens) ids and mask, sorted by length."""

    ids: torch.Tensor
    mask: torch.Tensor


@dataclass(frozen=True, slots=True)
class SearchBatch(Movable):
    """Questions and passages.

    Attributes:
        questions: the questions.
        passages: theirs and others, shortest first.
        own: (questions,) the passage of each.
        hidden: (questions, passages) which other passages have the answer's words too, so that none is told from them.
        sentences: (passages, sentences, 2) first and last token (exclusive) of each sentence; -1 fills up.
        answer: (questions,) first token of the answer.
    """

    questions: Texts
    passages: Texts
    own: torch.Tensor
    hidden: torch.Tensor
    sentences: torch.Tensor
    answer: torch.Tensor


@dataclass(frozen=True, slots=True)
class Windows(Movable):
    """Windows to read, of like length.

    Attributes:
        ids, mask: (windows, tokens).
        passage: (windows, tokens) which tokens are the passage's.
        answers: (windows, MOST_ANSWERS, 2) first and last token (inclusive); -1 fills up.
        answered: (windows,) whether there is one.
        verdict: (windows,) NO_VERDICT, YES, NO, or UNKNOWN for other questions.
        several: (windows,) whether the answers are the items of a list.
        rival: (windows,) number of the question among those of the part; the passages of one are told from each other.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    passage: torch.Tensor
    answers: torch.Tensor
    answered: torch.Tensor
    verdict: torch.Tensor
    several: torch.Tensor
    rival: torch.Tensor


class _Window(NamedTuple):
    """A window: its ids, where the passage begins, first and last token of answers, verdict, whether it is a list."""

    ids: list[int]
    first: int
    answers: list[tuple[int, int]]
    verdict: int
    several: bool


class Sampler:
    """Draws batches.

    Args:
        data: what was prepared.
        seed: of the drawing.
        mined: passages that do not answer, and which questions are drawn oftener than others; others of the same
            text, and all alike, without it.
    """

    def __init__(self, data: Prepared, seed: int, mined: Mined | None = None) -> None:
        self._data = data
        self._rng = np.random.default_rng(seed)
        self._mined = mined
        training = data.validation == 0
        self._answered = self._pools(training & (data.kind != NEAR_MISS), SHARES)
        self._missed = self._pools(training & (data.kind == NEAR_MISS), NEAR_MISS_SHARES)
        self._asked_of: dict[int, list[int]] = defaultdict(list)
        for question in np.flatnonzero(training & (data.kind != NEAR_MISS)).tolist():
            self._asked_of[int(data.passage_of[question])].append(question)
        self._siblings: dict[int, list[int]] = defaultdict(list)
        for passage, text in enumerate(data.passage_text.tolist()):
            self._siblings[text].append(passage)

    def search(self, count: int, rivals: int, beside: int = 0) -> Iterator[SearchBatch]:
        """Batches without end.

        Args:
            count: questions that are drawn.
            rivals: passages of each that do not answer, at most.
            beside: questions of each of all these passages that are asked too, at most. A question costs a processor
                an eighth of what a passage does, and every passage of a batch tells all its questions apart.
        """
        while True:
            yield self._search_batch(self._draw(self._answered, count), rivals, beside)

    def reading(self, answered: int, missed: int, others: int, at_once: int, rivals: int) -> Iterator[list[Windows]]:
        """Batches without end, each in parts of about `at_once` windows of like length.

        Args:
            answered: answered questions of a batch, read with their passages.
            missed: questions read with passages that nearly answer them.
            others: how many of the answered ones are read with other passages, too.
            at_once: windows of a part.
            rivals: other passages of each of those, at most.
        """
        while True:
            chosen = [q for q in self._draw(self._answered, answered) if KINDS[self._data.kind[q]] != "heading"]
            groups: list[list[tuple[int, int, int | None]]] = []
            for number, q in enumerate(chosen):
                found = self._others(q, rivals) if number < others else []
                variant = self._variant()
                groups.append([(q, p, variant) for p in (int(self._data.passage_of[q]), *found)])
            groups += [[(q, int(self._data.passage_of[q]), None)] for q in self._draw(self._missed, missed)]
            yield self._parts(groups, at_once)

    def beside_others(self, questions: Sequence[int], most: int, at_once: int) -> list[Windows]:
        """Windows of answered questions as they were written, each with its passage and others of the same text."""
        return self._parts(
            [[(q, p, 0) for p in (int(self._data.passage_of[q]), *self._others(q, most))] for q in questions], at_once
        )

    def windows(self, pairs: Sequence[tuple[int, int]], at_once: int, variant: int | None = None) -> list[Windows]:
        """Windows over pairs of question and passage; `variant` fixes how the questions are typed."""
        return self._parts([[(q, p, variant)] for q, p in pairs], at_once)

    def _parts(self, groups: Sequence[Sequence[tuple[int, int, int | None]]], at_once: int) -> list[Windows]:
        """Parts of about so many windows; those of a question stay together."""
        made = [[self._window(*asked) for asked in group] for group in groups]
        made.sort(key=lambda group: max(len(window[0]) for window in group))
        parts: list[list[list[_Window]]] = [[]]
        for group in made:
            if sum(map(len, parts[-1])) >= at_once:
                parts.append([])
            parts[-1].append(group)
        return [_stacked(part) for part in parts]

    def _search_batch(self, drawn: list[int], rivals: int, beside: int) -> SearchBatch:
        data = self._data
        passages = {int(data.passage_of[q]) for q in drawn}
        passages |= {other for q in drawn for other in self._others(q, rivals)}
        questions = self._of_passages(passages, beside) if beside else drawn
        ordered = sorted(passages, key=lambda passage: len(data.passages[passage]))
        place = {passage: number for number, passage in enumerate(ordered)}
        return SearchBatch(
            padded([self._typed(q, None) for q in questions]),
            padded([data.passages[passage][:LONGEST_PASSAGE] for passage in ordered]),
            torch.tensor([place[int(data.passage_of[q])] for q in questions]),
            torch.tensor([self._hidden(q, ordered) for q in questions]),
            _filled([data.sentences[p][data.sentences[p][:, 1] <= LONGEST_PASSAGE] for p in ordered]),
            torch.tensor([int(data.answers[q][0, 0]) for q in questions]),
        )

    def _of_passages(self, passages: Iterable[int], most: int) -> list[int]:
        """Of each passage so many of its questions, those that an encoder is mistaken about so much oftener."""
        found: list[int] = []
        for passage in sorted(passages):
            asked = self._asked_of[passage]
            mistaken = np.zeros(len(asked)) if self._mined is None else self._mined.mistaken[asked]
            shares = 1 + (MISTAKEN_WEIGHT - 1) * mistaken
            count = min(most, len(asked))
            found += self._rng.choice(asked, count, replace=False, p=shares / shares.sum()).tolist() if count else []
        return found

    def _hidden(self, question: int, passages: Sequence[int]) -> list[bool]:
        """Which passages, but its own, have the words of its answer, if these are long enough to say something."""
        data, own = self._data, int(self._data.passage_of[question])
        answers = data.answers[question]
        if not len(answers) or answers[0, 1] - answers[0, 0] < CONTENT:
            return [False] * len(passages)
        words = data.passages[own][answers[0, 0] : answers[0, 1]].tobytes()
        return [passage != own and words in data.passages[passage].tobytes() for passage in passages]

    def _window(self, question: int, passage: int, variant: int | None) -> _Window:
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
        return _Window(
            [*prefix, *whole[first : first + room], EOS],
            len(prefix),
            kept[:MOST_ANSWERS],
            verdict,
            name == "list",
        )

    def _others(self, question: int, most: int) -> list[int]:
        """Passages that do not answer: mined ones, the nearest first half of the time, or others of the text."""
        own = int(self._data.passage_of[question])
        mined = [] if self._mined is None else [int(p) for p in self._mined.negatives[question] if p >= 0]
        found = mined or [p for p in self._siblings[int(self._data.passage_text[own])] if p != own]
        if len(found) > most and (not mined or self._rng.random() < _ANY):
            return [int(p) for p in self._rng.choice(found, most, replace=False)]
        return found[:most]

    def _typed(self, question: int, variant: int | None) -> Ints:
        return self._data.questions[question * VARIANTS + (self._variant() if variant is None else variant)]

    def _variant(self) -> int:
        return int(self._rng.choice(VARIANTS, p=VARIANT_SHARES))

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
        drawn = [self._one(pools[number][1]) for number in chosen]
        return list(dict.fromkeys(drawn))

    def _one(self, members: NDArray[np.int64]) -> int:
        """One of a pool; those that an encoder is mistaken about so much oftener (rejection sampling)."""
        while True:
            one = int(self._rng.choice(members))
            if self._mined is None or self._mined.mistaken[one] or self._rng.random() * MISTAKEN_WEIGHT < 1:
                return one


def _stacked(groups: Sequence[Sequence[_Window]]) -> Windows:
    made = [window for group in groups for window in group]
    texts = padded([np.array(window.ids, np.int32) for window in made])
    passage = texts.mask.clone()
    answers = torch.full((len(made), MOST_ANSWERS, 2), -1)
    for row, window in enumerate(made):
        passage[row, : window.first] = False
        passage[row, len(window.ids) - 1] = False
        for place, span in enumerate(window.answers):
            answers[row, place] = torch.tensor(span)
    return Windows(
        texts.ids,
        texts.mask,
        passage,
        answers,
        torch.tensor([bool(window.answers) for window in made]),
        torch.tensor([window.verdict for window in made]),
        torch.tensor([window.several for window in made]),
        torch.tensor([number for number, group in enumerate(groups) for _ in group]),
    )


def padded(rows: Sequence[Ints]) -> Texts:
    """Rows of ids filled up to the longest, and where they are real."""
    longest = max(len(row) for row in rows)
    longest += -longest % _STEP
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
