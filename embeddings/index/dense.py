"""The dense channel: several vectors a passage in one FAISS index; for very many, one of candidates before it.

A passage has a vector for its whole text (when that is longer than the model's window, one for every window, so that
no tail is lost) and one for each of its sentences; each is read together with the heading of its document
(`embeddings/headings.py`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast, overload

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.splitting import sentence_spans
from embeddings.array_files import read_array
from embeddings.encoder.encoder import Encoder, Progress, Vectors
from embeddings.index.approximate import REFINED, build_candidates
from embeddings.index.scoring import DenseScores, Scores

WHOLE, SENTENCE = 0, 1
DENSE_VERSION = 2
"""To be raised when other pieces of a passage get vectors, or are read otherwise: indexes are then built anew."""

_COPIED_AT_ONCE = 4096

Rows = NDArray[np.int32]


class DenseIndex:
    """Unit vectors in a FAISS flat inner-product index; a row's inner product with a question is their cosine.

    Args:
        index: FAISS index of r vectors.
        rows: (r, 4) int32: passage number, start, end, kind (`WHOLE` or `SENTENCE`), grouped by passage in order.
        passages: how many passages there are.
        candidates: of the same vectors, see `approximate`; None where every vector is looked at.
    """

    def __init__(self, index: "faiss.IndexFlatIP", rows: Rows, passages: int, candidates: Any = None) -> None:
        if index.ntotal != len(rows):
            raise ValueError(f"{index.ntotal} vectors but {len(rows)} rows")
        if candidates is not None and candidates.ntotal != len(rows):
            raise ValueError(f"{candidates.ntotal} candidates but {len(rows)} rows")
        self.index = index
        self.rows = rows
        self.candidates = candidates
        self._starts = np.searchsorted(rows[:, 0], np.arange(passages + 1))

    @classmethod
    def build(
        cls,
        titles: Sequence[str],
        texts: Sequence[str],
        encoder: Encoder,
        on_progress: Progress | None = None,
    ) -> "DenseIndex":
        """Embed passages (`texts`, each with its document's title)."""
        rows = rows_of(titles, texts, encoder)
        vectors = encoder.encode_documents([embedded_text(titles, texts, row) for row in rows.tolist()], on_progress)
        return cls.of(rows, vectors, len(texts))

    @classmethod
    def of(cls, rows: Rows, vectors: Vectors, passages: int) -> "DenseIndex":
        """An index of vectors (r, dim) that are known already."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index, rows, passages, build_candidates(index))

    def vectors(self) -> Vectors:
        """All vectors, (r, dim) float32."""
        return cast("Vectors", self.index.reconstruct_n(0, self.index.ntotal))

    def save(self, folder: Path) -> None:
        """Write `dense.faiss`, `rows.npy` and, where there are candidates, `candidates.faiss` into a folder."""
        _write(self.index, folder / "dense.faiss")
        np.save(folder / "rows.npy", self.rows)
        if self.candidates is not None:
            _write(self.candidates, folder / "candidates.faiss")

    @classmethod
    def load(cls, folder: Path, passages: int) -> "DenseIndex":
        """Read what `save` wrote; the vectors stay in their file, which is mapped.

        Raises:
            ValueError: if the files do not belong together.
            RuntimeError: if one of them is no index.
        """
        path = folder / "candidates.faiss"
        candidates = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC) if path.exists() else None
        index = faiss.read_index(str(folder / "dense.faiss"), faiss.IO_FLAG_MMAP_IFC)
        return cls(cast("faiss.IndexFlatIP", index), read_array(folder / "rows.npy"), passages, candidates)

    def only(self, passages: Sequence[int]) -> "DenseIndex":
        """The same vectors of some passages alone, which are numbered anew in the order given (ascending)."""
        places = np.concatenate(
            [np.arange(self._starts[number], self._starts[number + 1]) for number in passages] or [np.arange(0)]
        )
        rows = self.rows[places].copy()
        rows[:, 0] = np.searchsorted(np.asarray(passages), rows[:, 0])
        index = faiss.IndexFlatIP(self.index.d)
        for start in range(0, len(places), _COPIED_AT_ONCE):
            index.add(self.index.reconstruct_batch(places[start : start + _COPIED_AT_ONCE]))
        return DenseIndex(index, rows, len(passages), build_candidates(index))

    def nearest(
        self, question: Vectors, count: int, among: Sequence[int] | NDArray[np.int64] | None = None
    ) -> list[int]:
        """Numbers of the passages that own the `count` rows nearest to a question vector (1, dim), nearest first.

        Args:
            question: the vector.
            count: of rows.
            among: numbers of the only passages that are looked at; None for all.
        """
        chosen = None
        if among is not None:
            looked_at = np.packbits(self._rows_of(among), bitorder="little")
            only = faiss.IDSelectorBitmap(looked_at)  # type: ignore[call-arg, arg-type] # stubs know the C++ signature
            chosen = faiss.SearchParameters(sel=only)  # type: ignore[call-arg] # stubs lack it
        elif self.candidates is not None:
            _, likely = self.candidates.search(question, min(REFINED * count, self.index.ntotal))
            return self._owners(self._by_exact_score(question, likely[0][likely[0] >= 0])[:count])
        _, found = self.index.search(question, min(count, self.index.ntotal), params=chosen)
        return self._owners(found[0][found[0] >= 0])

    def _rows_of(self, passages: Sequence[int] | NDArray[np.int64]) -> NDArray[np.bool_]:
        """(r,) whether a row belongs to one of some passages."""
        wanted = np.zeros(len(self._starts) - 1, bool)
        wanted[np.asarray(passages, np.int64)] = True
        return np.repeat(wanted, np.diff(self._starts))

    def _by_exact_score(self, question: Vectors, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of rows in the order of their exact inner products with a question vector (1, dim)."""
        vectors = self.index.reconstruct_batch(numbers)
        return np.asarray(numbers[np.argsort(-(vectors @ question[0]), kind="stable")])

    def _owners(self, numbers: NDArray[np.int64]) -> list[int]:
        """The passages that rows belong to, each where its first row stands."""
        return list(dict.fromkeys(self.rows[numbers, 0].tolist()))

    def scores(self, question: Vectors, passages: Sequence[int]) -> DenseScores:
        """Exact scores of the passages with these numbers for a question vector (1, dim)."""
        numbers = np.asarray(passages, np.int64)
        firsts = self._starts[numbers]
        sizes = self._starts[numbers + 1] - firsts
        ends = np.cumsum(sizes)
        places = np.arange(sizes.sum()) + np.repeat(firsts - ends + sizes, sizes)
        cosines = self.index.reconstruct_batch(places) @ question[0]
        rows = self.rows[places]
        whole, sentence = np.full((2, len(passages)), -np.inf, np.float32)
        owners = np.repeat(np.arange(len(passages)), sizes)
        for scores, kind in ((whole, WHOLE), (sentence, SENTENCE)):
            chosen = rows[:, 3] == kind
            np.maximum.at(scores, owners[chosen], cosines[chosen])
        return DenseScores(whole, sentence, _Sentences(rows, cosines, [0, *ends.tolist()]))


def _write(index: Any, path: Path) -> None:
    """Write a FAISS index piece by piece, as it may fill half of the memory; errors are those of writing a file."""
    with path.open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))  # type: ignore[attr-defined] # stubs lack it


class _Sentences(Sequence[list[tuple[int, int, float]]]):
    """Start, end and cosine of the sentences of each passage, whose rows lie between two bounds.

    Made into lists when they are asked for: of hundreds of passages that are scored few are shown.
    """

    def __init__(self, rows: Rows, cosines: Scores, bounds: Sequence[int]) -> None:
        self._rows, self._cosines, self._bounds = rows, cosines, bounds

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, place: int) -> list[tuple[int, int, float]]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[tuple[int, int, float]]]: ...
    def __getitem__(self, place: int | slice) -> list[tuple[int, int, float]] | list[list[tuple[int, int, float]]]:
        if isinstance(place, slice):
            return [self[each] for each in range(len(self))[place]]
        which = range(len(self))[place]
        own = slice(self._bounds[which], self._bounds[which + 1])
        told = zip(self._rows[own].tolist(), self._cosines[own].tolist(), strict=True)
        return [(start, end, cosine) for (_, start, end, kind), cosine in told if kind == SENTENCE]


def titled(title: str, text: str) -> str:
    """What is embedded and indexed for a piece of a document."""
    return f"{title}\n{text}" if title else text


def rows_of(titles: Sequence[str], texts: Sequence[str], encoder: Encoder) -> Rows:
    """Which pieces of passages (`texts`, each with its document's title) get vectors: see `DenseIndex`."""
    rows: list[tuple[int, int, int, int]] = []
    counts = encoder.token_counts([titled(title, text) for title, text in zip(titles, texts, strict=True)])
    for number, (title, text, count) in enumerate(zip(titles, texts, counts, strict=True)):
        sentences = sentence_spans(text)
        windows = _windows(title, text, sentences, encoder, count)
        rows += [(number, start, end, WHOLE) for start, end in windows]
        rows += [(number, start, end, SENTENCE) for start, end in sentences or [(0, len(text))]]
    return np.array(rows, dtype=np.int32).reshape(-1, 4)


def embedded_text(titles: Sequence[str], texts: Sequence[str], row: Sequence[int]) -> str:
    """What was embedded for a row."""
    number, start, end, _ = row
    return titled(titles[number], texts[number][start:end])


def _windows(
    title: str, text: str, sentences: Sequence[tuple[int, int]], encoder: Encoder, count: int
) -> list[tuple[int, int]]:
    """The whole text (of `count` tokens) where it fits the model, else its halves, cut after a sentence, and so on."""
    if count <= encoder.max_tokens:
        return [(0, len(text))]
    if len(sentences) > 1:
        middle = len(sentences) // 2
        left, right = (0, sentences[middle][0]), (sentences[middle][0], len(text))
    else:
        cut = text.rfind(" ", 1, len(text) // 2 + 1)
        cut = cut if cut > 0 else len(text) // 2
        left, right = (0, cut), (cut, len(text))
    if min(left[1] - left[0], right[1] - right[0]) <= 1:
        return [(0, len(text))]
    halves: list[tuple[int, int]] = []
    for start, end in (left, right):
        inner = [(a - start, b - start) for a, b in sentences if a >= start and b <= end]
        half = text[start:end]
        counted = encoder.token_counts([titled(title, half)])[0]
        halves += [(start + a, start + b) for a, b in _windows(title, half, inner, encoder, counted)]
    return halves
