"""Texts with questions -> arrays of token ids and labels in one file: all that training reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3
"""Special ids of the bundled vocabulary, kept here too."""
KINDS = ("span", "office", "list", "yes", "no", "sentence", "heading")
"""Codes of answered questions; a near miss has `NEAR_MISS`."""
NEAR_MISS = 99
CONTENT = 4
"""Tokens from which an answer's words in another passage make that passage useless as one that does not answer."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different length in one array.

    Attributes:
        flat: (n,) or (n, k) all rows one behind the other.
        offsets: (rows + 1,) where each begins; the last is n.
    """

    flat: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> Ints:
        return self.flat[self.offsets[row] : self.offsets[row + 1]]

    @classmethod
    def of(cls, rows: Sequence[Sequence[object]], width: int | None = None) -> "Ragged":
        """Pack rows; `width` is the length of each entry where entries are tuples."""
        offsets = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
        flat = np.array([entry for row in rows for entry in row], np.int32)
        return cls(flat.reshape(-1, width) if width else flat, offsets)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that training reads.

    Attributes:
        passages: token ids of each passage with its prompt and title, special tokens included.
        sentences: (m, 2) first and last token (exclusive) of each sentence of a passage.
        passage_text: number of the text each passage belongs to: others of the same text are its nearest negatives.
        questions: token ids of each way of typing a question; row `q * VARIANTS + v`.
        passage_of: the passage each question is about.
        kind: code of each question; see `KINDS` and `NEAR_MISS`.
        answers: (m, 2) first and last token (exclusive) of each answer in its passage.
        tempting: (questions, 2) the same of the words that tempt; -1 where none are known.
        source: number of the set each question comes from, an index into `sources`.
        validation: 1 for questions kept from training.
        vocabulary: (rows,) ids of the full vocabulary that token ids here stand for.
        sources: names of the sets, separated by line ends, as bytes.
    """

    passages: Ragged
    sentences: Ragged
    passage_text: Ints
    questions: Ragged
    passage_of: Ints
    kind: Ints
    answers: Ragged
    tempting: Ints
    source: Ints
    validation: Ints
    vocabulary: Ints
    sources: NDArray[np.uint8]

    @property
    def source_names(self) -> list[str]:
        """Names of the sets."""
        return self.sources.tobytes().decode().split("\n")

    def save(self, path: Path) -> None:
        """Write one compressed file."""
        arrays: dict[str, NDArray[np.int32] | NDArray[np.uint8]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Ragged):
                arrays[f"{field.name}.flat"], arrays[f"{field.name}.offsets"] = value.flat, value.offsets
            else:
                arrays[field.name] = value
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> "Prepared":
        """Read what `save` wrote."""
        with np.load(path) as data:
            values: dict[str, Any] = {
                field.name: Ragged(data[f"{field.name}.flat"], data[f"{field.name}.offsets"])
                if f"{field.name}.flat" in data
                else data[field.name]
                for field in fields(cls)
            }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Mined:
    """What an encoder finds for the questions of some sets.

    Attributes:
        negatives: (questions, n) numbers of the nearest of a set's passages that do not hold the answer's words, half
            of them from the question's own text where that has so many, the others from anywhere in the set; -1 fills
            up.
        mistaken: (questions,) 1 where one that does not hold the answer's words is nearer to the question than the
            passage that answers.
    """

    negatives: Ints
    mistaken: Ints

    def save(self, path: Path) -> None:
        """Write one compressed file."""
        with path.open("wb") as file:
            np.savez_compressed(file, negatives=self.negatives, mistaken=self.mistaken)

    @classmethod
    def load(cls, path: Path) -> "Mined":
        """Read what `save` wrote."""
        with np.load(path) as stored:
            return cls(stored["negatives"], stored["mistaken"])


def compact(rows: Iterable[Sequence[int]], special: Sequence[int]) -> tuple[Ints, dict[int, int]]:
    """The ids that occur, special ones first, and the number of each: training needs no other rows of the table."""
    used = sorted({identity for row in rows for identity in row} - set(special))
    vocabulary = np.array([*special, *used], np.int32)
    return vocabulary, {int(identity): place for place, identity in enumerate(vocabulary)}
